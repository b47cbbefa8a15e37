"""What a run came to and what it was lost for, as tables and as CSV."""

import csv
from collections.abc import Iterable
from io import StringIO

from rich.console import Group
from rich.table import Table
from rich.text import Text

from corridor_tui.language import _, pgettext
from corridor_tui.level.errors import plain
from corridor_tui.level.model import Level
from corridor_tui.scenario.rules import family
from corridor_tui.scoring.score import Score, TrainLine
from corridor_tui.scoring.words import component, figure, reason_text
from corridor_tui.session.debrief import CAUSE_NAMES, CAUSES, Debrief, when_text
from corridor_tui.session.decisions import SHOWN, Worth, dearest, otherwise
from corridor_tui.session.outcome import Outcome
from corridor_tui.session.wording import day_clock, said_text
from corridor_tui.tables import minutes_text, stars_text, table

_MOST_REASONS = 12


def debrief_tables(level: Level, found: Debrief) -> Group:
    """Where the points went, how each train's time was spent, and how good the eye was."""
    score = found.score
    causes = [cause for cause in CAUSES if any(cause in dwell.seconds for dwell in found.dwells)]
    dwells = [
        (
            dwell.train,
            minutes_text(dwell.total_s),
            *(minutes_text(dwell.seconds[cause]) if cause in dwell.seconds else "" for cause in causes),
        )
        for dwell in found.dwells
    ]
    eyes = [
        (
            family(eye.family),
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
                stars=stars_text(score.stars),
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
            day_clock(level.start_s, worth.decision.t),
            plain(said_text(worth.decision.text, level)),
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


def outcome_tables(level: Level, outcome: Outcome) -> Group:
    """A finished run with its score and what cost most."""
    score = outcome.score
    total = f"{score.total:.1f} {stars_text(score.stars)}" if score.scaled else _("no total without the baselines")
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
            "-" if goal.value is None else figure(goal.value),
            (_("at most {bound:g}", bound=goal.target) if goal.at_most else _("at least {bound:g}", bound=goal.target)),
            pgettext("objective", "yes") if goal.met else pgettext("objective", "no"),
        )
        for goal in score.objectives
    )
    return table(_("objectives"), (_("objective"), pgettext("heading", "value"), _("target"), _("met")), rows)


def _trains(level: Level, trains: Iterable[TrainLine]) -> Table:
    def at(second: int | None) -> str:
        return "-" if second is None else day_clock(level.start_s, second)

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
            when_text(level, reason),
            reason_text(reason, level),
        )
        for reason in score.reasons[:_MOST_REASONS]
    )
    return table(_("what cost most"), (_("lost"), _("when"), _("why")), rows)
