"""The load of a level: how much it asks of a trainee, from a run by the reference at the level's default speed."""

from dataclasses import dataclass
from itertools import pairwise

from corridor_tui.corridor.orders import VERBS, Order, parse
from corridor_tui.language import _
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.session.clocks import day_clock
from corridor_tui.session.shift import unattended

WINDOW_S = 120.0
"""The stretch, in real seconds, in which no more may be asked for than can be done."""
GOOD_RATE = (3.0, 6.0)
"""Decisions a real minute, the fewest and the most of a good level; assumed."""
GOOD_DEAD_S = 20.0
"""For how many real seconds on end a good level asks for nothing, at the most; assumed."""


@dataclass(frozen=True, slots=True)
class LoadFigures:
    """Decisions a real minute, the longest dead stretch in real seconds, and the fullest two minutes as a share of them.

    A decision is what is ordered for one train at one moment; a stretch is dead between two decisions, and before the first and after the last.
    """

    decisions_per_min: float
    longest_dead_s: float
    dead_from: str
    """When that stretch begins, on the level's clock."""
    busiest_share: float

    @property
    def faults(self) -> tuple[str, ...]:
        """What is outside the bounds of a good level, in plain words."""
        low, high = GOOD_RATE
        found = []
        if not low <= self.decisions_per_min <= high:
            found.append(
                _(
                    "{rate:.1f} decisions a minute, good is {low:g} to {high:g}",
                    rate=self.decisions_per_min,
                    low=low,
                    high=high,
                )
            )
        if self.longest_dead_s > GOOD_DEAD_S:
            found.append(
                _(
                    "a dead stretch of {count:.3g} s from {at}, good is at most {most:g}",
                    count=self.longest_dead_s,
                    at=self.dead_from,
                    most=GOOD_DEAD_S,
                )
            )
        if self.busiest_share > 1:
            found.append(_("two minutes that ask for {share:.0%} of what can be done", share=self.busiest_share))
        return tuple(found)


def load_figures(level: Level, seed: int = 1) -> LoadFigures:
    """Work the load out from one run of the reference."""
    shift = unattended(resolve(level, seed), "reference")
    speed = level.shift.default_speed
    decisions: dict[tuple[int, str], float] = {}
    for at_s, desk, text in shift.orders:
        if desk in shift.desks:
            order = parse(text)
            key = (at_s, _subject(order))
            decisions[key] = max(decisions.get(key, 0.0), VERBS[order.verb].effort_s)
    if not decisions:
        return LoadFigures(0.0, shift.now_s / speed, day_clock(level.start_s, 0), 0.0)
    times = sorted(at_s for at_s, _ in decisions)
    edges = [0, *times, shift.now_s]
    gap, at_s = max((later - earlier, earlier) for earlier, later in pairwise(edges))
    window = WINDOW_S * speed
    busiest = max(
        sum(effort for (second, _), effort in decisions.items() if start <= second < start + window) for start in times
    )
    real_min = max(shift.now_s, 1) / speed / 60
    return LoadFigures(len(decisions) / real_min, gap / speed, day_clock(level.start_s, at_s), busiest / WINDOW_S)


def _subject(order: Order) -> str:
    """What an order is about: the train, or the consignment; cranes go by their train, boxes together."""
    if order.verb in ("ground", "load", "fetch"):
        return order.verb
    return order.args[1] if order.verb == "crane" else order.args[0]
