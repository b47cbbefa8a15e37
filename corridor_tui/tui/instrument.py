"""The panes of train graphs: scrolled and zoomed in time, a train chosen on them."""

from corridor_tui.corridor.view import View
from corridor_tui.level.model import Level
from corridor_tui.session.forecast import Forecast, forecast
from corridor_tui.session.shift import Shift
from corridor_tui.session.traces import Traces
from corridor_tui.tui.graph import Picture, told, window_at
from corridor_tui.tui.pane import Rows
from corridor_tui.tui.sheet import SPANS_S, Window

_ASIDE = 8
"""Which part of its time a graph is scrolled by at once."""
_FRESH_S = 20
"""For how many seconds of the shift a forecast is good where nothing has happened."""
_TALL = 24
"""From how many lines on there are three under the graph."""
_FIRST_SPAN = {True: 14_400, False: 7_200}
"""How much time is shown at first, with loops on the line and without; assumed."""


class TimeGraph(Rows):
    """A train graph: left and right scroll in time, up and down choose among the trains that are drawn."""

    def __init__(self, title: str, span: int, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(title, id=id)
        self._span = span
        self._from_s: int | None = None
        self._drawn: list[str] = []

    @property
    def window(self) -> Window:
        """The time that is shown."""
        raise NotImplementedError

    def _lay(self) -> None:
        """Draw it."""
        raise NotImplementedError

    def move(self, down: int, aside: int = 0) -> None:
        """Choose the next train, or scroll in time."""
        if aside:
            window = self.window
            self._from_s = window.from_s + aside * window.span_s // _ASIDE
        elif self._drawn:
            place = self._drawn.index(self.choice) if self.choice in self._drawn else -1
            self._choose(self._drawn[(place + (1 if down > 0 else -1)) % len(self._drawn)])
        self._lay()

    def zoom(self, step: int) -> None:
        """Show more time or less of it, around the middle."""
        before = self.window
        self._span = max(0, min(len(SPANS_S) - 1, self._span + step))
        if self._from_s is not None:
            self._from_s = before.from_s + (before.span_s - SPANS_S[self._span]) // 2
        self._lay()

    @property
    def lights_choice(self) -> bool:
        """The chosen train is bold and bright; only without colour does that need a ground of its own."""
        return self.app.no_color

    def _keep_choice(self) -> None:
        """What is chosen in the train list stays chosen, drawn or not."""

    def keep_in_sight(self) -> None:
        """Everything is in sight."""

    def on_mouse_scroll_down(self) -> None:
        """Scroll in time."""
        self.move(0, 1)

    def on_mouse_scroll_up(self) -> None:
        """Scroll in time."""
        self.move(0, -1)


class Graph(TimeGraph):
    """The graph of the desk: what has been, and what is ahead."""

    def __init__(self, title: str, level: Level, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        loops = any(station.role == "loop" for station in level.stations)
        super().__init__(title, SPANS_S.index(_FIRST_SPAN[loops]), id=id)
        self.traces = Traces(level)
        self.ahead = Forecast()
        self._heard = 0
        self._stamp: tuple[int, int] | None = None
        self._view: View | None = None

    def draw(self, shift: Shift, choice: str) -> None:
        """Draw it as things are now."""
        view = shift.view
        self._view, self.choice = view, choice
        self.traces.read(shift.since(self._heard))
        self._heard = shift.count
        stamp = (view.touches, view.now_s // _FRESH_S)
        if stamp != self._stamp:
            self._stamp, self.ahead = stamp, forecast(view, self.traces.axis)
        self._lay()

    @property
    def window(self) -> Window:
        """The time that is shown."""
        now_s = 0 if self._view is None else self._view.now_s
        if self._from_s is None:
            return window_at(now_s, SPANS_S[self._span])
        return Window(self._from_s, SPANS_S[self._span])

    def _lay(self) -> None:
        foot = 3 if self.content_size.height >= _TALL else 2
        height = self.content_size.height - 1 - foot
        if self._view is None or self.room < 30 or height < 3:
            return
        picture = Picture(self._view, self.traces, self.ahead, self.window, self.room, height, self.choice)
        rows = picture.rows()
        self._drawn = picture.drawn
        self.show(rows, [picture.head()], told(self._view, self.ahead, self.choice, self.room, lines=foot))

    def to_now(self) -> None:
        """Follow the clock again."""
        self._from_s = None
        self._lay()

    def follow(self, train: str) -> None:
        """Let another train be the chosen one."""
        if train != self.choice:
            self.choice = train
            self._lay()
