"""Runs that a trainee has played, made for tests."""

from dataclasses import replace
from functools import cache

from conftest import shipped

from corridor_tui.level.model import Level
from corridor_tui.scenario.draw import resolve
from corridor_tui.session.result import Result, result_of
from corridor_tui.session.run import Run, finished, new_key, new_run
from corridor_tui.session.shift import Shift, unattended

STARTED_MS = 1_700_000_000_000


def given_by_hand(level: Level, seed: int, dispatcher: str = "reference", share: float = 1.0) -> Shift:
    """A shift in which a trainee gives the first orders that a dispatcher at those desks would, then leaves it at that."""
    shift = Shift(level, seed)
    theirs = [order for order in unattended(resolve(level, seed), dispatcher).orders if order[1] in shift.desks]
    for t, _, text in theirs[: round(share * len(theirs))]:
        shift.advance(t)
        if shift.over:
            break
        shift.order(text)
    return shift


@cache
def played(name: str, seed: int = 1, dispatcher: str = "novice", share: float = 1.0, trainee: str = "Aigul") -> Result:
    """A finished run of a shipped level, with a key of its own."""
    level = shipped(name)
    shift = given_by_hand(level, seed, dispatcher, share)
    outcome = shift.finish()
    run: Run = finished(new_run(level, seed, trainee, STARTED_MS), shift)
    return result_of(run, outcome, STARTED_MS + 600_000)


def again(result: Result, trainee: str = "Aigul") -> Result:
    """The same play, as another run."""
    return replace(result, run=replace(result.run, key=new_key(), trainee=trainee))
