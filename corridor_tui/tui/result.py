"""The page of the result: the total, its parts, what was asked, where the points went, and every train's times."""

from corridor_tui.level.model import Level
from corridor_tui.scoring.score import Score
from corridor_tui.scoring.words import reason_text
from corridor_tui.session.debrief import ranked, when_text
from corridor_tui.session.wording import clock
from corridor_tui.tui.pages import hanging
from corridor_tui.tui.rows import Row, row
from corridor_tui.tui.timeline import moment_rows, timeline_rows

_BAR = 30


def result_rows(level: Level, score: Score, seed: int, trouble: str | None, width: int) -> list[Row]:
    """What came of the shift, and why. `trouble`: why the result could not be kept."""
    stars = "★" * score.stars + "☆" * (3 - score.stars)
    rows = [row((level.title, "head"), (f"   seed {seed}", "dim")), row("")]
    rows.append(row((f"  {score.total:.1f} points   {stars}", "warn")))
    rows.append(row(("  0 = doing nothing, 100 = a good railwayman, on this very shift", "dim")))
    rows.append(row((f"  not kept: {trouble}", "bad")) if trouble else row(("  the result is kept", "dim")))
    rows += [row(""), *_parts(level, score), row("")]
    rows += [*timeline_rows(level, score, width), row(""), *moment_rows(level, score, width), row("")]
    rows.append(row(("What was asked", "head")))
    for goal in score.objectives:
        value = "nothing to measure" if goal.value is None else f"{goal.value:g}"
        bound = f"{value}, asked: {'at most' if goal.at_most else 'at least'} {goal.target:g}"
        rows += hanging("✓ met      " if goal.met else "✕ not met  ", goal.text, width, "good" if goal.met else "bad")
        rows.append(row((f"           {bound}", "dim")))
    rows += [row(""), row(("Where the points went", "head"), ("   loss units, when, why", "dim"))]
    for reason in ranked(score.reasons):
        rows += hanging(
            f"{reason.loss:7.1f}  {when_text(level, reason):<12} ",
            reason_text(reason),
            width,
            "bad" if reason.component == "safety" else "warn",
        )
    if not score.reasons:
        rows.append(row(("nothing was lost", "good")))
    return [*rows, row(""), *_trains(level, score)]


def _parts(level: Level, score: Score) -> list[Row]:
    rows = []
    for part, points in score.parts.items():
        filled = 0 if points is None else max(0, min(_BAR, round(points / 100 * _BAR)))
        shown = "nothing to measure on this seed" if points is None else f"{points:6.1f}"
        scale = "" if points is None else f" {'█' * filled}{'░' * (_BAR - filled)}"
        lost = f"  lost {score.losses.of(part):.0f}"
        rows.append(row(f"  {part:<10} {shown}", (scale, "good"), (lost, "dim")))
    cap = f", and no more than {level.scoring.safety.cap:g} in all" if score.safety else ""
    rows.append(row((f"  {'safety':<10} {-score.safety or 0:6.1f}{cap}", "bad" if score.safety else "")))
    return rows


def _trains(level: Level, score: Score) -> list[Row]:
    rows = [
        row((f"Trains   {score.trains_in} in, {score.trains_out} out, {score.containers_out} containers out", "head")),
        row(("  number   boxes  arrived  first lift  last lift  cleared  left", "dim")),
    ]
    for line in score.trains:
        times = [line.arrived_s, line.transfer_start_s, line.transfer_end_s, line.cleared_s, line.departed_s]
        cells = ["-" if second is None else clock(level.start_s, second) for second in times]
        rows.append(
            row(
                f"  {line.number:<8} {line.containers:>5}  {cells[0]:<7}  {cells[1]:<10}  {cells[2]:<9}  {cells[3]:<7}  {cells[4]}"
            )
        )
    return rows
