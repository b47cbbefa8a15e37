"""The stack in blocks: what stands on a container is moved aside first, sockets and segregation are the desk's care."""

from collections.abc import Callable
from random import Random

import pytest
from conftest import shipped
from helpers import at_random, calm, give, refused, to_the_cranes, until, variant

from corridor_tui.corridor.block import Block
from corridor_tui.corridor.checks_terminal import misplaced
from corridor_tui.dispatcher.cranes import grounding
from corridor_tui.session.shift import Shift, play

REEFER = {"number": 1, "boxes": 3, "reefer": True, "lane": "green", "clean": True}
ACID = {"number": 2, "boxes": 2, "danger": "8", "lane": "green", "clean": True}
SODIUM = {"number": 3, "boxes": 2, "danger": "4.3", "lane": "green", "clean": True}


def stack(*blocks: dict[str, object], **changes: object) -> Shift:
    """First train with a stack of some blocks, class 8 apart from class 4.3, under the cranes with its transfer planned."""
    level = variant(
        calm("first-train"),
        terminal__blocks=blocks,
        terminal__apart=[{"one": "8", "other": "4.3"}],
        shift__length_min=600,
        **{"trains__0__scripted": [REEFER, ACID, SODIUM], **changes},
    )
    shift = Shift(level, 1)
    to_the_cranes(shift)
    give(shift, "transfer X8001 R1")
    return shift


def boxes(shift: Shift, consignment: int) -> list[str]:
    return list(shift.view.dossiers[f"X8001-{consignment:02d}"].boxes)


def mistakes(shift: Shift) -> list[tuple[str, str]]:
    return [(str(event.args[0]), str(event.args[1])) for event in shift.events if event.code == "mistake"]


def test_one_slot_three_high_what_was_first_set_down_is_under_two_and_costs_two_lifts_more() -> None:
    shift = stack({"id": "A", "slots": 1, "tiers": 3})
    first, second, third = boxes(shift, 4)[:3]
    give(shift, *(f"ground {number}" for number in (first, second, third)), "crane RMG1 X8001")
    until(shift, "laden", "R1")
    block = shift.view.blocks["A"]
    order = list(block.piles[0])
    assert sorted(order) == sorted([first, second, third])
    assert block.above(order[0]) == [order[2], order[1]]
    lifts = shift.view.cranes["RMG1"].lifts
    give(shift, f"load {order[0]} R1")
    while shift.view.boxes[order[0]].at != "R1":
        shift.advance(shift.now_s + 60)
    assert shift.view.cranes["RMG1"].lifts == lifts + 3
    aside = [event.args[1] for event in shift.events if event.code == "moved_aside"]
    assert aside == [order[2], order[1]]
    assert shift.view.rehandles == 2
    assert shift.view.stack_teu == 4


def test_what_is_on_top_costs_nothing_more() -> None:
    shift = stack({"id": "A", "slots": 1, "tiers": 3})
    give(shift, *(f"ground {number}" for number in boxes(shift, 4)[:3]), "crane RMG1 X8001")
    until(shift, "laden", "R1")
    top = shift.view.blocks["A"].piles[0][-1]
    give(shift, f"load {top} R1")
    while shift.view.boxes[top].at != "R1":
        shift.advance(shift.now_s + 60)
    assert not [event for event in shift.events if event.code == "moved_aside"]


def test_a_time_aside_is_the_moved_containers_own_next_lift() -> None:
    shift = stack({"id": "A", "slots": 1, "tiers": 3})
    give(shift, *(f"ground {number}" for number in boxes(shift, 4)[:2]), "crane RMG1 X8001")
    until(shift, "laden", "R1")
    under, over = shift.view.blocks["A"].piles[0]
    give(shift, f"load {under} R1")
    while shift.view.boxes[under].at != "R1":
        shift.advance(shift.now_s + 60)
    begun = next(event.t for event in shift.events if event.code == "moving_aside")
    ended = next(event.t for event in shift.events if event.code == "moved_aside")
    load = shift.scenario.consignments("X8001")
    container = next(box for item in load for box in item.containers if box.number == over)
    assert ended - begun == shift.scenario.lift_s(container, 1)


def test_the_third_refrigerated_container_at_two_sockets_is_a_mistake_and_not_where_a_socket_is_free() -> None:
    shift = stack({"id": "A", "slots": 9, "plugs": 2}, {"id": "B", "slots": 9, "plugs": 1})
    one, two, three = boxes(shift, 1)
    give(shift, f"ground {one} A", f"ground {two} A", f"ground {three} A", "crane RMG1 X8001")
    until(shift, "laden", "R1")
    [(kind, number)] = mistakes(shift)
    assert kind == "unplugged"
    assert number in (one, two, three)
    better = stack({"id": "A", "slots": 9, "plugs": 2}, {"id": "B", "slots": 9, "plugs": 1})
    give(better, f"ground {one} A", f"ground {two} A", f"ground {three} B", "crane RMG1 X8001")
    until(better, "laden", "R1")
    assert mistakes(better) == []


def reefers(*blocks: dict[str, object]) -> tuple[Shift, str]:
    """Three reefers of the first train, the last of them in the stack of some blocks; they keep their cold for two hours."""
    shift = stack(*blocks, cargo={"power_h": 2.0}, trains__0__scripted=[REEFER])
    number = boxes(shift, 1)[0]
    give(shift, f"ground {number} A", "crane RMG1 X8001")
    until(shift, "stacked", number)
    return shift, number


def test_a_reefer_without_a_socket_is_spoilt_after_its_hours_and_costs_once() -> None:
    shift, number = reefers({"id": "A", "slots": 9, "plugs": 0})
    since_s = until(shift, "dark", number)
    assert shift.view.boxes[number].dark_s == since_s
    assert until(shift, "spoilt", number) == since_s + 7_200
    assert shift.view.boxes[number].spoilt
    reasons = [reason for reason in shift.finish().score.reasons if reason.code == "spoilt"]
    assert [(reason.args, reason.loss) for reason in reasons] == [((number,), 40.0)]


def test_a_reefer_that_is_moved_on_in_time_or_has_a_socket_keeps_its_cold() -> None:
    shift, number = reefers({"id": "A", "slots": 9, "plugs": 0})
    give(shift, f"load {number} R1")
    until(shift, "laden", "R1")
    assert shift.view.boxes[number].dark_s is None
    plugged, _ = reefers({"id": "A", "slots": 9, "plugs": 1})
    for each in (shift, plugged):
        each.advance(each.now_s + 3 * 3_600)
        assert [event for event in each.events if event.code == "spoilt"] == []
    assert [event for event in plugged.events if event.code == "dark"] == []


def test_acid_beside_sodium_is_a_mistake_and_in_a_block_of_its_own_it_is_none() -> None:
    shift = stack({"id": "A", "slots": 9}, {"id": "B", "slots": 9})
    acid, sodium = boxes(shift, 2)[0], boxes(shift, 3)[0]
    give(shift, f"ground {acid}", f"ground {sodium}", "crane RMG1 X8001")
    until(shift, "laden", "R1")
    assert [kind for kind, _ in mistakes(shift)] == ["segregation"]
    better = stack({"id": "A", "slots": 9}, {"id": "B", "slots": 9})
    give(better, f"ground {acid} A", f"ground {sodium} B", "crane RMG1 X8001")
    until(better, "laden", "R1")
    assert mistakes(better) == []
    assert {better.view.boxes[acid].block, better.view.boxes[sodium].block} == {"A", "B"}


def test_the_reference_names_a_block_where_the_first_would_be_wrong_and_the_novice_never_does() -> None:
    shift = stack({"id": "A", "slots": 9}, {"id": "B", "slots": 9})
    acid, sodium = boxes(shift, 2)[0], boxes(shift, 3)[0]
    give(shift, f"ground {acid}", "crane RMG1 X8001")
    until(shift, "laden", "R1")
    assert misplaced(shift.view, sodium, shift.view.blocks["A"]) == ("segregation",)
    assert grounding(shift.view, sodium, ahead=True).text == f"ground {sodium} B"
    assert grounding(shift.view, sodium, ahead=False).text == f"ground {sodium}"


def test_what_finds_no_place_stands_beside_the_piles_and_is_a_mistake() -> None:
    shift = stack({"id": "A", "slots": 1, "tiers": 2})
    give(shift, *(f"ground {number}" for number in boxes(shift, 4)[:3]), "crane RMG1 X8001")
    until(shift, "laden", "R1")
    assert [kind for kind, _ in mistakes(shift)] == ["overfull"]
    assert shift.view.stack_teu == 6


def test_blocks_that_are_not_there_or_full_are_refused() -> None:
    shift = stack({"id": "A", "slots": 1, "tiers": 1}, {"id": "B", "slots": 1})
    first, second = boxes(shift, 4)[:2]
    assert "no block Z" in refused(shift, f"ground {first} Z")
    give(shift, f"ground {first} A", "crane RMG1 X8001")
    until(shift, "stacked", first)
    on_rake = next(number for number in shift.view.units["R1"].boxes if number != second)
    assert "no room" in refused(shift, f"ground {on_rake} A")
    give(shift, f"ground {on_rake} B")


def test_two_piles_of_twenty_foot_boxes_take_one_slot() -> None:
    block = Block("A", slots=1, tiers=2, plugs=0)
    for number in ("one", "two", "three", "four"):
        pile = block.place(1)
        assert pile is not None
        block.put(number, pile, 1)
    assert block.piles == {0: ["one", "three"], 1: ["two", "four"]}
    assert block.place(1) is None
    assert block.place(2) is None
    block.take("one")
    assert block.place(1) == 0


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_ordered_each_container_in_the_stack_stands_on_one_pile_or_hangs_on_a_crane(seed: int) -> None:
    blocks = [{"id": "A", "slots": 2, "plugs": 1}, {"id": "B", "slots": 3, "tiers": 2}]
    level = variant(shipped("three-into-two"), terminal__blocks=blocks)
    shift = Shift(level, seed)
    view = shift.view
    for _ in at_random(shift, Random(seed)):
        hooks = [crane.box for crane in view.cranes.values() if crane.box and view.boxes[crane.box].at == "stack"]
        piled = [number for block in view.blocks.values() for pile in block.piles.values() for number in pile]
        assert sorted(piled + hooks) == sorted(box.number for box in view.boxes.values() if box.at == "stack")
    assert view.stack_teu == sum(box.teu for box in view.boxes.values() if box.at == "stack")


def digs(due: list[int], pile_for: Callable[[Block, int, dict[str, int]], int | None]) -> int:
    """How many boxes are moved aside where boxes come one after another, and then leave in the order in which they are due."""
    block, leaves_s, moved = Block("A", slots=4, tiers=3, plugs=0), dict[str, int](), 0

    def put(name: str) -> None:
        pile = pile_for(block, leaves_s[name], leaves_s)
        assert pile is not None
        block.put(name, pile, 2)

    for number, at_s in enumerate(due):
        leaves_s[str(number)] = at_s
        put(str(number))
    for name in sorted(leaves_s, key=lambda name: leaves_s[name]):
        for above in block.above(name):
            block.take(above)
            put(above)
            moved += 1
        block.take(name)
    return moved


def lowest(block: Block, _due_s: int, _leaves_s: dict[str, int]) -> int | None:
    return block.place(2)


def by_due(block: Block, due_s: int, leaves_s: dict[str, int]) -> int | None:
    return block.place_by_due(2, due_s, leaves_s)


def test_by_due_a_box_stands_on_what_leaves_after_it_and_nothing_has_to_be_dug_out() -> None:
    """Four slots. The lowest pile puts the fifth box, due at 2, onto the first, due at 1; by due it stands on the one due at 9."""
    due = [1, 9, 8, 7, 2]
    assert digs(due, lowest) == 1
    assert digs(due, by_due) == 0
    assert digs([9, 8, 7], by_due) == 0


def test_by_due_far_fewer_boxes_are_moved_aside_in_a_stack_that_is_nearly_full() -> None:
    draws = Random(7)
    orders = [draws.sample(range(10), 10) for _ in range(200)]
    assert sum(digs(due, by_due) for due in orders) < 0.5 * sum(digs(due, lowest) for due in orders)


def test_a_train_that_goes_through_the_stack_by_due_comes_out_whole_and_what_is_moved_aside_is_counted() -> None:
    """Thirty boxes on ten slots, three high: what the rake wants first stands under others."""
    blocks = [{"id": "A", "slots": 10, "tiers": 3}]
    level = variant(calm("first-train"), terminal__blocks=blocks, terminal__stacking="due", shift__length_min=900)
    shift = Shift(level, 1)
    to_the_cranes(shift)
    give(shift, "transfer X8001 stack", "crane RMG1 X8001", "crane RMG2 X8001")
    until(shift, "emptied", "X8001", most_s=50_000)
    assert sorted(len(stood) for stood in shift.view.blocks["A"].piles.values()) == [3] * 10
    give(shift, "transfer X8001 R1")
    until(shift, "laden", "R1", most_s=54_000)
    moved = sum(event.code == "moved_aside" for event in shift.events)
    assert shift.view.rehandles == moved > 0
    assert shift.view.blocks["A"].piles == {}


def test_what_was_moved_aside_is_a_measure_where_the_stack_has_blocks() -> None:
    outcome = play(variant(shipped("three-into-two"), terminal__stacking="due"), 2, "reference")
    assert sum(event.code == "stacked" for event in outcome.events) > 0
    moved = sum(event.code == "moved_aside" for event in outcome.events)
    assert outcome.score.measures["rehandles"] == moved
    assert "rehandles" not in play(shipped("first-train"), 1, "novice").score.measures


def test_nobody_digs_in_a_pile_in_which_another_crane_digs() -> None:
    shift = stack({"id": "A", "slots": 1, "tiers": 3}, {"id": "B", "slots": 4})
    view = shift.view
    three = list(view.units["X8001"].boxes)[:3]
    give(shift, *(f"ground {number} A" for number in three), "crane RMG1 X8001", "crane RMG2 X8001")
    until(shift, "laden", "R1")
    first = next(number for number, wagon in view.units["R1"].boxes.items() if wagon == 0)
    give(shift, f"ground {first} B")  # then a place is free at either end of the rake
    until(shift, "lifted", "RMG1", first)
    ((low, middle, top),) = view.blocks["A"].piles.values()
    give(shift, f"load {middle} R1", f"load {low} R1")
    assert view.cranes["RMG1"].box == top
    assert view.cranes["RMG2"].box is None
    until(shift, "lifted", "RMG1", middle, "R1")
    until(shift, "lifted", "RMG1", low, "R1")
    assert view.boxes[top].at == "stack"
