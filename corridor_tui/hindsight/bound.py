"""The hindsight bound of a run: no order of anybody's could have brought more on this seed, and where the difference lies.

What is proven is that no score is higher, not that the bound can be reached: the solver's corridor leaves hindrances out (a
crane in another's way, a stop, the weather) and adds none.
"""

import math
from collections.abc import Callable

from ortools.sat.python import cp_model

from corridor_tui.hindsight.calendar import UNITS
from corridor_tui.hindsight.found import Bound
from corridor_tui.hindsight.model import Hindsight
from corridor_tui.hindsight.scope import NoBoundError, left_out
from corridor_tui.language import _
from corridor_tui.scenario.draw import Scenario
from corridor_tui.scoring.score import COMPONENTS, Losses, Scale


def bound(scenario: Scenario, scale: Scale, work: float, progress: Callable[[float], None] | None = None) -> Bound:
    """The bound on a scenario, on the scale of its baselines. Raises `NoBoundError` where there is none.

    The same in every process: the solver works alone, by its own clock. `progress` hears of every bound on the way.
    """
    found = _solved(Hindsight(scenario, scale, scale.reference), work, progress)
    # the reference is one of those that the model allows for, unless it broke a rule of safety
    return found or _solved(Hindsight(scenario, scale), work, progress) or _no_way()


def _no_way() -> Bound:
    raise NoBoundError(_("the solver finds no way through it at all"))


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
    return Bound(hindsight.total(least), status == cp_model.OPTIMAL, losses, hindsight.worth, left_out(hindsight.level))
