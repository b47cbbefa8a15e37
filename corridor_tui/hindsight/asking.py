"""Asking for a bound: of a level and a seed, or of a run. The solver is loaded only here, and not everybody has it."""

from collections.abc import Callable
from importlib.util import find_spec

from corridor_tui.hindsight.found import Bound
from corridor_tui.hindsight.scope import NoBoundError, check_scope
from corridor_tui.language import _
from corridor_tui.level.errors import brief
from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import Scenario, resolve
from corridor_tui.scoring.score import Scale, Score
from corridor_tui.session.run import Run, level_of
from corridor_tui.session.shift import BASELINES, Injected, baseline, injected_in

WORK = 20.0
"""How much work the solver is allowed by default, in its own measure: about a minute on an ordinary machine."""
Heard = Callable[[float], None]


def check_asked(level: Level) -> None:
    """Raise `NoBoundError` where there is no solver, or no bound for such a level."""
    if find_spec("ortools") is None:
        raise NoBoundError(_("the solver is not installed: pip install 'corridor_tui[bound]' brings it"))
    check_scope(level)


def bound_on(level: Level, seed: int, work: float = WORK, progress: Heard | None = None) -> Bound:
    """The bound on a seed; raises `NoBoundError` where there is none."""
    check_asked(level)
    scenario = resolve(level, seed)
    return _solved(scenario, _scale(scenario, ()), work, progress)


def bound_of(run: Run, score: Score, work: float = WORK, progress: Heard | None = None) -> Bound:
    """The bound on what a run was played on; raises `NoBoundError` where there is none, and `RunError`."""
    level = level_of(run)
    check_asked(level)
    scenario = resolve(level, run.seed)
    return _solved(scenario, score.scale or _scale(scenario, injected_in(run.given)), work, progress)


def _scale(scenario: Scenario, injected: Injected) -> Scale:
    nothing, reference = (baseline(scenario, name, None, injected).losses for name in BASELINES)
    return Scale(nothing, reference)


def _solved(scenario: Scenario, scale: Scale, work: float, progress: Heard | None) -> Bound:
    try:
        from corridor_tui.hindsight.bound import bound
    except ImportError as error:
        raise NoBoundError(
            _("the solver cannot be loaded ({why}): install corridor_tui[bound] again", why=brief(str(error)))
        ) from None
    return bound(scenario, scale, work, progress)
