"""The debriefing of a run as one page of HTML that stands by itself: charts, reasons, decisions and question cards."""

from collections.abc import Sequence
from typing import TypeAlias

from jinja2 import Environment, PackageLoader, StrictUndefined

from corridor_tui.corridor.events import Event
from corridor_tui.instructor import charts
from corridor_tui.level.errors import plain
from corridor_tui.level.model import Level
from corridor_tui.scoring.score import Reason, Score
from corridor_tui.scoring.words import reason_text
from corridor_tui.session.debrief import Debrief, debrief, ranked, when_text
from corridor_tui.session.decisions import Worth, dearest, otherwise
from corridor_tui.session.replay import Replay
from corridor_tui.session.result import Result
from corridor_tui.session.run import RunError
from corridor_tui.session.shift import injected_in, unattended
from corridor_tui.session.traces import Traces

Cells: TypeAlias = tuple[str, ...]
"""A line of a table of the page."""


def page(result: Result, worths: Sequence[Worth] = (), against: Result | None = None) -> str:
    """The page of a finished run, with what its decisions were worth where that was found out.

    The run is lived again, and so is the line it is set against: another run of the same level and seed, such as a
    branch, or the reference. Raises `RunError` where that cannot be done.
    """
    replay, found = Replay(result.run, result.score), debrief(result)
    level, score = replay.level, result.score
    other, events = _other(replay, against)
    mine, theirs = Traces(level), Traces(level)
    mine.read(replay.events)
    theirs.read(events)
    losses = {name: score.losses.of(name) for name in score.parts}
    room = Environment(
        loader=PackageLoader("corridor_tui.instructor", "pages"), autoescape=True, undefined=StrictUndefined
    )
    return room.get_template("debrief.html").render(
        level=level,
        run=result.run,
        score=score,
        trainee=plain(result.run.trainee),
        stars="★" * score.stars + "☆" * (3 - score.stars),
        losses=losses,
        reasons=[_reason(level, reason) for reason in ranked(score.reasons)],
        found=found,
        legend=charts.legend(found.dwells),
        worths=[_worth(level, worth) for worth in dearest(worths)],
        other=other,
        pair=None if against is None else _pair(score, against),
        rows=[] if against is None else _side_by_side(level, score, against.score),
        graph=charts.train_graph(level, mine, theirs, replay.end_s, other),
        dwells=charts.dwell_bars(found.dwells),
        timeline=charts.timeline(level, replay.markers, replay.end_s),
        measures=_measures(found),
    )


def _other(replay: Replay, against: Result | None) -> tuple[str, Sequence[Event]]:
    """What the line is called that a run is set against, and its events."""
    run = replay.run
    if against is None:
        best = unattended(replay.scenario, "reference", injected=injected_in(run.given))
        best.close()
        return "the reference", best.events
    if (against.run.level_digest, against.run.seed) != (run.level_digest, run.seed):
        raise RunError(f"run {against.run.key} is of another level or seed: the two cannot be set side by side")
    return f"run {against.run.key}", Replay(against.run).events


def _pair(score: Score, against: Result) -> charts.Chart:
    mine, theirs = ({str(name): one.losses.of(name) for name in score.parts} for one in (score, against.score))
    return charts.loss_bars(mine, theirs, ("here", f"run {against.run.key}"))


def _side_by_side(level: Level, score: Score, other: Score) -> list[Cells]:
    """When each load left in either line, and by how many minutes the first was later."""
    theirs = {train.number: train.departed_s for train in other.trains}
    rows: list[Cells] = []
    for train in score.trains:
        here, there = train.departed_s, theirs.get(train.number)
        later = "" if here is None or there is None else f"{(here - there) / 60:+.0f} min"
        rows.append((train.number, _clock(level, here), _clock(level, there), later))
    return rows


def _clock(level: Level, at_s: int | None) -> str:
    return "not" if at_s is None else level.clock_at(at_s)


def _reason(level: Level, reason: Reason) -> Cells:
    return when_text(level, reason), plain(reason_text(reason)), reason.component, f"-{reason.loss:.1f}"


def _worth(level: Level, worth: Worth) -> Cells:
    one = worth.decision
    return level.clock_at(one.t), plain(one.text), otherwise(level, one), f"{-worth.total:+.1f}"


def _measures(found: Debrief) -> dict[str, str]:
    return {name.replace("_", " "): f"{value:g}" for name, value in found.score.measures.items() if value is not None}
