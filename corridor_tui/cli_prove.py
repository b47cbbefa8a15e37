"""`corridor check --prove`: whether play decides a level's score."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from corridor_tui.cli_common import fail, level_named
from corridor_tui.language import _

if TYPE_CHECKING:
    from corridor_tui.instructor.proof import Proof
    from corridor_tui.level.model import Level


def prove(names: list[str], levels: Path | None, seeds: int, jobs: int | None, *, as_json: bool) -> None:
    """Prove levels one after another; exits with 1 where one of them does not separate skill."""
    from corridor_tui.instructor.proof import NotProvableError, check_provable
    from corridor_tui.tables import show
    from corridor_tui.tables_proof import proof_tables

    loaded = [level_named(name, levels) for name in names]
    try:
        for level in loaded:
            check_provable(level)
    except NotProvableError as error:
        fail(_("{level} cannot be proved: {why}", level=level.id, why=error))
    sound = True
    for level in loaded:
        proof = _proof(level, seeds, jobs or os.cpu_count() or 1)
        sound = sound and not proof.faults
        if as_json:
            typer.echo(json.dumps(_plain(proof), allow_nan=False))
        else:
            show(proof_tables(proof))
    if not sound:
        raise typer.Exit(1)


def _proof(level: "Level", seeds: int, jobs: int) -> "Proof":
    """Play the seeds, with a bar on a terminal."""
    from rich.console import Console
    from rich.progress import track

    from corridor_tui.instructor.proof import proof_of, prove

    console = Console(stderr=True)
    played = prove(level, range(1, seeds + 1), jobs=min(jobs, seeds))
    shown = track(
        played, _("seeds of {level}", level=level.id), seeds, console=console, disable=not console.is_terminal
    )
    return proof_of(level, list(shown))


def _plain(proof: "Proof") -> dict[str, object]:
    """A proof as one JSON object."""
    return {
        "level": proof.level,
        "seeds": [seed.seed for seed in proof.seeds],
        "totals": {name: list(proof.totals(name)) for name in proof.players},
        "pairs": [
            {"low": pair.low, "high": pair.high, "below": pair.below, "of": pair.of, "holds": pair.holds}
            for pair in proof.pairs
        ],
        "objectives": {goal: proof.reached(goal) for goal in proof.objectives},
        "faults": list(proof.faults),
    }
