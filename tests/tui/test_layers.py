"""What lies over the desk: menus, pages, the palette, the mouse, leaving, and the end of a shift."""

import pytest
from conftest import shipped
from hands import Hands, at_the_desk
from helpers import variant
from textual.command import CommandPalette
from textual.geometry import Offset
from textual.screen import Screen

from corridor_tui.level.shelf import data_dir
from corridor_tui.records.store import default_path
from corridor_tui.tui.app import CorridorApp
from corridor_tui.tui.command import CommandLine
from corridor_tui.tui.desk import Desk
from corridor_tui.tui.matrix import Matrix
from corridor_tui.tui.menu import Menu
from corridor_tui.tui.over import Over
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.reader import Reader
from corridor_tui.tui.small import TooSmall
from corridor_tui.tui.start import Start
from corridor_tui.tui.whatif import WhatIf


async def click(hands: Hands, pane: str, text: str, *, times: int = 1) -> None:
    """Click on a word in a pane."""
    widget = hands.desk.query_one(f"#{pane}")
    origin = widget.content_region.offset - widget.region.offset
    lines = hands.shown(pane).split("\n") if isinstance(widget, Rows) else hands.line(pane).split("\n")
    place = next(number for number, line in enumerate(lines) if text in line)
    column = lines[place].index(text) + (1 if isinstance(widget, Rows) else 0)
    await hands.pilot.click(f"#{pane}", Offset(column, place) + origin, times=times)
    await hands.pilot.pause()


async def test_a_click_chooses_and_a_second_opens_the_orders() -> None:
    async with at_the_desk(shipped("fifty-five-minutes")) as hands:
        await click(hands, "trains", "R1 ")
        assert hands.desk.subject == "R1"
        await click(hands, "trains", "X8041", times=2)
        assert isinstance(hands.desk.over, Menu)
        assert hands.desk_below.subject == "X8041"


async def test_trains_tracks_and_cranes_can_be_chosen_in_the_panel() -> None:
    async with at_the_desk(shipped("fifty-five-minutes")) as hands:
        await click(hands, "panel", "X8041")
        assert hands.desk.subject == "X8041"
        assert hands.desk.query_one("#trains", Rows).choice == "X8041"
        await click(hands, "panel", "RMG2", times=2)
        assert "put crane RMG2 on X8041" in hands.page


async def test_hints_tabs_and_the_speed_can_be_clicked() -> None:
    async with at_the_desk(shipped("fifty-five-minutes")) as hands:
        await click(hands, "hints", "pause")
        assert not hands.desk.pace.paused
        speed = hands.desk.pace.speed
        await click(hands, "hints", "faster")
        assert hands.desk.pace.speed > speed
        await click(hands, "tabs", "3 customs")
        assert hands.desk.focused is hands.desk.query_one("#customs")
        await click(hands, "header", "▶")
        assert hands.desk.pace.paused


async def test_a_second_click_on_a_cell_marks_it() -> None:
    async with at_the_desk(shipped("first-train"), (160, 50)) as hands:
        papers = hands.desk.query_one("#papers", Matrix)
        value = next(value for name, value in papers._sheets[0].fields.items() if name == "seal")
        await click(hands, "papers", value)
        assert papers.choice == "note.seal"
        await click(hands, "papers", value, times=2)
        assert papers.marks == ["note.seal"]


async def test_the_palette_finds_an_order_by_its_words_and_gives_it() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("n")
        await hands.wait(0.25)
        await hands.press("ctrl+p")
        assert isinstance(hands.pilot.app.screen, CommandPalette)
        await hands.press(*"acceptX8001")
        await hands.pilot.pause(0.6)
        await hands.press("down", "enter")
        await hands.pilot.pause(0.2)
        if isinstance(hands.pilot.app.screen, CommandPalette):
            await hands.press("enter")
        assert hands.desk.shift.view.units["X8001"].accepted is not None


async def test_zoom_gives_the_papers_the_whole_screen_and_back() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("4", "z")
        papers = hands.desk.query_one("#papers", Rows)
        assert papers.size.width == 120
        assert not hands.desk.query_one("#trains").display
        await hands.press("z")
        assert hands.desk.query_one("#trains").display


async def test_a_whole_value_can_be_read_however_narrow_its_column() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        papers = hands.desk.shift.view.papers(hands.desk.query_one("#customs", Rows).choice)
        assert papers is not None
        await hands.press("4")
        lines: dict[str, list[str]] = {}
        for item in hands.desk.query_one("#papers", Rows).body:
            for span in item.spans:
                lines.setdefault(span.key, []).append(span.text)
        values = {f"{sheet.kind}.{name}": value for sheet in papers.documents for name, value in sheet.fields}
        read = {cell: "".join("".join(parts).split()) for cell, parts in lines.items() if cell in values}
        assert read == {cell: "".join(values[cell].split()) for cell in read}
        assert len(lines["note.consignor"]) > 2


async def test_reading_help_stops_a_clock_that_may_be_stopped() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        desk = hands.desk
        await hands.press("space", "question_mark")
        assert isinstance(hands.pilot.app.screen, Reader)
        assert desk.pace.paused
        await hands.press("escape")
        assert not desk.pace.paused


async def test_reading_help_does_not_stop_an_assessed_clock() -> None:
    async with at_the_desk(variant(shipped("first-train"), shift__pause="never")) as hands:
        desk = hands.desk
        await hands.press("question_mark")
        assert not desk.pace.paused


@pytest.mark.parametrize("key", ["ctrl+c", "ctrl+q", "q"])
async def test_every_way_out_asks_during_a_shift(key: str) -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press(key)
        assert isinstance(hands.desk.over, Menu)
        assert "without a result" in hands.page
        await hands.press("s")
        assert hands.desk.over is None


async def test_ctrl_c_closes_the_top_layer_first() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("enter")
        assert isinstance(hands.desk.over, Menu)
        await hands.press("ctrl+c")
        assert hands.desk.over is None


async def test_a_shift_that_ends_under_an_open_menu_still_comes_to_its_result() -> None:
    async with at_the_desk(variant(shipped("first-train"), shift__length_min=10, shift__pause="covered")) as hands:
        desk = hands.desk
        await hands.press("space", "plus", "plus", "plus", "enter")
        assert isinstance(hands.desk.over, Menu)
        for _ in range(400):
            hands.pass_wall(0.25)
            desk.tick()
            await hands.pilot.pause()
            if isinstance(hands.pilot.app.screen, Reader):
                break
        assert "Where the points went" in await hands.until_read()


async def test_an_order_after_the_end_does_not_wait_for_the_score(monkeypatch: pytest.MonkeyPatch) -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        desk, given = hands.desk, len(hands.desk.shift.orders)
        monkeypatch.setattr(desk, "_score", lambda: None)  # it is still being made
        desk.finish()
        monkeypatch.setattr(desk.shift, "order", None)
        assert not desk.give("hold X8001")
        await hands.press("c")
        assert "the shift is over" in hands.line("status")
        assert len(desk.shift.orders) == given


async def test_a_result_that_cannot_be_kept_is_still_shown_with_one_line_about_it() -> None:
    path = default_path(data_dir())
    path.parent.mkdir(parents=True)
    path.write_bytes(b"this is no database" * 200)
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("q", "e")
        page = await hands.until_read()
        assert "not kept: " in page
        assert "Where the points went" in page


async def test_the_word_about_a_small_terminal_covers_an_open_menu_and_goes_again() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        desk = hands.desk
        await hands.press("space", "enter")
        await hands.pilot.resize_terminal(60, 20)
        await hands.pilot.pause()
        assert isinstance(hands.pilot.app.screen, TooSmall)
        before = desk.shift.now_s
        hands.pass_wall(0.4)
        desk.tick()
        assert desk.shift.now_s == before
        await hands.pilot.resize_terminal(120, 40)
        await hands.pilot.pause()
        assert isinstance(hands.desk.over, Menu)
        await hands.press("escape")
        assert not desk.pace.paused


async def test_what_is_typed_on_the_command_line_cannot_drive_the_terminal() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        hands.desk.give("accept \x1b]0;owned\x07 [bold]N1")
        assert "\x1b" not in hands.line("status")
        assert "\x07" not in hands.line("status")
        assert "refused" in hands.line("status")


async def test_without_colour_the_choice_is_still_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with at_the_desk(shipped("first-train")) as hands:
        trains = hands.desk.query_one("#trains", Rows)
        strip = trains.render_line(0)
        assert strip.text.startswith("▸")
        assert any(segment.style and segment.style.reverse for segment in strip)


def test_the_end_of_the_program_tells_of_a_fault_without_local_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    app = CorridorApp(shipped("first-train"), 1, "Aigul")
    monkeypatch.setattr(app, "_close_messages_no_wait", lambda: None)
    app._fatal_error()
    assert app._exit_renderables == []


async def test_a_click_on_the_clock_opens_the_palette_so_that_the_mouse_reaches_what_has_no_hint() -> None:
    async with at_the_desk(shipped("first-train"), (80, 24)) as hands:
        await hands.pilot.click("#header", offset=(4, 0))
        await hands.pilot.pause()
        assert isinstance(hands.pilot.app.screen, CommandPalette)
        await hands.press(*"Rules")
        await hands.pilot.pause(0.6)
        await hands.press("enter")
        assert "Gross mass" in await hands.until_read()


async def test_what_somebody_asks_stands_above_what_can_be_answered() -> None:
    async with at_the_desk(shipped("fifty-five-minutes"), (80, 24)) as hands:
        while not hands.desk.shift.view.ringing(hands.desk.shift.desks):
            await hands.press("n")
            await hands.wait(2)
        await hands.press("a")
        call = hands.desk.shift.level.calls[next(iter(hands.desk.shift.view.ringing(hands.desk.shift.desks))).id]
        page = " ".join(hands.page.split())
        assert page.index(str(call.text).split()[0]) < page.index(str(call.answers[0].text))
        assert page.count(str(call.text).split(".")[0]) == 1
        await hands.press("down")
        assert " ".join(hands.page.split()) == page, "nothing is said twice where the choice moves"


def lying_over(hands: Hands) -> Over | None:
    return hands.desk.over


async def test_what_lies_over_the_desk_can_be_answered_by_clicks_on_its_hints() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("space")
        await click(hands, "hints", "orders")
        menu = lying_over(hands)
        assert isinstance(menu, Menu)
        before = menu.pane.choice
        await click(hands, "hints", "choose")
        assert menu.pane.choice != before
        await click(hands, "hints", "back")
        assert lying_over(hands) is None
        await hands.press("3")
        await click(hands, "hints", "orders")
        await click(hands, "hints", "what if")
        assert isinstance(hands.pilot.app.screen, WhatIf)
        await hands.press("escape")
        await click(hands, "hints", "takes it")
        assert lying_over(hands) is None
        assert "✓" in hands.line("status")
        await click(hands, "hints", "type")
        assert isinstance(lying_over(hands), CommandLine)
        await hands.press(*"X8001")
        await click(hands, "hints", "gives it")
        assert lying_over(hands) is None
        assert hands.desk.subject == "X8001"


async def test_a_tab_clicked_beside_a_menu_puts_that_away_and_is_gone_to() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await click(hands, "hints", "orders")
        assert lying_over(hands) is not None
        await click(hands, "tabs", "3 customs")
        assert lying_over(hands) is None
        assert hands.desk.instrument == "customs"
        await click(hands, "hints", "orders")
        await hands.pilot.click("#header", offset=(60, 0))
        assert lying_over(hands) is None


async def test_the_guide_is_followed_by_clicks_on_what_it_says_in_its_menus_too() -> None:
    async with at_the_desk(shipped("first-train"), (120, 40), guided=True) as hands:
        for words in ("press 1", "press 2", "press 3", "press enter", "press enter"):
            assert words in hands.line("status")
            await click(hands, "status", words)
        assert "have the documents of" in hands.line("status")


async def test_the_hints_of_a_number_can_be_clicked() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("X")
        await click(hands, "hints", "keeps it")
        assert hands.desk.subject == "X8001"
        assert "orders" in hands.line("hints")
        assert isinstance(hands.pilot.app.screen, Desk)


@pytest.mark.parametrize(("name", "first"), [(None, Start), ("first-train", Reader)])
async def test_what_is_begun_in_too_small_a_terminal_waits_for_room_with_nothing_left_beneath_it(
    name: str | None, first: type[Screen[object]]
) -> None:
    app = CorridorApp(None if name is None else shipped(name), 1, "Aigul", wall=lambda: 0.0)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause(0.5)
        assert isinstance(app.screen, TooSmall)
        await pilot.resize_terminal(100, 30)
        await pilot.pause(0.5)
        assert isinstance(app.screen, first)
        assert not any(isinstance(screen, TooSmall) for screen in app.screen_stack)
