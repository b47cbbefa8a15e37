"""The program in the terminal: from the start screen through briefing and shift to the result, and round again."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

# Textual reads it when it is first imported: keys show their effect sooner with more frames to show it in.
os.environ.setdefault("TEXTUAL_FPS", "240")

from textual import events, work
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.screen import Screen

from corridor_tui.config import config_path
from corridor_tui.language import N_, _
from corridor_tui.level.model import Level
from corridor_tui.level.shelf import data_dir
from corridor_tui.records.keeper import Keeper, now_ms
from corridor_tui.scoring.words import reason_text
from corridor_tui.session.debrief import debrief, when_text
from corridor_tui.session.journal import JournalError
from corridor_tui.session.replay import Replay
from corridor_tui.session.result import Result, result_of
from corridor_tui.session.run import RunError, level_of
from corridor_tui.session.shift import Shift
from corridor_tui.tui import keeping
from corridor_tui.tui.command import Orders
from corridor_tui.tui.keys import KEYS, PANE_NAMES
from corridor_tui.tui.looks import DEFAULT, THEMES, themes_for
from corridor_tui.tui.menu import Item, Menu
from corridor_tui.tui.pages import answer_rows, briefing_rows
from corridor_tui.tui.reader import Reader
from corridor_tui.tui.result import result_rows
from corridor_tui.tui.settings import read
from corridor_tui.tui.small import LEAST, TooSmall, too_small
from corridor_tui.tui.story import APART, MOMENT, Story
from corridor_tui.tui.timeline import costliest

if TYPE_CHECKING:
    from corridor_tui.tui.desk import Desk

_THEMES = {
    "dark": N_("for a dim room"),
    "light": N_("for a bright one"),
    "contrast": N_("the strongest contrast"),
    "terminal": N_("the colours of your terminal"),
}


class CorridorApp(App[None]):
    """Leads through the screens. With a level it plays that one; without, it begins at the list of levels.

    `resume` is the key of a run to go on with; without one, what broke off is offered. With a replay it shows that one, and
    takes it apart where its result comes with it; `others` are what it can be set beside then.
    """

    TITLE = "corridor"
    COMMANDS = App.COMMANDS | {Orders}
    BINDINGS = [Binding("ctrl+c,ctrl+q", "quit", "leave", show=False, priority=True)]

    def __init__(
        self,
        level: Level | None,
        seed: int,
        trainee: str,
        levels: Path | None = None,
        wall: Callable[[], float] = time.monotonic,
        resume: str | None = None,
        replay: Replay | None = None,
        *,
        instructor: bool = False,
        result: Result | None = None,
        others: Sequence[Result] = (),
    ) -> None:
        super().__init__()
        self._level = level
        self._seed = seed
        self._trainee = trainee
        self._levels = levels
        self._result = result
        self._wall = wall
        self._resume = resume
        self._replay = replay
        self._others = others
        self._seen = {one.run.key: one for one in (result, *others) if one is not None}
        """Finished runs, by their keys, that a branch of them can be set beside."""
        self._keeper = Keeper(data_dir(), trainee, instructor=instructor)
        self._settings = read(config_path())

    @property
    def trouble(self) -> str | None:
        """What went wrong with keeping what was played, if anything did."""
        return self._keeper.trouble

    @property
    def troubles(self) -> list[str]:
        """What went wrong without ending the program: with the config file, and with keeping what was played."""
        return [*self._settings.faults, *([self.trouble] if self.trouble is not None else [])]

    @property
    def fault(self) -> Exception | None:
        """What ended the program, if anything went wrong inside it."""
        return self._exception

    def _fatal_error(self) -> None:
        """Leave without Textual's own traceback: it shows local variables. `sit_down` raises the error again."""
        self._close_messages_no_wait()

    def on_mount(self) -> None:
        """Begin."""
        self.animation_level = "none"
        with contextlib.suppress(NotImplementedError, RuntimeError):
            # asked to stop from outside: leave in order, so that the terminal is as it was
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, partial(self.exit, return_code=143))
        for theme in THEMES:
            self.register_theme(theme)
        wanted = self._settings.theme
        self.theme = wanted if wanted in themes_for(no_color=self.no_color) else DEFAULT
        self._lead()

    def on_unmount(self) -> None:
        """However it ends: let go of what is kept open."""
        self._keeper.close()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers beside the orders."""
        desk = self._desk
        if desk is not None and screen is desk:
            for key in KEYS:
                if not key.action.startswith("move("):
                    panes = ", ".join(_(PANE_NAMES[pane]) for pane in key.panes)
                    about = _(key.about) + (f" ({panes})" if panes else "")
                    yield SystemCommand(
                        key.name.replace("-", " ").capitalize(), about, partial(desk.run_action, key.action)
                    )
        for name in themes_for(no_color=self.no_color):
            yield SystemCommand(_("Theme: {name}", name=name), _(_THEMES[name]), partial(self._take_theme, name))
        if desk is None:
            yield SystemCommand(_("Leave"), _("end the program"), self.action_quit)

    def _take_theme(self, name: str) -> None:
        self.theme = name

    @property
    def _desk(self) -> "Desk | None":
        from corridor_tui.tui.desk import Desk  # noqa: PLC0415 - screens are imported when first opened

        return next((screen for screen in self.screen_stack if isinstance(screen, Desk)), None)

    async def action_quit(self) -> None:
        """Leave; during a shift put away what lies over the desk, then ask."""
        desk = self._desk
        if isinstance(self.screen, TooSmall) or desk is None:
            self.exit()
        elif self.screen is desk:
            desk.action_leave()
        else:
            self.screen.dismiss(None)

    def on_resize(self, event: events.Resize) -> None:
        """Cover everything while the terminal is too small, and let the clock stand."""
        small = too_small(*event.size)
        if self._desk is not None:
            self._desk.hold("small", on=small)
        if small and not isinstance(self.screen, TooSmall):
            self.push_screen(TooSmall())
        elif not small and isinstance(self.screen, TooSmall):
            self.screen.dismiss(None)

    @work
    async def _lead(self) -> None:
        if self._replay is not None:
            if self._result is None:
                await self._show(self._replay)
            elif not await self._take_apart(self._replay, self._result):
                await self._ask(self._replay.level)
            self.exit()
            return
        played = await self._go_on()
        if self._resume and not played:
            self.exit(return_code=1)
            return
        level = None if played else self._level
        if level is None and self._level is None and self._resume is None:
            level = await self._pick()
        while level is not None:
            await self._play(level)
            level = None if self._level is not None else await self._pick()
        self.exit()

    async def _go_on(self) -> bool:
        """Go on with the run that was asked for, or offer what broke off last; whether a shift was played."""
        key = self._resume
        if key is None:
            waiting = self._keeper.interrupted(None if self._level is None else self._level.id)
            for found in waiting[:1]:
                if found.run is None:
                    continue
                try:
                    level = level_of(found.run)
                except RunError:
                    continue
                changed = self._level is not None and self._level.digest != level.digest
                question = keeping.offer(found, found.run, level, len(waiting) - 1, changed=changed)
                answer = await self.push_screen_wait(Menu(*question))
                if answer == keeping.GO_ON:
                    key = found.key
                elif answer == keeping.GIVE_UP:
                    self._keeper.give_up(found.key)
        if key is None:
            return False
        try:
            shift, run = self._keeper.resume(key)
        except (JournalError, RunError) as error:
            self._keeper.trouble = _("run {run} cannot be gone on with: {error}", run=key, error=error)
            return False
        await self._sit(shift, ended=run.ended)
        return True

    async def _show(self, replay: Replay, why: str = "") -> bool:
        """Play a run back, and say why; from where it is left the desk can be taken over: whether it was."""
        from corridor_tui.tui.replay import ReplayScreen  # noqa: PLC0415

        if not await self.push_screen_wait(ReplayScreen(replay, self._wall, self._keeper, why)):
            return False
        await self._take_over(replay)
        return True

    async def _pick(self) -> Level | None:
        from corridor_tui.tui.start import Start  # noqa: PLC0415

        return await self.push_screen_wait(Start(self._trainee, self._seed, self._keeper.bests(), self._levels))

    async def _play(self, level: Level) -> None:
        page = partial(briefing_rows, level, self._seed)
        if await self.push_screen_wait(Reader(_("briefing"), page, _("take the desk"), _("back"))):
            await self._sit(self._keeper.begin(level, self._seed))

    async def _sit(self, shift: Shift, *, ended: bool = False) -> None:
        """Play a shift to its result; `ended`: it was ended before, and only its result is wanted."""
        from corridor_tui.tui.desk import Desk  # noqa: PLC0415

        level, settings = shift.level, self._settings
        skill, notices = self._keeper.skill(level), [*settings.faults[:1]]
        if shift.journal is None and self.trouble:
            notices.insert(0, _("not journalled: {trouble}", trouble=self.trouble))
        desk = Desk(
            shift, self._wall, skill, settings.keyboard, "; ".join(notices), ended=ended, alerts=settings.alerts
        )
        outcome = await self.push_screen_wait(desk)
        if outcome is None:
            self._keeper.left(shift.now_s, later=desk.later)
            return
        kept = self._keeper.finish(shift, outcome)
        run = self._keeper.run_of(shift)
        # what keeps no events cannot be seen again
        seen = level.shift.settle_h is None
        moments = costliest(outcome.score) if seen else []
        result = partial(result_rows, level, outcome.score, shift.seed, kept)
        self._seen[run.key] = taken = result_of(run, outcome, now_ms())
        further = _("a question") if level.questions else _("back")
        while (picked := await self.push_screen_wait(Story(result, further, len(moments), apart=seen))) >= APART:
            replay = await asyncio.to_thread(Replay.of, self._keeper.result(run.key) or taken)
            if picked == APART:
                branched = await self._take_apart(replay, taken)
            else:
                moment = moments[picked - MOMENT - 1]
                replay.jump(moment.from_s)
                branched = await self._show(replay, f"{when_text(level, moment)} {reason_text(moment)}")
            if branched:
                return
        if picked:
            await self._ask(level)

    async def _take_apart(self, replay: Replay, result: Result) -> bool:
        """Show the debriefing of a run, and any moment of it again; whether the desk was taken over from there."""
        from corridor_tui.tui.debriefing import Debriefing  # noqa: PLC0415
        from corridor_tui.tui.replay import ReplayScreen  # noqa: PLC0415

        found = await asyncio.to_thread(debrief, result)
        screen = Debriefing(
            replay,
            found,
            lambda one, why: ReplayScreen(one, self._wall, self._keeper, why),
            self._others_of(result),
        )
        if not await self.push_screen_wait(screen):
            return False
        await self._take_over(replay)
        return True

    async def _take_over(self, replay: Replay) -> None:
        """Take the desk over at the second that a replay shows."""
        await self._sit(self._keeper.branch(replay.branch(self._trainee, now_ms())))

    def _others_of(self, result: Result) -> list[Result]:
        """What a run is to be set beside: what was asked for, and the run that it branched off."""
        others = list(self._others) if result is self._result else []
        key = result.run.branch.partition("@")[0]
        if key and key not in [one.run.key for one in others]:
            parent = self._seen.get(key) or self._keeper.result(key)
            others += [] if parent is None else [parent]
        return others

    async def _ask(self, level: Level) -> None:
        """The questions of the debriefing, one after another; escape leaves them."""
        for question in level.questions:
            said = " ".join(str(question.text).split())
            items = [Item(answer.word, str(answer.text), "", said) for answer in question.answers]
            word = await self.push_screen_wait(Menu(_("to think about"), items))
            if word is None:
                return
            page = partial(answer_rows, question, word)
            if not await self.push_screen_wait(Reader(_("to think about"), page, _("on"), _("back"))):
                return


def sit_down(
    level: Level | None,
    seed: int,
    trainee: str,
    levels: Path | None,
    resume: str | None = None,
    *,
    instructor: bool = False,
) -> int:
    """Let the trainee play on this terminal; see `_run`."""
    return _run(lambda: CorridorApp(level, seed, trainee, levels, resume=resume, instructor=instructor))


def look_back(replay: Replay, trainee: str, result: Result | None = None) -> int:
    """Play a run back on this terminal; `result`: where it has one. See `_run`."""
    others = [] if result is None else [result]
    return _run(lambda: CorridorApp(None, replay.run.seed, trainee, replay=replay, others=others))


def take_apart(replay: Replay, result: Result, trainee: str, others: Sequence[Result] = ()) -> int:
    """Debrief a run on this terminal, beside others of its seed; see `_run`."""
    return _run(lambda: CorridorApp(None, result.run.seed, trainee, replay=replay, result=result, others=others))


def _run(make: Callable[[], CorridorApp]) -> int:
    """Run the program on this terminal and return its exit code; what goes wrong inside it is raised once the terminal
    is as it was.
    """
    in_browser = bool(os.environ.get("TEXTUAL_DRIVER"))  # a window there can be drawn larger
    if not in_browser and too_small(*(size := os.get_terminal_size())):
        sys.stderr.write(
            _(
                "corridor: this terminal is {columns}x{lines}; the desk needs at least {least_columns}x{least_lines}",
                columns=size.columns,
                lines=size.lines,
                least_columns=LEAST[0],
                least_lines=LEAST[1],
            )
            + "\n"
        )
        return 2
    app = make()
    app.run()
    if app.fault is not None:
        raise app.fault
    for trouble in app.troubles:
        sys.stderr.write(f"corridor: {trouble}\n")
    return app.return_code or 0
