"""`corridor bound`: what nobody could surpass on a seed; and the same for `run --bound` and `debrief --bound`."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from corridor_tui.cli_common import LevelName, Levels, Seed, fail, level_named
from corridor_tui.language import _

if TYPE_CHECKING:
    from corridor_tui.hindsight.found import Bound
    from corridor_tui.hindsight.scope import NoBoundError
    from corridor_tui.level.model import Level
    from corridor_tui.scoring.score import Score
    from corridor_tui.session.result import Result

Limit = Annotated[
    float | None,
    typer.Option(
        "--limit",
        min=0.1,
        max=100_000,
        help="how much work the solver may do, in its own measure, a unit about some seconds; the same limit, the same answer",
    ),
]


def bound(
    level: LevelName,
    seed: Seed = 1,
    limit: Limit = None,
    as_json: Annotated[bool, typer.Option("--json", help="print one JSON object")] = False,
    levels: Levels = None,
) -> None:
    """Say what score nobody could surpass on a seed. A bound proven by a solver that knows all that chance has in store.

    For levels with one station, one terminal and a handful of trains; for any other it says why there is none.
    """
    loaded = level_named(level, levels)
    from corridor_tui.hindsight.scope import NoBoundError

    try:
        found = bound_on(loaded, seed, limit)
    except NoBoundError as error:
        fail(no_bound(error), 1)
    if as_json:
        typer.echo(json.dumps({"level": loaded.id, "seed": seed, "bound": found.total, "least": found.least}))
    else:
        say(found)


def say(found: "Bound", score: "Score | None" = None, *, aside: bool = False) -> None:
    """Print a bound, beside a run's score if there is one; `aside`: on standard error."""
    from corridor_tui.hindsight.found import bound_lines

    for line in bound_lines(found, score):
        typer.echo(line, err=aside)


def bound_on(level: "Level", seed: int, limit: float | None) -> "Bound":
    """The bound on a seed; raises `NoBoundError`."""
    from corridor_tui.hindsight.asking import WORK, bound_on

    return _found(lambda heard: bound_on(level, seed, limit or WORK, heard))


def bound_of(result: "Result", limit: float | None) -> "Bound":
    """The bound on what a run was played on; raises `NoBoundError`."""
    from corridor_tui.hindsight.asking import WORK, bound_of

    return _found(lambda heard: bound_of(result.run, result.score, limit or WORK, heard))


def _found(ask: "Callable[[Callable[[float], None]], Bound]") -> "Bound":
    """Ask, and show on a terminal how far it has come."""
    from rich.console import Console

    with Console(stderr=True).status(_("looking for what nobody could surpass")) as status:

        def heard(most: float) -> None:
            status.update(_("nobody can reach more than {most}, and it is looked for less", most=f"{most:.1f}"))

        return ask(heard)


def no_bound(error: "NoBoundError") -> str:
    """Why there is no bound, in plain words."""
    return _("there is no bound for this level: {why}", why=str(error))
