"""Whether a run is what it claims: its chain holds, and living it again leads to the same events and the same score."""

import math
from dataclasses import asdict, dataclass

from corridor_tui.language import N_, _
from corridor_tui.level.errors import brief
from corridor_tui.scoring.judge import rescaled
from corridor_tui.scoring.score import COMPONENTS, Losses, Scale, Score
from corridor_tui.session.result import Result
from corridor_tui.session.run import OtherEngineError, Run, RunError, check_engine, level_of, rebuild

_NEAR = 1e-6
"""How far two figures of a score may lie apart: machines round the last place otherwise."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a verification: `faults` in plain lines, each naming what was altered; none where the run is true.

    `score` is what the orders really come to; None where that could not be found out. `foreign`: the run is of another
    engine, or its score is set between other baselines, so that this program can neither confirm nor deny it.
    """

    faults: tuple[str, ...]
    score: Score | None = None
    foreign: bool = False

    @property
    def true(self) -> bool:
        """Whether everything is as it claims."""
        return not self.faults


def verify(result: Result) -> Verdict:
    """Verify a run by its chain, its level, and by living it again."""
    run = result.run
    faults = list(_chain(run, result.links))
    try:
        check_engine(run)
        level = level_of(run)
        if run.desks != tuple((desk, level.player(desk)) for desk, _ in run.desks):
            faults.append(_("the desks were not worked by whom the level says"))
        outcome = rebuild(run).finish()
    except OtherEngineError as error:
        return Verdict((*faults, str(error)), foreign=not faults)
    except RunError as error:
        return Verdict((*faults, str(error)))
    if outcome.digest != result.events_digest:
        faults.append(
            _(
                "its events are not those that level, seed and orders lead to: an order, the seed or the digest was altered"
            )
        )
    claimed, true = result.score, outcome.score
    if claimed.scale is None or true.scale is None or _same(asdict(claimed.scale), asdict(true.scale)):
        return Verdict((*faults, *_scores(claimed, true)), true)
    # what was claimed stands or falls by the baselines that it was set between
    faults += _scores(claimed, rescaled(true, claimed.scale, level))
    return Verdict((*faults, _other_scale(claimed.scale, true.scale, true)), true, foreign=not faults)


def _chain(run: Run, links: tuple[str, ...]) -> list[str]:
    if len(links) != len(run.given) + 1:
        return [
            _(
                "it has {orders} orders and a chain for {links}: orders were put in or taken out",
                orders=len(run.given),
                links=len(links) - 1,
            )
        ]
    true = run.links
    if true[0] != links[0]:
        return [_("its head was altered: trainee, level, seed, engine, desks, time of beginning or branch")]
    for number, given in enumerate(run.given, 1):
        if true[number] != links[number]:
            return [
                _(
                    "order {number} (`{order}` at second {second}) was altered, or one before it was taken out or put in",
                    number=number,
                    order=brief(given.text),
                    second=given.t,
                )
            ]
    return []


def _other_scale(then: Scale, now: Scale, true: Score) -> str:
    """How the baselines differ, and what the orders come to between those of this program."""
    names = ((_("do-nothing"), then.nothing, now.nothing), (_("the reference"), then.reference, now.reference))
    losses = ", ".join(
        _(
            "{player} lost {before:g} in all when it was scored and loses {after:g} here",
            player=name,
            before=_all(before),
            after=_all(after),
        )
        for name, before, after in names
        if not _same(asdict(before), asdict(after))
    )
    return _(
        "the score is on another scale: {losses}; on this program's scale its orders come to {points:g} points",
        losses=losses,
        points=true.total,
    )


def _all(losses: Losses) -> float:
    return round(sum(losses.of(component) for component in COMPONENTS), 2)


def _scores(claimed: Score, true: Score) -> list[str]:
    """Where a claimed score is not the true one, the plainest difference."""
    if not math.isclose(claimed.total, true.total, abs_tol=_NEAR):
        # of a run kept before its scale was noted the one cannot be told from the other
        told = (
            N_("the score was altered: it claims {claimed:g} points, and its orders come to {true:g}")
            if claimed.scale is not None
            else N_(
                "the score was altered, or the reference plays otherwise since: it claims {claimed:g} points, and its orders come to {true:g}"
            )
        )
        return [_(told, claimed=claimed.total, true=true.total)]
    if claimed.stars != true.stars:
        return [
            _(
                "the score was altered: it claims {claimed} stars, and its orders come to {true}",
                claimed=claimed.stars,
                true=true.stars,
            )
        ]
    mine, theirs = asdict(true), asdict(claimed)
    # A later program may measure more on the same events: what only one of them knows is no difference.
    both = true.measures.keys() & claimed.measures.keys()
    for measures in (mine["measures"], theirs["measures"]):
        for name in measures.keys() - both:
            del measures[name]
    if claimed.scale is None:  # kept before it was noted
        del mine["scale"]
    parts = [name for name in mine if not _same(mine[name], theirs[name])]
    if not parts:
        return []
    return [_("the score was altered: its {parts} are not what its orders come to", parts=", ".join(parts))]


def _same(one: object, other: object) -> bool:
    if isinstance(one, float | int) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=_NEAR, abs_tol=_NEAR)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return one == other
