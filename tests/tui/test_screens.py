"""Every screen and instrument as it looked when somebody last looked at it.

A screen that is meant to look otherwise now is looked at as a picture and then kept: UPDATE_SCREENS=1 pytest tests/tui/test_screens.py
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from catalogues import TRANSLATED
from conftest import ROOT, shipped
from hands import SIZES, Hands, at_the_desk
from helpers import calm, give, one_train, to_the_cranes, until, variant
from played import played
from screens import KEPT, as_text, compare
from textual.command import CommandPalette
from textual.screen import Screen
from textual.widgets import Input

from corridor_tui.corridor.orders import RULES
from corridor_tui.language import Language, speaking
from corridor_tui.level.load import load
from corridor_tui.level.shelf import data_dir
from corridor_tui.records.journals import Journals, default_folder
from corridor_tui.scoring.score import Losses, ObjectiveResult, Reason, Score, TrainLine
from corridor_tui.session.hints import Hints
from corridor_tui.session.replay import Replay
from corridor_tui.session.run import new_run
from corridor_tui.session.shift import Shift
from corridor_tui.tui.app import CorridorApp
from corridor_tui.tui.briefing import answer_rows
from corridor_tui.tui.debriefing import VIEWS
from corridor_tui.tui.menu import MenuScreen
from corridor_tui.tui.reader import Reader
from corridor_tui.tui.replay import ReplayScreen
from corridor_tui.tui.result import result_rows
from corridor_tui.tui.start import Start
from corridor_tui.tui.whatif import WhatIf

SMALL, MIDDLE, LARGE = SIZES


def busy() -> Shift:
    """Half an hour into the shift of four trains; nothing is ordered but a check."""
    shift = Shift(shipped("fifty-five-minutes"), 1)
    shift.advance(1_800)
    give(shift, "check X8041-03")
    shift.advance(1_830)
    return shift


def on_the_line() -> Shift:
    """Two trains against each other on the single line, and one standing before the loop."""
    shift = Shift(shipped("single-line"), 1)
    give(shift, "inspect 1404")
    until(shift, "offered", "2601")
    give(shift, "accept 2601 W7")
    until(shift, "released", "1404-03")
    shift.advance(6_000)
    give(shift, "depart 1404")
    until(shift, "in_loop", "1404")
    return shift


def under_the_cranes() -> Shift:
    """A train being lifted by two cranes."""
    shift = one_train()
    to_the_cranes(shift)
    give(shift, "transfer X8001 R1", "crane RMG1 X8001", "crane RMG2 X8001")
    shift.advance(shift.now_s + 900)
    return shift


def called() -> Shift:
    """Somebody waits for an answer."""
    shift = Shift(shipped("fifty-five-minutes"), 1)
    until(shift, "call")
    return shift


def at_sea() -> Shift:
    """Before the first train of a day on which ferries and ships are to be caught."""
    shift = Shift(shipped("across-the-sea"), 1)
    shift.advance(60)
    return shift


def late() -> Shift:
    """Five minutes after the train was due, for which nobody has done anything."""
    shift = Shift(calm("first-train"), 1)
    shift.advance(14_700)
    return shift


def risky() -> Shift:
    """Green consignments on the desk, with signs of risk, and the rule of releases to be set."""
    signs = [{"id": "any", "mass_t_from": 0.0, "adds": 0.05}, {"id": "dear", "value_usd_from": 90_000.0, "adds": 0.25}]
    level = variant(shipped("fifty-five-minutes"), standing_orders=["auto-release"], customs__signs=signs)
    shift = Shift(level, 1)
    shift.advance(60)
    return shift


def unattended_year() -> Shift:
    """A year that standing orders may work."""
    return Shift(shipped("a-million"), 1)


def new_quarter() -> Shift:
    """The year of standing orders two days before a quarter begins, and that quarter's money."""
    shift = Shift(variant(shipped("a-million"), shift__date="2026-03-30"), 1)
    give(shift, "auto-accept 8", *(f"{rule} on" for rule in RULES if rule not in ("auto-accept", "auto-release")))
    until(shift, "quarter", most_s=3 * 86_400)
    return shift


def stood_by() -> Shift:
    """An instructor stands by who may let happen what the level keeps ready."""
    shift = Shift(shipped("fifty-five-minutes"), 1)
    shift.instructor = True
    shift.advance(60)
    return shift


def locked() -> Shift:
    """The clock can be neither stopped nor hurried, and somebody has just called."""
    level = variant(shipped("fifty-five-minutes"), shift__pause="never", shift__speed="locked", shift__max_speed=30)
    shift = Shift(level, 1)
    until(shift, "call")
    return shift


def branches() -> Shift:
    """A network with two neighbours on either side, and names that hardly fit."""
    shift = Shift(load(ROOT / "tests" / "levels" / "branches.toml"), 1)
    until(shift, "offered", "T1")
    return shift


Scene = tuple[Callable[[], Shift], tuple[str, ...]]
SCENES: dict[str, Scene] = {
    "panel": (busy, ("1",)),
    "trains": (busy, ("2",)),
    "customs": (busy, ("3", "down")),
    "papers": (busy, ("3", "4", "down", "m")),
    "messages": (busy, ("5",)),
    "graph": (on_the_line, ("colon", *"1404", "enter", "6")),
    "cranes": (under_the_cranes, ("7",)),
    "station": (busy, ("1", "v", "z")),
    "terminal": (under_the_cranes, ("1", "v", "v", "z")),
    "menu": (busy, ("2", "enter")),
    "refusal": (busy, ("2", "enter", "h")),
    "meet": (on_the_line, ("colon", *"1404", "enter", "6", "m", "1")),
    "bulk": (busy, ("3", "b", "1")),
    "command": (busy, ("colon", "a", "c", "c")),
    "what-if": (busy, ("colon", *"release X8043", "f2")),
    "what-if-refused": (busy, ("colon", *"accept X8041 N3", "f2")),
    "help": (busy, ("6", "question_mark")),
    "rulebook": (busy, ("r",)),
    "leave": (busy, ("q",)),
    "answer": (called, ("a",)),
    "finding": (busy, ("3", "4", "m", "right", "m", "f")),
    "palette": (busy, ("ctrl+p",)),
    "route": (busy, ("colon", *"R2", "enter", "e", "colon", *"PW2", "enter")),
    "route-refused": (busy, ("colon", *"R2", "enter", "e", "colon", *"PW1", "enter")),
    "score": (late, ("d",)),
    "search": (busy, ("5", "f", *"X8043-0")),
    "sea": (at_sea, ("1",)),
    "standing": (unattended_year, ("s",)),
    "quarter": (new_quarter, ("5",)),
    "quarter-buys": (new_quarter, ("s",)),
    "standing-covers": (risky, ("s", "4")),
    "injection": (stood_by, ("s",)),
    "locked": (locked, ("2",)),
    "follow": (on_the_line, ("colon", *"1404", "enter", "t")),
    "rivals": (on_the_line, ("colon", *"1404", "enter", "6", "m")),
    "criteria": (busy, ("3", "b")),
    "filtered": (busy, ("2", "f", "f", "o")),
    "branches": (branches, ("1",)),
    "branches-near": (branches, ("1", "v")),
}


async def show(hands: Hands, scene: Scene) -> None:
    make, keys = scene
    hands.desk.shift = shift = make()
    hands.desk.teaching.hints = Hints(shift)
    hands.desk.pace.jump(hands.desk.shift.now_s)
    hands.desk.paint()
    await hands.press(*keys)
    while isinstance(hands.pilot.app.screen, WhatIf) and not hands.pilot.app.screen.answered:
        await hands.pilot.pause(0.02)
    shown = hands.pilot.app.screen
    if isinstance(shown, CommandPalette):  # what it lists is gathered meanwhile
        for worker in [worker for worker in hands.pilot.app.workers if worker.node is shown]:
            await worker.wait()
    for written in shown.query(Input):
        written.cursor_blink = False
    await hands.pilot.pause(0.1)
    await hands.pilot.pause()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCENES)
async def test_instruments_and_what_opens_over_them(name: str, size: tuple[int, int]) -> None:
    async with at_the_desk(SCENES[name][0]().level, size) as hands:
        await show(hands, SCENES[name])
        compare(name, size, as_text(hands.pilot.app))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_guide(size: tuple[int, int]) -> None:
    async with at_the_desk(shipped("first-train"), size, guided=True) as hands:
        await hands.pilot.pause(0.1)
        compare("guide", size, as_text(hands.pilot.app))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_help_that_was_asked_for(size: tuple[int, int]) -> None:
    async with at_the_desk(variant(shipped("fifty-five-minutes"), aids__ladder_costs=(0.0, 5.0, 5.0)), size) as hands:
        await hands.press("i")
        await hands.pilot.pause(0.1)
        compare("asked", size, as_text(hands.pilot.app))


THEMED = ("panel", "customs", "graph", "cranes", "messages", "menu", "finding", "help", "what-if")
"""What is kept in every theme: between them they have every look that means something, and what lies over the desk."""
THEMES = ("light", "contrast", "terminal", "grey")
"""Those beside the dark one, and no colour at all."""
SPOKEN = ("panel", "trains", "papers", "menu")
"""What is kept in every language: the lists, the matrix with its columns, and what opens over them."""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize("name", SPOKEN)
async def test_languages(name: str, language: Language, size: tuple[int, int]) -> None:
    with speaking(language):
        async with at_the_desk(shipped(SCENES[name][0]().level.id), size) as hands:
            await show(hands, SCENES[name])
            compare(f"{name}-{language}", size, as_text(hands.pilot.app))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", THEMED)
async def test_themes(name: str, theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if theme == "grey":
        monkeypatch.setenv("NO_COLOR", "1")
    async with at_the_desk(shipped(SCENES[name][0]().level.id), MIDDLE) as hands:
        if theme != "grey":
            hands.pilot.app.theme = theme
            await hands.pilot.pause()
        await show(hands, SCENES[name])
        compare(f"{name}-{theme}", MIDDLE, as_text(hands.pilot.app))


SCORE = Score(
    total=61.5, parts={"time": 70.0, "detection": None, "resources": 44.0}, safety=5.0, stars=1,
    losses=Losses(120.0, 0.0, 260.0), measures={},
    objectives=(
        ObjectiveResult("leave", "X8001 leaves no later than 14:00", "departed_late_min", 12.0, 0.0, at_most=True, met=False),
        ObjectiveResult("out", "One train out", "trains_out", 1.0, 1.0, at_most=False, met=True),
    ),
    reasons=(
        Reason("time", "wait", ("X8001", "crane", "terminal", 41), 41.0, 3_600, 6_060),
        Reason("time", "wait", ("X8001", "path", "dispatch", 12), 12.0, 9_000, 9_720),
        Reason("safety", "unsecured", ("X8001",), 5.0, 1_500, 1_500),
        Reason("resources", "lifts", (30,), 30.0, 0, 0),
    ),
    trains=(TrainLine("X8001", 1_200, 3_000, 7_200, 8_000, 14_400, 30),), trains_in=1, trains_out=1, containers_out=30,
)  # fmt: skip
"""A result made by hand, so that the picture does not move with how anybody plays."""


@dataclass(frozen=True)
class Page:
    """A screen of its own: the program that shows it, what it is called, and what is done until it stands there."""

    app: Callable[[], CorridorApp]
    screen: type[Screen[Any]]
    keys: tuple[str, ...] = ()
    push: Callable[[], Screen[Any]] | None = None


def _playing(replay: Replay | None = None) -> CorridorApp:
    return CorridorApp(shipped("first-train"), 1, "Aigul", wall=lambda: 0.0, replay=replay)


def _choosing() -> CorridorApp:
    return CorridorApp(None, 1, "Aigul", wall=lambda: 0.0)


def _broken_off() -> CorridorApp:
    """Twice a shift broke off before."""
    journals = Journals(default_folder(data_dir()))
    for started_ms in (1, 2):
        writer = journals.begin(new_run(shipped("first-train"), started_ms, "Aigul", started_ms))
        writer.clock(3_000)
        writer.close()
    return _playing()


def _replaying() -> CorridorApp:
    result = played("fifty-five-minutes", 1, "novice")
    return _playing(Replay(result.run, result.score))


def _result() -> Reader:
    page = partial(result_rows, shipped("first-train"), SCORE, new_run(shipped("first-train"), 1, "Aigul", 1), None)
    return Reader("result", page, "back")


def _answered() -> Reader:
    question = shipped("across-the-sea").questions[0]
    wrong = next(answer.word for answer in question.answers if not answer.right)
    return Reader("to think about", partial(answer_rows, question, wrong), "on", "back")


PAGES = {
    "start": Page(_choosing, Start, ("down",)),
    "briefing": Page(_playing, Reader),
    "briefing-below": Page(_playing, Reader, ("end",)),
    "go-on": Page(_broken_off, MenuScreen),
    "result": Page(_playing, Reader, push=_result),
    "answered": Page(_playing, Reader, push=_answered),
    "replay": Page(_replaying, ReplayScreen, ("n", "n", "n")),
    "replay-panel": Page(_replaying, ReplayScreen, ("n", "n", "n", "1")),
    "replay-mark": Page(_replaying, ReplayScreen, ("n", "m", *"why so late?")),
}


async def _shown(page: Page, size: tuple[int, int], theme: str = "") -> str:
    app = page.app()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        if theme:
            app.theme = theme
        if page.push is not None:
            app.push_screen(page.push())
        for _ in range(500):
            if isinstance(app.screen, page.screen):
                break
            await pilot.pause(0.02)
        assert isinstance(app.screen, page.screen), app.screen
        await Hands(pilot, [0.0]).press(*page.keys)
        await pilot.pause(0.1)
        await pilot.pause()
        return as_text(app)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", PAGES)
async def test_screens_of_their_own(name: str, size: tuple[int, int]) -> None:
    compare(name, size, await _shown(PAGES[name], size))


THEMED_PAGES = ("start", "briefing", "result", "replay-panel")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", THEMED_PAGES)
async def test_screens_of_their_own_in_every_theme(name: str, theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if theme == "grey":
        monkeypatch.setenv("NO_COLOR", "1")
    compare(f"{name}-{theme}", MIDDLE, await _shown(PAGES[name], MIDDLE, "" if theme == "grey" else theme))


SHRUNK = (60, 20)
"""A terminal in which the desk has no room."""


async def test_a_terminal_that_became_too_small() -> None:
    async with at_the_desk(shipped("first-train"), SMALL) as hands:
        await hands.pilot.resize_terminal(*SHRUNK)
        await hands.pilot.pause(0.1)
        await hands.pilot.pause()
        compare("small", SHRUNK, as_text(hands.pilot.app))


def test_nothing_is_kept_that_nobody_looks_at() -> None:
    wanted = {
        f"{name}-{x}x{y}.txt"
        for name in (
            *SCENES,
            *PAGES,
            "guide",
            "asked",
            *(f"debriefing-{view}" for view in VIEWS if view != "decisions"),
            *(f"{name}-{language}" for name in SPOKEN for language in TRANSLATED),
        )
        for x, y in SIZES
    }
    wanted |= {f"{name}-{theme}-120x40.txt" for name in (*THEMED, *THEMED_PAGES) for theme in THEMES}
    wanted.add(f"small-{SHRUNK[0]}x{SHRUNK[1]}.txt")
    assert {path.name for path in KEPT.glob("*")} == wanted
