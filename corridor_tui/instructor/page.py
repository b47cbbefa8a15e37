"""The debriefing of a run as one page of HTML that stands by itself: charts, reasons, decisions and question cards."""

from collections.abc import Sequence
from typing import TypeAlias

from jinja2 import Environment, PackageLoader, StrictUndefined

from corridor_tui.instructor import charts
from corridor_tui.language import _, spoken
from corridor_tui.level.errors import plain
from corridor_tui.level.model import Level
from corridor_tui.scenario.rules import family
from corridor_tui.scoring.score import Reason
from corridor_tui.scoring.words import component, measure_name, reason_text
from corridor_tui.session.debrief import CAUSE_NAMES, Debrief, debrief, ranked, when_text
from corridor_tui.session.decisions import Worth, dearest, otherwise
from corridor_tui.session.lines import Lines, beside_reference, beside_run, parting_text
from corridor_tui.session.replay import Replay
from corridor_tui.session.result import Result
from corridor_tui.session.wording import day_clock, said_text

Cells: TypeAlias = tuple[str, ...]
"""A line of a table of the page."""


def page(
    result: Result,
    worths: Sequence[Worth] = (),
    against: Result | None = None,
    hindsight: Sequence[str] = (),
    *,
    printed: bool = False,
) -> str:
    """The page of a finished run, with what its decisions were worth where that was found out.

    `hindsight`: what is to be said of how much anybody could have reached.

    The run is lived again, and so is the line it is set against: another run of the same level and seed, such as a
    branch, or the reference. On paper, where nothing can be opened, all is shown at once. Raises `RunError` where that
    cannot be done.
    """
    replay, found = Replay.of(result), debrief(result)
    level, score = replay.level, result.score
    lines = beside_reference(replay, score) if against is None else beside_run(replay, score, against)
    other, (mine, theirs) = lines.theirs.name, lines.traces
    losses = {name: score.losses.of(name) for name in score.parts}
    room = Environment(
        loader=PackageLoader("corridor_tui.instructor", "pages"), autoescape=True, undefined=StrictUndefined
    )
    room.globals["_"] = _
    return room.get_template("debrief.html").render(
        language=spoken(),
        component=component,
        family=family,
        measure=measure_name,
        causes=CAUSE_NAMES,
        printed=printed,
        hindsight=hindsight,
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
        theirs=lines.theirs.score,
        parting=parting_text(lines),
        pair=_pair(lines),
        rows=_side_by_side(lines),
        graph=charts.train_graph(level, mine, theirs, lines.end_s, other),
        dwells=charts.dwell_bars(found.dwells),
        timeline=charts.timeline(level, replay.markers, replay.end_s),
        measures=_measures(found),
    )


def _pair(lines: Lines) -> charts.Chart:
    scores = (lines.mine.score, lines.theirs.score)
    mine, theirs = ({component(name): score.losses.of(name) for name in scores[0].parts} for score in scores)
    return charts.loss_bars(mine, theirs, (_("here"), lines.theirs.name))


def _side_by_side(lines: Lines) -> list[Cells]:
    """When each load left in either line, and by how many minutes the first was later."""
    rows: list[Cells] = []
    for train, here, there in lines.departures:
        later = "" if here is None or there is None else _("{n} min", n=f"{(here - there) / 60:+.0f}")
        rows.append((train, _clock(lines.level, here), _clock(lines.level, there), later))
    return rows


def _clock(level: Level, at_s: int | None) -> str:
    return _("not") if at_s is None else day_clock(level.start_s, at_s)


def _reason(level: Level, reason: Reason) -> Cells:
    return (
        when_text(level, reason),
        plain(reason_text(reason, level)),
        component(reason.component),
        f"-{reason.loss:.1f}",
    )


def _worth(level: Level, worth: Worth) -> Cells:
    one = worth.decision
    return level.clock_at(one.t), plain(said_text(one.text, level)), otherwise(level, one), f"{-worth.total:+.1f}"


def _measures(found: Debrief) -> dict[str, str]:
    return {name: f"{value:g}" for name, value in found.score.measures.items() if value is not None}
