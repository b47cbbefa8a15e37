"""The train graph: time from left to right, the line from top to bottom, every train a line through both.

What has been is drawn whole, what is expected in every second dot, what the timetable wants in every sixth.
"""

from rich.cells import cell_len

from corridor_tui.corridor.state import Unit
from corridor_tui.corridor.view import View
from corridor_tui.language import _
from corridor_tui.level.base import Gauge
from corridor_tui.session.forecast import Clash, Forecast, Points, planned
from corridor_tui.session.on_the_line import clash_text, course_text
from corridor_tui.session.traces import Trace, Traces
from corridor_tui.tui.rows import Row, fit, row
from corridor_tui.tui.sheet import Sheet, Window

_GONE, _AHEAD, _WANTED = 1, 2, 6
"""Of how many dots one is drawn."""
_SIGNS = {"meet": ("◇", "good"), "clash": ("◆", "warn"), "shut": ("▒", "warn"), "knot": ("✕", "bad")}
_BEEN, _COMES, _MOVES = 15, 20, 25
"""Whose number goes before whose: of a train that has been, that is to come, that is under way."""


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
        self._sheet = Sheet(view.level, traces.axis, window, width, height)
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
        self._draw_windows()
        return self._sheet.rows(self._view.now_s)

    def head(self) -> Row:
        """The times over the graph, and where now is."""
        return self._sheet.head(self._view.now_s)

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
                self._line(been, unit, look_of(unit.gauge), 6, _GONE)
            if ahead:
                start = [] if here is None else [(now_s, here)]
                self._line([*start, *ahead], unit, "warn" if self._late(unit) else look_of(unit.gauge), 4, _AHEAD)
            if here is not None and unit.moving:
                self._label(unit, now_s, here, _MOVES)
            elif trace is not None and trace.points:
                self._label(unit, *trace.points[0], _BEEN)

    def _late(self, unit: Unit) -> bool:
        due_s, end_s = unit.due_there_s, self._ahead.ends.get(unit.id)
        return due_s is not None and end_s is not None and end_s > due_s

    def _line(self, points: Points, unit: Unit, style: str, rank: int, every: int) -> None:
        chosen = unit.id == self._choice
        look = "train" if chosen else style
        if self._sheet.course(points, look, rank + 10 * chosen, unit.id, every, whole=chosen):
            self._see(unit.id)

    def _see(self, name: str) -> None:
        if name not in self.drawn:
            self.drawn.append(name)

    def _label(self, unit: Unit, second: int, km: float, rank: int) -> None:
        """Note where a number is to stand; of several places that with the highest rank."""
        if unit.id not in self._labels or self._labels[unit.id][0] < rank:
            self._labels[unit.id] = (rank, second, km)

    def _write(self, name: str, rank: int, second: int, km: float) -> None:
        style = "train" if name == self._choice or rank >= _MOVES else look_of(self._view.units[name].gauge)
        if self._sheet.write(name, second, km, style, rank):
            self._see(name)

    def _mark(self, clash: Clash) -> None:
        x, y = self._sheet.at(max(clash.from_s, self._view.now_s), self._traces.axis.km[clash.place])
        sign, style = _SIGNS[clash.kind]
        self._sheet.canvas.put(int(x), int(y), sign, style, 40, key=clash.unit)

    def _draw_windows(self) -> None:
        """The stretches that are closed, while they are."""
        axis = self._traces.axis
        for hop in self._view.network.all_hops():
            shut = (self._view.shut[hop.track],) if hop.track in self._view.shut else ()
            if not hop.forward or not (windows := (*hop.windows_s, *shut)):
                continue
            kms = [km for section in hop.sections for km in axis.sections[section]]
            for start_s, until_s in windows:
                self._sheet.shade(start_s, until_s, kms)


def look_of(gauge: Gauge | None) -> str:
    """The style of a train of a gauge."""
    return "narrow" if gauge == 1435 else "broad"


def position(trace: Trace, ahead: Points, now_s: int) -> float | None:
    """At which kilometre a train is now: where it was seen last, or between there and where it comes next."""
    if trace.gone_s is not None or not trace.points:
        return None
    second, km = trace.points[-1]
    if trace.far is None or not ahead or ahead[0][0] <= second:
        return km
    return km + (ahead[0][1] - km) * min(1.0, (now_s - second) / (ahead[0][0] - second))


def _sign_and_text(view: View, clash: Clash) -> str:
    return f"{_SIGNS[clash.kind][0]} {clash_text(view, clash)}"


def told(view: View, ahead: Forecast, choice: str, width: int, *, lines: int = 3) -> list[Row]:
    """Under the graph: how the chosen train goes on, where it waits, and the next of the waits that nobody has ordered."""
    own = [clash for clash in ahead.clashes if clash.unit == choice]
    texts = [course_text(view, ahead, choice), "   ".join(_sign_and_text(view, clash) for clash in own)]
    if lines < 3:
        # what nobody has ordered stands first among what is ahead
        meets = [_sign_and_text(view, clash) for clash in own if clash.kind == "meet"]
        texts = [
            next((text for text in ("   ".join([texts[0], *meets]), texts[0]) if cell_len(text) < width - 1), texts[0])
        ]
    heads = ["▸ " if texts[0] else "", *("  " for _ in texts[1:])]
    rows = [row((head, "key"), (fit(text, width - 2), "bold")) for head, text in zip(heads, texts, strict=True)]
    rest = [clash for clash in ahead.clashes if clash.kind != "meet"]
    if not rest:
        return [*rows, row((_("nothing ahead in each other's way"), "dim"))]
    rest.sort(key=lambda clash: (clash.kind != "knot", lines < 3 and clash.unit != choice, clash.from_s))
    shown = "   ".join(_sign_and_text(view, clash) for clash in rest[:3])
    head = _("{count} ahead  ", count=len(rest))
    return [*rows, row((head, "warn"), fit(shown, max(1, width - cell_len(head))))]
