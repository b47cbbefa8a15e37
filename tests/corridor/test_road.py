"""What stays in the zone: grounded by itself, cleared, fetched by lorry; and what the bonded warehouse has no room for."""

from random import Random

import pytest
from conftest import shipped
from helpers import at_random, calm, give, refused, to_the_cranes, until, variant

from corridor_tui.level.base import LogNormal
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.session.shift import Shift, play

IMPORT = {"number": 1, "boxes": 3, "regime": "import", "lane": "green", "clean": True}
BONDED = {"number": 2, "boxes": 2, "regime": "bonded", "lane": "green", "clean": True}


def zone(**road: object) -> Level:
    """First train with three containers imported and two for the bonded warehouse; the others are transit."""
    return variant(
        calm("first-train"),
        road=road,
        trains__0__papers="lodged",
        trains__0__scripted=[IMPORT, BONDED],
        shift__length_min=600,
    )


def lifted(**road: object) -> Shift:
    """The same under the cranes, all of it lifted, nothing released yet."""
    shift = Shift(zone(**road), 1)
    to_the_cranes(shift)
    give(shift, "transfer X8001 R1", "crane RMG1 X8001", "crane RMG2 X8001")
    until(shift, "emptied", "X8001")
    return shift


def boxes(shift: Shift, consignment: int) -> list[str]:
    return list(shift.view.dossiers[f"X8001-{consignment:02d}"].boxes)


def test_what_is_for_the_zone_goes_into_the_stack_by_itself_and_the_rake_is_loaded_without_it() -> None:
    shift = lifted()
    view = shift.view
    assert [view.boxes[number].at for number in (*boxes(shift, 1), *boxes(shift, 2))] == ["stack"] * 5
    assert len(view.units["R1"].boxes) == view.units["X8001"].total - 5
    assert view.units["R1"].did("load")
    assert "X8001-01" not in view.uncleared(view.units["R1"])
    assert "by lorry" in refused(shift, f"load {boxes(shift, 1)[0]} R1")


def test_nothing_leaves_the_port_before_it_is_released_and_transit_never_by_lorry() -> None:
    shift = Shift(zone(), 1)
    until(shift, "lodged", "X8001-01")
    assert "not released" in refused(shift, "fetch X8001-01")
    give(shift, "release X8001-01")
    until(shift, "released", "X8001-01")
    assert "nothing of X8001-01 stands in the stack" in refused(shift, "fetch X8001-01")
    assert "goes on by rail" in refused(shift, "fetch X8001-03")


def test_one_lorry_fetches_container_after_container_in_the_time_of_each() -> None:
    shift = lifted(trucks=1)
    give(shift, "release X8001-01")
    until(shift, "released", "X8001-01")
    since_s = shift.now_s
    give(shift, "fetch X8001-01")
    assert "nothing of X8001-01" in refused(shift, "fetch X8001-01")
    for number in boxes(shift, 1):
        takes = shift.scenario.haul_s(number)
        assert until(shift, "trucked", number) == since_s + takes.load_s
        assert until(shift, "hauled", number, "zone") == since_s + takes.load_s + takes.there_s
        since_s += takes.load_s + takes.there_s + takes.back_s
    until(shift, "lorry_back")
    assert shift.view.out_boxes == 3
    assert [shift.view.boxes[number].at for number in boxes(shift, 1)] == ["zone"] * 3


def test_a_full_warehouse_takes_nothing_until_something_has_left_it() -> None:
    shift = lifted(warehouse_teu=5, stored_teu=2)
    give(shift, "release X8001-02")
    until(shift, "released", "X8001-02")
    teu = sum(shift.view.boxes[number].teu for number in boxes(shift, 2))
    assert teu == 4
    assert "has room for 3 TEU, X8001-02 needs 4" in refused(shift, "fetch X8001-02")
    roomy = lifted(warehouse_teu=4, stay={"min_min": 30, "mode_min": 30, "max_min": 30})
    give(roomy, "release X8001-02")
    until(roomy, "released", "X8001-02")
    give(roomy, "fetch X8001-02")
    assert roomy.view.stored_teu == 4
    for number in boxes(roomy, 2):
        until(roomy, "hauled", number, "warehouse")
    until(roomy, "warehouse_left")
    assert roomy.view.stored_teu < 4


def test_a_container_under_another_takes_the_lorry_twice_as_long() -> None:
    level = variant(zone(trucks=1), terminal__blocks=[{"id": "A", "slots": 1, "tiers": 5}])
    shift = Shift(level, 1)
    to_the_cranes(shift)
    give(shift, "transfer X8001 R1", "crane RMG1 X8001", "release X8001-01")
    until(shift, "emptied", "X8001")
    pile = shift.view.blocks["A"].piles[0]
    first = boxes(shift, 1)[0]
    above = len(pile) - 1 - pile.index(first)
    assert above > 0
    give(shift, "fetch X8001-01")
    at_s = shift.now_s
    assert until(shift, "trucked", first) == at_s + shift.scenario.haul_s(first).load_s * (1 + above)


def test_storage_is_charged_for_each_teu_and_hour_beyond_the_free_time() -> None:
    shift = lifted(free_h=1.0)
    give(shift, "release X8001-01")
    shift.advance(shift.now_s + 3 * 3_600)
    give(shift, "fetch X8001-01")
    raw = shift.finish()
    down = {
        str(event.args[1]): event.t for event in shift.events if event.code == "lifted" and event.args[2] == "stack"
    }
    gone = {str(event.args[0]): event.t for event in shift.events if event.code == "trucked"}
    closed = next(event.t for event in shift.events if event.code == "closed")
    hours = sum(
        shift.view.boxes[number].teu * max(0, gone.get(number, closed) - down[number] - 3_600) / 3_600
        for number in (*boxes(shift, 1), *boxes(shift, 2))
    )
    (reason,) = [reason for reason in raw.score.reasons if reason.code == "storage"]
    assert hours > 10
    assert reason.loss == pytest.approx(hours * 0.3, abs=0.05)


@pytest.mark.parametrize("who", ["reference", "novice"])
def test_the_automatic_desks_have_all_of_it_fetched(who: str) -> None:
    outcome = play(zone(), 1, who)
    assert sum(event.code == "hauled" for event in outcome.events) == 5
    if who == "reference":
        assert outcome.score.measures["containers_out"] == 30


def test_the_books_of_a_train_are_closed_once_lorries_have_brought_the_last_of_it() -> None:
    later = {
        "number": "E1", "kind": "export", "entry": "port", "exit": "zhetygen", "at": "17:00", "due": "21:00",
        "wagon": "flat80", "wagons": 1, "feu": 1, "consignments": 1, "papers": "lodged",
    }  # fmt: skip
    trains = [*zone().model_dump()["trains"], later]
    level = variant(zone(), shift__settle_h=1.0, shift__length_min=800, objectives=(), trains=trains)
    outcome = play(level, 1, "reference")
    last = max(
        event.t
        for event in outcome.events
        if event.code == "hauled" or (event.args[:1] == ("R1",) and event.code == "gone")
    )
    (settled,) = [event.t for event in outcome.events if event.code == "settled_up" and "X8001" in str(event.args[0])]
    assert last <= settled <= last + 3_600


def test_a_train_of_which_all_might_stay_sends_one_consignment_on() -> None:
    level = variant(zone(), trains__0__scripted=(), trains__0__regimes=[{"regime": "import", "share": 1.0}])
    regimes = [item.risk.regime for item in resolve(level, 1).consignments("X8001")]
    assert sorted(map(str, regimes)) == ["import"] * (len(regimes) - 1) + ["transit"]


def test_imports_have_their_own_lanes_and_their_documents_take_at_most_four_hours_in_95_of_100() -> None:
    level = variant(
        zone(),
        trains__0__scripted=(),
        trains__0__consignments=30,
        trains__0__flagged=None,
        trains__0__regimes=[{"regime": "import", "share": 0.5}],
    )
    lanes, checks, transit = list[str](), list[int](), list[str]()
    for seed in range(300):
        for item in resolve(level, seed).consignments("X8001"):
            if item.risk.regime == "import":
                lanes.append(item.lane)
                checks.append(item.work.check_s)
            else:
                transit.append(item.lane)
    shares = {lane: lanes.count(lane) / len(lanes) for lane in ("green", "yellow", "red")}
    assert shares["green"] + lanes.count("blue") / len(lanes) == pytest.approx(0.785, abs=0.02)
    assert shares["yellow"] == pytest.approx(0.201, abs=0.02)
    assert shares["red"] == pytest.approx(0.01, abs=0.005)
    assert transit.count("yellow") / len(transit) == pytest.approx(0.09, abs=0.02)
    assert sum(check_s <= 4 * 3_600 for check_s in checks) / len(checks) == pytest.approx(0.95, abs=0.03)
    assert isinstance(level.customs.imports.check, LogNormal)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_ordered_no_container_is_lost_on_the_road(seed: int) -> None:
    regimes = [{"regime": "import", "share": 0.3}, {"regime": "bonded", "share": 0.3}]
    document = shipped("three-into-two").model_dump() | {"road": {"warehouse_teu": 30, "trucks": 3}}
    for train in document["trains"]:
        train["regimes"] = regimes if train["kind"] == "container" else ()
    document["desks"] = {"dispatch": "reference", "terminal": "novice", "customs": "trainee"}
    shift, draws = Shift(Level.model_validate(document), seed), Random(seed)
    for _ in at_random(shift, draws):
        for name, dossier in list(shift.view.dossiers.items()):
            if dossier.state == "lodged" and draws.random() < 0.2:
                shift.order(f"release {name}")
        assert shift.view.stored_teu <= 30
        assert 0 <= shift.view.pools["lorries"].busy <= 3
    assert any(event.code == "hauled" for event in shift.events)
