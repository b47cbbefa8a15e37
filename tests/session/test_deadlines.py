"""The next deadline of a train: whichever bites first."""

from conftest import shipped
from helpers import one_train, to_the_cranes, variant

from corridor_tui.session.deadlines import Moment, deadline, next_deadline
from corridor_tui.session.shift import Shift


def standing() -> Shift:
    return Shift(shipped("fifty-five-minutes"), 1)


def test_of_path_sailing_and_what_is_due_the_soonest_counts() -> None:
    shift = standing()
    view, unit = shift.view, shift.view.units["X8041"]
    due_s = unit.due_s
    assert due_s is not None
    assert next_deadline(view, unit) == Moment(due_s, "due")
    unit.path_s = due_s + 600
    assert next_deadline(view, unit) == Moment(due_s, "due")
    unit.path_s = due_s - 600
    assert next_deadline(view, unit) == Moment(due_s - 600, "path")
    unit.leave_by_s = due_s - 900
    assert next_deadline(view, unit) == Moment(due_s - 900, "by")
    view.tell_time(due_s - 800)  # the sailing is missed: what is left to keep counts
    assert next_deadline(view, unit) == Moment(due_s - 600, "path")


def test_what_is_due_and_has_passed_is_late_whatever_is_still_ahead() -> None:
    shift = standing()
    view, unit = shift.view, shift.view.units["X8041"]
    assert unit.due_s is not None
    unit.path_s = unit.due_s + 1_800
    view.tell_time(unit.due_s + 60)
    assert deadline(view, unit) == ("LATE 12:20", True)


def test_what_is_late_since_another_day_says_which() -> None:
    shift = standing()
    view, unit = shift.view, shift.view.units["X8041"]
    assert unit.due_s is not None
    view.tell_time(unit.due_s + 40 * 3_600)
    assert deadline(view, unit) == ("LATE day 1 12:20", True)
    unit.due_s += 24 * 3_600
    view.tell_time(unit.due_s + 11 * 3_600)  # yesterday, and yet no other 12:20 can be meant
    assert deadline(view, unit) == ("LATE 12:20", True)


def test_a_train_that_is_not_offered_yet_shows_when_it_will_be() -> None:
    shift = standing()
    view = shift.view
    assert deadline(view, view.units["X8043"]) == ("at 09:46", False)
    view.units["X8043"].advised_s = 5_400
    assert deadline(view, view.units["X8043"]) == ("at 09:30", False)


def test_a_rake_has_the_deadline_of_the_load_that_goes_onto_it() -> None:
    shift = one_train()
    to_the_cranes(shift)
    view = shift.view
    assert next_deadline(view, view.units["R1"]) is None
    shift.order("transfer X8001 R1")
    shift.advance(shift.now_s + 1)
    assert next_deadline(view, view.units["R1"]) == next_deadline(view, view.units["X8001"])
    assert next_deadline(view, view.units["R1"]) is not None


def test_a_reefer_without_a_socket_bites_when_it_is_spoilt() -> None:
    level = variant(shipped("fifty-five-minutes"), cargo={"power_h": 2.0})
    shift = Shift(level, 1)
    view, unit = shift.view, shift.view.units["X8041"]
    box = view.boxes[next(iter(unit.boxes))]
    box.dark_s = 600
    assert next_deadline(view, unit) == Moment(600 + 7_200, "cold")
    assert deadline(view, unit) == ("spoils 10:10", False)
    box.spoilt = True
    moment = next_deadline(view, unit)
    assert moment is not None
    assert moment.kind == "due"
