"""Whether a level decides its scores by play: every automatic player over many seeds, and what must hold between them."""

import statistics
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

from corridor_tui.dispatcher.players import CUSTOMS_ONLY, DEGENERATE
from corridor_tui.language import _
from corridor_tui.level.load import from_text
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.scoring.judge import judge
from corridor_tui.session.shift import TRAINEE, baseline

FLOOR, MIDDLE, TOP = "do-nothing", "novice", "reference"
LEAST_SHARE = 0.9
"""On what share of the seeds one player has to end below another, that a level may be said to tell them apart."""

LEAST_REACHED = 0.5
"""On what share of the seeds the reference has to meet an objective, that it may be asked; assumed."""


class NotProvableError(ValueError):
    """A level that cannot be proved by playing it many times; the message is one plain line."""


@dataclass(frozen=True, slots=True)
class Seed:
    """What one seed came to: the total of each player, and the objectives that the reference met."""

    seed: int
    totals: Mapping[str, float]
    met: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two players of whom the first has to end below the second: on how many of the seeds it did, and their medians."""

    low: str
    high: str
    below: int
    of: int
    low_median: float
    high_median: float

    @property
    def holds(self) -> bool:
        """Whether it is below on the median and on nearly all seeds."""
        return self.low_median < self.high_median and self.below >= LEAST_SHARE * self.of

    @property
    def fault(self) -> str:
        """What does not hold, in plain words."""
        return _(
            "{low} ends below {high} on {n} of {of} seeds, medians {low_median:.1f} and {high_median:.1f}",
            low=self.low,
            high=self.high,
            n=self.below,
            of=self.of,
            low_median=self.low_median,
            high_median=self.high_median,
        )


@dataclass(frozen=True, slots=True)
class Proof:
    """What many seeds of a level came to. `objectives` are all that the level asks, in its order."""

    level: str
    seeds: tuple[Seed, ...]
    objectives: tuple[str, ...]

    @property
    def players(self) -> tuple[str, ...]:
        """Who was played, in the order of the list of players."""
        return tuple(self.seeds[0].totals)

    def totals(self, player: str) -> tuple[float, ...]:
        """A player's totals, one for each seed."""
        return tuple(seed.totals[player] for seed in self.seeds)

    def pair(self, low: str, high: str) -> Pair:
        """How two players stand to each other."""
        lows, highs = self.totals(low), self.totals(high)
        below = sum(one < two for one, two in zip(lows, highs, strict=True))
        return Pair(low, high, below, len(lows), statistics.median(lows), statistics.median(highs))

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Every pair that has to be in its order: each thoughtless player below the novice, and him below the reference."""
        lows = [name for name in self.players if name not in (MIDDLE, TOP)]
        return (*(self.pair(low, MIDDLE) for low in lows), self.pair(MIDDLE, TOP))

    @property
    def in_order(self) -> int | None:
        """On how many seeds do-nothing, the novice and the reference end in that order; None where one was not played."""
        if not {FLOOR, MIDDLE, TOP} <= set(self.players):
            return None
        return sum(seed.totals[FLOOR] < seed.totals[MIDDLE] < seed.totals[TOP] for seed in self.seeds)

    def reached(self, objective: str) -> int:
        """On how many seeds the reference met an objective."""
        return sum(objective in seed.met for seed in self.seeds)

    @property
    def faults(self) -> tuple[str, ...]:
        """Why the level does not tell skill from the lack of it, or asks what cannot be reached; none where it is sound."""
        found = [pair.fault for pair in self.pairs if not pair.holds]
        of, in_order = len(self.seeds), self.in_order
        if in_order is not None and in_order < LEAST_SHARE * of:
            found.append(
                _(
                    "{low}, {middle} and {high} end in that order on {n} of {of} seeds",
                    low=FLOOR,
                    middle=MIDDLE,
                    high=TOP,
                    n=in_order,
                    of=of,
                )
            )
        found += [
            _(
                "objective `{goal}` is out of reach: the reference meets it on {n} of {of} seeds",
                goal=goal,
                n=self.reached(goal),
                of=of,
            )
            for goal in self.objectives
            if self.reached(goal) < LEAST_REACHED * of
        ]
        return tuple(found)


def players_for(level: Level) -> tuple[str, ...]:
    """Who has to be played: one who is thoughtless at customs alone only where that desk is the trainee's."""
    at_customs = level.player("customs") == TRAINEE
    thoughtless = (name for name in DEGENERATE if at_customs or name not in CUSTOMS_ONLY)
    return (FLOOR, *thoughtless, MIDDLE, TOP)


def play_seed(level: Level, seed: int, players: Iterable[str]) -> Seed:
    """Play a seed with each of some players; do-nothing and the reference, between whom the totals are scaled, always."""
    scenario = resolve(level, seed)
    raws = {name: baseline(scenario, name) for name in (FLOOR, TOP)}
    scores = {}
    for name in players:
        raw = raws[name] if name in raws else baseline(scenario, name)
        scores[name] = judge(raw, raws[FLOOR], raws[TOP], level)
    best = scores.get(TOP) or judge(raws[TOP], raws[FLOOR], raws[TOP], level)
    met = tuple(result.id for result in best.objectives if result.met)
    return Seed(seed, {name: score.total for name, score in scores.items()}, met)


def check_provable(level: Level) -> None:
    """Raise `NotProvableError` for a level that standing orders work over months: it is too long to be played so often."""
    if level.shift.settle_h is not None:
        raise NotProvableError(
            _("a run over months is worked by standing orders: there is no skill at the desk to prove")
        )
    if TRAINEE not in (level.player("dispatch"), level.player("terminal"), level.player("customs")):
        raise NotProvableError(_("no desk of it is the trainee's: there is no skill to prove"))


def prove(level: Level, seeds: Iterable[int], players: Iterable[str] | None = None, jobs: int = 1) -> Iterator[Seed]:
    """Play every seed with every player, in so many processes; each seed as it is done, in no certain order.

    Raises `NotProvableError`.
    """
    check_provable(level)
    names = tuple(players_for(level) if players is None else players)
    if jobs <= 1:
        yield from (play_seed(level, seed, names) for seed in seeds)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        work = partial(_in_process, level.text, names)
        for done in as_completed([pool.submit(work, seed) for seed in seeds]):
            yield done.result()


def _in_process(text: str, players: tuple[str, ...], seed: int) -> Seed:
    return play_seed(from_text(text), seed, players)


def proof_of(level: Level, seeds: Iterable[Seed]) -> Proof:
    """What the seeds of a level come to together."""
    objectives = tuple(goal.id for goal in level.objectives)
    return Proof(level.id, tuple(sorted(seeds, key=lambda one: one.seed)), objectives)
