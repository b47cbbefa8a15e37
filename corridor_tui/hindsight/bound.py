"""The hindsight bound of a run: no order of anybody's could have brought more on this seed, and where the difference lies.

What is proven is that no score is higher, not that the bound can be reached: the solver's corridor leaves hindrances out (a
crane in another's way, a stop, the weather) and adds none.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from corridor_tui.hindsight.calendar import UNITS
from corridor_tui.hindsight.model import Hindsight
from corridor_tui.hindsight.scope import NoBoundError
from corridor_tui.scenario.draw import Scenario
from corridor_tui.scoring.score import COMPONENTS, Component, Losses, Scale

WORK = 60.0
"""How much work the solver is allowed by default, in its own measure: about so many seconds on an ordinary machine."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What nobody could have surpassed. `total` is on the scale of the score.

    `least`: whether the solver searched to the end; if not, more work might prove less. `losses`: those of its best plan,
    and `worth` the points of a loss unit of each component that counts; None where it found no plan in time.
    """

    total: float
    least: bool
    losses: Losses | None
    worth: dict[Component, float]

    def gap(self, lost: Losses) -> dict[Component, float]:
        """By how many points the best plan is better in each component than a run that lost so much; empty: not known."""
        if self.losses is None:
            return {}
        return {part: each * (lost.of(part) - self.losses.of(part)) for part, each in self.worth.items()}


def bound(
    scenario: Scenario, scale: Scale, work: float = WORK, progress: Callable[[float], None] | None = None
) -> Bound:
    """The bound on a scenario, on the scale of its baselines. Raises `NoBoundError` where there is none.

    The same in every process: the solver works alone, by its own clock. `progress` hears of every bound on the way.
    """
    found = _solved(Hindsight(scenario, scale, scale.reference), work, progress)
    # the reference is one of those that the model allows for, unless it broke a rule of safety
    return found or _solved(Hindsight(scenario, scale), work, progress) or _no_way()


def _no_way() -> Bound:
    raise NoBoundError("the solver finds no way through it at all")


def _solved(hindsight: Hindsight, work: float, progress: Callable[[float], None] | None) -> Bound | None:
    """What the solver finds out; None: no run at all is allowed for."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.linearization_level = 2
    solver.parameters.max_deterministic_time = work
    if progress is not None:
        heard = progress
        solver.best_bound_callback = lambda least: heard(hindsight.total(least / UNITS))
    status = solver.solve(hindsight.model)
    if status == cp_model.INFEASIBLE:
        return None
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    proven = solver.best_objective_bound
    least = max(0.0, math.floor(proven) / UNITS) if math.isfinite(proven) else 0.0
    losses = Losses(**{part: hindsight.lost(part, solver) for part in COMPONENTS}) if found else None
    return Bound(hindsight.total(least), status == cp_model.OPTIMAL, losses, hindsight.worth)
