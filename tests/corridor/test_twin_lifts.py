"""Two 20-foot boxes of one wagon on one hook: where the spreaders can, the crane bears both, and a wagon has both places."""

from helpers import calm, give, to_the_cranes, until, variant

from corridor_tui.session.shift import Shift


def four_twenties(kilograms: int, **changes: object) -> Shift:
    """First train with ten wagons, the last two with two 20-foot boxes each, all four of one true mass, under the cranes."""
    changes = {"terminal__twin_times": 1.2, **changes}
    level = variant(calm("first-train"), trains__0__feu=8, trains__0__twenties=4, trains__0__wagons=10, **changes)
    shift = Shift(level, 1)
    to_the_cranes(shift)
    load = shift.scenario.consignments("X8001")
    shift.scenario._loads["X8001"] = tuple(
        item._replace(
            containers=tuple(box._replace(gross_kg=kilograms) if box.teu == 1 else box for box in item.containers)
        )
        for item in load
    )
    give(shift, "transfer X8001 R1", "crane RMG1 X8001")
    return shift


def lifts(shift: Shift) -> tuple[int, int]:
    """How many lifts were begun, and how many of them had two boxes on the hook."""
    codes = [event.code for event in shift.events]
    return codes.count("lifting"), codes.count("twin_lifting")


def test_two_of_20_5_tonnes_are_lifted_as_one_by_a_crane_for_41() -> None:
    shift = four_twenties(20_500)
    until(shift, "laden", "R1")
    assert lifts(shift) == (10, 2)
    assert shift.view.cranes["RMG1"].lifts == 10
    assert len(shift.view.units["R1"].boxes) == 12
    assert shift.view.units["R1"].did("load")


def test_a_kilogram_more_and_they_are_lifted_one_by_one() -> None:
    shift = four_twenties(20_501)
    until(shift, "laden", "R1")
    assert lifts(shift) == (12, 0)
    assert len(shift.view.units["R1"].boxes) == 12


def test_a_twin_lift_takes_the_time_of_its_first_box_and_a_fifth_more() -> None:
    shift = four_twenties(10_000)
    until(shift, "laden", "R1")
    own = {box.number: box.lifts_s[0] for item in shift.scenario.consignments("X8001") for box in item.containers}
    begun = {str(event.args[1]): event.t for event in shift.events if event.code == "lifting"}
    ended = {str(event.args[1]): event.t for event in shift.events if event.code == "lifted"}
    twins = {event.t for event in shift.events if event.code == "twin_lifting"}
    for number, at_s in begun.items():
        assert ended[number] - at_s == round(own[number] * (1.2 if at_s in twins else 1))


def test_both_stand_on_one_wagon_and_what_hangs_on_a_hook_is_on_no_wagon() -> None:
    shift = four_twenties(10_000)
    until(shift, "twin_lifting", "RMG1")
    crane = shift.view.cranes["RMG1"]
    while crane.twin is None:
        shift.advance(shift.now_s + 5)
    pair = [crane.box, crane.twin]
    assert [shift.view.boxes[str(number)].at for number in pair] == ["RMG1", "RMG1"]
    until(shift, "laden", "R1")
    assert len({shift.view.units["R1"].boxes[str(number)] for number in pair}) == 1


def test_where_no_wagon_has_both_places_each_is_lifted_alone() -> None:
    shift = four_twenties(10_000, wagons__1__teu=1, wagons__1__load_t=40.0, rakes__0__wagons=20)
    until(shift, "emptied", "X8001")
    assert lifts(shift)[1] == 0


def test_without_spreaders_for_it_every_box_is_a_lift() -> None:
    shift = four_twenties(10_000, terminal__twin_times=None)
    until(shift, "laden", "R1")
    assert lifts(shift) == (12, 0)
