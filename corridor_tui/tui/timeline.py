"""The shift as a picture of time: each train from when it came to when it left, and where the points went."""

from dataclasses import dataclass

from rich.cells import cell_len

from corridor_tui.language import _, ngettext
from corridor_tui.level.model import Level
from corridor_tui.scoring.score import Reason, Score, TrainLine
from corridor_tui.scoring.words import reason_text
from corridor_tui.session.clocks import DAY_S, clock
from corridor_tui.session.debrief import moment_s
from corridor_tui.tui.moments import when_column
from corridor_tui.tui.rows import Part, Row, fit, row, wrap
from corridor_tui.tui.sheet import axis

COSTLIEST = 5
_LABEL = 9
_MOST_TRAINS = 18
"""How many trains the picture shows, those that lost most first."""
_CLOCK_CELLS, _DAY_CELLS = 9, 11
"""How much room there is at the least from one time over the picture to the next: for clock times, and for days."""
_WEEK_S = 7 * DAY_S
_STEPS_S = (
    900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, DAY_S, 2 * DAY_S, _WEEK_S, 2 * _WEEK_S, 4 * _WEEK_S, 8 * _WEEK_S, 16 * _WEEK_S,
)  # fmt: skip
"""How far apart the times over the picture can stand: for a shift of an hour as for one of a year."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where a second stands in the picture."""

    width: int
    end_s: int

    def column(self, second: int) -> int:
        return max(0, min(self.width - 1, round(second / max(1, self.end_s) * (self.width - 1))))


def costliest(score: Score) -> list[Reason]:
    """The moments that cost most, in the order of their cost; what is spread over the whole shift is none."""
    moments = [reason for reason in score.reasons if reason.loss > 0 and moment_s(reason) == reason.from_s]
    return sorted(moments, key=lambda reason: -reason.loss)[:COSTLIEST]


def timeline_rows(level: Level, score: Score, width: int) -> list[Row]:
    """The trains over time, the five costliest moments marked by their numbers, safety mistakes by `!`."""
    moments = costliest(score)
    seconds = [level.shift_s, *(reason.to_s for reason in moments)]
    seconds += [line.departed_s for line in score.trains if line.departed_s is not None]
    scale = _Scale(max(20, width - _LABEL), max(seconds))
    head, signs = _("The shift in time"), _("  ┄ here ▒ lifted ✓ cleared ▸ left 1-5 costliest ! safety")
    apart = cell_len(head) + cell_len(signs) > width
    rows = [row((head, "head")), row((signs, "dim"))] if apart else [row((head, "head"), (signs, "dim"))]
    rows.append(_axis(level, scale))
    if score.reasons:
        rows.append(_marks(scale, moments, [one for one in score.reasons if one.component == "safety"]))
    lost = {
        line.number: sum(one.loss for one in score.reasons if line.number in map(str, one.args))
        for line in score.trains
    }
    shown = sorted(score.trains, key=lambda line: -lost[line.number])[:_MOST_TRAINS]
    rows += [_train(line, scale) for line in score.trains if line in shown]
    if len(shown) < len(score.trains):
        rows.append(row((_("         and {count} trains that lost less", count=len(score.trains) - len(shown)), "dim")))
    return rows


def _axis(level: Level, scale: _Scale) -> Row:
    cell_s = scale.end_s / scale.width
    fits = (step for step in _STEPS_S if step >= cell_s * (_CLOCK_CELLS if step < DAY_S else _DAY_CELLS))
    step = next(fits, _STEPS_S[-1])
    labels = {scale.column(second): _tick(level, second) for second in range(-level.start_s % step, scale.end_s, step)}
    return row(" " * _LABEL, (axis(labels, None, scale.width), "dim"))


def _tick(level: Level, second: int) -> str:
    """A time over the picture: midnight by the day that begins, all else by the clock."""
    day, left = divmod(level.start_s + second, DAY_S)
    return clock(level.start_s, second) if left or not day else _("day {day}", day=day + 1)


def _marks(scale: _Scale, moments: list[Reason], mistakes: list[Reason]) -> Row:
    cells: list[Part] = [" "] * scale.width
    for reason in mistakes:
        cells[scale.column(reason.from_s)] = ("!", "bad")
    for number, reason in enumerate(moments, 1):
        at = scale.column(reason.from_s)
        free = next((column for column in (*range(at, scale.width), *range(at)) if cells[column] == " "), at)
        cells[free] = (str(number), "mark")
    return row((fit(_("lost"), _LABEL), "dim"), *cells)


def _train(line: TrainLine, scale: _Scale) -> Row:
    """From arrival to departure, what was lifted when, and when its papers were done."""
    signs = [" "] * scale.width
    if line.arrived_s is not None:
        last = scale.column(line.departed_s) if line.departed_s is not None else scale.width
        for column in range(scale.column(line.arrived_s), last):
            signs[column] = "┄"
    if line.transfer_start_s is not None and line.transfer_end_s is not None:
        for column in range(scale.column(line.transfer_start_s), scale.column(line.transfer_end_s) + 1):
            signs[column] = "▒"
    if line.cleared_s is not None:
        signs[scale.column(line.cleared_s)] = "✓"
    if line.departed_s is not None:
        signs[scale.column(line.departed_s)] = "▸"
    looks = {"┄": "dim", "▒": "broad", "✓": "good", "▸": "bold"}
    return row((fit(line.number, _LABEL), "train"), *((sign, looks.get(sign, "")) for sign in signs))


def moment_rows(level: Level, score: Score, width: int) -> list[Row]:
    """The five costliest moments under their numbers, which are the keys of their rows."""
    moments = costliest(score)
    rows = (
        [row((ngettext("The costliest moment", "The {n} costliest moments", len(moments)), "head"))] if moments else []
    )
    for number, (reason, when) in enumerate(zip(moments, when_column(level, moments), strict=True), 1):
        head = f" {when}{reason.loss:8.1f}  "
        lines = wrap(reason_text(reason, level), max(20, width - cell_len(head) - 4))
        style = "bad" if reason.component == "safety" else "warn"
        key = str(number)
        rows.append(row((f" {number} ", "mark"), (head, style), lines[0], key=key))
        rows += [row(" " * (cell_len(head) + 3), line, key=key) for line in lines[1:]]
    return rows
