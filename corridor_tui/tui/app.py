"""The program in the terminal: from the start screen through briefing and shift to the result, and round again."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

# Textual reads it when it is first imported: keys show their effect sooner with more frames to show it in.
os.environ.setdefault("TEXTUAL_FPS", "240")

from textual import events, work
from textual._styles_cache import StylesCache
from textual.app import SystemCommand
from textual.binding import Binding
from textual.screen import Screen, ScreenResultType

from corridor_tui import garbage
from corridor_tui.config import config_path
from corridor_tui.language import LANGUAGES, N_, OWN, Language, _, spoken
from corridor_tui.level.errors import plain
from corridor_tui.level.model import Level
from corridor_tui.level.shelf import any_journals, data_dir
from corridor_tui.tui.briefing import briefing_rows, prose
from corridor_tui.tui.keys import KEYS, PANE_NAMES, Key
from corridor_tui.tui.looks import DEFAULT, THEMES, themes_for
from corridor_tui.tui.reader import Reader
from corridor_tui.tui.settings import ALERTS, Alerting, read
from corridor_tui.tui.small import TooSmall, too_small, wanted
from corridor_tui.tui.typing import InOrder

if TYPE_CHECKING:
    from textual.command import Provider

    from corridor_tui.session.replay import Replay
    from corridor_tui.session.result import Result
    from corridor_tui.tui.desk import Desk
    from corridor_tui.tui.leading import Lead

_WARM_S = 0.3
"""How long after the first page the rest of the program is imported: once that page stands there."""
_SWITCH_S = 0.001
"""How long what is worked out may keep waiting what writes to the terminal; Python's own 5 ms would be felt."""
_THEMES = {
    "dark": N_("for a dim room"),
    "light": N_("for a bright one"),
    "contrast": N_("the strongest contrast"),
    "terminal": N_("the colours of your terminal"),
}

_ALERTS: dict[Alerting, str] = {
    "off": N_("nothing is told of what is urgent"),
    "visible": N_("what is urgent is told by a line"),
    "bell": N_("what is urgent is told by a line and the bell"),
}


def _titled(key: Key) -> str:
    """What a key does as the palette lists it: by its name, in other languages after its own word."""
    name = key.name.replace("-", " ").capitalize()
    word = _(key.word) if key.word else ""
    return name if spoken() == OWN or not word else f"{word.capitalize()} ({name})"


def _orders() -> "type[Provider]":
    from corridor_tui.tui.palette import Orders  # noqa: PLC0415 - the palette asks for it when it is opened

    return Orders


class CorridorApp(InOrder):
    """Leads through the screens. With a level it plays that one; without, it begins at the list of levels.

    `resume` is the key of a run to go on with; without one, what broke off is offered. With a replay it shows that one, and
    takes it apart where its result comes with it; `others` are what it can be set beside then, and `bound` is how much work
    a solver may do for what nobody could have surpassed, where that is asked for.
    """

    TITLE = "corridor"
    COMMANDS: "ClassVar[set[type[Provider] | Callable[[], type[Provider]]]]" = {_orders}
    BINDINGS = [
        Binding("ctrl+c,ctrl+q", "quit", "leave", show=False, priority=True),
        Binding("ctrl+z", "to_the_shell", show=False, priority=True),
    ]

    def __init__(
        self,
        level: Level | None,
        seed: int,
        trainee: str,
        levels: Path | None = None,
        wall: Callable[[], float] = time.monotonic,
        resume: str | None = None,
        replay: "Replay | None" = None,
        *,
        instructor: bool = False,
        allowance: int = 0,
        result: "Result | None" = None,
        others: "Sequence[Result]" = (),
        bound: float | None = None,
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
        self._bound = bound
        self._instructor = instructor
        self._allowance = allowance
        self._led: Lead | None = None
        self._grown = asyncio.Event()
        self.settled: Callable[[], None] = lambda: None
        """What is to be done once the first page stands there, and all of the program is at hand."""
        self._settings = read(config_path())
        # before the first screen is laid out: a change of theme lays everything out anew
        for theme in THEMES:
            self.register_theme(theme)
        wanted = self._settings.theme
        self.theme = wanted if wanted in themes_for(no_color=self.no_color) else DEFAULT
        self.stylesheet.set_variables(self.get_css_variables())
        self._styled_for = self.theme

    @property
    def lead(self) -> "Lead":
        """Who leads on from the first page."""
        if self._led is None:
            from corridor_tui.tui.leading import Lead  # noqa: PLC0415 - it brings most of the program along

            self._led = Lead(
                self, self._level, self._seed, self._trainee, self._levels, self._wall, self._resume, self._settings,
                instructor=self._instructor, allowance=self._allowance, result=self._result, others=self._others,
            )  # fmt: skip
        return self._led

    @property
    def trouble(self) -> str | None:
        """What went wrong with keeping what was played, if anything did."""
        return None if self._led is None else self._led.keeper.trouble

    @property
    def troubles(self) -> list[str]:
        """What went wrong without ending the program: with the config file, and with keeping what was played."""
        return [*self._settings.faults, *([self.trouble] if self.trouble is not None else [])]

    @property
    def parting(self) -> list[str]:
        """What is to be said of the shifts that were played."""
        return [] if self._led is None else self._led.parting

    @property
    def fault(self) -> Exception | None:
        """What ended the program, if anything went wrong inside it."""
        return self._exception

    def _fatal_error(self) -> None:
        """Leave without Textual's own traceback: it shows local variables. `sit_down` raises the error again."""
        self._close_messages_no_wait()

    def refresh_css(self, animate: bool = True) -> None:  # noqa: FBT001, FBT002 - Textual's own signature
        """Read the style sheet for another theme. For the one it begins with it is read already: once is enough."""
        if self.theme != self._styled_for:
            super().refresh_css(animate)
        self._styled_for = ""

    def on_mount(self) -> None:
        """Begin."""
        self.animation_level = "none"
        with contextlib.suppress(NotImplementedError, RuntimeError):
            # asked to stop from outside: leave in order, so that the terminal is as it was
            for sent in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(sent, partial(self.exit, return_code=128 + sent))
        self.set_timer(_WARM_S, self._warm)
        self.screen_change_signal.subscribe(self, _let_go)
        first: asyncio.Future[int | None] | None = None
        fresh = self._replay is None and self._resume is None and not any_journals(data_dir())
        if self._level is not None and fresh and not too_small(*self.size):
            # from here, so that no empty screen is drawn before it
            first = asyncio.get_running_loop().create_future()
            self.push_screen(self._briefing(self._level), first.set_result)
        self._go(first)

    def on_unmount(self) -> None:
        """However it ends: let go of what is kept open."""
        if self._led is not None:
            self._led.keeper.close()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers beside the orders."""
        desk = self._desk
        if desk is not None and screen is desk:
            for key in KEYS:
                if not key.action.startswith("move("):
                    panes = ", ".join(_(PANE_NAMES[pane]) for pane in key.panes)
                    about = _(key.about) + (f" ({panes})" if panes else "")
                    yield SystemCommand(_titled(key), about, partial(desk.run_action, key.action))
            for mode in ALERTS:
                yield SystemCommand(
                    _("Alerts: {name}", name=mode), _(_ALERTS[mode]), partial(self._take_alerts, desk, mode)
                )
        for name in themes_for(no_color=self.no_color):
            yield SystemCommand(_("Theme: {name}", name=name), _(_THEMES[name]), partial(self._take_theme, name))
        for code, own in LANGUAGES.items():
            told = _("spoken from the next start on, where `--lang` does not say otherwise")
            yield SystemCommand(_("Language: {name}", name=f"{own} ({code})"), told, partial(self._take_language, code))
        if desk is None:
            yield SystemCommand(_("Leave"), _("end the program"), self.action_quit)

    def action_command_palette(self) -> None:
        """Open the palette."""
        from corridor_tui.tui.palette import Palette  # noqa: PLC0415 - it is imported when it is opened first

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def _take_theme(self, name: str) -> None:
        self.theme = name
        self._keep("theme", name, _("Theme: {name}", name=name))

    def _take_alerts(self, desk: "Desk", mode: Alerting) -> None:
        desk.surrounds.alerts.set(mode)
        self._settings = replace(self._settings, alerts=mode)
        self.lead.settings = self._settings
        self._keep("alerts", mode, _("Alerts: {name}", name=mode))

    def _take_language(self, code: Language) -> None:
        told = _("{name} from the next start on", name=f"{LANGUAGES[code]} ({code})")
        self._keep("language", code, told)

    def _keep(self, name: str, value: str, told: str) -> None:
        """Keep a setting for good and say so; whoever sits in a browser shares the file with others, and changes nothing in it."""
        from corridor_tui.tui.kept import keep, kept_text  # noqa: PLC0415 - few sittings change a setting

        path = config_path()
        if in_browser():
            trouble: str | None = _("what is chosen in a browser is not kept")
        else:
            trouble = keep(path, name, value)
        text = kept_text(path, told, trouble)
        if self._desk is not None:
            self._desk.say(text, "good" if trouble is None else "warn")
        else:
            self.push_screen(Reader(_("settings"), partial(prose, text), _("back")))

    @property
    def _desk(self) -> "Desk | None":
        if self._led is None:
            return None
        from corridor_tui.tui.desk import Desk  # noqa: PLC0415 - it was imported with who leads to it

        return next((screen for screen in self.screen_stack if isinstance(screen, Desk)), None)

    async def action_quit(self) -> None:
        """Leave; during a shift put away what lies over the desk, then ask."""
        desk = self._desk
        if isinstance(self.screen, TooSmall) or desk is None:
            self.exit()
        elif self.screen is desk and desk.over is None:
            desk.action_leave()
        elif self.screen is desk:
            desk.put_away()
        else:
            self.screen.dismiss(None)

    def action_to_the_shell(self) -> None:
        """Stop as other programs do, until `fg`; where the trainee may not stop the clock, not in the middle of a shift."""
        desk = self._desk
        if desk is not None and desk.shift.level.shift.pause != "free":
            desk.say(_("this shift cannot be paused"), "warn")
        elif os.getsid(0) != os.getpid():  # who leads the session has no shell behind it
            self.action_suspend_process()

    def on_resize(self, event: events.Resize) -> None:
        """Cover everything while the terminal is too small, and let the clock stand."""
        small = too_small(*event.size)
        if self._desk is not None:
            self._desk.hold("small", on=small)
        if small and not isinstance(self.screen, TooSmall):
            self.push_screen(TooSmall())
        elif not small and isinstance(self.screen, TooSmall):
            self.screen.dismiss(None)
        if small:
            self._grown.clear()
        else:
            self._grown.set()

    async def push_screen_wait(
        self, screen: Screen[ScreenResultType] | str, *, mode: str | None = None
    ) -> ScreenResultType:
        """Show a screen, and return its answer. What covers a terminal that is too small stays above all else: nothing is shown
        before there is room for it.
        """
        while too_small(*self.size):
            await self._grown.wait()
        answer: ScreenResultType = await super().push_screen_wait(screen, mode=mode)
        return answer

    @work
    async def _go(self, first: asyncio.Future[int | None] | None) -> None:
        if self._replay is not None:
            if self._result is None:
                await self.lead.show(self._replay)
            elif not await self.lead.take_apart(self._replay, self._result, self._bound):
                await self.lead.ask(self._replay.level, _("leave"))
            self.exit()
            return
        waits = first is None and (self._resume is not None or any_journals(data_dir()))
        played = waits and await self.lead.go_on()
        if self._resume and not played:
            self.exit(return_code=1)
            return
        listed = self._level is None and self._resume is None
        level = None if played else self._level
        while True:
            if level is not None:
                if await (self.push_screen_wait(self._briefing(level)) if first is None else asyncio.shield(first)):
                    await self.lead.play(level)
                first = None
            # who came for one shift is shown the others once it has its result, and leaves where it was broken off
            listed = listed or self.lead.finished is not None
            level = await self.lead.pick() if listed else None
            if level is None:
                break
        self.exit()

    def _briefing(self, level: Level) -> Reader:
        return Reader(_("briefing"), partial(briefing_rows, level, self._seed), _("take the desk"), _("back"))

    @work(thread=True, exit_on_error=False)
    def _warm(self) -> None:
        """Import the rest of the program while the first page is read."""
        import_module("corridor_tui.tui.leading")
        self.settled()


def _let_go(_screen: Screen[object]) -> None:
    """Let go of what screens drew that are gone: Textual notes whatever was drawn last for as long as the program runs
    (its issue 6665).
    """
    if noted := getattr(StylesCache.get_inner_outer, "cache_clear", None):
        noted()


def sit_down(
    level: Level | None,
    seed: int,
    trainee: str,
    levels: Path | None,
    resume: str | None,
    *,
    instructor: bool,
    allowance: int,
) -> int:
    """Let the trainee play on this terminal; see `_run`."""
    return _run(
        lambda: CorridorApp(level, seed, trainee, levels, resume=resume, instructor=instructor, allowance=allowance)
    )


def look_back(replay: "Replay", trainee: str, result: "Result | None" = None) -> int:
    """Play a run back on this terminal; `result`: where it has one. See `_run`."""
    others = [] if result is None else [result]
    return _run(lambda: CorridorApp(None, replay.run.seed, trainee, replay=replay, others=others))


def take_apart(
    replay: "Replay", result: "Result", trainee: str, others: "Sequence[Result]" = (), bound: float | None = None
) -> int:
    """Debrief a run on this terminal, beside others of its seed, with its bound or without; see `_run`."""
    return _run(
        lambda: CorridorApp(None, result.run.seed, trainee, replay=replay, result=result, others=others, bound=bound)
    )


def in_browser() -> bool:
    """Whether a browser shows the program."""
    return bool(os.environ.get("TEXTUAL_DRIVER"))


def _run(make: Callable[[], CorridorApp]) -> int:
    """Run the program on this terminal and return its exit code; what goes wrong inside it is raised once the terminal
    is as it was.
    """
    # a window in a browser can be drawn larger
    if not in_browser() and too_small(*(size := os.get_terminal_size())):
        sys.stderr.write(f"corridor: {wanted(*size)}\n")
        return 2
    sys.setswitchinterval(_SWITCH_S)
    app = make()
    app.settled = garbage.in_small_steps
    app.run()
    if app.fault is not None:
        raise app.fault
    for said in app.parting:
        sys.stdout.write(f"{plain(said)}\n")
    for trouble in app.troubles:
        sys.stderr.write(f"corridor: {trouble}\n")
    return app.return_code or 0
