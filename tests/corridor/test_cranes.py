"""The cranes: container by container, never past each other, onto wagons that can bear it, or through the stack."""

from itertools import pairwise

import pytest
from conftest import shipped
from helpers import calm, give, one_train, refused, to_the_cranes, until, variant

from corridor_tui.corridor.events import Event
from corridor_tui.scenario.draw import resolve
from corridor_tui.session.shift import Shift, unattended


def crane_work(events: list[Event]) -> list[tuple[int, int, int, float]]:
    """Every lift as (begin, end, crane's place in the row, metres along the runway)."""
    open_lifts: dict[str, tuple[int, float]] = {}
    lifts = []
    for event in events:
        if event.code == "lifting":
            open_lifts[str(event.args[0])] = (event.t, float(str(event.args[3])))
        elif event.code == "lifted":
            begin, at_m = open_lifts.pop(str(event.args[0]))
            lifts.append((begin, event.t, int(str(event.args[0])[3:]), at_m))
    return lifts


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_cranes_never_pass_each_other_and_keep_their_distance(seed: int) -> None:
    level = shipped("fifty-five-minutes")
    lifts = crane_work(unattended(resolve(level, seed), "reference").events)
    assert len(lifts) > 90
    for begin, end, crane, at_m in lifts:
        for other_begin, other_end, other, other_m in lifts:
            if other > crane and begin < other_end and other_begin < end:
                assert other_m - at_m >= level.terminal.clearance_m * (other - crane) - 1  # metres are rounded


def test_a_lift_takes_the_containers_own_time() -> None:
    shift = one_train()
    to_the_cranes(shift)
    give(shift, "transfer X8001 R1", "crane RMG1 X8001")
    until(shift, "emptied", "X8001")
    own = {box.number: box.lifts_s[0] for item in shift.scenario.consignments("X8001") for box in item.containers}
    begun: dict[str, int] = {}
    for event in shift.events:
        if event.code == "lifting":
            begun[str(event.args[1])] = event.t
        elif event.code == "lifted":
            assert event.t - begun[str(event.args[1])] == own[str(event.args[1])]
    assert len(begun) == 30


def test_one_crane_does_one_lift_after_another_so_the_phase_is_the_sum_of_its_lifts() -> None:
    shift = one_train()
    to_the_cranes(shift)
    give(shift, "transfer X8001 R1", "crane RMG1 X8001")
    start = shift.now_s
    own = sum(box.lifts_s[0] for item in shift.scenario.consignments("X8001") for box in item.containers)
    assert until(shift, "emptied", "X8001") == start + own


def test_two_cranes_take_half_the_train_each() -> None:
    shift = one_train()
    to_the_cranes(shift)
    give(shift, "transfer X8001 R1", "crane RMG1 X8001", "crane RMG2 X8001")
    until(shift, "emptied", "X8001")
    assert min(crane.lifts for crane in shift.view.cranes.values()) >= 14


def test_wagons_take_what_they_can_bear_and_the_rest_goes_to_the_stack() -> None:
    shift = Shift(variant(calm("first-train"), rakes__0__wagons=10), 1)
    to_the_cranes(shift)
    give(shift, "transfer X8001 R1", "crane RMG1 X8001", "crane RMG2 X8001")
    until(shift, "emptied", "X8001")
    rake = shift.view.units["R1"]
    assert len(rake.boxes) == 20  # ten wagons of two forty-foot boxes
    assert shift.view.stack_teu == 20
    loads: dict[int, tuple[int, int]] = {}
    for number, wagon in rake.boxes.items():
        teu, kilos = loads.get(wagon, (0, 0))
        box = shift.view.boxes[number]
        loads[wagon] = (teu + box.teu, kilos + box.declared_kg)
    assert all(teu <= 4 and kilos <= 69_000 for teu, kilos in loads.values())


def test_a_box_through_the_stack_is_lifted_twice_and_comes_back_to_the_rake() -> None:
    shift = one_train()
    to_the_cranes(shift)
    number = next(iter(shift.view.units["X8001"].boxes))
    give(shift, "transfer X8001 R1", f"ground {number}", "crane RMG1 X8001", "crane RMG2 X8001")
    until(shift, "laden", "R1")
    assert shift.view.boxes[number].at == "stack"
    assert shift.view.stack_teu == 2
    give(shift, f"load {number} R1")
    assert "is not loaded yet" in refused(shift, "weigh R1")
    until(shift, "lifted", "RMG1", number, "R1") if shift.view.cranes["RMG1"].box == number else shift.advance(
        shift.now_s + 900
    )
    assert shift.view.boxes[number].at == "R1"
    assert shift.view.stack_teu == 0
    assert sum(event.code == "lifting" and event.args[1] == number for event in shift.events) == 2


def test_a_train_can_go_to_the_stack_first_and_get_its_rake_later() -> None:
    shift = Shift(variant(calm("first-train"), shift__length_min=600), 1)
    to_the_cranes(shift)
    give(shift, "transfer X8001 stack", "crane RMG1 X8001", "crane RMG2 X8001")
    until(shift, "emptied", "X8001")
    assert shift.view.stack_teu == 60
    give(shift, "transfer X8001 R1")
    until(shift, "laden", "R1")
    assert shift.view.stack_teu == 0
    assert len(shift.view.units["R1"].boxes) == 30


MISTAKE = {"number": 1, "boxes": 10, "goods": "wheat", "case": {"kind": "error", "family": "mass"}}


def test_weighing_finds_a_wagon_that_is_heavier_than_its_papers_say() -> None:
    shift = Shift(variant(calm("first-train"), trains__0__scripted=[MISTAKE], wagons__1__load_t=58.0), 1)
    to_the_cranes(shift)
    give(shift, "transfer X8001 R1", "crane RMG1 X8001", "crane RMG2 X8001")
    until(shift, "emptied", "X8001")
    true = {box.number: box.gross_kg for item in shift.scenario.consignments("X8001") for box in item.containers}
    rake = shift.view.units["R1"]
    loads: dict[int, int] = {}
    for number, wagon in rake.boxes.items():
        loads[wagon] = loads.get(wagon, 0) + true[number]
    heavy = tuple(sorted(wagon for wagon, load in loads.items() if load > 58_000))
    assert heavy
    give(shift, "weigh R1")
    until(shift, "weighed", "R1")
    assert rake.overloaded == heavy


def wagons_of(shift: Shift, crane: str) -> list[int]:
    """The wagons, from 1, at which a crane has made its lifts."""
    length_m = shift.level.wagon_types[shift.view.units["X8001"].wagon].length_m
    lifts = [event for event in shift.events if event.code == "lifting" and event.args[0] == crane]
    return [round(float(str(event.args[3])) / length_m) + 1 for event in lifts]


def test_a_crane_on_a_part_of_a_train_lifts_that_part_and_nothing_else() -> None:
    shift = one_train()
    to_the_cranes(shift)
    give(shift, "transfer X8001 R1", "crane RMG1 X8001 1-10", "crane RMG2 X8001 11-30")
    until(shift, "emptied", "X8001")
    assert sorted(wagons_of(shift, "RMG1")) == list(range(1, 11))
    assert sorted(wagons_of(shift, "RMG2")) == list(range(11, 31))


def test_the_wagons_in_nobodys_part_are_shared_by_the_cranes_without_one_and_stay_where_there_is_none() -> None:
    shift = one_train()
    to_the_cranes(shift)
    give(shift, "transfer X8001 R1", "crane RMG1 X8001 1-5")
    shift.advance(shift.now_s + 3_600)
    assert sorted(wagons_of(shift, "RMG1")) == list(range(1, 6))
    assert shift.view.units["X8001"].left == 25
    assert not shift.view.cranes["RMG1"].blocked
    give(shift, "crane RMG2 X8001")
    until(shift, "emptied", "X8001")
    assert sorted(wagons_of(shift, "RMG2")) == list(range(6, 31))


def test_cranes_with_crossed_parts_stand_in_each_others_way_and_do_not_pass() -> None:
    shift = one_train()
    to_the_cranes(shift)
    give(shift, "transfer X8001 R1", "crane RMG1 X8001 16-30", "crane RMG2 X8001 1-15")
    until(shift, "emptied", "X8001")
    lifts = sorted(crane_work(shift.events))
    assert {crane for _, _, crane, _ in lifts} == {1, 2}
    assert all(end <= begin for (_, end, _, _), (begin, _, _, _) in pairwise(lifts))
    assert any(event.code == "crane_blocked" for event in shift.events)


def test_a_part_that_makes_no_sense_is_refused() -> None:
    shift = one_train()
    to_the_cranes(shift)
    give(shift, "transfer X8001 R1", "crane RMG1 X8001")
    for part in ("0-4", "9-4", "1-31", "4", "a-b", "1-20-30"):
        assert "the first and the last" in refused(shift, f"crane RMG1 X8001 {part}")
    assert "R1 is filled" in refused(shift, "crane RMG2 R1 1-4")
    give(shift, "crane RMG1 X8001 1-4")
    assert "already" in refused(shift, "crane RMG1 X8001 1-4")
    assert "followed by CRANE UNIT [WAGONS]" in refused(shift, "crane RMG1 X8001 1-4 5-6")
