"""What the commands print for people. Every cell is plain text: nothing in it is read as markup."""

import csv
import time
from collections.abc import Iterable, Mapping
from dataclasses import fields
from io import StringIO

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from corridor_tui.corridor.work import INSPECTIONS
from corridor_tui.instructor.load import LoadFigures
from corridor_tui.instructor.preview import Preview
from corridor_tui.level.errors import plain
from corridor_tui.level.model import Level
from corridor_tui.records.journals import Found
from corridor_tui.records.values import Best, Kept
from corridor_tui.scoring.score import Score, TrainLine
from corridor_tui.scoring.words import reason_text
from corridor_tui.session.debrief import CAUSES, Debrief
from corridor_tui.session.decisions import SHOWN, Worth, dearest, otherwise
from corridor_tui.session.outcome import Outcome
from corridor_tui.session.wording import clock

_MOST_REASONS = 12


def show(*parts: Table | Text | Group) -> None:
    """Print on standard output."""
    console = Console()
    for part in parts:
        console.print(part, soft_wrap=isinstance(part, Text))


def levels_table(levels: Mapping[str, Level], bests: Mapping[str, Best], trainee: str) -> Table:
    """The levels in their order, with a trainee's best results."""
    rows = []
    for name, level in sorted(levels.items(), key=lambda item: (item[1].order, item[0])):
        best = bests.get(level.id)
        result = ("-", "") if best is None else (f"{best.total:.1f}", _stars(best.stars))
        rows.append((name, str(level.title), str(level.summary), *result))
    return table(f"Levels, best results of {trainee}", ("level", "title", "about", "best", "stars"), rows)


_MOST_WORD = 18
"""The widest word that a listing does not break: the name of a level."""


def runs_table(unfinished: Iterable[Found], finished: Iterable[Kept]) -> Table:
    """Every run of this data directory, the unfinished ones first."""
    rows = [_unfinished(found) for found in unfinished]
    rows += [
        (
            run.key,
            _finished(run),
            plain(run.trainee),
            plain(run.level),
            str(run.seed),
            _when(run.started_ms),
            str(run.orders),
            f"{run.total:.1f} {_stars(run.stars)}",
        )
        for run in finished
    ]
    headings = ("run", "state", "trainee", "level", "seed", "begun (UTC)", "orders", "came to")
    return listing("Runs", headings, rows)


def _finished(run: Kept) -> str:
    words = ["finished", *([run.origin] if run.origin != "played" else []), *(["branch"] if run.branch else [])]
    return ", ".join(words)


def records_table(runs: Iterable[Kept]) -> Table:
    """The results of all trainees."""
    rows = [
        (
            run.key,
            plain(run.trainee),
            plain(run.level),
            str(run.seed),
            f"{run.total:.1f} {_stars(run.stars)}",
            f"{run.time_loss:.0f}, {run.detection_loss:.0f}, {run.resources_loss:.0f}; {run.safety:.0f}",
            _when(run.finished_ms),
        )
        for run in runs
    ]
    lost = "lost in time, detection, resources; for safety"
    headings = ("run", "trainee", "level", "seed", "points", lost, "finished (UTC)")
    return listing("Results: points, and what was lost", headings, rows)


def records_csv(runs: Iterable[Kept]) -> str:
    """Every run as CSV with a heading line; a text that a spreadsheet would take for a formula gets an apostrophe."""
    names = [field.name for field in fields(Kept)]
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(names)
    for run in runs:
        values = [getattr(run, name) for name in names]
        values = [round(value, 2) if isinstance(value, float) else value for value in values]
        writer.writerow([_harmless(value) if isinstance(value, str) else value for value in values])
    return file.getvalue()


def debrief_tables(level: Level, found: Debrief) -> Group:
    """Where the points went, how each train's time was spent, and how good the eye was."""
    score = found.score
    causes = [cause for cause in CAUSES if any(cause in dwell.seconds for dwell in found.dwells)]
    dwells = [
        (
            dwell.train,
            _minutes(dwell.total_s),
            *(_minutes(dwell.seconds[cause]) if cause in dwell.seconds else "" for cause in causes),
        )
        for dwell in found.dwells
    ]
    eyes = [
        (
            eye.family,
            str(eye.faults),
            str(eye.found),
            str(eye.missed),
            f"{eye.false_alarms} of {eye.sound}",
            "too few cases" if eye.a_prime is None else f"{eye.a_prime:.2f}",
        )
        for eye in found.eyes
    ]
    parts: list[Text | Table] = [
        Text(f"{level.title}: {score.total:.1f} points {_stars(score.stars)}"),
        _losses(score),
        _goals(score, level),
    ]
    parts += [_reasons(level, score), table("how each load's time was spent", ("train", "in all", *causes), dwells)]
    if eyes:
        parts.append(
            table("the eye of the customs desk", ("family", "faults", "found", "missed", "false alarms", "A'"), eyes)
        )
    return Group(*parts)


def worth_table(level: Level, worths: Iterable[Worth]) -> Table:
    """What each decision was worth, the dearest first."""
    rows = [
        (
            clock(level.start_s, worth.decision.t),
            plain(worth.decision.text),
            otherwise(level, worth.decision),
            f"{-worth.total:+.1f}",
            ", ".join(
                f"{-value:+.1f} {name}"
                for name, value in (
                    ("time", worth.time),
                    ("detection", worth.detection),
                    ("resources", worth.resources),
                    ("safety", worth.safety),
                )
                if abs(value) >= SHOWN
            ),
        )
        for worth in dearest(worths)
    ]
    title = "what each decision was worth: points, and loss units, against the reference's, all else equal"
    return table(title, ("when", "decision", "instead", "points", "of that"), rows)


def measures_csv(score: Score) -> str:
    """The measures and losses of a run as CSV, a line for each."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(("measure", "value"))
    losses = {f"{part}_loss": score.losses.of(part) for part in score.parts}
    for name, value in {
        "total": score.total,
        "stars": score.stars,
        "safety": score.safety,
        **losses,
        **score.measures,
    }.items():
        writer.writerow((name, "" if value is None else value))
    return file.getvalue()


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _unfinished(found: Found) -> tuple[str, ...]:
    trouble = "" if found.trouble is None else plain(found.trouble)
    if found.run is None:
        return (found.key, found.state, "", "", "", "", "", trouble)
    run = found.run
    came = f"minute {run.clock_s // 60}" + (f"; {trouble}" if trouble else "")
    return (
        found.key,
        found.state,
        plain(run.trainee),
        plain(run.level_id),
        str(run.seed),
        _when(run.started_ms),
        str(run.heard),
        came,
    )


def _when(ms: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.gmtime(ms / 1_000))


def load_tables(figures: Mapping[str, LoadFigures]) -> Group:
    """The load figures of checked levels, and below them what is outside the bounds of a good one."""
    rows = (
        (
            name.rpartition("/")[2],
            f"{load.decisions_per_min:.1f}",
            f"{load.longest_dead_s:.0f} s",
            f"{load.busiest_share:.0%}",
        )
        for name, load in figures.items()
    )
    headings = ("level", "decisions/min", "dead stretch", "fullest 2 min")
    return Group(
        table("Load, from a run by the reference at default speed", headings, rows),
        *(Text(f"{name}: {fault}") for name, load in figures.items() for fault in load.faults),
    )


def preview_tables(level: Level, seed: int, seen: Preview) -> Group:
    """What a seed holds in store."""
    trains = (
        (
            train.number,
            train.kind,
            clock(level.start_s, train.planned_s),
            clock(level.start_s, train.offered_s),
            str(train.containers or "-"),
            str(train.consignments or "-"),
        )
        for train in seen.trains
    )
    work = (
        (
            train.number,
            _minutes(max(train.tasks_s[task] for task in INSPECTIONS)),
            _minutes(train.tasks_s["loco"]),
            "-" if train.lift_s is None else f"{train.lift_s / 60:.1f} min",
        )
        for train in seen.trains
    )
    papers = (
        (
            item.id,
            item.lane,
            f"{item.containers} {item.goods}",
            f"{item.kind}: {item.family}" if item.family else item.kind,
            "\n".join(item.fields) or "-",
            _minutes(item.check_s),
        )
        for item in seen.consignments
        if item.notable
    )
    odd = f"what is flagged or odd, of {len(seen.consignments)} consignments"
    return Group(
        table(f"{level.id}, seed {seed}", ("train", "kind", "timetable", "really", "boxes", "papers"), trains),
        table("how long it takes", ("train", "inspection", "locomotive", "mean lift"), work),
        table(odd, ("consignment", "lane", "boxes of", "what it is", "cells", "check"), papers),
        *(Text(f"rake {rake}: offered {_minutes(notice_s)} after its call") for rake, notice_s in seen.rakes_s.items()),
        *(
            Text(f"{level.route.connections[name].name}: closed on {', '.join(map(level.date_at, times)) or 'no day'}")
            for name, times in seen.closed_s.items()
        ),
    )


def outcome_tables(level: Level, outcome: Outcome) -> Group:
    """A finished run with its score and what cost most."""
    score = outcome.score
    total = f"{score.total:.1f} {_stars(score.stars)}" if score.scaled else "no total without the baselines"
    return Group(
        Text(f"{level.title}, seed {outcome.seed}, {outcome.dispatcher}: {total}"),
        _losses(score),
        _goals(score, level),
        _trains(level, score.trains),
        _reasons(level, score),
        Text(f"events {outcome.digest}"),
    )


def _losses(score: Score) -> Table:
    rows = [
        (part, f"{score.losses.of(part):.1f}", "nothing to measure" if value is None else f"{value:.1f}")
        for part, value in score.parts.items()
    ]
    return table("losses", ("part", "loss", "score"), [*rows, ("safety", f"{score.safety:.1f}", "")])


def _goals(score: Score, level: Level) -> Table:
    rows = (
        (
            level.asked(goal.id, goal.text),
            "-" if goal.value is None else f"{goal.value:g}",
            f"{'at most' if goal.at_most else 'at least'} {goal.target:g}",
            "yes" if goal.met else "no",
        )
        for goal in score.objectives
    )
    return table("objectives", ("objective", "value", "target", "met"), rows)


def _trains(level: Level, trains: Iterable[TrainLine]) -> Table:
    def at(second: int | None) -> str:
        return "-" if second is None else clock(level.start_s, second)

    rows = (
        (
            train.number,
            str(train.containers or "-"),
            at(train.arrived_s),
            f"{at(train.transfer_start_s)} to {at(train.transfer_end_s)}",
            at(train.cleared_s),
            at(train.departed_s),
        )
        for train in trains
    )
    return table("trains", ("train", "boxes", "arrived", "transfer", "cleared", "left"), rows)


def _reasons(level: Level, score: Score) -> Table:
    rows = (
        (
            f"{reason.loss:.1f}",
            f"{clock(level.start_s, reason.from_s)}-{clock(level.start_s, reason.to_s)}",
            reason_text(reason),
        )
        for reason in score.reasons[:_MOST_REASONS]
    )
    return table("what cost most", ("lost", "when", "why"), rows)


def table(title: str, headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    """A table of plain text, numbers and words as they are."""
    drawn = Table(title=Text(title))
    for heading in headings:
        drawn.add_column(heading, overflow="fold")
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    return drawn


def listing(title: str, headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    """A table without lines, which breaks its cells between words: what stands in it may be typed again."""
    found = list(rows)
    drawn = Table(title=Text(title), box=SIMPLE_HEAD, show_edge=False, padding=0)
    for cells in zip(headings, *found, strict=True):
        whole = all(" " not in cell and cell_len(cell) <= _MOST_WORD for cell in cells)
        longest = max(cell_len(word) for cell in cells for word in cell.split())
        drawn.add_column(cells[0], overflow="fold", no_wrap=whole, min_width=min(longest, _MOST_WORD))
    for row in found:
        drawn.add_row(*(Text(cell) for cell in row))
    return drawn


def _stars(count: int) -> str:
    return "★" * count + "☆" * (3 - count)


def _minutes(seconds: int) -> str:
    return f"{seconds / 60:.0f} min"
