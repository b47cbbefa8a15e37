"""What the commands print for people. Every cell is plain text: nothing in it is read as markup."""

import csv
import time
from collections.abc import Iterable, Mapping, Sequence
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
from corridor_tui.language import NP_, _, ngettext, pgettext
from corridor_tui.level.errors import plain
from corridor_tui.level.model import Level
from corridor_tui.records.journals import Found
from corridor_tui.records.values import Best, Kept
from corridor_tui.scoring.score import Score, TrainLine
from corridor_tui.scoring.words import component, reason_text
from corridor_tui.session.debrief import CAUSE_NAMES, CAUSES, Debrief
from corridor_tui.session.decisions import SHOWN, Worth, dearest, otherwise
from corridor_tui.session.outcome import Outcome
from corridor_tui.session.wording import clock, word

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
    return table(
        _("Levels, best results of {trainee}", trainee=trainee),
        (_("level"), _("title"), _("about"), _("best"), _("stars")),
        rows,
    )


_STATES = {
    "finished": NP_("state of a run", "finished"),
    "interrupted": NP_("state of a run", "interrupted"),
    "abandoned": NP_("state of a run", "abandoned"),
    "played": NP_("state of a run", "played"),
    "unreadable": NP_("state of a run", "unreadable"),
}
_ORIGINS = {
    "imported": NP_("state of a run", "imported"),
    "sent": NP_("state of a run", "sent"),
    "first records": NP_("state of a run", "first records"),
}
_TRAINS = {
    "container": NP_("kind of train", "container"),
    "through": NP_("kind of train", "through"),
    "empties": NP_("kind of train", "empties"),
    "grain": NP_("kind of train", "grain"),
    "export": NP_("kind of train", "export"),
}
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
    headings = (
        pgettext("shift played", "run"),
        _("state"),
        pgettext("heading", "trainee"),
        _("level"),
        _("seed"),
        _("begun (UTC)"),
        _("orders"),
        _("came to"),
    )
    return listing(_("Runs"), headings, rows)


def _finished(run: Kept) -> str:
    words = [_(_STATES["finished"])]
    if run.origin != "played":
        words.append(_(_ORIGINS.get(run.origin, run.origin)))
    if run.branch:
        words.append(pgettext("state of a run", "branch"))
    if run.allowance:
        words.append(_("+{percent} % time", percent=run.allowance))
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
    headings = (
        pgettext("shift played", "run"),
        pgettext("heading", "trainee"),
        _("level"),
        _("seed"),
        _("points"),
        _("lost in time, detection, resources; for safety"),
        _("finished (UTC)"),
    )
    return listing(_("Results: points, and what was lost"), headings, rows)


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
            _("{alarms} of {sound}", alarms=eye.false_alarms, sound=eye.sound),
            _("too few cases") if eye.a_prime is None else f"{eye.a_prime:.2f}",
        )
        for eye in found.eyes
    ]
    parts: list[Text | Table] = [
        Text(
            _(
                "{level}: {points:.1f} points {stars}",
                level=level.title,
                points=score.total,
                stars=_stars(score.stars),
            )
        ),
        *([Text(found.allowed)] if found.allowed else []),
        _losses(score),
        _goals(score, level),
    ]
    times = (_("train"), _("in all"), *(_(CAUSE_NAMES[cause]) for cause in causes))
    parts += [_reasons(level, score), table(_("how each load's time was spent"), times, dwells)]
    if eyes:
        headings = (_("family"), _("faults"), _("found"), _("missed"), _("false alarms"), "A'")
        parts.append(table(_("the eye of the customs desk"), headings, eyes))
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
                f"{-value:+.1f} {component(name)}"
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
    title = _("what each decision was worth: points, and loss units, against the reference's, all else equal")
    return table(title, (_("when"), _("decision"), _("instead"), _("points"), _("of that")), rows)


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
    state = _(_STATES[found.state])
    if found.run is None:
        return (found.key, state, "", "", "", "", "", trouble)
    run = found.run
    came = _("minute {minute}", minute=run.clock_s // 60) + (f"; {trouble}" if trouble else "")
    return (
        found.key,
        state,
        plain(run.trainee),
        plain(run.level_id),
        str(run.seed),
        _when(run.started_ms),
        str(run.heard),
        came,
    )


def _when(ms: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.gmtime(ms / 1_000))


def load_tables(figures: Mapping[str, Sequence[LoadFigures]]) -> Group:
    """The load figures of checked levels, of each seed from 1 on, and below them what is outside the bounds of a good one.

    Of several seeds: the decisions from the fewest to the most, of the others the worst.
    """
    rows = (
        (
            name.rpartition("/")[2],
            "-".join(dict.fromkeys(f"{pick(load.decisions_per_min for load in loads):.1f}" for pick in (min, max))),
            _("{count} s", count=round(max(load.longest_dead_s for load in loads))),
            f"{max(load.busiest_share for load in loads):.0%}",
        )
        for name, loads in figures.items()
    )
    headings = (_("level"), _("decisions/min"), _("dead stretch"), _("fullest 2 min"))
    return Group(
        table(_("Load, from a run by the reference at default speed"), headings, rows),
        *(
            Text(
                f"{name}: {fault}"
                if len(loads) == 1
                else _("{level}, seed {seed}: {fault}", level=name, seed=seed, fault=fault)
            )
            for name, loads in figures.items()
            for seed, load in enumerate(loads, 1)
            for fault in load.faults
        ),
    )


def preview_tables(level: Level, seed: int, seen: Preview) -> Group:
    """What a seed holds in store."""
    trains = (
        (
            train.number,
            _(_TRAINS[train.kind]),
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
            "-" if train.lift_s is None else _("{minutes:.1f} min", minutes=train.lift_s / 60),
        )
        for train in seen.trains
    )
    papers = (
        (
            item.id,
            word(item.lane),
            f"{item.containers} {item.goods}",
            f"{word(item.kind)}: {item.family}" if item.family else word(item.kind),
            "\n".join(item.fields) or "-",
            _minutes(item.check_s),
        )
        for item in seen.consignments
        if item.notable
    )
    odd = ngettext(
        "what is flagged or odd, of {n} consignment",
        "what is flagged or odd, of {n} consignments",
        len(seen.consignments),
    )
    boxes, sheets = pgettext("heading", "boxes"), pgettext("heading", "papers")
    coming = (_("train"), _("kind"), _("timetable"), _("really"), boxes, sheets)
    lasting = (_("train"), _("inspection"), _("locomotive"), _("mean lift"))
    watched = (_("consignment"), _("lane"), _("boxes of"), _("what it is"), _("cells"), pgettext("heading", "check"))
    return Group(
        table(_("{level}, seed {seed}", level=level.id, seed=seed), coming, trains),
        table(_("how long it takes"), lasting, work),
        table(odd, watched, papers),
        *(
            Text(_("rake {rake}: offered {after} after its call", rake=rake, after=_minutes(notice_s)))
            for rake, notice_s in seen.rakes_s.items()
        ),
        *(Text(_closed(level, name, times)) for name, times in seen.closed_s.items()),
    )


def _closed(level: Level, name: str, times: Iterable[int]) -> str:
    days = ", ".join(map(level.date_at, times)) or _("no day")
    return _("{connection}: closed on {days}", connection=level.route.connections[name].name, days=days)


def outcome_tables(level: Level, outcome: Outcome) -> Group:
    """A finished run with its score and what cost most."""
    score = outcome.score
    total = f"{score.total:.1f} {_stars(score.stars)}" if score.scaled else _("no total without the baselines")
    return Group(
        Text(
            _(
                "{level}, seed {seed}, {player}: {total}",
                level=level.title,
                seed=outcome.seed,
                player=outcome.dispatcher,
                total=total,
            )
        ),
        _losses(score),
        _goals(score, level),
        _trains(level, score.trains),
        _reasons(level, score),
        Text(_("events {digest}", digest=outcome.digest)),
    )


def _losses(score: Score) -> Table:
    rows = [
        (component(part), f"{score.losses.of(part):.1f}", _("nothing to measure") if value is None else f"{value:.1f}")
        for part, value in score.parts.items()
    ]
    rows.append((component("safety"), f"{score.safety:.1f}", ""))
    return table(_("losses"), (_("part"), _("loss"), _("score")), rows)


def _goals(score: Score, level: Level) -> Table:
    rows = (
        (
            level.asked(goal.id, goal.text),
            "-" if goal.value is None else f"{goal.value:g}",
            (_("at most {bound:g}", bound=goal.target) if goal.at_most else _("at least {bound:g}", bound=goal.target)),
            pgettext("objective", "yes") if goal.met else pgettext("objective", "no"),
        )
        for goal in score.objectives
    )
    return table(_("objectives"), (_("objective"), pgettext("heading", "value"), _("target"), _("met")), rows)


def _trains(level: Level, trains: Iterable[TrainLine]) -> Table:
    def at(second: int | None) -> str:
        return "-" if second is None else clock(level.start_s, second)

    rows = (
        (
            train.number,
            str(train.containers or "-"),
            at(train.arrived_s),
            _("{start} to {end}", start=at(train.transfer_start_s), end=at(train.transfer_end_s)),
            at(train.cleared_s),
            at(train.departed_s),
        )
        for train in trains
    )
    boxes = pgettext("heading", "boxes")
    headings = (_("train"), boxes, _("arrived"), _("transfer"), _("cleared"), pgettext("heading", "left"))
    return table(_("trains"), headings, rows)


def _reasons(level: Level, score: Score) -> Table:
    rows = (
        (
            f"{reason.loss:.1f}",
            f"{clock(level.start_s, reason.from_s)}-{clock(level.start_s, reason.to_s)}",
            reason_text(reason),
        )
        for reason in score.reasons[:_MOST_REASONS]
    )
    return table(_("what cost most"), (_("lost"), _("when"), _("why")), rows)


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
    return _("{count} min", count=round(seconds / 60))
