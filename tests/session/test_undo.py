"""Taking an order back: by a new one that restores what was, and not where the railway cannot."""

import pytest
from conftest import shipped
from helpers import give, until

from corridor_tui.corridor.orders import VERBS, Order, parse
from corridor_tui.session.shift import Shift
from corridor_tui.session.undo import Given, undoing, undoing_text


def test_an_acceptance_is_taken_back_while_the_train_stands_at_the_neighbour() -> None:
    shift = Shift(shipped("first-train"), 1)
    until(shift, "offered", "X8001")
    back = undoing(shift.view, parse("accept X8001 N1"))
    give(shift, "accept X8001 N1")
    assert back == Order("hold", ("X8001",))
    give(shift, back.text)
    assert shift.view.units["X8001"].accepted is None
    assert "N1" not in shift.view.holds


def test_a_change_of_the_track_is_undone_to_the_track_before() -> None:
    shift = Shift(shipped("single-line"), 1)
    until(shift, "offered", "2601")
    give(shift, "accept 2601 W7")
    assert undoing_text(shift.view, "accept 2601 W8") == parse("accept 2601 W7")


def test_a_meet_that_replaced_another_is_undone_to_that() -> None:
    shift = Shift(shipped("single-line"), 1)
    give(shift, "meet 1402 shelek 2601")
    back = undoing_text(shift.view, "meet 1402 shelek 2603")
    give(shift, "meet 1402 shelek 2603")
    assert back is not None
    give(shift, back.text)
    assert shift.view.units["1402"].meets == {"shelek": "2601"}
    assert undoing_text(shift.view, "drop-meet 1402 shelek") == parse("meet 1402 shelek 2601")
    assert undoing_text(shift.view, "meet 1404 shelek 2601") == parse("drop-meet 1404 shelek")


def test_cranes_paths_findings_criteria_and_standing_orders_go_back_to_what_was() -> None:
    view = Shift(shipped("fifty-five-minutes"), 1).view
    assert undoing_text(view, "crane RMG1 X8041") == parse("crane RMG1 off")
    view.cranes["RMG1"].train = "X8041"
    assert undoing_text(view, "crane RMG1 off") == parse("crane RMG1 X8041")
    assert undoing_text(view, "path R1") == parse("drop-path R1")
    assert undoing_text(view, "find X8041-02 note.seal invoice.seal seal") == parse("withdraw X8041-02")
    view.standing["auto-accept"] = "3"
    assert undoing_text(view, "auto-accept off") == parse("auto-accept 3")
    assert undoing_text(view, "auto-lift on") == parse("auto-lift off")
    assert undoing_text(view, "tie RMG1") == parse("untie RMG1")


@pytest.mark.parametrize("verb", ["depart", "detain", "release", "inspect", "set-out", "unload", "answer", "waybill"])
def test_what_is_set_going_goes_on(verb: str) -> None:
    view = Shift(shipped("first-train"), 1).view
    assert undoing(view, Order(verb, ("R1",) * len(VERBS[verb].slots))) is None


def test_nonsense_is_nothing_to_undo() -> None:
    view = Shift(shipped("first-train"), 1).view
    for text in ("", "fly R1", "accept", "meet X a b", "crane C9 off", "select no such"):
        undoing_text(view, text)
    assert undoing_text(view, "crane C9 off") is None


def test_the_history_holds_every_text_once_and_takes_back_from_the_end() -> None:
    given = Given()
    one, two = Order("hold", ("A",)), Order("drop-path", ("B",))
    given.note("accept A N1", one, accepted=True)
    given.note("depart Z", None, accepted=False)
    given.note("path B", two, accepted=True)
    given.note("accept A N1", one, accepted=False)
    assert given.texts == ["depart Z", "path B", "accept A N1"]
    assert given.last == ("path B", two)
    given.note("drop-path B", None, accepted=True)
    given.taken_back()
    assert given.last == ("accept A N1", one)
