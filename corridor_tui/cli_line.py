"""`corridor play LEVEL --line`: the shift as a dialogue on the standard streams, kept as any other."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import typer

from corridor_tui.cli_common import busy, drawn_seed, fail, level_named, trainee_name, warn
from corridor_tui.language import _


def play_by_line(
    name: str | None,
    seed: int | None,
    trainee: str | None,
    levels: Path | None,
    resume: str | None,
    *,
    instructor: bool,
    allowance: int,
) -> None:
    """Play a level, or go on with a run that broke off, and keep the result."""
    from corridor_tui import cli_runs
    from corridor_tui.level.errors import plain
    from corridor_tui.level.shelf import data_dir
    from corridor_tui.records.keeper import Keeper
    from corridor_tui.session.dialogue import Dialogue
    from corridor_tui.session.journal import JournalError
    from corridor_tui.session.run import RunError

    if name is None and resume is None:
        fail(_("--line needs the name of a level, or a run to go on with; `corridor levels` shows them"))
    who = trainee_name(trainee)
    keeper = Keeper(data_dir(), who, instructor=instructor, allowance=allowance)
    if resume is None:
        level = level_named(name or "", levels)
        shift = keeper.begin(level, drawn_seed() if seed is None else seed)
    else:
        try:
            key = cli_runs.unfinished(resume)
            with busy(_("the run is lived again up to where it broke off ...")):
                shift, _run = keeper.resume(key)
        except (JournalError, RunError) as error:
            fail(plain(str(error)), 1)
    at_hand = sys.stdin.isatty()
    dialogue = Dialogue(shift, lambda text: typer.echo(plain(text)), keeper.skill(shift.level))
    outcome = dialogue.play(_lines(prompt=at_hand), end_scores=not at_hand)
    if outcome is None:
        keeper.left(shift.now_s, later=not dialogue.gave_up)
        if not dialogue.gave_up:
            command = f"corridor play --line --resume {keeper.run_of(shift).key}"
            typer.echo(_("go on with: {command}", command=command))
    elif keeper.finish(shift, outcome) is None:
        typer.echo(_("the result of {trainee} is kept", trainee=who))
    if keeper.trouble is not None:
        warn(plain(keeper.trouble))


def _lines(*, prompt: bool) -> Iterator[str]:
    """What is typed or piped in, line by line."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="backslashreplace")
    while True:
        if prompt:
            typer.echo("> ", nl=False)
        line = sys.stdin.readline()
        if not line:
            return
        yield line
