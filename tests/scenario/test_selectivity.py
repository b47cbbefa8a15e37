"""The risk engine: criteria read what is declared, a consignment's own lots decide, and no setting changes chance."""

from collections import Counter

import pytest
from conftest import shipped
from helpers import variant
from hypothesis import given
from hypothesis import strategies as st

from corridor_tui.level.model import Level
from corridor_tui.level.risk import Criterion, Selectivity
from corridor_tui.scenario.draw import resolve
from corridor_tui.scenario.papers import Declared
from corridor_tui.scenario.selectivity import choices, lanes, matches, opening
from corridor_tui.session.shift import Shift

LEVEL = shipped("paper-trail")
TEA = Declared("0902200000", "tea", "Hefei", "Anhui Appliance Export Co", 80_000.0, 26.0)
PUMPS = Declared("8413708100", "pumps", "Chongqing", "Two Rivers Electronics Co", 900_000.0, 61.5)


def criterion(**what: object) -> Criterion:
    return Criterion.model_validate({"id": "one", **what})


@pytest.mark.parametrize(
    ("what", "tea", "pumps"),
    [
        ({"chapters": ["84", "85"]}, False, True),
        ({"goods": ["tea"]}, True, False),
        ({"origins": ["Chongqing"]}, False, True),
        ({"consignors": ["Anhui Appliance Export Co"]}, True, False),
        ({"value_usd_from": 80_000.0}, True, True),
        ({"value_usd_from": 80_000.5}, False, True),
        ({"mass_t_from": 30.0}, False, True),
        ({"chapters": ["84"], "origins": ["Hefei"]}, False, False),
    ],
)
def test_a_criterion_matches_what_meets_all_that_it_sets(what: dict[str, object], tea: bool, pumps: bool) -> None:
    assert matches(criterion(**what), TEA) == tea
    assert matches(criterion(**what), PUMPS) == pumps


def test_a_criterion_may_look_for_a_customs_procedure() -> None:
    imports = criterion(regimes=["import"], goods=["tea"])
    assert not matches(imports, TEA), "transit unless it says otherwise"
    assert matches(imports, TEA._replace(regime="import"))
    assert not matches(imports, PUMPS._replace(regime="import"))


def test_random_share_top_up_and_audit_hold_for_imports_as_for_transit() -> None:
    """Ten per cent at random, as brokers name it for imports; and at least two of a train, whatever their procedure."""
    document = LEVEL.model_dump() | {"road": {}}
    for train in document["trains"]:
        train["regimes"] = [{"regime": "import", "share": 0.5}]
    document["customs"]["selectivity"] = {"random_share": 0.1, "blue_share": 0.1, "desk": True}
    level = Level.model_validate(document)
    flagged: Counter[tuple[str, bool]] = Counter()
    for seed in range(60):
        scenario = resolve(level, seed)
        for train in level.trains:
            items = scenario.consignments(train.number)
            settings = opening(level.customs.selectivity or Selectivity())
            for item in items:
                lane = scenario.lane(item, settings)
                flagged[(str(item.risk.regime), lane == "yellow")] += 1
            topped = [scenario.lane(item, {**settings, "top-up": "2"}) for item in items]
            assert sum(lane in ("yellow", "red") for lane in topped) >= 2
    for regime in ("import", "transit"):
        share = flagged[(regime, True)] / (flagged[(regime, True)] + flagged[(regime, False)])
        assert share == pytest.approx(0.1, abs=0.02), regime
    shift = Shift(level, 3)
    shift.advance(12_000)
    name = next(
        n for n, d in shift.view.dossiers.items() if d.regime == "import" and d.lane == "blue" and d.state == "lodged"
    )
    assert shift.order(f"release {name}").accepted
    shift.advance(shift.now_s + round((level.customs.audit_min or 0) * 60) + 2)
    assert [event for event in shift.events if event.code == "came_back" and event.args[0] == name] != []


def test_lanes_worked_by_hand() -> None:
    rules = Selectivity(
        criteria=(criterion(chapters=["84"], share=0.5), Criterion(id="dear", value_usd_from=500_000.0, lane="red")),
        random_share=0.1,
        blue_share=0.2,
    )
    settings = opening(rules)
    assert settings == {"one": "yellow", "dear": "red", "random": "10", "blue": "20", "top-up": "0"}
    items = [PUMPS, PUMPS, TEA, TEA, TEA]
    lots = [
        (0.4, 0.9, 0.9, 0.9),
        (0.6, 0.9, 0.9, 0.9),
        (0.0, 0.05, 0.9, 0.5),
        (0.0, 0.5, 0.1, 0.4),
        (0.0, 0.5, 0.5, 0.3),
    ]
    # worth half a million: red whatever chance says; tea: random, blue, green
    assert lanes(rules, settings, items, lots) == ["red", "red", "yellow", "blue", "green"]
    # without the dear ones: only the first pump is in the half that is picked
    assert lanes(rules, {**settings, "dear": "off"}, items, lots) == ["yellow", "green", "yellow", "blue", "green"]
    # four at the least: the two with the lowest lots are topped up
    topped = lanes(rules, {**settings, "dear": "off", "top-up": "4"}, items, lots)
    assert topped == ["yellow", "green", "yellow", "yellow", "yellow"]


@given(st.integers(0, 50), st.sampled_from(["0", "10", "50", "100"]), st.sampled_from(["0", "10", "50", "100"]))
def test_a_greater_random_share_flags_the_same_and_more(seed: int, few: str, more: str) -> None:
    scenario = resolve(LEVEL, seed)
    assert LEVEL.customs.selectivity is not None
    settings = {**opening(LEVEL.customs.selectivity), "top-up": "0"}
    items = scenario.consignments("X8611")

    def flagged(share: str) -> set[str]:
        return {item.id for item in items if scenario.lane(item, {**settings, "random": share}) in ("yellow", "red")}

    small, great = sorted((few, more), key=float)
    assert flagged(small) <= flagged(great)


def test_setting_criteria_changes_lanes_from_then_on_and_nothing_of_what_chance_has_in_store() -> None:
    calm, strict = Shift(LEVEL, 3), Shift(LEVEL, 3)
    for shift in (calm, strict):
        shift.advance(3_600)
    assert strict.order("select random 100").accepted
    before = strict.now_s
    for shift in (calm, strict):
        shift.advance(LEVEL.shift_s)
    lodged = [
        {str(e.args[0]): (e.t, e.args[1]) for e in shift.events if e.code == "lodged"} for shift in (calm, strict)
    ]
    assert {name: at for name, (at, _) in lodged[0].items()} == {name: at for name, (at, _) in lodged[1].items()}
    for name, (at, lane) in lodged[1].items():
        assert lane == lodged[0][name][1] if at < before else lane in ("yellow", "red")
    names = list(lodged[0])
    assert any(lodged[0][name][1] == "green" for name in names if lodged[0][name][0] > before)
    assert [calm.scenario.papers(n, corrected=False) for n in names] == [
        strict.scenario.papers(n, corrected=False) for n in names
    ]


def test_the_desk_may_set_criteria_only_where_the_level_lets_it_and_only_to_what_there_is() -> None:
    shift = Shift(LEVEL, 1)
    assert "there is no criterion `weather`" in shift.order("select weather red").reason
    assert "`blue` is no setting of food" in shift.order("select food blue").reason
    assert "set to yellow already" in shift.order("select food yellow").reason
    assert shift.order("select chongqing red").accepted
    assert shift.view.selectivity["chongqing"] == "red"
    assert choices("top-up")[0] == "0"
    closed = Shift(variant(LEVEL, customs__selectivity__desk=False), 1)
    assert "not this desk's to set" in closed.order("select food red").reason
    assert "not this desk's to set" in Shift(shipped("first-train"), 1, {}).order("select food red").reason


def test_a_lane_that_the_level_has_written_stays_whatever_the_criteria() -> None:
    level: Level = variant(
        LEVEL, trains__2__scripted=[{"number": 1, "lane": "green"}], customs__selectivity__random_share=1.0
    )
    scenario = resolve(level, 1)
    assert level.customs.selectivity is not None
    settings = opening(level.customs.selectivity)
    items = scenario.consignments("X8613")
    found = Counter(scenario.lane(item, settings) for item in items)
    assert scenario.lane(items[0], settings) == "green"
    assert found["green"] == 1
