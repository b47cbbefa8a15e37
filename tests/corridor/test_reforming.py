"""Three trains into two: a train on several rakes, a rake with several trains, and what leaves with whom."""

from itertools import pairwise

from conftest import shipped
from helpers import calm, give, refused, until, variant

from corridor_tui.corridor.chain import load_left_s
from corridor_tui.corridor.waits import waiting
from corridor_tui.scenario.draw import resolve
from corridor_tui.scoring.gather import gather
from corridor_tui.session.shift import Shift, unattended

TRAINS = ("X4101", "X4103", "X4105")


def three(rakes_there: int = 2) -> Shift:
    """Three trains and two rakes of 62 places, all under the cranes, inspected; nothing is wrong with any paper."""
    base = calm("three-into-two")
    trains = [
        {**train.model_dump(), "at": "05:30", "late": None, "standing": {"track": f"PN{i + 1}", "stage": "inspected"}}
        for i, train in enumerate(base.trains[:3])
    ]
    rakes = [
        {**rake.model_dump(), "track": f"PW{i + 1}", "park": None} for i, rake in enumerate(base.rakes[:rakes_there])
    ]
    cases = {"errors": 0, "lookalikes": 0, "offence_chance": 0.0}
    level = variant(base, trains=trains, rakes=rakes, customs__cases=cases, hints=(), objectives=())
    return Shift(level, 1)


def cranes_to(shift: Shift, train: str) -> None:
    give(shift, *(f"crane {crane} {train}" for crane in shift.view.cranes))


def on_rake(shift: Shift, rake: str) -> dict[str, int]:
    """How many containers of each train stand on a rake."""
    counts: dict[str, int] = {}
    for number in shift.view.units[rake].boxes:
        train = shift.view.boxes[number].train
        counts[train] = counts.get(train, 0) + 1
    return counts


def test_three_trains_of_41_go_onto_two_rakes_of_62_and_61() -> None:
    shift = three()
    give(shift, "transfer X4101 R1")
    cranes_to(shift, "X4101")
    until(shift, "emptied", "X4101")
    assert shift.view.units["R1"].did("load")
    give(shift, "transfer X4103 R1", "transfer X4103 R2")
    assert not shift.view.units["R1"].did("load")
    cranes_to(shift, "X4103")
    until(shift, "emptied", "X4103")
    assert on_rake(shift, "R1") == {"X4101": 41, "X4103": 21}
    assert on_rake(shift, "R2") == {"X4103": 20}
    give(shift, "transfer X4105 R2")
    cranes_to(shift, "X4105")
    until(shift, "emptied", "X4105")
    assert on_rake(shift, "R2") == {"X4103": 20, "X4105": 41}
    assert [len(shift.view.units[rake].boxes) for rake in ("R1", "R2")] == [62, 61]
    assert shift.view.units["R1"].partners == ("X4101", "X4103")
    assert shift.view.units["X4103"].partners == ("R1", "R2")
    assert shift.view.stack_teu == 0
    assert sum(event.code == "lifting" for event in shift.events) == 123


def test_a_full_rake_is_done_and_can_go_while_its_train_is_lifted_onto_the_next() -> None:
    shift = three()
    give(shift, "transfer X4101 R1")
    cranes_to(shift, "X4101")
    until(shift, "emptied", "X4101")
    give(shift, "transfer X4103 R1", "transfer X4103 R2")
    cranes_to(shift, "X4103")
    rake, train = shift.view.units["R1"], shift.view.units["X4103"]
    while not rake.did("load"):
        shift.advance(shift.now_s + 10)
    assert len(rake.boxes) == 62
    assert train.left > 10
    give(shift, "weigh R1", "waybill R1")
    until(shift, "done", "R1", "waybill")
    give(shift, "move R1 W7")
    assert all(crane.train == "X4103" for crane in shift.view.cranes.values())
    until(shift, "emptied", "X4103")
    assert on_rake(shift, "R2") == {"X4103": 20}


def test_a_rake_goes_when_its_first_train_should_and_its_list_is_void_once_more_comes_onto_it() -> None:
    shift = three()
    give(shift, "transfer X4103 R1")
    assert shift.view.units["R1"].due_s == shift.view.units["X4103"].due_s
    cranes_to(shift, "X4103")
    until(shift, "emptied", "X4103")
    give(shift, "waybill R1")
    until(shift, "done", "R1", "waybill")
    give(shift, "transfer X4101 R1")
    assert not shift.view.units["R1"].did("waybill")
    assert shift.view.units["R1"].due_s == shift.view.units["X4101"].due_s


def test_what_is_refused_says_why() -> None:
    shift = three()
    give(shift, "transfer X4101 R1")
    assert "have room for all of it" in refused(shift, "transfer X4101 R2")
    give(shift, "transfer X4103 R1")
    assert "already takes the load of X4103" in refused(shift, "transfer X4103 R1")
    cranes_to(shift, "X4101")
    until(shift, "emptied", "X4101")
    cranes_to(shift, "X4103")
    until(shift, "laden", "R1")
    assert "no room left" in refused(shift, "transfer X4105 R1")


def test_places_that_a_rake_has_for_the_load_of_another_train_are_no_wagons_for_the_next() -> None:
    shift = three(rakes_there=1)
    next_one = shift.view.units["X4103"]
    assert waiting(shift.view, next_one).desk == "terminal"  # an empty rake stands there and nobody has it
    give(shift, "transfer X4101 R1")
    assert waiting(shift.view, next_one).cause == "wagons"
    cranes_to(shift, "X4101")
    shift.advance(shift.now_s + 900)
    assert shift.view.units["X4101"].left < 41
    assert waiting(shift.view, next_one).cause == "wagons"
    until(shift, "emptied", "X4101")
    assert waiting(shift.view, next_one).cause == "wagons"  # 21 places are left, for 41


def test_what_finds_no_wagon_waits_in_the_stack_for_a_further_rake_and_keeps_its_load_from_being_away() -> None:
    shift = three()
    give(shift, "transfer X4101 R1")
    cranes_to(shift, "X4101")
    until(shift, "emptied", "X4101")
    give(shift, "transfer X4103 R1")
    cranes_to(shift, "X4103")
    until(shift, "emptied", "X4103")
    train = shift.view.units["X4103"]
    assert shift.view.stack_teu == 40
    assert len(train.stacked) == 20
    assert load_left_s(shift.view, train) is None
    assert waiting(shift.view, train).desk == "terminal"  # R2 stands there and is not given to it
    give(shift, "transfer X4103 R2")
    until(shift, "laden", "R2")
    assert on_rake(shift, "R2") == {"X4103": 20}
    assert not train.stacked
    assert sum(event.code == "lifting" for event in shift.events) == 41 + 41 + 20


def test_a_load_is_away_with_the_last_of_its_rakes_and_each_late_second_is_counted_once() -> None:
    level = shipped("three-into-two")
    for dispatcher in ("do-nothing", "novice", "reference"):
        shift = unattended(resolve(level, 1), dispatcher)
        shift.close()
        record = gather(level, shift.events, shift.scenario)
        for name in TRAINS:
            unit = record.view.units[name]
            left = [record.view.units[rake].departed_s for rake in unit.partners]
            assert load_left_s(record.view, unit) == max(at or 0 for at in left)
            dwell = record.dwells[name]
            assert dwell[-1].to_s == load_left_s(record.view, unit)
            assert all(a.to_s == b.from_s for a, b in pairwise(dwell))
        boxes = [number for name in TRAINS for number in record.cargo_out[name]]
        assert len(boxes) == len(set(boxes)) == 123


def test_the_reference_fills_two_rakes_and_the_novice_sends_the_first_away_half_full() -> None:
    def loads(dispatcher: str) -> list[int]:
        shift = unattended(resolve(shipped("three-into-two"), 1), dispatcher)
        shift.close()
        return [len(shift.view.units[rake].boxes) for rake in ("R1", "R2", "R3")]

    assert loads("reference") == [62, 61, 0]
    assert loads("novice") == [41, 41, 41]
