"""What a careful officer, a novice and the judge make of 2,000 consignments' papers, clean, faulty and only odd."""

import itertools
import subprocess
import sys

import pytest
from conftest import ROOT
from written import CLEAN, DAY, ERRORS, LEVEL, LOOKALIKES, OFFENCES, TARE_KG, cells, clean, lot, odd

from corridor_tui.dispatcher.reading import Clash, clashes, first_glance
from corridor_tui.level.model import Level
from corridor_tui.level.risk import OF_CARGO
from corridor_tui.level.traffic import Case
from corridor_tui.scenario.draw import resolve
from corridor_tui.scenario.goods import CATALOGUE, DANGEROUS
from corridor_tui.scenario.papers import corrected_papers, draw_papers
from corridor_tui.scenario.rules import RULES, addresses, finding_stands

# the careful officer


def test_a_careful_officer_raises_no_false_alarm_on_clean_papers_and_look_alikes() -> None:
    for seed, train, item in lot(2_000, CLEAN + LOOKALIKES):
        assert clashes(draw_papers(seed, train, item, DAY)) == (), item


def test_a_careful_officer_finds_every_error_and_offence_and_each_of_his_findings_stands() -> None:
    for seed, train, item in lot(2_000, ERRORS + OFFENCES):
        papers, real = odd(seed, train, item)
        found = clashes(papers)
        assert found, item
        for clash in found:
            assert finding_stands(real, clash.first, clash.second, clash.rule), (item, clash)
            assert {clash.first, clash.second} <= set(addresses(papers))


def test_papers_set_right_have_nothing_left_to_find() -> None:
    for seed, train, item in lot(1_000, ERRORS):
        assert clashes(corrected_papers(seed, train, item, DAY)) == (), item


def test_setting_right_takes_no_offence_and_no_legal_oddity_out_of_the_papers() -> None:
    for seed, train, item in lot(200, LOOKALIKES + OFFENCES):
        assert corrected_papers(seed, train, item, DAY) == draw_papers(seed, train, item, DAY)


def test_the_officers_reading_knows_nothing_of_how_papers_come_about() -> None:
    code = (
        "import sys, corridor_tui.dispatcher.reading\n"
        "print([name for name in sys.modules if name.rpartition('.')[2] in ('draw', 'faults', 'papers')\n"
        "       and name.startswith('corridor_tui')])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# the novice


def test_a_novice_sees_nothing_in_clean_papers() -> None:
    for seed, train, item in lot(500, CLEAN):
        assert first_glance(draw_papers(seed, train, item, DAY)) == ()


@pytest.mark.parametrize("family", ["mass", "packages", "hs", "party", "seal", "certificate", "undeclared", "duty"])
def test_a_novice_falls_for_every_look_alike_of_what_he_looks_at_and_finds_its_faults(family: str) -> None:
    for seed, train, item in lot(400, tuple(case for case in ERRORS + OFFENCES + LOOKALIKES if case.family == family)):
        found = first_glance(draw_papers(seed, train, item, DAY))
        assert [clash.rule for clash in found] == [family], item


def test_a_novice_works_out_no_check_digit_and_no_price() -> None:
    same_everywhere = 0
    for seed, train, item in lot(200, tuple(case for case in ERRORS if case.family == "container")):
        papers, real = odd(seed, train, item)
        same_everywhere += len(real.fields) == 3
        assert bool(first_glance(papers)) == (len(real.fields) == 1 or item.risk.dress is not None)
    assert same_everywhere > 20
    for seed, train, item in lot(200, tuple(case for case in OFFENCES if case.family == "goods")):
        assert bool(first_glance(draw_papers(seed, train, item, DAY))) == (item.risk.dress is not None)


def test_a_novice_takes_another_proper_name_and_limited_quantities_for_faults() -> None:
    fooled = {"note.danger": 0, "packing.marks": 0}
    for seed, train, item in lot(200, tuple(case for case in LOOKALIKES if case.family in OF_CARGO)):
        (clash,) = first_glance(draw_papers(seed, train, item, DAY))[:1] or (Clash("", "", ""),)
        assert clash.rule in ("danger", "concealed", ""), item
        fooled |= {cell: fooled[cell] + 1 for cell in fooled if cell in (clash.first, clash.second)}
    assert min(fooled.values()) > 20


# the judge


@pytest.mark.parametrize("case", LOOKALIKES, ids=lambda case: case.family)
def test_no_finding_stands_on_a_look_alike(case: Case) -> None:
    for seed, train, item in lot(30, (case,)):
        papers, real = odd(seed, train, item)
        assert cells(papers) != cells(clean(seed, train, item))
        for rule in RULES:
            for first, second in itertools.permutations(sorted(RULES[rule].fields), 2):
                assert not finding_stands(real, first, second, rule)


@pytest.mark.parametrize("case", ERRORS + OFFENCES, ids=lambda case: case.family)
def test_a_finding_stands_only_on_the_fault_itself_under_its_own_rule(case: Case) -> None:
    for seed, train, item in lot(60, (case,)):
        papers, real = odd(seed, train, item)
        own = RULES[case.family].fields
        for first, second in itertools.product(addresses(papers), repeat=2):
            for rule in RULES:
                bears = first in real.fields or second in real.fields
                right = rule == case.family and bears and first != second and {first, second} <= own
                assert finding_stands(real, first, second, rule) == right


def test_every_cell_that_bears_an_error_can_be_marked_on_the_desk() -> None:
    for seed, train, item in lot(700, ERRORS):
        papers, real = odd(seed, train, item)
        assert real.fields <= set(addresses(papers)) & RULES[real.family].fields


def test_every_cell_that_a_rule_speaks_of_exists_in_some_papers() -> None:
    seen = {
        cell for seed, train, item in lot(600, ERRORS + LOOKALIKES) for cell in addresses(odd(seed, train, item)[0])
    }
    licensed = {"licence.missing", "licence.hs", "risk.registered"}
    for rule in RULES.values():
        assert rule.fields <= seen | licensed, rule.code


# nothing but the fault gives it away


COVERED = {"certificate.covers_kg": "packing.net_kg", "guarantee.covers": "declaration.duty"}


def enough(sheet: dict[str, str], cell: str, needed: str) -> bool:
    """Whether a sheet is for as much as is needed."""
    return int(sheet[cell].split()[-1]) >= int(sheet[needed].split()[-1])


def test_a_wrong_mass_or_count_is_one_that_such_goods_may_have() -> None:
    within = {"mass": [0, 0], "packages": [0, 0]}
    for seed, train, item in lot(800, tuple(case for case in ERRORS if case.family in within)):
        papers, real = odd(seed, train, item)
        goods = next(one for one in (*CATALOGUE, *DANGEROUS) if one.code == item.goods)
        (cell,) = real.fields
        text, _, words = (papers.value(cell) or "").partition(" ")
        assert item.case is not None
        if item.case.family == "mass":
            tare = sum(TARE_KG[box.teu] for box in item.containers) if words else 0
            ends = [sum(goods.box_kg(box.teu, u) for box in item.containers) + tare for u in (0, 1)]
        elif words == goods.package:
            ends = [sum(goods.packed_in(box.teu, u) for box in item.containers) for u in (0, 1)]
        else:
            continue
        within[item.case.family][0] += ends[0] <= int(text) <= ends[1]
        within[item.case.family][1] += 1
    for inside, count in within.values():
        assert count > 200
        assert inside / count > 0.95, within


def test_faulty_papers_differ_from_the_same_papers_set_right_in_the_faulty_cells_alone() -> None:
    for seed, train, item in lot(1_400, ERRORS):
        papers, real = odd(seed, train, item)
        faulty, right = cells(papers), cells(corrected_papers(seed, train, item, DAY))
        if any(cell.endswith(".missing") for cell in real.fields):
            gone = right.keys() - faulty.keys()
            assert gone
            assert {cell.partition(".")[0] for cell in gone} == {cell.partition(".")[0] for cell in real.fields}
            assert faulty == {cell: value for cell, value in right.items() if cell not in gone}
        elif new := faulty.keys() - right.keys():
            assert {cell.partition(".")[0] for cell in new} == {"danger"}, "a declaration of what is harmless"
            assert new - {"danger.number"} == real.fields
            assert right == {cell: value for cell, value in faulty.items() if cell not in new}
        else:
            assert faulty.keys() == right.keys()
            # A certificate that has expired was issued as long before: that date tells nothing by itself.
            also = {cell.replace("expires", "issued") for cell in real.fields if cell.endswith(".expires")}
            # A wrong certificate or guarantee may be for a larger lot or sum: that is legal, and goes with it.
            also |= {
                cell
                for cell, needed in COVERED.items()
                if faulty.get(cell) != right.get(cell) and enough(faulty, cell, needed)
            }
            assert {cell for cell in right if faulty[cell] != right[cell]} == real.fields | also


def test_misdeclared_goods_leave_all_but_the_telling_cells_as_they_were() -> None:
    for seed, train, item in lot(300, OFFENCES):
        papers, real = odd(seed, train, item)
        if item.risk.dress is None:
            faulty, before = cells(papers), cells(clean(seed, train, item))
            assert faulty.keys() == before.keys()
            assert {cell for cell in before if faulty[cell] != before[cell]} == real.fields


def test_faults_come_in_the_dress_of_a_legal_oddity_as_often_as_sound_papers_have_one() -> None:
    level = Level.model_validate(
        LEVEL.model_dump() | {"customs": {"cases": {"error_share": 0.3, "offence_share": 0.1, "lookalike_share": 0.3}}}
    )
    odd_sound, sound, odd_faulty, faulty = 0, 0, 0, 0
    for seed in range(80):
        scenario = resolve(level, seed)
        for train in ("X8041", "X8043", "X8045"):
            for item in scenario.consignments(train):
                if item.case is None or item.case.kind == "lookalike":
                    sound, odd_sound = sound + 1, odd_sound + (item.case is not None)
                else:
                    faulty, odd_faulty = faulty + 1, odd_faulty + (item.risk.dress is not None)
    assert faulty > 900
    assert abs(odd_sound / sound - odd_faulty / faulty) < 0.05, (odd_sound / sound, odd_faulty / faulty)


def test_a_certificate_that_the_goods_need_not_have_is_no_sign_of_anything() -> None:
    asked = {"sound": [0, 0], "faulty": [0, 0]}
    level = Level.model_validate(LEVEL.model_dump() | {"customs": {"cases": {"error_share": 0.5}}})
    for seed in range(80):
        scenario = resolve(level, seed)
        for item in scenario.consignments("X8043"):
            kind = "sound" if item.case is None or item.case.kind == "lookalike" else "faulty"
            asked[kind][0] += scenario.papers(item.id, corrected=False).value("invoice.needs") != "none"
            asked[kind][1] += 1
    shares = [some / all_ for some, all_ in asked.values()]
    assert abs(shares[0] - shares[1]) < 0.08, asked


def test_misdeclared_goods_are_betrayed_by_their_price_in_either_direction_and_undeclared_ones_by_the_packing_list() -> (
    None
):
    ways = set()
    for seed, train, item in lot(100, OFFENCES):
        papers, _ = odd(seed, train, item)
        (clash,) = clashes(papers)
        if clash.rule in ("undeclared", "concealed"):
            ways.add((clash.second if clash.rule == "undeclared" else clash.first, False))
            continue
        price, _, currency = (papers.value(clash.first) or "").partition(" ")
        rate = float((papers.value("invoice.rate") or "1").partition(" ")[0]) if currency else 1.0
        low = (papers.value(clash.second) or "").partition("-")[0]
        ways.add((clash.first, float(price) / rate < float(low)))
    assert ways == {
        ("invoice.usd_per_kg", True), ("invoice.usd_per_kg", False), ("packing.also", False), ("packing.marks", False),
    }  # fmt: skip
