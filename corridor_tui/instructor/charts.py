"""Charts of a finished run as SVG, made to stand in a page: every text in them is escaped, every mark has its words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from corridor_tui.language import _
from corridor_tui.level.model import Level
from corridor_tui.session.debrief import CAUSE_NAMES, CAUSES, Dwell
from corridor_tui.session.replay import KINDS, Marker
from corridor_tui.session.traces import Trace, Traces

_WIDE, _LEFT, _ROW = 960, 110, 22
_GRAPH_HIGH = 460
_FOOT = 26
_SHARES = (0.5, 0.35, 0.65, 0.2, 0.8)
"""Where along a line its number may stand."""
_LETTER, _LETTERS_HIGH = 8, 13
"""How wide a letter is at the most, and how high, in the units of a chart."""
_COLOURS = {
    "work": "#999999", "trainee": "#d55e00", "track": "#0072b2", "staff": "#56b4e9", "crane": "#e69f00", "machine": "#882255", "silo": "#7f6000", "stack": "#117733",
    "papers": "#cc79a7", "wagons": "#009e73", "locomotive": "#f0e442", "path": "#5e3c99", "neighbour": "#b2abd2", "line": "#4d4d4d",
}  # fmt: skip
"""Colours that people who are blind to some of them tell apart; the words stand beside them all the same."""
_STYLE = """
svg { font: 12px system-ui, sans-serif; } text { fill: #1b1f24; }
.grid { stroke: #d7dce2; stroke-width: 1; } polyline { fill: none; }
polyline.mine { stroke: #0b5394; stroke-width: 2; } polyline.theirs { stroke: #9aa3ad; stroke-width: 1.6; stroke-dasharray: 5 4; }
.bar.mine { fill: #0b5394; } .bar.theirs { fill: #9aa3ad; }
.dot { fill: #7a8590; } .dot.delay, .dot.alarm { fill: #e69f00; } .dot.miss, .dot.mistake { fill: #a61c00; }
.dot.meet { fill: #009e73; } .dot.mark { fill: #0b5394; }
"""
"""Every chart carries its looks, so that it can be taken out of the page and be the same."""
_HOURS_S = (900, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400)
_MOST_LINES = 14


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as SVG, in which every text is escaped already, so that a page takes it as it is."""

    svg: str

    def __html__(self) -> str:
        return self.svg


def _chart(high: int, title: str) -> Element:
    chart = Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {_WIDE} {high}", role="img")
    chart.set("aria-label", title)
    SubElement(chart, "style").text = _STYLE
    return chart


def _text(parent: Element, x: float, y: float, words: str, anchor: str = "start") -> None:
    SubElement(parent, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor}).text = words


def _line(parent: Element, x1: float, y1: float, x2: float, y2: float, kind: str) -> None:
    ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    SubElement(parent, "line", {name: f"{value:.1f}" for name, value in ends.items()} | {"class": kind})


def _said(mark: Element, words: str) -> None:
    SubElement(mark, "title").text = words


def _svg(chart: Element) -> Chart:
    return Chart(tostring(chart, encoding="unicode"))


def _hours(chart: Element, level: Level, end_s: int, high: float) -> None:
    """Lines and clock times down to a height, as many as there is room for."""
    step_s = next((step for step in _HOURS_S if end_s / step <= _MOST_LINES), _HOURS_S[-1])
    first = -level.start_s % step_s
    for at_s in range(first, end_s + 1, step_s):
        x = _at(at_s, end_s)
        _line(chart, x, 0, x, high, "grid")
        _text(chart, x, high + 16, level.clock_at(at_s), "middle")


def _at(second: float, end_s: int) -> float:
    return _LEFT + (_WIDE - _LEFT - 10) * second / max(1, end_s)


def train_graph(level: Level, mine: Traces, theirs: Traces, end_s: int, other: str) -> Chart:
    """Time against distance: the trains of a run over those of another line on the same seed, called `other`."""
    chart = _chart(_GRAPH_HIGH + _FOOT, _("Train graph: time from left to right, kilometres from top to bottom"))
    low, high = mine.axis.ends

    def down(km: float) -> float:
        return 12 + (_GRAPH_HIGH - 24) * (km - low) / max(1e-9, high - low)

    _hours(chart, level, end_s, _GRAPH_HIGH)
    last = -20.0
    for station in mine.axis.stations:
        y = down(mine.axis.km[station.id])
        _line(chart, _LEFT, y, _WIDE - 10, y, "grid")
        if y - last >= 12:
            _text(chart, _LEFT - 6, y + 4, str(station.name), "end")
            last = y
    written: list[_Name] = []
    for traces, kind in ((theirs, "theirs"), (mine, "mine")):
        for name, trace in traces.of.items():
            points = _trace(chart, name if kind == "mine" else f"{name}, {other}", trace, kind, end_s, down)
            if kind == "mine" and points:
                written.append(_Name.beside(points, name, written))
    for label in written:
        _text(chart, label.x, label.y, label.words)
    return _svg(chart)


@dataclass(frozen=True, slots=True)
class _Name:
    """The number of a train beside its line."""

    x: float
    y: float
    words: str

    @classmethod
    def beside(cls, points: Sequence[tuple[float, float]], words: str, others: Sequence["_Name"]) -> "_Name":
        """Beside the middle of its longest way, or before or behind that where another number stands there."""
        middle = max(range(1, len(points)), key=lambda place: abs(points[place][1] - points[place - 1][1]))
        (x1, y1), (x2, y2) = points[middle - 1], points[middle]
        places = [cls(x1 + (x2 - x1) * share + 3, y1 + (y2 - y1) * share, words) for share in _SHARES]
        return next((one for one in places if not any(one.covers(other) for other in others)), places[0])

    def covers(self, other: "_Name") -> bool:
        """Whether it would stand over another, as wide and as high as letters are."""
        first, second = (self, other) if self.x <= other.x else (other, self)
        return first.x + _LETTER * len(first.words) > second.x and abs(self.y - other.y) < _LETTERS_HIGH


def _trace(
    chart: Element, name: str, trace: Trace, kind: str, end_s: int, down: Callable[[float], float]
) -> list[tuple[float, float]]:
    """Draw a line where there is one, and return its points."""
    points = [(_at(max(0, min(at_s, end_s)), end_s), down(km)) for at_s, km in trace.points]
    if len(points) < 2:
        return []
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    mark = SubElement(chart, "polyline", {"points": path, "class": kind})
    _said(mark, name)
    return points


def dwell_bars(dwells: Sequence[Dwell]) -> Chart:
    """What each load's time went to, as bars of one scale."""
    chart = _chart(_ROW * len(dwells) + 8, _("How each load's time was spent, in minutes"))
    longest = max((dwell.total_s for dwell in dwells), default=1)
    for row, dwell in enumerate(dwells):
        y, x = row * _ROW + 4, float(_LEFT)
        _text(chart, _LEFT - 6, y + 14, dwell.train, "end")
        for cause in CAUSES:
            spent = dwell.seconds.get(cause, 0)
            wide = (_WIDE - _LEFT - 70) * spent / max(1, longest)
            if wide:
                box = {"x": f"{x:.1f}", "y": str(y), "width": f"{wide:.1f}", "height": str(_ROW - 5)}
                mark = SubElement(chart, "rect", box | {"fill": _COLOURS[cause]})
                _said(mark, f"{dwell.train}: {_(CAUSE_NAMES[cause])}, {_minutes(spent)}")
            x += wide
        _text(chart, x + 6, y + 14, _minutes(dwell.total_s))
    return _svg(chart)


def _minutes(seconds: int) -> str:
    return _("{n} min", n=seconds // 60)


def legend(dwells: Iterable[Dwell]) -> dict[str, str]:
    """The causes that occur, in their order, with their colours."""
    seen = {cause for dwell in dwells for cause in dwell.seconds}
    return {cause: _COLOURS[cause] for cause in CAUSES if cause in seen}


def loss_bars(mine: Mapping[str, float], theirs: Mapping[str, float], words: tuple[str, str]) -> Chart:
    """The losses of two lines, a pair of bars for each component."""
    chart = _chart(2 * _ROW * len(mine) + 8, _("Losses by component"))
    longest = max([*mine.values(), *theirs.values(), 1e-9])
    for row, name in enumerate(mine):
        for half, (losses, kind) in enumerate(((mine, "mine"), (theirs, "theirs"))):
            y = (2 * row + half) * _ROW + 4
            wide = (_WIDE - _LEFT - 120) * losses[name] / longest
            box = {
                "x": str(_LEFT),
                "y": str(y),
                "width": f"{wide:.1f}",
                "height": str(_ROW - 5),
                "class": f"bar {kind}",
            }
            _said(SubElement(chart, "rect", box), f"{name}, {words[half]}: {losses[name]:.1f}")
            _text(chart, _LEFT + wide + 6, y + 14, f"{losses[name]:.1f} {words[half]}")
        _text(chart, _LEFT - 6, 2 * row * _ROW + 18, name, "end")
    return _svg(chart)


def timeline(level: Level, markers: Iterable[Marker], end_s: int) -> Chart:
    """What happened when, a row for each kind of marker."""
    found = list(markers)
    kinds = [kind for kind in KINDS if any(marker.kind == kind for marker in found)]
    high = _ROW * len(kinds) + 4
    chart = _chart(high + _FOOT, _("Timeline of the shift"))
    _hours(chart, level, end_s, high)
    for row, kind in enumerate(kinds):
        _text(chart, _LEFT - 6, row * _ROW + 16, kind, "end")
        for marker in found:
            if marker.kind == kind:
                spot = {
                    "cx": f"{_at(marker.t, end_s):.1f}",
                    "cy": str(row * _ROW + 12),
                    "r": "4",
                    "class": f"dot {kind}",
                }
                _said(SubElement(chart, "circle", spot), f"{level.clock_at(marker.t)} {marker.text}")
    return _svg(chart)
