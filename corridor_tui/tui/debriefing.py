"""The debriefing as a screen: four views of a finished run, from each of which a moment can be seen again."""

import asyncio
from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding

from corridor_tui.level.model import Level
from corridor_tui.session.debrief import Debrief
from corridor_tui.session.run import Run
from corridor_tui.session.valuing import Progress, Valuing
from corridor_tui.tui import taken_apart
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.reader import Paper
from corridor_tui.tui.rows import Part, Row, row

VIEWS = ("points", "time", "eye", "decisions")


class Debriefing(Paper[int | None]):
    """Takes a run apart; returns the second of the shift that is to be seen again, or None to go back.

    Other processes value the decisions meanwhile; they end with the screen.
    """

    CSS = "Debriefing > Rows { height: 1fr; padding: 0 1; }"
    BINDINGS = [
        Binding("escape,q", "leave", "back"),
        Binding("enter", "look", "see it again"),
        *(Binding(str(number), f"view({number - 1})", name) for number, name in enumerate(VIEWS, 1)),
        Binding("tab,right,l", "turn(1)", show=False),
        Binding("shift+tab,left,h", "turn(-1)", show=False),
    ]

    def __init__(self, level: Level, run: Run, found: Debrief) -> None:
        super().__init__()
        self._level = level
        self._run = run
        self._found = found
        self._view = 0
        self._come: Progress | None = None
        self._valuing: Valuing | None = None

    def compose(self) -> ComposeResult:
        """Build it."""
        yield Bar(id="views")
        yield Rows("debriefing", id="page")
        yield Bar(id="keys")

    def on_mount(self) -> None:
        """Begin to value the decisions."""
        super().on_mount()
        loop = asyncio.get_running_loop()
        self._valuing = Valuing(self._run, lambda come: loop.call_soon_threadsafe(self._take, come))

    def on_unmount(self) -> None:
        """End the processes, whatever they are at."""
        if self._valuing is not None:
            self._valuing.end()
            self._valuing = None

    def _take(self, come: Progress) -> None:
        self._come = come
        if self.is_mounted and VIEWS[self._view] == "decisions":
            self.lay()

    def _rows(self, width: int) -> list[Row]:
        level, found = self._level, self._found
        views: tuple[Callable[[], list[Row]], ...] = (
            lambda: taken_apart.point_rows(level, found.score, width),
            lambda: taken_apart.time_rows(found.dwells, width),
            lambda: taken_apart.eye_rows(found.eyes),
            lambda: taken_apart.decision_rows(level, self._come, width),
        )
        return views[self._view]()

    def lay(self) -> None:
        """Show the view, the views there are and the keys."""
        pane = self.query_one(Rows)
        pane.show(self._rows(max(20, min(pane.room, 120))))
        tabs: list[Part] = []
        for number, name in enumerate(VIEWS):
            style = "mark" if number == self._view else "dim"
            tabs += [(f" {number + 1} ", "key", f"view({number})"), (name, style, f"view({number})"), " "]
        self.query_one("#views", Bar).show(row((f" {self._level.title}  ", "head"), *tabs))
        look: list[Part] = [(" enter ", "key", "look"), ("see that moment again  ", "dim", "look")]
        keys: list[Part] = [
            (" escape ", "key", "leave"),
            ("back  ", "dim", "leave"),
            (" tab ", "key", "turn(1)"),
            ("next view", "dim"),
        ]
        self.query_one("#keys", Bar).show(row(*(look if any(line.key for line in pane.body) else []), *keys))

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A double click looks too."""
        message.stop()
        self.action_look()

    def action_view(self, number: int) -> None:
        """Show another view."""
        self._view = number
        self.lay()
        self.query_one(Rows).to_start()

    def action_turn(self, step: int) -> None:
        """Show the next view."""
        self.action_view((self._view + step) % len(VIEWS))

    def action_look(self) -> None:
        """See the moment of the chosen row again."""
        pane = self.query_one(Rows)
        if any(line.key == pane.choice for line in pane.body if line.key):
            self.dismiss(taken_apart.place_of(pane.choice))
        else:
            self.app.bell()

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)
