"""Reach stackers and RTGs: they carry between the cranes' ground and the stack, dig there, and break down; the cranes only lift."""

from itertools import pairwise
from random import Random

import pytest
from conftest import shipped
from helpers import at_random, calm, check_no_container_is_lost, give, refused, to_the_cranes, until, variant

from corridor_tui.corridor.waits import Wait, waiting
from corridor_tui.scenario.draw import resolve
from corridor_tui.session.shift import Shift

FOUR = {"min_min": 4.0, "mode_min": 4.0, "max_min": 4.0}
LIFT = {"min_min": 2.0, "mode_min": 2.0, "max_min": 2.0}
RS1: dict[str, object] = {"id": "RS1", "kind": "reach-stacker", "move": FOUR}
RS2 = RS1 | {"id": "RS2"}
RTG: dict[str, object] = {"id": "RTG1", "kind": "rtg", "move": {"min_min": 2.0, "mode_min": 2.0, "max_min": 2.0}}


def yard(*machines: dict[str, object], **more: object) -> Shift:
    """First train under the cranes, every lift of two minutes, with some machines and one pile of three."""
    changes: dict[str, object] = {
        "terminal__blocks": [{"id": "A", "slots": 20, "tiers": 3}], "terminal__lift": LIFT, "shift__length_min": 900,
        "terminal__machines": machines, **more,
    }  # fmt: skip
    shift = Shift(variant(calm("first-train"), **changes), 1)
    to_the_cranes(shift)
    return shift


def grounded(shift: Shift, count: int) -> list[str]:
    """Some containers grounded by RMG1 and put away, in the order in which they came into the stack."""
    give(shift, "transfer X8001 R1")
    numbers = list(shift.view.units["X8001"].boxes)[:count]
    give(shift, *(f"ground {number}" for number in numbers), "crane RMG1 X8001")
    until(shift, "laden", "R1")
    until(shift, "carried", *(), most_s=60_000)
    while any(shift.view.boxes[number].hold for number in numbers):
        assert not shift.over
        shift.advance(shift.now_s + 60)
    return [str(event.args[0]) for event in shift.events if event.code == "stacked"]


def told(shift: Shift, code: str, place: int = 1) -> list[tuple[int, str]]:
    return [(event.t, str(event.args[place])) for event in shift.events if event.code == code]


def test_a_grounded_container_is_lifted_once_by_the_crane_and_carried_once_by_the_machine() -> None:
    shift = yard(RS1)
    [number] = grounded(shift, 1)
    set_down = next(e.t for e in shift.events if e.code == "lifted" and e.args[1] == number)
    assert told(shift, "carrying") == [(set_down, number)]
    assert told(shift, "carried") == [(set_down + 240, number)]
    assert told(shift, "stacked", 0) == [(set_down + 240, number)]
    assert shift.view.ground == {}
    assert (shift.view.cranes["RMG1"].lifts, shift.view.machines["RS1"].lifts) == (30, 1)


def test_two_machines_that_dig_at_once_in_a_full_block_do_not_heap_up_each_others_piles() -> None:
    shift = yard(RS1, RS2, terminal__blocks=[{"id": "A", "slots": 2, "tiers": 3}])
    grounded(shift, 6)
    piles = [list(pile) for pile in shift.view.blocks["A"].piles.values()]
    assert [len(pile) for pile in piles] == [3, 3]
    give(shift, *(f"load {pile[0]} R1" for pile in piles))
    while any(shift.view.boxes[pile[0]].at != "R1" for pile in piles):
        assert not shift.over
        shift.advance(shift.now_s + 60)
    assert sorted(number for _, number in told(shift, "moved_aside")) == sorted(piles[0][1:] + piles[1][1:])


def test_a_machine_digs_for_what_lies_under_two_and_the_crane_makes_one_lift_of_it() -> None:
    shift = yard(RS1, terminal__blocks=[{"id": "A", "slots": 1, "tiers": 3}])
    under, middle, top = grounded(shift, 3)
    lifts, ordered_s = shift.view.cranes["RMG1"].lifts, shift.now_s
    give(shift, f"load {under} R1")
    until(shift, "carried", "RS1", under, "ground")
    assert [number for _, number in told(shift, "moved_aside")] == [top, middle]
    brought = next(e.t for e in shift.events if e.code == "carried" and e.args[2] == "ground")
    assert brought - ordered_s == 3 * 240
    until(shift, "lifted", "RMG1", under, "R1", most_s=60_000)
    assert next(e.t for e in shift.events if e.code == "lifted" and e.t > brought) == brought + 120
    assert shift.view.cranes["RMG1"].lifts == lifts + 1
    assert all(event.args[0] == "RS1" for event in shift.events if event.code == "moving_aside")


def test_what_still_stands_on_the_ground_is_taken_from_there_and_carried_nowhere() -> None:
    slow = RS1 | {"move": {"min_min": 60.0, "mode_min": 60.0, "max_min": 60.0}}
    shift = yard(slow)
    give(shift, "transfer X8001 R1")
    first, second = list(shift.view.units["X8001"].boxes)[:2]
    give(shift, f"ground {first}", f"ground {second}", "crane RMG1 X8001")
    until(shift, "lifted", "RMG1", second)
    waits = next(number for number in (first, second) if shift.view.boxes[number].hold == "ground")
    give(shift, f"load {waits} R1")
    until(shift, "lifted", "RMG1", waits, "R1", most_s=60_000)
    assert waits not in [number for _, number in told(shift, "carrying")]


def test_one_slow_machine_and_three_places_on_the_ground_hold_the_cranes_to_its_pace() -> None:
    """Thirty containers into the stack: the crane needs two minutes each, the machine four; the crane ends three moves ahead of it."""
    shift = yard(RS1, terminal__ground_places=3)
    give(shift, "transfer X8001 stack", "crane RMG1 X8001")
    begun = until(shift, "lifting", "RMG1")
    emptied = until(shift, "emptied", "X8001", most_s=60_000)
    assert emptied - begun == pytest.approx(120 + 27 * 240 + 120, abs=240)
    assert any(event.code == "crane_blocked" for event in shift.events)
    two = yard(RS1, RS2, terminal__ground_places=3)
    give(two, "transfer X8001 stack", "crane RMG1 X8001")
    assert until(two, "emptied", "X8001") - begun == pytest.approx(30 * 120, abs=60)


def test_a_train_whose_cranes_find_the_ground_full_waits_for_the_machines() -> None:
    shift = yard(RS1, terminal__ground_places=3)
    give(shift, "transfer X8001 stack", "crane RMG1 X8001")
    until(shift, "crane_blocked")
    while shift.view.cranes["RMG1"].box is not None:
        shift.advance(shift.now_s + 30)
    assert waiting(shift.view, shift.view.units["X8001"]) == Wait("machine")


def test_a_machine_that_breaks_down_holds_its_container_until_the_fitters_are_done_and_then_goes_on() -> None:
    stop = {"kind": "machine-stop", "id": "flat", "machine": "RS1", "when": {"train": "X8001", "lifted": 0.05},
            "repair": {"min_min": 30.0, "mode_min": 30.0, "max_min": 30.0}}  # fmt: skip
    shift = yard(RS1, disruptions=[stop])
    give(shift, "transfer X8001 stack", "crane RMG1 X8001")
    broke = until(shift, "machine_stopped", "RS1")
    assert refused(shift, "repair RMG1") == "RMG1 has no fault that the fitters could mend"
    shift.advance(broke + 600)
    assert shift.view.machines["RS1"].box is not None
    assert refused(shift, "repair RS9") == "there is no crane RS9"
    give(shift, "repair RS1")
    ordered_s = shift.now_s
    up = until(shift, "machine_up", "RS1")
    assert up - ordered_s == pytest.approx(1_800, abs=1)
    began, number = [(t, n) for t, n in told(shift, "carrying") if t <= broke][-1]
    ended = until(shift, "carried", "RS1", number)
    assert ended - began == 240 + up - broke


def test_breakdowns_come_with_their_mean_gap_on_each_machines_own_calendar() -> None:
    level = variant(
        calm("first-train"), terminal__machines=[RS1, RS2], shift__length_min=525_600, shift__overtime_min=0.0,
        disruptions=[{"kind": "machine-stop", "id": "flat", "every_h": 200.0}],
    )  # fmt: skip
    gaps = []
    for seed in range(1, 31):
        stops = [item.at_s or 0 for item in resolve(level, seed).disruptions if item.plant == "RS1"]
        gaps += [(later - at) / 3_600 for at, later in pairwise(stops)]
    assert sum(gaps) / len(gaps) == pytest.approx(200, rel=0.1)


def test_a_block_of_five_tiers_is_the_rtgs() -> None:
    shift = yard(RS1, RTG, terminal__blocks=[{"id": "A", "slots": 20, "tiers": 5}])
    give(shift, "transfer X8001 stack", "crane RMG1 X8001")
    until(shift, "emptied", "X8001")
    assert {event.args[0] for event in shift.events if event.code == "carrying"} == {"RTG1"}
    assert shift.view.machines["RS1"].lifts == 0


def test_a_stack_without_blocks_is_carried_to_and_from_as_well() -> None:
    shift = yard(RS1, terminal__blocks=[])
    give(shift, "transfer X8001 stack", "crane RMG1 X8001")
    until(shift, "emptied", "X8001", most_s=60_000)
    give(shift, "transfer X8001 R1")
    while shift.view.units["R1"].teu < shift.view.units["X8001"].load_teu:
        shift.advance(shift.now_s + 300)
        assert not shift.over
    ways = [event.args[2] for event in shift.events if event.code == "carried"]
    assert ways.count("stack") == ways.count("ground") > 10


ZONE: dict[str, object] = {
    "road": {"trucks": 2}, "trains__0__papers": "lodged",
    "trains__0__scripted": [{"number": 1, "boxes": 3, "regime": "import", "lane": "green", "clean": True}],
}  # fmt: skip


def test_machines_load_the_lorries_in_the_time_of_their_moves() -> None:
    shift = yard(RS1, **ZONE)
    give(shift, "transfer X8001 R1", "crane RMG1 X8001", "release X8001-01")
    until(shift, "emptied", "X8001")
    shift.advance(shift.now_s + 1_200)
    at_s, numbers = shift.now_s, shift.view.dossiers["X8001-01"].boxes
    give(shift, "fetch X8001-01")
    shift.advance(at_s + 60)
    assert [event.t for event in shift.events if event.code == "hauling"] == [at_s, at_s], "two lorries come at once"
    for place, number in enumerate(numbers[:2], 1):
        assert until(shift, "carried", "RS1", number, "lorry") == at_s + place * 240, "one machine, one after the other"
        assert until(shift, "trucked", number) == at_s + place * 240
        assert until(shift, "hauled", number) == at_s + place * 240 + shift.scenario.haul_s(number).there_s
    until(shift, "trucked", numbers[2])
    assert shift.view.stack_teu == 0


def test_a_machine_digs_for_a_lorry_and_one_that_is_down_lets_it_wait() -> None:
    shift = yard(RS1, terminal__blocks=[{"id": "A", "slots": 1, "tiers": 3}], **ZONE)
    give(shift, "transfer X8001 R1", "crane RMG1 X8001", "release X8001-01")
    until(shift, "emptied", "X8001")
    shift.advance(shift.now_s + 1_200)
    (pile,) = [list(pile) for pile in shift.view.blocks["A"].piles.values()]
    at_s = shift.now_s
    give(shift, "fetch X8001-01")
    first = shift.view.dossiers["X8001-01"].boxes[0]
    above = len(pile) - 1 - pile.index(first)
    assert until(shift, "trucked", first) == at_s + 240 * (1 + above)
    check_no_container_is_lost(shift.view)


def test_for_lorries_that_come_in_the_same_second_one_machine_digs_in_a_pile_and_the_other_waits() -> None:
    shift = yard(RS1, RS2, terminal__blocks=[{"id": "A", "slots": 1, "tiers": 3}], **ZONE | {"road": {"trucks": 3}})
    give(shift, "transfer X8001 R1", "crane RMG1 X8001", "release X8001-01")
    until(shift, "emptied", "X8001")
    shift.advance(shift.now_s + 1_200)
    (pile,) = [list(pile) for pile in shift.view.blocks["A"].piles.values()]
    under, middle, top = pile
    assert shift.view.dossiers["X8001-01"].boxes == (under, middle, top), "they are asked for from below"
    at_s = shift.now_s
    give(shift, "fetch X8001-01")
    assert until(shift, "trucked", under) == at_s + 3 * 240
    digging = [(event.args[0], event.args[1]) for event in shift.events if event.code == "moving_aside"]
    assert digging[:2] == [("RS1", top), ("RS1", middle)]
    for number in (middle, top):
        until(shift, "trucked", number)
        check_no_container_is_lost(shift.view)


def test_machines_unload_the_lorries_that_bring_an_export() -> None:
    export = {
        "number": "E1", "kind": "export", "entry": "port", "exit": "zhetygen", "at": "10:30", "due": "15:00",
        "wagon": "flat80", "wagons": 2, "feu": 4, "consignments": 1, "papers": "lodged",
    }  # fmt: skip
    trains = [*calm("first-train").model_dump()["trains"], export]
    shift = yard(RS1, trains=trains, road={})
    at_s = until(shift, "offered", "E1")
    for place, number in enumerate(shift.view.cargo["E1"] and shift.view.dossiers["E1-01"].boxes):
        assert until(shift, "brought", number) == at_s + place * 240
        assert until(shift, "carried", "RS1", number, "stack") == at_s + (place + 1) * 240
    assert shift.view.ground == {}
    assert shift.view.stack_teu == 8


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_ordered_machines_and_lorries_lose_nothing(seed: int) -> None:
    export = {
        "number": "E1", "kind": "export", "entry": "port", "exit": "zhetygen", "at": "10:30", "due": "15:00",
        "wagon": "flat80", "wagons": 3, "feu": 6, "consignments": 2, "papers": "lodged",
    }  # fmt: skip
    regimes = [{"regime": "import", "share": 0.3}, {"regime": "bonded", "share": 0.3}]
    level = shipped("first-train")
    trains = [train.model_dump() | {"regimes": regimes if train.kind == "container" else ()} for train in level.trains]
    level = variant(
        level, trains=[*trains, export], road={"trucks": 3}, terminal__machines=[RS1, RTG], terminal__ground_places=4,
        terminal__blocks=[{"id": "A", "slots": 2, "plugs": 1}, {"id": "B", "slots": 3, "tiers": 4}],
        desks={"dispatch": "reference", "terminal": "trainee", "customs": "reference"},
        disruptions=[{"kind": "machine-stop", "id": "flat", "every_h": 3.0}], objectives=(), hints=(),
    )  # fmt: skip
    shift = Shift(level, seed)
    for _ in at_random(shift, Random(seed)):
        pass
    assert any(event.code == "carried" for event in shift.events)
    assert shift.view.units["E1"].offered_s is not None


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_ordered_each_container_in_the_stack_is_in_one_place(seed: int) -> None:
    blocks = [{"id": "A", "slots": 2, "plugs": 1}, {"id": "B", "slots": 3, "tiers": 4}]
    stop = {"kind": "machine-stop", "id": "flat", "every_h": 3.0}
    level = variant(
        shipped("three-into-two"), terminal__blocks=blocks, terminal__machines=[RS1, RS2, RTG], terminal__ground_places=4,
        disruptions=[stop],
    )  # fmt: skip
    shift = Shift(level, seed)
    view = shift.view
    for _ in at_random(shift, Random(seed)):
        piled = [number for block in view.blocks.values() for pile in block.piles.values() for number in pile]
        aside = [m.box for m in view.machines.values() if m.box and view.boxes[m.box].hold != m.id]
        held = [box.number for box in view.boxes.values() if box.hold]
        assert sorted(piled + aside + held) == sorted(box.number for box in view.boxes.values() if box.at == "stack")
        assert len(view.ground) <= 4
        carried = [m.box for m in view.machines.values() if m.box]
        assert len(carried) == len(set(carried))
