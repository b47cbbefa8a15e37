"""The command line: completion of every order, history, choosing by number, repeat and undo, and what is planned while the clock stands."""

import pytest
from conftest import shipped
from hands import Hands, at_the_desk
from helpers import variant

from corridor_tui.corridor.options import all_orders
from corridor_tui.level.model import Level
from corridor_tui.session.shift import Shift
from corridor_tui.tui.command import CommandLine
from corridor_tui.tui.completing import Completion, thing_named


def _texts(completion: Completion, typed: str) -> list[str]:
    return [one.text.strip() for one in completion.meant(typed)]


def test_every_order_there_is_can_be_completed_from_its_own_beginning(level: Level) -> None:
    shift = Shift(level, 1)
    shift.advance(1_800)
    completion = Completion(shift, [])
    for order in all_orders(shift.view):
        assert order.text in _texts(completion, order.text), order.text


def test_what_would_be_accepted_stands_before_what_would_be_refused() -> None:
    shift = Shift(shipped("first-train"), 1)
    shift.advance(130)
    meant = Completion(shift, []).meant("acc")
    assert meant[0].text == "accept X8001 N1"
    assert meant[0].about == "accept X8001 onto track N1 (in 850 m)"
    assert [one.objection is None for one in meant] == sorted((one.objection is None for one in meant), reverse=True)


def test_words_in_any_part_of_an_order_find_it() -> None:
    completion = Completion(Shift(shipped("single-line"), 1), [])
    assert "meet 1404 shelek 2601" in _texts(completion, "1404 shel 2601")
    assert _texts(completion, "zzz") == []


def test_a_finding_is_completed_a_word_at_a_time() -> None:
    shift = Shift(shipped("fifty-five-minutes"), 1)
    shift.advance(600)
    name = next(name for name, one in shift.view.dossiers.items() if one.state == "lodged")
    completion = Completion(shift, [])
    assert any(text.startswith(f"find {name[:5]}") for text in _texts(completion, f"find {name[:5]}"))
    assert f"find {name} note.consignee" in _texts(completion, f"find {name} note.consig")
    two = f"find {name} note.consignee declaration.consignee"
    rules = _texts(completion, f"{two} ")
    assert f"{two} party" in rules
    assert f"{two} party" in _texts(completion, f"{two} par")


def test_an_order_of_another_desk_says_who_works_it() -> None:
    shift = Shift(shipped("single-line"), 1)
    [meant] = Completion(shift, ["release 1402"]).meant("")
    assert "worked by the reference" in (meant.objection or "")


def test_a_train_is_named_by_a_part_of_its_number_that_only_it_has() -> None:
    view = Shift(shipped("fifty-five-minutes"), 1).view
    assert thing_named(view, "x8041") == "X8041"
    assert thing_named(view, "8043") == "X8043"
    assert thing_named(view, "804") is None  # several
    assert thing_named(view, "N1") == "N1"
    assert thing_named(view, "depart R1") is None


async def _type(hands: Hands, text: str) -> None:
    names = {" ": "space", "-": "minus", ".": "full_stop"}
    await hands.press(*(names.get(char, char) for char in text))


async def test_tab_takes_what_is_chosen_and_enter_gives_it() -> None:
    async with at_the_desk(shipped("first-train"), (80, 24)) as hands:
        await hands.press("n")
        await hands.wait(0.25)
        await hands.press("colon", *"acc")
        assert "accept X8001 N1" in hands.page
        await hands.press("down", "tab", "enter")
        assert hands.line("status").startswith(" ✓ accept X8001 onto track N2")


async def test_an_order_can_be_chosen_with_the_arrows_alone_and_comes_back_in_the_history() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("n")
        await hands.wait(0.25)
        await hands.press("colon")
        await _type(hands, "accept")
        await hands.press("down", "enter")
        assert "✓ accept X8001 onto track N2" in hands.line("status")
        await hands.press("colon")
        await _type(hands, "hold X8001")
        await hands.press("enter", "colon")
        line = hands.desk.over
        assert isinstance(line, CommandLine)
        assert [spot.key for spot in line.offers.spots] == ["hold X8001", "accept X8001 N2"]
        await hands.press("down", "enter")
        assert hands.desk.shift.view.units["X8001"].accepted == "N2"


async def test_typing_a_number_chooses_the_train_and_a_name_the_place() -> None:
    async with at_the_desk(shipped("fifty-five-minutes")) as hands:
        await hands.press("colon", *"8043", "enter")
        assert hands.desk.subject == "X8043"
        assert "X8043 is chosen" in hands.line("status")
        await hands.press("slash", *"RMG2", "enter")
        assert hands.desk.subject == "crane:RMG2"
        await hands.press("slash", *"W3", "enter")
        assert hands.desk.subject == "track:W3"
        await hands.press("slash")
        await _type(hands, "X8041-02")
        await hands.press("enter")
        assert hands.desk.subject == "X8041-02"


async def test_undo_gives_the_order_that_takes_back_and_says_where_none_does() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("u")
        assert "no order to take back" in hands.line("status")
        await hands.press("n")
        await hands.wait(0.25)
        await hands.press("colon")
        await _type(hands, "accept X8001 N1")
        await hands.press("enter", "u")
        assert "✓ hold X8001 back" in hands.line("status")
        assert hands.desk.shift.view.units["X8001"].accepted is None
        await hands.press("colon")
        await _type(hands, "call-rake R1")
        await hands.press("enter", "u")
        if hands.desk.given.last is not None:
            assert "cannot be taken back" in hands.line("status")


async def test_repeat_gives_the_last_order_again_about_what_is_chosen_now() -> None:
    async with at_the_desk(shipped("single-line")) as hands:
        await hands.press("colon")
        await _type(hands, "inspect 1402")
        await hands.press("enter", "colon", *"1404", "enter", "full_stop")
        assert "✓ have 1404 inspected" in hands.line("status")


async def test_orders_given_while_the_clock_stands_are_shown_as_planned_until_it_runs() -> None:
    async with at_the_desk(shipped("single-line")) as hands:
        assert hands.desk.pace.paused
        await hands.press("colon")
        await _type(hands, "inspect 1402")
        await hands.press("enter")
        assert "planned 1: have 1402 inspected" in hands.line("tabs")
        await hands.press("colon")
        await _type(hands, "inspect 1404")
        await hands.press("enter")
        assert "✓ have 1404 inspected · planned: have 1402 inspected; have 1404 inspected" in hands.line("status")
        assert hands.desk.shift.now_s == 1
        await hands.press("space")
        await hands.wait(1)
        hands.desk.paint()
        assert "planned" not in hands.line("tabs")


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_typing_ahead_of_the_line_is_not_lost(size: tuple[int, int]) -> None:
    async with at_the_desk(variant(shipped("first-train")), size) as hands:
        await hands.pilot.press("colon", *"8001", "enter")
        await hands.pilot.pause()
        await hands.pilot.pause()
        assert hands.desk.subject == "X8001"
