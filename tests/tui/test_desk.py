"""The desk on a screen: driven through Textual's Pilot with a clock in our hands."""

import asyncio
import re
import sys
from pathlib import Path

import pytest
from conftest import ROOT, shipped
from hands import SIZES, at_the_desk
from helpers import variant
from rich.cells import cell_len

from corridor_tui.level.shelf import data_dir
from corridor_tui.records.store import Records, default_path
from corridor_tui.records.values import Best
from corridor_tui.tui.app import CorridorApp
from corridor_tui.tui.arrange import PANES
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.desk import Desk
from corridor_tui.tui.matrix import Matrix
from corridor_tui.tui.menu import Menu
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.reader import Reader
from corridor_tui.tui.small import TooSmall
from corridor_tui.tui.start import Start


async def test_the_briefing_says_what_is_asked_and_enter_takes_the_desk() -> None:
    async with at_the_desk(shipped("first-train"), brief=True) as hands:
        page = hands.page
        for words in ("71 minutes", "What is asked", "Handover", "0 is what doing nothing would lose"):
            assert words in " ".join(page.split())
        await hands.press("enter")
        assert hands.desk.pace.paused


async def test_a_long_page_says_whether_it_goes_on() -> None:
    async with at_the_desk(shipped("first-train"), (80, 24), brief=True) as hands:
        keys = hands.pilot.app.screen.query_one("#keys", Bar)
        assert "more below" in keys.text
        await hands.press("end")
        assert "more below" not in keys.text
        assert "take the desk" in keys.text
        await hands.press("home")
        assert "more below" in keys.text


@pytest.mark.parametrize("size", SIZES)
async def test_every_pane_can_be_reached_and_shows_its_matter(size: tuple[int, int]) -> None:
    async with at_the_desk(shipped("fifty-five-minutes"), size) as hands:
        await hands.press("n")
        await hands.wait(0.25)
        telling = {
            "panel": "ALTYNKOL",
            "trains": "X8043",
            "customs": "X8041-02",
            "papers": "consignee",
            "messages": "lodged",
            "graph": "ZHETYGEN",
            "cranes": "RMG1",
        }
        for number, name in enumerate(PANES, 1):
            await hands.press(str(number))
            pane = hands.desk.query_one(f"#{name}", Rows)
            assert pane.display
            assert pane.content_size.height >= 5
            assert telling[name] in hands.shown(name)
        seen = [name for name in PANES if hands.desk.query_one(f"#{name}").display]
        assert seen == (["panel", "trains", "messages", "cranes"] if size[0] >= 120 else ["cranes"])
        await hands.press("3")
        seen = [name for name in PANES if hands.desk.query_one(f"#{name}").display]
        assert seen == (["panel", "trains", "customs", "papers", "messages"] if size[0] >= 120 else ["customs"])


@pytest.mark.parametrize("size", SIZES)
async def test_no_row_is_wider_than_its_pane(size: tuple[int, int]) -> None:
    async with at_the_desk(shipped("fifty-five-minutes"), size) as hands:
        await hands.press("plus", "plus", "plus", "space")
        await hands.wait(20)
        for number, name in enumerate(PANES, 1):
            await hands.press(str(number))
            pane = hands.desk.query_one(f"#{name}", Rows)
            if name in ("customs", "papers", "messages"):
                widths = [cell_len("".join(span.text for span in item.spans)) for item in pane.rows]
                assert max(widths) <= pane.room


async def test_the_clock_runs_at_its_speed_and_stands_while_paused() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        before = hands.desk.shift.now_s
        await hands.wait(3)
        assert hands.desk.shift.now_s == before
        await hands.press("space")
        await hands.wait(4)
        assert hands.desk.shift.now_s == pytest.approx(before + 4 * 30, abs=2)
        await hands.press("plus")
        await hands.wait(1)
        assert hands.desk.shift.now_s == pytest.approx(before + 4 * 30 + 60, abs=2)
        assert "10:03" in hands.line("header")
        assert "12:03" in hands.line("header")  # Beijing


async def test_a_machine_that_slept_does_not_run_the_shift_away() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("space")
        hands._wall[0] += 3_600
        hands.desk.tick()
        assert hands.desk.shift.now_s <= 1 + 30


async def test_n_runs_on_to_the_next_event_that_needs_the_trainee() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("n")
        await hands.wait(0.25)
        assert hands.desk.shift.view.units["X8001"].offered_s == 120
        assert hands.desk.shift.now_s == 121
        assert "PAUSED" in hands.line("header")


async def test_an_order_takes_three_keys_and_is_answered_at_once_even_while_paused() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("n")
        await hands.wait(0.25)
        await hands.press("2", "enter")
        assert isinstance(hands.desk.over, Menu)
        await hands.press("a")  # accept
        await hands.press("1")  # the first track
        assert hands.line("status").startswith(" ✓ accept X8001 onto track N1")
        assert hands.desk.shift.view.units["X8001"].accepted == "N1"


async def test_a_refusal_is_shown_where_the_order_was_given() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("colon", *"depart", "space", *"R1", "enter")
        assert "✕ refused: let R1 depart: R1 does not stand where its line begins" in hands.line("status")


async def test_the_menu_names_the_objection_to_what_cannot_be_ordered() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("2", "enter", "s")  # secure
        menu = hands.desk.over
        assert isinstance(menu, Menu)
        assert "does not stand on one of our tracks yet" in " ".join(item.text for item in menu.pane.rows)
        await hands.press("escape")
        assert hands.desk.over is None


async def test_the_command_line_offers_and_completes_orders() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("n")
        await hands.wait(0.25)
        await hands.press("colon", *"acc")
        await asyncio.sleep(0.3)
        await hands.press("tab", "enter")
        assert "✓ accept X8001 onto track N1" in hands.line("status")


async def test_marking_two_cells_and_a_rule_makes_a_finding() -> None:
    level = variant(
        shipped("first-train"),
        trains__0__flagged=0,
        customs__cases={"errors": 0, "lookalikes": 0},
        trains__0__scripted=[{"number": 1, "lane": "yellow", "case": {"kind": "error", "family": "party"}}],
    )
    async with at_the_desk(level) as hands:
        await hands.press("3")
        assert hands.desk.subject == "X8001-01"
        await hands.press("4")
        papers = hands.desk.query_one("#papers", Matrix)
        while papers.choice != "note.consignee":
            await hands.press("down")
        await hands.press("m", "right", "m", "f")
        assert isinstance(hands.desk.over, Menu)
        await hands.press("4")  # consignee and station
        found = [event.args for event in hands.desk.shift.events if event.code == "found"]
        assert found == [("X8001-01", "note.consignee", "declaration.consignee", "party")]


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_a_newcomer_finishes_the_first_train_by_what_the_screen_proposes(size: tuple[int, int]) -> None:
    async with at_the_desk(shipped("first-train"), size) as hands:
        for _ in range(120):
            if not isinstance(hands.pilot.app.screen, Desk) or hands.desk.ending.begun:
                break
            await hands.press("c")
            if "nothing is proposed" in hands.line("status"):
                await hands.press("n")
                await hands.wait(0.25)
        page = await hands.until_read()
        assert "Where the points went" in page
        total = float(re.search(r"([0-9.]+) points", page)[1])  # type: ignore[index]
        assert total > 90
        best = Records(default_path(data_dir())).bests("Aigul")["first-train"]
        assert best.total == pytest.approx(total, abs=0.05)


async def test_leaving_asks_first_and_ctrl_c_is_safe() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("space", "ctrl+c")
        assert isinstance(hands.desk.over, Menu)
        await hands.press("escape")
        assert not hands.desk.pace.paused
        await hands.press("q", "l")
        await hands.pilot.pause(0.2)
    assert Records(default_path(data_dir())).bests("Aigul") == {}


async def test_papers_are_covered_while_the_clock_stands_where_the_level_says_so() -> None:
    async with at_the_desk(variant(shipped("first-train"), shift__pause="covered")) as hands:
        await hands.press("space")
        await hands.wait(2)
        assert "consignee" in hands.shown("papers")
        await hands.press("space")
        assert "covered" in hands.shown("papers")
        assert "consignee" not in hands.shown("papers")


async def test_a_shift_that_may_not_be_paused_is_not() -> None:
    async with at_the_desk(variant(shipped("first-train"), shift__pause="never")) as hands:
        await hands.press("space")
        await hands.press("space")
        assert not hands.desk.pace.paused
        assert "cannot be paused" in hands.line("status")


async def test_the_score_is_shown_only_as_far_as_the_level_lets() -> None:
    async with at_the_desk(variant(shipped("first-train"), shift__feedback="none")) as hands:
        assert "late" not in hands.line("header")


async def test_the_losses_so_far_stand_over_the_desk() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        assert "late 0 min" in hands.line("header")


async def test_a_terminal_made_too_small_stops_the_clock_with_a_clear_word() -> None:
    async with at_the_desk(shipped("first-train")) as hands:
        await hands.press("space")
        await hands.pilot.resize_terminal(70, 20)
        await hands.pilot.pause()
        cover = hands.pilot.app.screen
        assert isinstance(cover, TooSmall)
        assert "the desk needs at least 80x24" in cover.query_one(Bar).text
        await hands.pilot.resize_terminal(100, 30)
        await hands.pilot.pause()
        assert hands.desk.has_class("tabbed")
        assert not hands.desk.pace.paused


async def test_the_start_screen_begins_at_the_first_level_that_was_not_played_yet() -> None:
    folder = Start("Aigul", 1, {"first-train": Best(98.8, 3, 1)}, None)
    app = CorridorApp(None, 1, "Aigul", wall=lambda: 0.0)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(folder)
        await pilot.pause()
        assert folder.query_one(Rows).choice == "fifty-five-minutes"


async def test_the_start_screen_lists_the_levels_and_plays_the_chosen_one() -> None:
    app = CorridorApp(None, 1, "Aigul", wall=lambda: 0.0)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, Start)
        await pilot.pause()
        shown = "\n".join("".join(s.text for s in item.spans) for item in app.screen.query_one(Rows).rows)
        assert shown.index("The first train") < shown.index("Fifty-five minutes")
        assert "? help" in app.screen.query_one(Bar).text
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, Reader)
        await pilot.press("escape")
        assert isinstance(app.screen, Start)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, Reader)


HOSTILE = "[/x][@click=app.exit]go[/] [red]"


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_texts_of_a_level_are_never_read_as_markup(size: tuple[int, int]) -> None:
    level = variant(
        shipped("first-train"),
        title=HOSTILE,
        summary=HOSTILE,
        briefing__background=HOSTILE,
        briefing__task=HOSTILE,
        briefing__handover=HOSTILE,
        trains__0__title=HOSTILE,
        stations__0__name=HOSTILE,
        stations__1__name=HOSTILE,
        objectives__0__text=HOSTILE,
    )
    async with at_the_desk(level, size, brief=True) as hands:
        assert "[/x][@click" in hands.screen_text().replace("&#x27;", "'")
        await hands.press("enter", "n")
        await hands.wait(0.5)
        await hands.press("1")
        assert "[/X][@CLICK" in hands.shown("panel")
        await hands.press("2", "enter", "escape", "question_mark", "escape", "q", "e")
        page = await hands.until_read()
        assert HOSTILE in page


def test_data_goes_to_the_screen_only_through_rows_and_bars() -> None:
    """Widgets that read markup are not used for texts at all."""
    sinks = re.compile(r"\b(Static|Label|Button|DataTable|OptionList|Select|Tree|RichLog|notify)\(")
    for path in (ROOT / "corridor_tui" / "tui").glob("*.py"):
        assert not sinks.search(path.read_text(encoding="utf-8")), path


def test_the_core_loads_no_textual() -> None:
    import subprocess

    for module in (
        "corridor_tui.session.shift",
        "corridor_tui.cli",
        "corridor_tui.level.load",
        "corridor_tui.instructor.load",
    ):
        code = f"import sys, {module}; sys.exit('textual' in sys.modules)"
        assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0, module


async def test_a_picture_can_be_taken(tmp_path: Path) -> None:
    async with at_the_desk(shipped("fifty-five-minutes")) as hands:
        path = tmp_path / "desk.svg"
        path.write_text(hands.pilot.app.export_screenshot(), encoding="utf-8")
        assert "ALTYNKOL" in path.read_text(encoding="utf-8")
