"""A run over months that is lived again before it is gone on with: that takes a while, and how far it is stands there."""

from contextvars import copy_context
from functools import partial

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from corridor_tui.language import _
from corridor_tui.level.model import Level
from corridor_tui.session.clocks import date_text
from corridor_tui.session.run import Run, RunError, rebuild
from corridor_tui.session.shift import Shift
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.rows import row, wrap

_EVERY_S = 0.25
_BAR = 40


class _LeftError(Exception):
    """Nobody waits for the run any more."""


class Reliving(Screen[Shift | RunError | None]):
    """Lives a run again in a thread. Returns its shift, why it cannot be lived again, or None where nobody waits for that."""

    CSS = "Reliving Bar { height: 1fr; padding: 1 2; }"
    BINDINGS = [Binding("escape,q", "leave", "leave")]

    def __init__(self, run: Run, level: Level) -> None:
        super().__init__()
        self._run_lived = run
        self._level = level
        self._now_s = 0
        self._left = False
        self._lived: tuple[()] | tuple[Shift | RunError | None] = ()

    def compose(self) -> ComposeResult:
        """Build it."""
        yield Bar(id="course")

    def on_mount(self) -> None:
        """Begin."""
        self.set_interval(_EVERY_S, self.draw)
        # a bare thread would tell in English what went wrong
        self.run_worker(partial(copy_context().run, self._live), thread=True)

    def on_unmount(self) -> None:
        """Live on no longer where the program is left: it would wait for that."""
        self._left = True

    def on_resize(self) -> None:
        """Draw for another width."""
        self.draw()

    def draw(self) -> None:
        """Show how far it is."""
        day, start_s, run = self._level.shift.date, self._level.start_s, self._run_lived
        done = round(_BAR * self._now_s / max(1, run.clock_s))
        told = _(
            "{level}, run {run}: it is lived again up to {until}, where it broke off",
            level=self._level.title, run=run.key, until=date_text(day, start_s + run.clock_s),
        )  # fmt: skip
        self.query_one(Bar).show(
            *(row(line) for line in wrap(told, max(20, self.size.width - 4))),
            row(""),
            row(("█" * done, "good"), ("░" * (_BAR - done), "dim"), f" {date_text(day, start_s + self._now_s)}"),
            row(""),
            row((" escape ", "key", "leave"), (_("leave it for later"), "dim", "leave")),
        )

    def action_leave(self) -> None:
        """Wait no longer."""
        self._left = True

    async def on_bar_pressed(self, message: Bar.Pressed) -> None:
        """A click on a hint does what its key does."""
        await self.run_action(message.key)

    def _live(self) -> None:
        try:
            lived: Shift | RunError | None = rebuild(self._run_lived, self._heed)
        except RunError as error:
            lived = error
        except _LeftError:
            lived = None
        self.app.call_from_thread(self._end, lived)

    def _end(self, lived: Shift | RunError | None) -> None:
        """Go, once nothing covers it."""
        self._lived = (lived,)
        self.on_screen_resume()

    def on_screen_resume(self) -> None:
        """Go now where it was covered when it was done."""
        if self._lived and self.is_active:
            self.dismiss(*self._lived)

    def _heed(self, now_s: int) -> None:
        self._now_s = now_s
        if self._left:
            raise _LeftError
