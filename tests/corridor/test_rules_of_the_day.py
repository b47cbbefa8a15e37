"""Rules that take effect at a minute of the shift, what they touch, and audits that come back during it."""

import pytest
from conftest import shipped
from helpers import give, until, variant

from corridor_tui.dispatcher.reading import Clash, clashes, first_glance
from corridor_tui.level.model import Level
from corridor_tui.level.risk import OF_THE_DAY
from corridor_tui.scenario.draw import resolve
from corridor_tui.scenario.rules import Today, finding_stands, today
from corridor_tui.scenario.values import Document, Papers
from corridor_tui.session.shift import Shift
from corridor_tui.tui.pages import rulebook_rows

LEVEL = shipped("paper-trail")
RULE = Today("dual-use", "Computers need a licence", ("8471300000",), "licence", "2019-05-16 12:00")
BARRED = Today("toys", "Toys are barred", ("9503",), "barred", "2019-05-16 12:00")


def papers(hs: str, registered: str, licence: str | None = None) -> Papers:
    documents = [
        Document("declaration", "Transit declaration", (("hs", hs),)),
        Document("risk", "Risk sheet", (("registered", registered),)),
    ]
    if licence is not None:
        documents.append(Document("licence", "Licence", (("hs", licence),)))
    return Papers("X1-01", tuple(documents))


@pytest.mark.parametrize(
    ("sheets", "rule", "found"),
    [
        (papers("8471300000", "2019-05-16 12:00"), RULE, [("licence", "licence.missing")]),
        (papers("8471300000", "2019-05-16 11:59"), RULE, []),  # registered a minute before
        (papers("8471301000", "2019-05-16 12:30"), RULE, []),  # equal to six digits only
        (papers("8471300000", "2019-05-16 12:30", "8471300000"), RULE, []),
        (papers("8471300000", "2019-05-16 12:30", "8471410000"), RULE, [("licence", "licence.hs")]),
        (
            papers("9503004900", "2019-05-16 12:00", "9503004900"),
            BARRED,
            [("barred", "declaration.hs")],
        ),  # no licence helps
        (papers("9503004900", "2019-05-16 11:00"), BARRED, []),
        (papers("9504300000", "2019-05-16 13:00"), BARRED, []),
    ],
)
def test_a_rule_touches_what_it_names_from_its_minute_on(
    sheets: Papers, rule: Today, found: list[tuple[str, str]]
) -> None:
    assert [(clash.rule, clash.first) for clash in clashes(sheets, [rule]) if clash.rule in OF_THE_DAY] == found


def test_a_novice_heeds_neither_the_minute_nor_the_digits_after_the_sixth() -> None:
    early, other = papers("8471300000", "2019-05-16 11:00"), papers("8471301000", "2019-05-16 13:00")
    for sheets in (early, other):
        assert Clash("licence", "licence.missing", "risk.registered") in first_glance(sheets, [RULE])


def with_cases(*cases: tuple[str, str, str], needs: str = "licence") -> Level:
    """Paper trail with written cases in X8619: kind, family, goods."""
    scripted = [
        {"number": n, "goods": goods, "case": {"kind": kind, "family": family}}
        for n, (kind, family, goods) in enumerate(cases, 1)
    ]
    return variant(LEVEL, trains__5__scripted=scripted, customs__rules__0__needs=needs)


@pytest.mark.parametrize("seed", range(12))
def test_written_cases_of_a_rule_of_the_day_are_found_and_their_look_alikes_are_not(seed: int) -> None:
    for needs, kind in (("licence", "error"), ("barred", "offence")):
        level = with_cases((kind, needs, "laptops"), ("lookalike", needs, "phones"), needs=needs)
        scenario = resolve(level, seed)
        items = {item.id: item for item in scenario.consignments("X8619")}
        rules = [today(level, rule) for rule in level.customs.rules]
        found = clashes(scenario.papers("X8619-01", corrected=False), rules)
        truth = scenario.truth("X8619-01")
        assert items["X8619-01"].goods == "laptops"
        assert finding_stands(truth, found[0].first, found[0].second, found[0].rule)
        assert clashes(scenario.papers("X8619-02", corrected=False), rules) == ()
        assert first_glance(scenario.papers("X8619-02", corrected=False), rules), "it looks wrong"
        if kind == "error":
            assert clashes(scenario.papers("X8619-01", corrected=True), rules) == ()


@pytest.mark.parametrize("needs", ["licence", "barred"])
def test_sound_papers_break_no_rule_of_the_day_and_are_registered_before_they_are_lodged(needs: str) -> None:
    level = variant(LEVEL, customs__rules__0__needs=needs, **{f"trains__{n}__scripted": () for n in (3, 5)})
    rules = [today(level, rule) for rule in level.customs.rules]
    touched = 0
    for seed in range(15):
        scenario = resolve(level, seed)
        for train in scenario.plans:
            for item in scenario.consignments(train):
                sheets = scenario.papers(item.id, corrected=False)
                if item.case is None or item.case.kind == "lookalike":
                    assert clashes(sheets, rules) == (), item
                at = sheets.value("risk.registered") or ""
                touched += any(rule.touches(sheets.value("declaration.hs") or "", at) for rule in rules)
    assert touched > 5 if needs == "licence" else touched == 0


def test_goods_that_a_rule_bars_may_be_written_with_another_fault_and_then_have_that_one_alone() -> None:
    for goods, family in (("tea", "certificate"), ("tea", "mass")):
        level = variant(
            LEVEL,
            customs__rules__0__needs="barred",
            customs__rules__0__goods=[goods],
            customs__rules__0__digits=4,
            trains__3__scripted=(),
            trains__5__scripted=[{"number": 1, "goods": goods, "case": {"kind": "error", "family": family}}],
        )
        rules = [today(level, rule) for rule in level.customs.rules]
        for seed in range(8):
            scenario = resolve(level, seed)
            scenario.consignments("X8619")
            found = clashes(scenario.papers("X8619-01", corrected=False), rules)
            assert {clash.rule for clash in found} == {family}


def test_no_paper_is_registered_after_it_can_be_lodged_at_the_earliest() -> None:
    shift = Shift(LEVEL, 2)
    shift.advance(LEVEL.shift_s)
    lodged = {str(event.args[0]): event.t for event in shift.events if event.code == "lodged"}
    assert len(lodged) > 35
    for name, second in lodged.items():
        at = shift.scenario.papers(name, corrected=False).value("risk.registered") or ""
        clock = f"2019-05-16 {(480 + second // 60) // 60:02d}:{(480 + second // 60) % 60:02d}"
        assert at <= clock, name


def test_a_rule_is_in_the_rulebook_once_it_is_announced_and_says_when_it_counts() -> None:
    shift = Shift(LEVEL, 1)

    def page() -> str:
        return "\n".join(item.text for item in rulebook_rows(shift.view, 90))

    assert "New today" not in page()
    assert until(shift, "rule_told", "dual-use") == 9_000
    shift.advance(shift.now_s + 1)
    assert "New today" in page()
    assert "NOT YET IN FORCE" in page()
    assert "8471300000" in page()
    assert "2019-05-16 12:00" in page()
    assert until(shift, "rule_in_force", "dual-use") == 14_400
    shift.advance(shift.now_s + 1)
    assert "(licence, IN FORCE)" in page()
    assert "Criteria of the risk engine" in page()
    assert "New today" not in "\n".join(item.text for item in rulebook_rows(Shift(shipped("first-train"), 1).view, 90))


# what is undeclared


def test_undeclared_goods_show_when_they_are_opened_and_in_the_packing_list() -> None:
    level = variant(
        shipped("first-train"),
        trains__0__flagged=0,
        customs__cases={"errors": 0, "lookalikes": 0},
        trains__0__scripted=[{"number": 1, "lane": "red", "case": {"kind": "offence", "family": "undeclared"}}],
    )
    shift = Shift(level, 1)
    sheets = shift.view.papers("X8001-01")
    assert sheets is not None
    (clash,) = clashes(sheets)
    assert (clash.rule, clash.second) == ("undeclared", "packing.also")
    until(shift, "offered", "X8001")
    give(shift, "accept X8001 N1")
    until(shift, "arrived", "X8001")
    give(shift, "open X8001-01")
    until(shift, "seen", "X8001-01", "open", "undeclared")


# the audit


def audited(audit_min: float | None) -> Shift:
    level = variant(
        shipped("first-train"),
        trains__0__flagged=0,
        customs__cases={"errors": 0, "lookalikes": 0},
        customs__audit_min=audit_min,
        trains__0__scripted=[
            {"number": 1, "lane": "blue", "case": {"kind": "error", "family": "hs"}},
            {"number": 2, "lane": "blue", "clean": True},
            {"number": 3, "lane": "green", "case": {"kind": "error", "family": "seal"}},
            {"number": 4, "lane": "green", "clean": True},
            {"number": 5, "lane": "green", "case": {"kind": "lookalike", "family": "seal"}},
        ],
    )
    shift = Shift(level, 1)
    give(shift, *(f"release X8001-{n:02d}" for n in range(1, 6)))
    shift.advance(level.shift_s)
    return shift


def test_the_audit_brings_back_blue_ones_and_what_slipped_through_after_the_delay_that_the_level_sets() -> None:
    shift = audited(90.0)
    back = {event.args[0]: (event.args[1:], event.t) for event in shift.events if event.code == "came_back"}
    released = {event.args[0]: event.t for event in shift.events if event.code == "released"}
    assert {name: what for name, (what, _) in back.items()} == {
        "X8001-01": ("error", "hs"), "X8001-02": ("clean", None), "X8001-03": ("error", "seal"),
    }  # fmt: skip
    assert all(at == released[name] + 90 * 60 for name, (_, at) in back.items())
    assert shift.view.dossiers["X8001-01"].seen["audit"] == "hs"


def test_without_a_delay_the_audit_comes_only_after_the_shift_and_names_the_cells() -> None:
    shift = audited(None)
    assert not [event for event in shift.events if event.code in ("came_back", "audited")]
    shift.close()
    found = {event.args[0]: event.args[1:] for event in shift.events if event.code == "audited"}
    assert found["X8001-03"] == ("error", "seal", "handover.seal")
    assert found["X8001-04"] == ("clean", None, None)
