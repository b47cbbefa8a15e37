"""The page of the result: the total, its parts, what was asked, where the points went, and every train's times."""

from rich.cells import cell_len

from corridor_tui.language import _
from corridor_tui.level.model import Level
from corridor_tui.scoring.score import Score, TrainLine
from corridor_tui.scoring.words import asked_text, component, reason_text
from corridor_tui.session.debrief import allowed_text, ranked
from corridor_tui.session.run import Run
from corridor_tui.session.wording import day_clock
from corridor_tui.tui.briefing import hanging
from corridor_tui.tui.moments import when_column
from corridor_tui.tui.rows import Row, fit, row, wrap
from corridor_tui.tui.timeline import moment_rows, timeline_rows

_BAR = 30


def result_rows(level: Level, score: Score, run: Run, trouble: str | None, width: int) -> list[Row]:
    """What came of the shift, and why. `trouble`: why the result could not be kept."""
    stars = "★" * score.stars + "☆" * (3 - score.stars)
    rows = [row((str(level.title), "head"), (_("   seed {seed}", seed=run.seed), "dim")), row("")]
    rows.append(row((_("  {points:.1f} points   {stars}", points=score.total, stars=stars), "warn")))
    rows.append(row((_("  0 = doing nothing, 100 = a good railwayman, on this very shift"), "dim")))
    if trouble:
        rows += [row((f"  {line}", "bad")) for line in wrap(_("not kept: {trouble}", trouble=trouble), width - 2)]
    else:
        rows.append(row((_("  the result is kept"), "dim")))
    if run.allowance:
        rows.append(row(("  " + allowed_text(run.allowance), "dim")))
    rows += [row(""), *_parts(level, score), row("")]
    rows += [*timeline_rows(level, score, width), row(""), *moment_rows(level, score, width), row("")]
    rows.append(row((_("What was asked"), "head")))
    for goal in score.objectives:
        head = fit(_("✓ met") if goal.met else _("✕ not met"), 11)
        rows += hanging(head, level.asked(goal.id, goal.text), width, "good" if goal.met else "bad")
        rows.append(row((f"           {asked_text(goal)}", "dim")))
    rows += [row(""), row((_("Where the points went"), "head"), (_("   loss units, when, why"), "dim"))]
    reasons = ranked(score.reasons)
    for reason, when in zip(reasons, when_column(level, reasons), strict=True):
        rows += hanging(
            f"{reason.loss:7.1f}  {when} ",
            reason_text(reason, level),
            width,
            "bad" if reason.component == "safety" else "warn",
        )
    if not score.reasons:
        rows.append(row((_("nothing was lost"), "good")))
    return [*rows, row(""), *_trains(level, score)]


def _parts(level: Level, score: Score) -> list[Row]:
    rows = []
    names = {part: component(part) for part in (*score.parts, "safety")}
    widest = max(10, *map(cell_len, names.values()))
    for part, points in score.parts.items():
        filled = 0 if points is None else max(0, min(_BAR, round(points / 100 * _BAR)))
        shown = _("nothing to measure on this seed") if points is None else f"{points:6.1f}"
        scale = "" if points is None else f" {'█' * filled}{'░' * (_BAR - filled)}"
        lost = _("  lost {loss:.0f}", loss=score.losses.of(part))
        rows.append(row(f"  {fit(names[part], widest)} {shown}", (scale, "good"), (lost, "dim")))
    head = f"  {fit(names['safety'], widest)} "
    if score.safety:
        cap = _(", and no more than {cap:g} in all", cap=level.scoring.safety.cap)
        rows.append(row((f"{head}{-score.safety:6.1f}{cap}", "bad")))
    else:
        rows.append(row(f"{head} ", _("no mistake: nothing is taken off")))
    return rows


def _trains(level: Level, score: Score) -> list[Row]:
    heads = [_("number"), _("boxes"), _("arrived"), _("first lift"), _("last lift"), _("cleared"), _("left")]
    cells = [_cells(level, line) for line in score.trains]
    widths = [max(map(cell_len, column)) for column in zip(heads, *cells, strict=True)]
    lines = [
        "  " + "  ".join(fit(cell, width) for cell, width in zip(line, widths, strict=True)) for line in (heads, *cells)
    ]
    return [
        row(
            (
                _(
                    "Trains   {trains_in} in, {trains_out} out, {containers} containers out",
                    trains_in=score.trains_in,
                    trains_out=score.trains_out,
                    containers=score.containers_out,
                ),
                "head",
            )
        ),
        row((lines[0], "dim")),
        *map(row, lines[1:]),
    ]


def _cells(level: Level, line: TrainLine) -> list[str]:
    times = (line.arrived_s, line.transfer_start_s, line.transfer_end_s, line.cleared_s, line.departed_s)
    told = ["-" if second is None else day_clock(level.start_s, second) for second in times]
    return [line.number, f"{line.containers:>5}", *told]
