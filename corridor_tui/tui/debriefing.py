"""The debriefing as a screen: six views of a finished run, from each of which a moment can be seen again."""

import asyncio
from collections.abc import Callable, Sequence
from contextvars import copy_context

from rich.cells import cell_len
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen

from corridor_tui.hindsight.aside import Asking
from corridor_tui.hindsight.asking import WORK
from corridor_tui.hindsight.found import Bound, bound_lines
from corridor_tui.language import N_, NP_, _, pgettext
from corridor_tui.session.debrief import Debrief
from corridor_tui.session.lines import Lines, beside_reference, beside_run
from corridor_tui.session.replay import Replay
from corridor_tui.session.result import Result
from corridor_tui.session.run import RunError
from corridor_tui.session.valuing import Progress, Valuing
from corridor_tui.tui import taken_apart
from corridor_tui.tui.bar import Bar
from corridor_tui.tui.beside import Pair, beside_rows
from corridor_tui.tui.briefing import hanging
from corridor_tui.tui.debriefing_help import help_rows
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.reader import Paper, Reader
from corridor_tui.tui.rows import Part, Row, cells_of, fit, row

VIEWS = ("points", "time", "eye", "decisions", "graph", "beside")
_VIEW_NAMES = {
    "points": N_("points"),
    "time": NP_("part of the score", "time"),
    "eye": N_("eye"),
    "decisions": N_("decisions"),
    "graph": N_("graph"),
    "beside": N_("beside"),
}
_COMPARE = frozenset({"graph", "beside"})
"""The views that set the run beside another line."""


def _raise(error: Exception) -> None:
    """Raise what went wrong elsewhere where the program hears of it, and ends with a word."""
    raise error


class Debriefing(Paper[bool]):
    """Takes a run apart; returns True where the desk is to be taken over at the second that the replay shows.

    `others`: runs of the same seed that it can be set beside, the reference apart; with one it begins there. `look` makes
    the screen that shows a moment again and says why, which lies over this one meanwhile. Other processes value the decisions; they end
    with the screen.
    """

    CSS = """
    Debriefing > Rows { height: 1fr; padding: 0 1; }
    Debriefing > #graph { display: none; }
    """
    BINDINGS = [
        Binding("escape,q", "leave", "back"),
        Binding("enter", "look", "see it again"),
        *(Binding(str(number), f"view({number - 1})", name) for number, name in enumerate(VIEWS, 1)),
        Binding("tab", "turn(1)", show=False),
        Binding("shift+tab", "turn(-1)", show=False),
        Binding("right,l", "aside(1)", show=False),
        Binding("left,h", "aside(-1)", show=False),
        Binding("left_square_bracket", "zoom(-1)", show=False),
        Binding("right_square_bracket", "zoom(1)", show=False),
        Binding("o", "other", "the other line"),
        Binding("b", "bound", "the bound"),
        Binding("question_mark,f1", "help", "help"),
    ]

    def __init__(
        self,
        replay: Replay,
        found: Debrief,
        look: Callable[[Replay, str], Screen[bool]],
        others: Sequence[Result] = (),
        bound: float | None = None,
    ) -> None:
        super().__init__()
        self._replay = replay
        self._found = found
        self._look = look
        self._others = others
        self._other = 0
        self._lines: dict[int, Lines | str] = {}
        """The two lines, or why there are none, by the other's place; that after all runs is the reference's."""
        self._view = VIEWS.index("beside") if others else 0
        self._come: Progress | None = None
        self._valuing: Valuing | None = None
        self._bound: Bound | str | None = None
        """What nobody could have surpassed, or why that is not known."""
        self._asking: Asking | None = None
        self._work = bound

    def compose(self) -> ComposeResult:
        """Build it."""
        yield Bar(id="views")
        yield Rows(pgettext("heading", "debriefing"), id="page")
        yield Pair(id="graph")
        yield Bar(id="keys")

    def on_mount(self) -> None:
        """Begin to value the decisions."""
        super().on_mount()
        # what is told in another thread is taken in here, in the language that is spoken here
        loop, here = asyncio.get_running_loop(), copy_context()
        self._valuing = Valuing(
            self._replay.run, lambda come: loop.call_soon_threadsafe(self._take, come, context=here)
        )
        if self._work is not None:
            self.action_bound()

    def on_unmount(self) -> None:
        """End the processes, whatever they are at."""
        if self._valuing is not None:
            self._valuing.end()
            self._valuing = None
        if self._asking is not None:
            self._asking.end()
            self._asking = None

    def _take(self, come: Progress) -> None:
        if come.fault is not None:
            self.call_later(_raise, come.fault)
            return
        self._come = come
        if self.is_mounted and VIEWS[self._view] == "decisions":
            self.lay()

    # what nobody could have surpassed

    def action_bound(self) -> None:
        """Have a process look for what nobody could have surpassed, once."""
        if self._asking is None:
            loop, here = asyncio.get_running_loop(), copy_context()
            self._asking = Asking(
                self._replay.run,
                self._found.score,
                lambda found: loop.call_soon_threadsafe(self._take_bound, found, context=here),
                self._work or WORK,
            )
        self.action_view(VIEWS.index("points"))

    def _take_bound(self, found: Bound | str | Exception) -> None:
        if isinstance(found, Exception):
            self.call_later(_raise, found)
            return
        self._bound = found
        if self.is_mounted:
            self.lay()

    def _most(self, width: int) -> list[Row]:
        """What is known of what nobody could have surpassed, once that was asked."""
        if self._asking is None:
            return []
        if self._bound is None:
            return [row((_("looking for what nobody could have surpassed ..."), "warn")), row("")]
        if isinstance(self._bound, str):
            return [*hanging("", _("there is no bound for this level: {why}", why=self._bound), width, "bad"), row("")]
        lines = bound_lines(self._bound, self._found.score)
        return [*(each for line in lines for each in hanging("", line, width, "")), row("")]

    # the line it is set beside

    @work
    async def _compare(self, other: int) -> None:
        """Live the other line, once."""
        self._lines[other] = await asyncio.to_thread(self._live, other)
        if self.is_mounted:
            self.lay()

    def _live(self, other: int) -> Lines | str:
        score = self._found.score
        try:
            if other == len(self._others):
                return beside_reference(self._replay, score)
            return beside_run(self._replay, score, self._others[other])
        except RunError as error:
            return str(error)

    def _beside(self, width: int) -> list[Row]:
        lines = self._lines.get(self._other)
        if lines is None:
            return [row((_("living the other line ..."), "warn"))]
        if isinstance(lines, str):
            return hanging("", lines, width, "bad")
        return beside_rows(lines, width)

    # what is shown

    def _rows(self, width: int) -> list[Row]:
        level, found = self._replay.level, self._found
        views: dict[str, Callable[[], list[Row]]] = {
            "points": lambda: [*self._most(width), *taken_apart.point_rows(level, found, width)],
            "time": lambda: taken_apart.time_rows(found.dwells, width),
            "eye": lambda: taken_apart.eye_rows(found.eyes),
            "decisions": lambda: taken_apart.decision_rows(level, self._come, width),
        }
        return views.get(VIEWS[self._view], lambda: self._beside(width))()

    @property
    def _pane(self) -> Rows:
        """The pane that is in sight."""
        return self._graph if self._graph.display else self.query_one("#page", Rows)

    @property
    def _graph(self) -> Pair:
        return self.query_one(Pair)

    def lay(self) -> None:
        """Show the view, the views there are and the keys."""
        view, lines = VIEWS[self._view], self._lines.get(self._other)
        if view in _COMPARE and lines is None:
            self._compare(self._other)
        self._graph.display = view == "graph" and isinstance(lines, Lines)
        self.query_one("#page").display = not self._graph.display
        if isinstance(lines, Lines) and self._graph.display:
            self._graph.draw(lines)
        else:
            page = self.query_one("#page", Rows)
            page.show(self._rows(max(20, min(page.room, 120))))
        self._pane.focus()
        self.query_one("#views", Bar).show(self._tabs())
        self.query_one("#keys", Bar).show(self._keys(view))

    def _tabs(self) -> Row:
        tabs: list[Part] = []
        for number, name in enumerate(VIEWS):
            style = "mark" if number == self._view else "dim"
            tabs += [
                (f" {number + 1} ", "key", f"view({number})"),
                (_(_VIEW_NAMES[name]), style, f"view({number})"),
                " ",
            ]
        used = sum(cell_len(part if isinstance(part, str) else part[0]) for part in tabs)
        title = str(self._replay.level.title)
        return row((f" {fit(title, max(8, min(cell_len(title), self.size.width - used - 3)))}  ", "head"), *tabs)

    def _keys(self, view: str) -> Row:
        keys: list[Part] = []
        if self._moment_s() is not None:
            keys += [(" enter ", "key", "look"), (_("see it again "), "dim", "look")]
        if self._graph.display:
            keys += [(" ↑", "key", "scroll(-1)"), ("↓ ", "key", "scroll(1)"), (_("train "), "dim", "scroll(1)")]
            keys += [(" ←", "key", "aside(-1)"), ("→ ", "key", "aside(1)"), (_("time "), "dim", "aside(1)")]
            keys += [(" [", "key", "zoom(-1)"), (" ] ", "key", "zoom(1)"), (_("zoom "), "dim", "zoom(1)")]
        if view == "points" and self._asking is None:
            keys += [(" b ", "key", "bound"), (_("the bound "), "dim", "bound")]
        if view in _COMPARE and self._others:
            keys += [(" o ", "key", "other"), (_("the other line "), "dim", "other")]
        turn: list[Part] = [(" tab ", "key", "turn(1)"), (_("next view "), "dim", "turn(1)")]
        ends: list[Part] = [(" ? ", "key", "help"), (_("help"), "dim", "help"), " "]
        ends += [(" escape ", "key", "leave"), (_("back"), "dim", "leave")]
        whole = [*keys, *turn, *ends]
        return row(*(whole if cells_of(whole) <= self.size.width else [*keys, *ends]))

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A double click looks too."""
        message.stop()
        self.action_look()

    def on_rows_sized(self) -> None:
        """Lay out what has come into sight or has another width."""
        self.lay()

    def action_scroll(self, step: int) -> None:
        """Scroll, or choose another row or train."""
        self._pane.move(step)

    def action_aside(self, step: int) -> None:
        """Scroll the graph in time; elsewhere show the next view."""
        if self._graph.display:
            self._graph.move(0, step)
        else:
            self.action_turn(step)

    def action_zoom(self, step: int) -> None:
        """Show more time or less of it."""
        if self._graph.display:
            self._graph.zoom(step)

    def action_other(self) -> None:
        """Set the run beside the next line."""
        if VIEWS[self._view] in _COMPARE and self._others:
            self._other = (self._other + 1) % (len(self._others) + 1)
            self.lay()

    def action_view(self, number: int) -> None:
        """Show another view."""
        self._view = number
        self.lay()
        self.query_one("#page", Rows).to_start()

    def action_turn(self, step: int) -> None:
        """Show the next view."""
        self.action_view((self._view + step) % len(VIEWS))

    def _moment_s(self) -> int | None:
        """The second of what is chosen; None where nothing is."""
        if self._graph.display:
            return self._graph.moment_s
        pane = self.query_one("#page", Rows)
        chosen = any(line.key == pane.choice for line in pane.body if line.key)
        return taken_apart.place_of(pane.choice) if chosen else None

    def _why(self) -> str:
        """What the chosen row or train says: it goes along to the moment that is seen again."""
        if self._graph.display:
            return self._graph.told
        pane = self.query_one("#page", Rows)
        return " ".join(" ".join(line.text for line in pane.body if line.key == pane.choice).split())

    def action_look(self) -> None:
        """See the moment of what is chosen again."""
        second = self._moment_s()
        if second is None:
            self.app.bell()
            return
        self._replay.jump(second)
        self.app.push_screen(self._look(self._replay, self._why()), self._seen)

    def _seen(self, taken_over: bool | None) -> None:  # noqa: FBT001 - what a screen returns
        """Back from a moment; or away for good, where the desk is to be taken over from there."""
        if taken_over:
            self.dismiss(True)

    def action_help(self) -> None:
        """Explain the views and their keys."""
        self.app.push_screen(Reader(_("help"), help_rows, _("back")))

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(False)
