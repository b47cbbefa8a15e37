"""The sheet of a train graph: time from left to right, the line from top to bottom; trains are drawn on it as lines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len

from corridor_tui.language import _
from corridor_tui.level.model import Level
from corridor_tui.session.forecast import Points
from corridor_tui.session.traces import Axis
from corridor_tui.session.wording import clock
from corridor_tui.tui.canvas import Canvas
from corridor_tui.tui.rows import Row, fit, row

SPANS_S = (1_800, 3_600, 7_200, 10_800, 14_400, 21_600, 28_800, 43_200, 86_400)
"""How much time the graph can show, in seconds."""
_TICKS_S = (300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600)
_TICK_CELLS = 11
"""The least distance of two times written over the graph."""
_ROOMY, _KM = 70, 5
"""From how many cells on the kilometre stands behind each name, and the cells of it."""
_NAME, _LONG_NAME = 10, 13
"""The cells for the names of the stations: those at least, and that many where a name is that long."""
_ROLES = ("station", "neighbour", "loop", "terminal")


@dataclass(frozen=True, slots=True)
class Window:
    """The time that is shown: its first second, and how long it is."""

    from_s: int
    span_s: int

    def column(self, second: float, width: int) -> float:
        """Where a second stands, in cells."""
        return (second - self.from_s) / self.span_s * width


def axis(labels: Mapping[int, str], now: int | None, width: int) -> str:
    """Times over a drawing, by the column that each stands over. One that the mark of now would cover goes beside it, on the
    nearer side, or away where it has no room there.
    """
    cells = [" "] * width
    covered: tuple[int, str] | None = None
    for column, label in labels.items():
        if now is not None and column <= now < column + cell_len(label):
            covered = column, label
        elif column + cell_len(label) <= width:
            cells[column : column + cell_len(label)] = _cells(label)
    if now is not None and covered is not None:
        column, label = covered
        for start in sorted((now + 1, now - cell_len(label)), key=lambda at: abs(at - column)):
            end = start + cell_len(label)
            if start >= 0 and end <= width and not "".join(cells[max(0, start - 1) : end + 1]).strip():
                cells[start:end] = _cells(label)
                break
    return "".join(cells)


def _cells(text: str) -> list[str]:
    """A text by cells: nothing stands in the second one of a sign that takes two."""
    return [part for sign in text for part in (sign, *[""] * (cell_len(sign) - 1))]


class Sheet:
    """A sheet of `width` by `height` cells, the names of the stations included."""

    def __init__(self, level: Level, axis: Axis, window: Window, width: int, height: int) -> None:
        self._level, self._axis, self._window = level, axis, window
        self._far = width >= _ROOMY
        # a terminal stands on the line of its station, which is named there
        named = (str(station.name) for station in axis.stations if station.role != "terminal")
        longest = max(map(cell_len, named), default=0)
        self._gutter = min(max(longest, _NAME), _LONG_NAME) + (_KM if self._far else 1)
        self.canvas = Canvas(max(1, width - self._gutter), max(1, height))
        self._homes = {axis.km[station.id] for station in axis.stations if station.role in ("station", "terminal")}

    def at(self, second: float, km: float) -> tuple[float, float]:
        """Where a train stands on the sheet that is at a kilometre at a second, in cells."""
        first, last = self._axis.ends
        share = 0.0 if last == first else (km - first) / (last - first)
        return self._window.column(second, self.canvas.width), share * (self.canvas.height - 1) + 0.5

    def course(self, points: Points, style: str, rank: int, key: str, every: int = 1, *, whole: bool = False) -> bool:
        """Draw where a train was or will be; whether any of it is in sight.

        Who stands at a station says nothing there, and would hide the others: that is left out, but where it is to be `whole`.
        """
        seen = False
        for start, end in pairwise(points):
            if end[0] < self._window.from_s or start[0] > self._window.from_s + self._window.span_s:
                continue
            if start[1] == end[1] and start[1] in self._homes and not whole:
                continue
            seen = True
            self.canvas.line(self.at(*start), self.at(*end), style, rank, key=key, every=every)
        return seen

    def write(self, name: str, second: int, km: float, style: str, rank: int) -> bool:
        """Write a train's number beside a place of its line; False where there is no room."""
        x, y = self.at(second, km)
        return any(
            self.canvas.put(left, line, name, style, rank, key=name, apart=True)
            for left in (int(x) + 1, int(x) - cell_len(name))
            for line in (int(y), int(y) + 1, int(y) - 1)
        )

    def head(self, now_s: int | None = None) -> Row:
        """The times over the graph, and where now is."""
        width, window, start_s = self.canvas.width, self._window, self._level.start_s
        now = None if now_s is None else int(window.column(now_s, width))
        text = axis({int(window.column(second, width)): clock(start_s, second) for second in self._ticks()}, now, width)
        if now is None:
            return row(" " * self._gutter, (text, "dim"))
        if not 0 <= now < width:
            there = _("now is ◂ left") if now < 0 else _("now is right ▸")
            return row((there, "warn"), " " * max(0, self._gutter - cell_len(there)), (text, "dim"))
        return row(" " * self._gutter, (text[:now], "dim"), ("▼", "head"), (text[now + 1 :], "dim"))

    def _ticks(self) -> list[int]:
        window, width = self._window, self.canvas.width
        least_s = window.span_s * _TICK_CELLS / width
        step = next((step for step in _TICKS_S if step >= least_s), _TICKS_S[-1])
        # round by the clock on the wall of the station, not by the start of the shift
        first = -(-(window.from_s + self._level.start_s) // step) * step - self._level.start_s
        return list(range(first, window.from_s + window.span_s, step))

    def shade(self, from_s: int, until_s: int, kms: Iterable[float]) -> None:
        """Mark a stretch of the line that is closed for a while."""
        ends = sorted(kms)
        left, top = self.at(from_s, ends[0])
        right, bottom = self.at(until_s, ends[-1])
        for y in range(int(top) + 1, max(int(top) + 2, int(bottom))):
            for x in range(max(0, int(left)), min(self.canvas.width, int(right) + 1)):
                self.canvas.ground(x, y, "▒", "faint")

    def rows(self, now_s: int | None = None) -> list[Row]:
        """The sheet with all that was drawn on it, over its lines and names."""
        self._draw_ground(now_s)
        names = self._names()
        return [
            Row((*row((names.get(line, " " * self._gutter), "dim")).spans, *drawn.spans))
            for line, drawn in enumerate(self.canvas.rows())
        ]

    def _draw_ground(self, now_s: int | None) -> None:
        canvas = self.canvas
        now = -1 if now_s is None else int(self._window.column(now_s, canvas.width))
        ticks = {int(self._window.column(second, canvas.width)) for second in self._ticks()}
        levels = {int(self.at(0, self._axis.km[station.id])[1]) for station in self._axis.stations}
        for y in range(canvas.height):
            canvas.ground(now, y, "│", "head")
            if y in levels:
                for x in range(canvas.width):
                    canvas.ground(x, y, "┼" if x in ticks else "─", "faint")
            else:
                for x in ticks:
                    canvas.ground(x, y, "┊", "faint")

    def _names(self) -> dict[int, str]:
        """The names of the stations by the line they stand on; where two want the same the one that counts more."""
        axis, found = self._axis, {}
        for station in sorted(axis.stations, key=lambda each: -_ROLES.index(each.role)):
            name = str(station.name).upper() if station.role != "loop" else str(station.name)
            km = f"{station.km:4.0f} " if self._far else " "
            found[int(self.at(0, axis.km[station.id])[1])] = fit(name, self._gutter - len(km)) + km
        return found
