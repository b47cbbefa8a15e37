"""Choosing by typing a number: begun with its capital letter, or behind a key; kept with enter, given back with escape."""

import pytest
from conftest import shipped
from hands import Hands, at_the_desk

from corridor_tui.session.shift import Shift
from corridor_tui.tui.completing import meant_by
from corridor_tui.tui.keys import Keyboard
from corridor_tui.tui.pages import help_rows
from corridor_tui.tui.pane import Rows


def chosen(hands: Hands) -> str:
    """The train that is chosen in the list."""
    return hands.desk.query_one("#trains", Rows).choice


@pytest.mark.parametrize("instrument", "1234567")
async def test_a_capital_letter_begins_a_number_in_every_instrument_and_the_first_match_is_chosen_at_once(
    instrument: str,
) -> None:
    async with at_the_desk(shipped("fifty-five-minutes")) as hands:
        await hands.press(instrument, "X", "8", "0", "4", "3")
        assert chosen(hands) == "X8043"
        assert "X8043▏" in hands.line("hints")
        assert "enter keeps it" in hands.line("hints")
        await hands.press("enter")
        assert hands.desk.subject == "X8043"
        assert "X8043 is chosen" in hands.line("status")
        assert "▏" not in hands.line("hints")


async def test_what_else_is_meant_is_shown_and_falls_away_as_the_number_grows() -> None:
    async with at_the_desk(shipped("fifty-five-minutes")) as hands:
        await hands.press("X")
        assert "or " in hands.line("hints")
        assert "X8045" in hands.line("hints")
        await hands.press("8", "0", "4", "5")
        assert "or " not in hands.line("hints")
        await hands.press("backspace")
        assert "X804▏" in hands.line("hints")
        assert "X8045" in hands.line("hints")


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_escape_gives_back_what_was_chosen_everywhere(size: tuple[int, int]) -> None:
    async with at_the_desk(shipped("fifty-five-minutes"), size) as hands:
        await hands.press("1", "v", "2", "down", "f", "f", "f", "f")  # one station, and only wagons in the list
        desk = hands.desk
        before = (
            {name: pane.choice for name, pane in desk.instruments.panes.items()},
            desk.trains.keep,
            desk.panel.scope,
        )
        await hands.press("X", "8", "0", "4", "3")
        assert chosen(hands) == "X8043"
        await hands.press("escape")
        after = (
            {name: pane.choice for name, pane in desk.instruments.panes.items()},
            desk.trains.keep,
            desk.panel.scope,
        )
        assert after == before
        assert desk.instrument == "trains"


async def test_the_panel_goes_along_while_it_is_typed() -> None:
    async with at_the_desk(shipped("fifty-five-minutes"), (160, 50)) as hands:
        await hands.press("3", *"X8041")
        panel = hands.desk.query_one("#panel", Rows)
        assert panel.choice == "X8041"
        assert hands.desk.instrument == "customs"


async def test_a_number_of_digits_is_typed_behind_a_key_and_digits_alone_go_to_instruments_as_ever() -> None:
    async with at_the_desk(shipped("single-line")) as hands:
        await hands.press("number_sign")
        assert "type the number" in hands.line("hints")
        await hands.press(*"1404", "enter")
        assert hands.desk.subject == "1404"
        await hands.press("1")
        assert hands.desk.instrument == "panel"


async def test_the_last_digits_will_do_behind_the_key_and_so_will_small_letters() -> None:
    async with at_the_desk(shipped("fifty-five-minutes")) as hands:
        await hands.press("number_sign", *"43", "enter")
        assert hands.desk.subject == "X8043"
        await hands.press("number_sign", *"x8045", "enter")
        assert hands.desk.subject == "X8045"


async def test_any_other_key_keeps_the_train_and_does_what_it_does() -> None:
    async with at_the_desk(shipped("fifty-five-minutes")) as hands:
        await hands.press(*"X8043", "colon")
        assert hands.desk.over is hands.desk.line
        await hands.press("escape")
        assert hands.desk.subject == "X8043"
        await hands.press(*"R2", "z")
        assert hands.desk.instruments.zoomed
        assert hands.desk.subject == "R2"


async def test_a_letter_that_begins_nothing_means_nothing_and_a_digit_that_leads_nowhere_is_not_taken() -> None:
    async with at_the_desk(shipped("fifty-five-minutes")) as hands:
        await hands.press("Q")
        assert "▏" not in hands.line("hints")
        await hands.press(*"X9")
        assert "X▏" in hands.line("hints")
        assert hands.desk.instrument == "trains"


async def test_tracks_cranes_and_consignments_are_chosen_so_too() -> None:
    async with at_the_desk(shipped("fifty-five-minutes")) as hands:
        for number, subject in (("W3", "track:W3"), ("RMG2", "crane:RMG2"), ("X8041-02", "X8041-02")):
            await hands.press(*("minus" if char == "-" else char for char in number), "enter")
            assert hands.desk.subject == subject


async def test_a_click_ends_a_number_with_what_was_clicked_on() -> None:
    async with at_the_desk(shipped("fifty-five-minutes")) as hands:
        await hands.press(*"X8043")
        await hands.pilot.click("#messages")
        await hands.pilot.pause()
        assert "▏" not in hands.line("hints")


def test_what_it_is_stands_before_what_it_begins_and_trains_before_all_else() -> None:
    view = Shift(shipped("fifty-five-minutes"), 1).view
    assert meant_by(view, "R1")[0] == "R1"
    assert meant_by(view, "X8043") == ["X8043"]
    assert meant_by(view, "X8043-0")[0] == "X8043-01"
    assert all(name in view.units for name in meant_by(view, "4"))
    assert meant_by(view, "ZZ") == []


def test_the_key_stands_in_the_help_and_can_be_another() -> None:
    assert any("# №" in row.text for row in help_rows("trains", Keyboard(), 100))
    keyboard = Keyboard({"number": ["y"]})
    assert [one.action for one in keyboard.bindings.key_to_bindings["y"]] == ["by_number"]
