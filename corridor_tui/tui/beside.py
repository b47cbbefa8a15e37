"""Two lines of a shift side by side: the train graph of one over that of the other, and what either came to."""

from collections.abc import Iterator

from rich.cells import cell_len

from corridor_tui.language import _
from corridor_tui.scoring.score import Score
from corridor_tui.scoring.words import component, measure_name
from corridor_tui.session.lines import Lines, parting_text
from corridor_tui.session.traces import Trace
from corridor_tui.session.wording import day_clock
from corridor_tui.tui.briefing import hanging
from corridor_tui.tui.graph import look_of
from corridor_tui.tui.instrument import TimeGraph
from corridor_tui.tui.rows import Row, fit, row
from corridor_tui.tui.sheet import SPANS_S, Sheet, Window

_MINE, _THEIRS = 1, 3
"""Of how many dots one is drawn."""
_RANKS = {_MINE: 6, _THEIRS: 3}
_NAME, _FIGURE = 26, 14


class Pair(TimeGraph):
    """The train graph of a run, drawn whole, over that of another line, every third dot of it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(_("train graph"), len(SPANS_S) - 1, id=id)
        self._lines: Lines | None = None

    def draw(self, lines: Lines) -> None:
        """Draw two lines."""
        if lines is not self._lines:
            self._lines, self._from_s = lines, None
            self._span = next((at for at, span in enumerate(SPANS_S) if span >= lines.end_s), len(SPANS_S) - 1)
        self._lay()

    @property
    def window(self) -> Window:
        """The time that is shown: at first all of it."""
        end_s = SPANS_S[self._span] if self._lines is None else self._lines.end_s
        return Window(self._from_s or 0, min(SPANS_S[self._span], end_s))

    @property
    def told(self) -> str:
        """What became of the chosen train in either line."""
        return "" if self._lines is None else self._about(self._lines)

    @property
    def moment_s(self) -> int | None:
        """The second from which the chosen train goes otherwise, or at which it came; None where none is chosen."""
        if self._lines is None or self.choice not in self._drawn:
            return None
        points = [point for traces in self._lines.traces for point in traces.of.get(self.choice, Trace()).points]
        parted_s = self._lines.parted_s(self.choice)
        return min(second for second, _km in points) if parted_s is None else parted_s

    def _lay(self) -> None:
        lines, height = self._lines, self.content_size.height - 3
        if lines is None or self.room < 30 or height < 3:
            return
        mine, theirs = lines.traces
        sheet = Sheet(lines.level, mine.axis, self.window, self.room, height)
        drawn: dict[str, None] = {}
        for traces, every in ((theirs, _THEIRS), (mine, _MINE)):
            for name, trace in traces.of.items():
                chosen = name == self.choice
                style = "train" if chosen else look_of(trace.gauge) if every == _MINE else "dim"
                if sheet.course(trace.points, style, _RANKS[every] + 10 * chosen, name, every, whole=chosen):
                    drawn[name] = None
        for name in drawn:
            trace = mine.of.get(name) or theirs.of[name]
            style = "train" if name == self.choice else look_of(trace.gauge) if name in mine.of else "dim"
            sheet.write(name, *trace.points[0], style, 15)
        self._drawn = sorted(drawn, key=lambda name: (mine.of.get(name) or theirs.of[name]).points[0])
        if self.choice not in drawn and self._drawn:
            self._choose(self._drawn[0])
            self._lay()
            return
        self.show(sheet.rows(), [sheet.head()], [self._foot_of(lines), self._legend(lines)])

    def _foot_of(self, lines: Lines) -> Row:
        if self.choice not in self._drawn:
            return row((_("no train is in sight"), "dim"))
        return row(("▸ ", "key"), (fit(self._about(lines), self.room - 2), "bold"))

    def _about(self, lines: Lines) -> str:
        start_s, other = lines.level.start_s, lines.theirs.name
        text = self.choice
        for train, here, there in lines.departures:
            if train == self.choice:
                text += " " + _(
                    "left {here}, in {other} {there}",
                    here=_left(start_s, here),
                    other=other,
                    there=_left(start_s, there),
                )
                if here is not None and there is not None:
                    text += f" ({_later(here, there).strip()})"
        parted_s = lines.parted_s(self.choice)
        if parted_s is None:
            text += "; " + _("it went alike in both")
        else:
            text += "; " + _("otherwise from {at}", at=day_clock(start_s, parted_s))
        return text

    def _legend(self, lines: Lines) -> Row:
        return row(
            ("⠒⠒⠒ ", "broad"), (_("this run"), "dim"), ("   ⠂ ⠂ ", "dim"), (lines.theirs.name, "dim"),
            ("   " + _("on the same seed"), "dim"),
        )  # fmt: skip


def _left(start_s: int, second: int | None) -> str:
    return _("not at all") if second is None else day_clock(start_s, second)


def beside_rows(lines: Lines, width: int) -> list[Row]:
    """What two lines came to, side by side; a row is chosen to see its moment in the run again."""
    start_s, mine, theirs = lines.level.start_s, lines.mine.score, lines.theirs.score
    this = _("this run")
    rows = [row((" " * _NAME, ""), (f"{' ' * (_FIGURE - cell_len(this))}{this} {lines.theirs.name[:21]:>21}", "head"))]
    rows += [_figures(name, here, there, style) for name, here, there, style in _compared(mine, theirs)]
    rows.append(row(""))
    parting, key = lines.parting, ""
    if parting is not None:
        key = f"{parting.at_s} parting"
    rows += [line._replace(key=key) for line in hanging("", parting_text(lines), width, "warn")]
    rows += [row(""), row((_("When each load left"), "head"))]
    for number, (train, here, there) in enumerate(lines.departures):
        later = "" if here is None or there is None else _later(here, there)
        style = "" if not later or here == there else "bad" if (here or 0) > (there or 0) else "good"
        parted_s = lines.parted_s(train)
        at_s = (
            next((line.arrived_s for line in mine.trains if line.number == train), None)
            if parted_s is None
            else parted_s
        )
        rows.append(
            row(
                (fit(train, _NAME), "train"), f"{_left(start_s, here):>{_FIGURE}} {_left(start_s, there):>21}", (later, style),
                key="" if at_s is None else f"{at_s} {number}",
            )
        )  # fmt: skip
    return rows


def _later(here: int, there: int) -> str:
    """By how many minutes one second lies behind another."""
    return _("{minutes:+6.0f} min", minutes=(here - there) / 60)


def _compared(mine: Score, theirs: Score) -> Iterator[tuple[str, float | None, float | None, str]]:
    """The figures that are set side by side; the style says for which of the two they speak."""
    yield _("points"), mine.total, theirs.total, "bold"
    for part in mine.parts:
        yield _("lost in {part}", part=component(part)), mine.losses.of(part), theirs.losses.of(part), ""
    yield _("off for safety"), mine.safety, theirs.safety, ""
    for name, value in mine.measures.items():
        other = theirs.measures.get(name)
        if (value is not None or other is not None) and value != other:
            yield measure_name(name), value, other, "dim"


def _figures(name: str, here: float | None, there: float | None, style: str) -> Row:
    whole = all(value is None or value == round(value) for value in (here, there)) and style == "dim"
    shown = ["-" if value is None else f"{value:.{0 if whole else 1}f}" for value in (here, there)]
    return row((fit(name, _NAME), "dim"), (f"{shown[0]:>{_FIGURE}} {shown[1]:>21}", style))
