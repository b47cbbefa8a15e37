"""Whether a run is what it claims: its chain holds, and living it again leads to the same events and the same score."""

import math
from dataclasses import asdict, dataclass

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
            faults.append("the desks were not worked by whom the level says")
        outcome = rebuild(run).finish()
    except OtherEngineError as error:
        return Verdict((*faults, str(error)), foreign=not faults)
    except RunError as error:
        return Verdict((*faults, str(error)))
    if outcome.digest != result.events_digest:
        faults.append(
            "its events are not those that level, seed and orders lead to: an order, the seed or the digest was altered"
        )
    claimed, true = result.score, outcome.score
    if claimed.scale is None or true.scale is None or _same(asdict(claimed.scale), asdict(true.scale)):
        return Verdict((*faults, *_scores(claimed, true)), true)
    # what was claimed stands or falls by the baselines that it was set between
    faults += _scores(claimed, rescaled(true, claimed.scale, level))
    return Verdict((*faults, _other_scale(claimed.scale, true.scale, true)), true, foreign=not faults)


def _chain(run: Run, links: tuple[str, ...]) -> list[str]:
    if len(links) != len(run.given) + 1:
        return [f"it has {len(run.given)} orders and a chain for {len(links) - 1}: orders were put in or taken out"]
    true = run.links
    if true[0] != links[0]:
        return ["its head was altered: trainee, level, seed, engine, desks, time of beginning or branch"]
    for number, given in enumerate(run.given, 1):
        if true[number] != links[number]:
            return [
                f"order {number} (`{brief(given.text)}` at second {given.t}) was altered, or one before it was taken out or put in"
            ]
    return []


def _other_scale(then: Scale, now: Scale, true: Score) -> str:
    """How the baselines differ, and what the orders come to between those of this program."""
    names = (("do-nothing", then.nothing, now.nothing), ("the reference", then.reference, now.reference))
    losses = ", ".join(
        f"{name} lost {_all(before):g} in all when it was scored and loses {_all(after):g} here"
        for name, before, after in names
        if not _same(asdict(before), asdict(after))
    )
    return f"the score is on another scale: {losses}; on this program's scale its orders come to {true.total:g} points"


def _all(losses: Losses) -> float:
    return round(sum(losses.of(component) for component in COMPONENTS), 2)


def _scores(claimed: Score, true: Score) -> list[str]:
    """Where a claimed score is not the true one, the plainest difference."""
    if not math.isclose(claimed.total, true.total, abs_tol=_NEAR):
        # of a run kept before its scale was noted the one cannot be told from the other
        how = "altered" if claimed.scale is not None else "altered, or the reference plays otherwise since"
        return [f"the score was {how}: it claims {claimed.total:g} points, and its orders come to {true.total:g}"]
    if claimed.stars != true.stars:
        return [f"the score was altered: it claims {claimed.stars} stars, and its orders come to {true.stars}"]
    mine, theirs = asdict(true), asdict(claimed)
    # A later program may measure more on the same events: what only one of them knows is no difference.
    both = true.measures.keys() & claimed.measures.keys()
    for measures in (mine["measures"], theirs["measures"]):
        for name in measures.keys() - both:
            del measures[name]
    if claimed.scale is None:  # kept before it was noted
        del mine["scale"]
    parts = [name for name in mine if not _same(mine[name], theirs[name])]
    return [f"the score was altered: its {', '.join(parts)} are not what its orders come to"] if parts else []


def _same(one: object, other: object) -> bool:
    if isinstance(one, float | int) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=_NEAR, abs_tol=_NEAR)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return one == other
