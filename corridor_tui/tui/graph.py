"""The train graph: time from left to right, the line from top to bottom, every train a line through both.

What has been is drawn whole, what is expected in every second dot, what the timetable wants in every sixth.
"""

from dataclasses import dataclass
from itertools import pairwise

from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.session.traces import Trace, Traces
from corridor_tui.session.wording import clock
from corridor_tui.tui.canvas import Canvas
from corridor_tui.tui.forecast import Clash, Forecast, Points, planned
from corridor_tui.tui.rows import Row, fit, row

SPANS_S = (1_800, 3_600, 7_200, 10_800, 14_400, 21_600, 28_800, 43_200, 86_400)
"""How much time the graph can show, in seconds."""
_TICKS_S = (300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600)
_TICK_CELLS = 11
"""The least distance of two times written over the graph."""
_GONE, _AHEAD, _WANTED = 1, 2, 6
"""Of how many dots one is drawn."""
_SIGNS = {"meet": ("◇", "good"), "clash": ("◆", "warn"), "shut": ("▒", "warn"), "knot": ("✕", "bad")}
_BEEN, _COMES, _MOVES = 15, 20, 25
"""Whose number goes before whose: of a train that has been, that is to come, that is under way."""
_ROLES = ("station", "neighbour", "loop", "terminal")


@dataclass(frozen=True, slots=True)
class Window:
    """The time that is shown: its first second, and how long it is."""

    from_s: int
    span_s: int

    def column(self, second: float, width: int) -> float:
        """Where a second stands, in cells."""
        return (second - self.from_s) / self.span_s * width


def window_at(now_s: int, span_s: int) -> Window:
    """The window that has now in its first half; it moves on by a quarter of itself."""
    step = span_s // 4
    return Window((now_s // step - 1) * step, span_s)


class Picture:
    """One drawing of the graph on `width` by `height` cells, the names of the stations included."""

    def __init__(
        self, view: View, traces: Traces, ahead: Forecast, window: Window, width: int, height: int, choice: str
    ) -> None:
        self._view, self._traces, self._ahead = view, traces, ahead
        self._window, self._choice = window, choice
        self._gutter = 15 if width >= 70 else 11
        self._canvas = Canvas(max(1, width - self._gutter), max(1, height))
        self._labels: dict[str, tuple[int, int, float]] = {}
        self.drawn: list[str] = []
        """The trains that can be seen, in the order in which they are chosen."""

    def rows(self) -> list[Row]:
        """Draw it."""
        self._draw_trains()
        for clash in self._ahead.clashes:
            self._mark(clash)
        for name, label in sorted(self._labels.items(), key=lambda item: -item[1][0]):
            self._write(name, *label)
        self._draw_ground()
        names = self._names()
        lines = self._canvas.rows()
        return [
            Row((*row((names.get(line, " " * self._gutter), "dim")).spans, *drawn.spans))
            for line, drawn in enumerate(lines)
        ]

    def head(self) -> Row:
        """The times over the graph, and where now is."""
        width, window, start_s = self._canvas.width, self._window, self._view.level.start_s
        cells = [" "] * width
        for second in self._ticks():
            column = int(window.column(second, width))
            if column + 5 <= width:
                cells[column : column + 5] = clock(start_s, second)
        now = int(window.column(self._view.now_s, width))
        text = "".join(cells)
        if not 0 <= now < width:
            return row(
                ("now is " + ("◂ left" if now < 0 else "right ▸"), "warn"),
                " " * max(0, self._gutter - 14),
                (text, "dim"),
            )
        return row(" " * self._gutter, (text[:now], "dim"), ("▼", "head"), (text[now + 1 :], "dim"))

    def _ticks(self) -> list[int]:
        window, width = self._window, self._canvas.width
        least_s = window.span_s * _TICK_CELLS / width
        step = next((step for step in _TICKS_S if step >= least_s), _TICKS_S[-1])
        # round by the clock on the wall of the station, not by the start of the shift
        first = -(-(window.from_s + self._view.level.start_s) // step) * step - self._view.level.start_s
        return list(range(first, window.from_s + window.span_s, step))

    # trains

    def _draw_trains(self) -> None:
        view, now_s = self._view, self._view.now_s
        for unit in view.units.values():
            trace, ahead = self._traces.of.get(unit.id), self._ahead.lines.get(unit.id, [])
            if unit.gone_s is None:
                for way in planned(view, self._traces.axis, unit):
                    self._line(way, unit, "dim", 1, _WANTED)
                    if not ahead and way[0][0] >= now_s - self._window.span_s // 8:
                        self._label(unit, *way[0], _COMES)
            here = None if trace is None else position(trace, ahead, now_s)
            if trace is not None:
                been = [*trace.points, *([(now_s, here)] if here is not None and unit.moving else [])]
                self._line(been, unit, _look(unit), 6, _GONE)
            if ahead:
                start = [] if here is None else [(now_s, here)]
                self._line([*start, *ahead], unit, "warn" if self._late(unit) else _look(unit), 4, _AHEAD)
            if here is not None and unit.moving:
                self._label(unit, now_s, here, _MOVES)
            elif trace is not None and trace.points:
                self._label(unit, *trace.points[0], _BEEN)

    def _late(self, unit: Unit) -> bool:
        due_s, end_s = unit.due_there_s, self._ahead.ends.get(unit.id)
        return due_s is not None and end_s is not None and end_s > due_s

    def _line(self, points: Points, unit: Unit, style: str, rank: int, every: int) -> None:
        chosen = unit.id == self._choice
        for start, end in pairwise(points):
            if end[0] < self._window.from_s or start[0] > self._window.from_s + self._window.span_s:
                continue
            if start[1] == end[1] and start[1] in self._homes and not chosen:
                continue  # who stands at a station says nothing here, and would hide the others
            self._see(unit.id)
            self._canvas.line(
                self._at(*start),
                self._at(*end),
                "train" if chosen else style,
                rank + 10 * chosen,
                key=unit.id,
                every=every,
            )

    @property
    def _homes(self) -> set[float]:
        axis = self._traces.axis
        return {axis.km[station.id] for station in axis.stations if station.role in ("station", "terminal")}

    def _see(self, name: str) -> None:
        if name not in self.drawn:
            self.drawn.append(name)

    def _label(self, unit: Unit, second: int, km: float, rank: int) -> None:
        """Note where a number is to stand; of several places that with the highest rank."""
        if unit.id not in self._labels or self._labels[unit.id][0] < rank:
            self._labels[unit.id] = (rank, second, km)

    def _write(self, name: str, rank: int, second: int, km: float) -> None:
        x, y = self._at(second, km)
        style = "train" if name == self._choice or rank >= _MOVES else _look(self._view.units[name])
        for left in (int(x) + 1, int(x) - len(name)):
            for line in (int(y), int(y) + 1, int(y) - 1):
                if self._canvas.put(left, line, name, style, rank, key=name):
                    self._see(name)
                    return

    def _mark(self, clash: Clash) -> None:
        x, y = self._at(max(clash.from_s, self._view.now_s), self._traces.axis.km[clash.place])
        sign, style = _SIGNS[clash.kind]
        self._canvas.put(int(x), int(y), sign, style, 40, key=clash.unit)

    # what lies under them

    def _at(self, second: float, km: float) -> tuple[float, float]:
        first, last = self._traces.axis.ends
        height = self._canvas.height
        share = 0.0 if last == first else (km - first) / (last - first)
        return self._window.column(second, self._canvas.width), share * (height - 1) + 0.5

    def _draw_ground(self) -> None:
        canvas, view = self._canvas, self._view
        now = int(self._window.column(view.now_s, canvas.width))
        ticks = {int(self._window.column(second, canvas.width)) for second in self._ticks()}
        levels = {int(self._at(0, self._traces.axis.km[station.id])[1]) for station in view.level.stations}
        self._draw_windows()
        for y in range(canvas.height):
            canvas.ground(now, y, "│", "head")
            if y in levels:
                for x in range(canvas.width):
                    canvas.ground(x, y, "┼" if x in ticks else "─", "faint")
            else:
                for x in ticks:
                    canvas.ground(x, y, "┊", "faint")

    def _draw_windows(self) -> None:
        """The stretches that are closed, while they are."""
        axis = self._traces.axis
        for hop in self._view.network.all_hops():
            if not hop.windows_s or not hop.forward:
                continue
            ends = sorted(km for section in hop.sections for km in axis.sections[section])
            for start_s, until_s in hop.windows_s:
                left, top = self._at(start_s, ends[0])
                right, bottom = self._at(until_s, ends[-1])
                for y in range(int(top) + 1, max(int(top) + 2, int(bottom))):
                    for x in range(max(0, int(left)), min(self._canvas.width, int(right) + 1)):
                        self._canvas.ground(x, y, "▒", "faint")

    def _names(self) -> dict[int, str]:
        """The names of the stations by the line they stand on; where two want the same the one that counts more."""
        axis, found = self._traces.axis, {}
        for station in sorted(axis.stations, key=lambda each: -_ROLES.index(each.role)):
            name = station.name.upper() if station.role != "loop" else station.name
            km = f"{station.km:4.0f} " if self._gutter > 11 else " "
            found[int(self._at(0, axis.km[station.id])[1])] = fit(name, self._gutter - len(km)) + km
        return found


def _look(unit: Unit) -> str:
    return "narrow" if unit.gauge == 1435 else "broad"


def position(trace: Trace, ahead: Points, now_s: int) -> float | None:
    """At which kilometre a train is now: where it was seen last, or between there and where it comes next."""
    if trace.gone_s is not None or not trace.points:
        return None
    second, km = trace.points[-1]
    if trace.far is None or not ahead or ahead[0][0] <= second:
        return km
    return km + (ahead[0][1] - km) * min(1.0, (now_s - second) / (ahead[0][0] - second))


def clash_text(view: View, clash: Clash) -> str:
    """A wait ahead in one line."""
    start_s = view.level.start_s
    place = view.network.stations[clash.place].name
    at = clock(start_s, max(clash.from_s, view.now_s))
    if clash.kind == "knot":
        return f"✕ {at} {place}: {clash.unit} is caught, nothing undoes it by itself"
    minutes = ((clash.until_s or clash.from_s) - clash.from_s) // 60
    for_whom = "the closed stretch" if clash.rival is None else clash.rival
    ordered = ", as ordered" if clash.kind == "meet" else ""
    return f"{_SIGNS[clash.kind][0]} {at} {place}: {clash.unit} waits {minutes} min for {for_whom}{ordered}"


def told(view: View, ahead: Forecast, choice: str, width: int, *, lines: int = 3) -> list[Row]:
    """Under the graph: how the chosen train goes on, where it waits, and the next of the waits that nobody has ordered."""
    own = [clash_text(view, clash) for clash in ahead.clashes if clash.unit == choice]
    texts = [_course_text(view, ahead, choice), "   ".join(own)]
    if lines < 3:
        texts = ["   ".join(text for text in (own[:1] + texts[:1]) if text)]
    heads = ["▸ " if texts[0] else "", *("  " for _ in texts[1:])]
    rows = [row((head, "key"), (fit(text, width - 2), "bold")) for head, text in zip(heads, texts, strict=True)]
    rest = [clash for clash in ahead.clashes if clash.kind != "meet"]
    if not rest:
        return [*rows, row(("nothing ahead in each other's way", "dim"))]
    rest.sort(key=lambda clash: (clash.kind != "knot", clash.from_s))
    shown = "   ".join(clash_text(view, clash) for clash in rest[:3])
    return [*rows, row((f"{len(rest)} ahead  ", "warn"), fit(shown, max(1, width - 10)))]


def _course_text(view: View, ahead: Forecast, choice: str) -> str:
    """Where a train is when, and when it should be."""
    start_s, unit = view.level.start_s, view.units.get(choice)
    if unit is None:
        return ""
    text, end_s = choice, ahead.ends.get(choice)
    if choice in ahead.ends:
        goal = view.network.stations.get(unit.to or "")
        where = goal.name if goal is not None else unit.accepted or unit.to or "the end"
        text += f": at {where} {clock(start_s, end_s)}" if end_s is not None else ": caught"
    if unit.due_there_s is not None:
        late = "" if end_s is None or end_s <= unit.due_there_s else f", LATE {(end_s - unit.due_there_s) // 60} min"
        text += f", due there {clock(start_s, unit.due_there_s)}{late}"
    return text
