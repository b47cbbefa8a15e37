"""The commands about levels: which there are, whether they are right, what they hold, and a run of one by an automatic player."""

import json
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corridor_tui import cli_bound, cli_prove
from corridor_tui.cli_common import (
    LevelName,
    Levels,
    Seed,
    Trainee,
    alone,
    busy,
    course,
    fail,
    level_named,
    together,
    trainee_name,
    warn,
    writing,
)
from corridor_tui.language import _

if TYPE_CHECKING:
    from corridor_tui.instructor.load import LoadFigures
    from corridor_tui.level.model import Level
    from corridor_tui.records.values import Best
    from corridor_tui.session.outcome import Outcome


def levels(folder: Levels = None, trainee: Trainee = None) -> None:
    """Show the levels and your best results."""
    from rich.text import Text

    from corridor_tui.level.errors import LevelFileError, plain
    from corridor_tui.level.load import load
    from corridor_tui.level.shelf import data_dir, shelf
    from corridor_tui.tables import levels_table, show

    who = trainee_name(trainee)
    found: dict[str, Level] = {}
    with busy(_("reading the levels")):
        for name, path in shelf(folder).items():
            try:
                found[name] = load(path)
            except (LevelFileError, OSError):
                warn(_("{path} has errors; `corridor check` names them", path=plain(str(path))))
    show(
        levels_table(found, _bests(who), who),
        Text(_("Your results, and levels of your own under levels/: {path}", path=plain(str(data_dir())))),
    )


def _bests(trainee: str) -> "dict[str, Best]":
    from corridor_tui.level.errors import plain
    from corridor_tui.level.shelf import data_dir
    from corridor_tui.records.store import Records, RecordsError, default_path

    try:
        return Records(default_path(data_dir())).bests(trainee)
    except RecordsError as error:
        warn(plain(str(error)))
        return {}


def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="level files, or names of shipped levels")],
    prove: Annotated[
        bool,
        typer.Option("--prove", help="play them with every automatic player, and say whether play decides the score"),
    ] = False,
    seeds: Annotated[
        int | None,
        typer.Option("--seeds", min=1, max=1_000, help="on how many seeds, from 1 on; default: 1, with --prove 20"),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, max=64, help="with --prove: in so many processes; default: the cores")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="with --prove: print one JSON object for each level")] = False,
    levels: Levels = None,
) -> None:
    """Check level files, and tell what they ask.

    Every error is named with its line and column, and the exit code is 1. For valid levels: decisions a real minute, the
    longest stretch without one, and the fullest two minutes, from a run by the reference; with --seeds on several seeds.

    With --prove: the scores of do-nothing, of every thoughtless player, of the novice and of the reference over many seeds.
    The exit code is 1 where a thoughtless one does not end below the novice or he not below the reference, on the median
    and on nine seeds of ten, or where the reference meets an objective on fewer than half of them.
    """
    together("--json", as_json, "--prove", prove)
    together("--jobs", jobs is not None, "--prove", prove)
    if prove:
        cli_prove.prove(files, levels, seeds or 20, jobs, as_json=as_json)
        return
    from corridor_tui.level.errors import plain
    from corridor_tui.tables import load_tables, show

    found = {name: _checked(name, levels, seeds or 1) for name in files}
    if figures := {plain(name): each for name, each in found.items() if each}:
        show(load_tables(figures))
    if None in found.values():
        raise typer.Exit(1)


def _checked(name: str, levels: Path | None, seeds: int) -> "list[LoadFigures] | None":
    """How much a level asks on so many seeds, nothing where it is too long to tell; None where its file has errors, which are told."""
    from corridor_tui.instructor.load import load_figures
    from corridor_tui.level.errors import LevelFileError, plain
    from corridor_tui.level.load import load
    from corridor_tui.level.shelf import NoLevelError, find

    shown = plain(name)
    try:
        level = load(find(name, levels))
    except LevelFileError as error:
        typer.echo(str(error))
        return None
    except (NoLevelError, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        typer.echo(f"{shown}:1:1: {plain(reason or str(error))}")
        return None
    if level.shift.settle_h is not None:
        typer.echo(
            _(
                "{level}: valid; a run of this length is worked by standing orders, so it has no load to tell",
                level=shown,
            )
        )
        return []
    with busy(_("playing {level} with the reference", level=shown)):
        return [load_figures(level, seed) for seed in range(1, seeds + 1)]


def preview(level: LevelName, seed: Seed = 1, levels: Levels = None) -> None:
    """For the instructor: what a seed holds in store."""
    from corridor_tui.instructor.preview import preview as look
    from corridor_tui.tables import preview_tables, show
    from corridor_tui.tables_upsets import upset_tables

    loaded = level_named(level, levels)
    seen = look(loaded, seed)
    show(preview_tables(loaded, seed, seen), upset_tables(loaded, seen))


def run(
    level: LevelName,
    seed: Seed = 1,
    dispatcher: Annotated[
        str,
        typer.Option(
            "--dispatcher",
            help="reference, novice, do-nothing, or one that a level must not reward: quit-early, release-all, refuse-all, inspect-all, file-all, request-all, blue-all, random",
        ),
    ] = "reference",
    as_json: Annotated[bool, typer.Option("--json", help="print one JSON object")] = False,
    events: Annotated[
        Path | None,
        typer.Option(
            "--events",
            metavar="FILE",
            help="write the event log here, as JSON Lines; `-`: to standard output, and the tables to standard error",
        ),
    ] = None,
    baselines: Annotated[
        bool,
        typer.Option(
            "--baselines/--no-baselines", help="play do-nothing and reference too, between which the total is scaled"
        ),
    ] = True,
    bound: Annotated[
        bool, typer.Option("--bound", help="say too what nobody could have surpassed on this seed")
    ] = False,
    levels: Levels = None,
) -> None:
    """Play a level unattended and print what came of it."""
    from corridor_tui.dispatcher.players import PLAYERS
    from corridor_tui.session.report import report, to_file
    from corridor_tui.session.shift import play as play_level

    if dispatcher not in PLAYERS:
        fail(_("there is no dispatcher {name}; there are {known}", name=dispatcher, known=", ".join(PLAYERS)))
    aside = alone(events, as_json)
    loaded = level_named(level, levels)
    with ExitStack() as stack:
        listener = None if events is None else to_file(stack.enter_context(writing(events)))
        progress = stack.enter_context(course(loaded, f"{dispatcher} plays {loaded.id}, seed {seed}"))
        outcome = play_level(loaded, seed, dispatcher, baselines=baselines, progress=progress, listener=listener)
    if as_json:
        typer.echo(json.dumps(report(loaded, outcome), allow_nan=False))
    else:
        from corridor_tui.tables import show
        from corridor_tui.tables_score import outcome_tables

        show(outcome_tables(loaded, outcome), aside=aside)
    if bound:
        _say_bound(loaded, outcome, aside=aside)


def _say_bound(level: "Level", outcome: "Outcome", *, aside: bool) -> None:
    """Say what nobody could have surpassed, or why that is not known: what was played is told all the same."""
    from corridor_tui.hindsight.scope import NoBoundError

    try:
        cli_bound.say(cli_bound.bound_on(level, outcome.seed, None), outcome.score, aside=aside)
    except NoBoundError as error:
        warn(cli_bound.no_bound(error))


def schema() -> None:
    """Print the JSON Schema of a level, for editors."""
    from corridor_tui.level.schema import level_schema

    typer.echo(json.dumps(level_schema(), indent=2))
