"""The command line: it parses, calls and prints."""

import gc
import io
import json
import os
import secrets
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import corridor_tui
from corridor_tui import cli_bound, cli_debrief, cli_new, cli_prove, cli_runs, cli_serve
from corridor_tui.cli_common import (
    MOST_SEED,
    Database,
    LevelName,
    Levels,
    Seed,
    Trainee,
    busy,
    course,
    fail,
    level_named,
    needs_terminal,
    trainee_name,
    writing,
)
from corridor_tui.cli_language import Lang, Program
from corridor_tui.cli_line import play_by_line
from corridor_tui.language import _

if TYPE_CHECKING:
    from corridor_tui.level.model import Level
    from corridor_tui.records.values import Best

_EXAMPLES = """\
corridor # the start screen
corridor play first-train
corridor play first-train --line # as a dialogue of plain lines
corridor check my-level.toml
corridor run fifty-five-minutes --seed 7 --dispatcher reference --json"""

app = typer.Typer(
    name="corridor",
    cls=Program,
    help="A trainer for the people who keep a rail border moving.",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_EXAMPLES,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"corridor {corridor_tui.__version__} (engine {corridor_tui.ENGINE})")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="print the version and leave")
    ] = False,
    lang: Lang = None,  # noqa: ARG001 - chosen before the command line is read
) -> None:
    """A trainer for the people who keep a rail border moving. Without a command: the start screen."""
    # A run lets few cycles go and keeps most of what it makes: looking for garbage all the time is a third of its work.
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)
    if context.invoked_subcommand is None:
        _play(None, None, None, None, server=os.environ.get("CORRIDOR_DB"))


@app.command(epilog="corridor play first-train --seed 7")
def play(
    level: Annotated[
        str | None, typer.Argument(metavar="LEVEL", help="a level's name or file; without one: the start screen")
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, max=MOST_SEED, help="default: drawn anew and shown")
    ] = None,
    trainee: Trainee = None,
    levels: Levels = None,
    line: Annotated[
        bool,
        typer.Option("--line", help="as a dialogue of plain lines: for screen readers, plain terminals and scripts"),
    ] = False,
    resume: Annotated[
        str | None,
        typer.Option("--resume", metavar="RUN", help="go on with a run that broke off (see `corridor runs`)"),
    ] = None,
    instructor: Annotated[
        bool,
        typer.Option(
            "--instructor", help="an instructor stands by and may let happen what the level keeps ready: `inject`"
        ),
    ] = False,
    allowance: Annotated[
        int,
        typer.Option(
            "--allowance",
            min=0,
            max=200,
            metavar="PERCENT",
            help="so many per cent more time for a trainee who needs it: the clock runs slower, and the run says so",
        ),
    ] = 0,
    database: Database = None,
) -> None:
    """Sit down at the control desk. A shift that broke off is offered first; results go to a server where one is named."""
    if line:
        play_by_line(level, seed, trainee, levels, resume, instructor=instructor, allowance=allowance)
        if database:
            cli_runs.deliver(database)
    else:
        _play(level, seed, trainee, levels, resume, database, instructor=instructor, allowance=allowance)


def _play(
    name: str | None,
    seed: int | None,
    trainee: str | None,
    levels: Path | None,
    resume: str | None = None,
    server: str | None = None,
    *,
    instructor: bool = False,
    allowance: int = 0,
) -> None:
    if name is not None and resume is not None:
        fail(_("a run that is gone on with has its own level: leave LEVEL out"))
    key = None if resume is None else cli_runs.unfinished(resume)
    who = trainee_name(trainee)
    level = None if name is None else level_named(name, levels)
    needs_terminal()
    from corridor_tui.tui.app import sit_down

    code = sit_down(
        level,
        secrets.randbelow(1_000_000) if seed is None else seed,
        who,
        levels,
        key,
        instructor=instructor,
        allowance=allowance,
    )
    if server:
        cli_runs.deliver(server)
    raise typer.Exit(code)


@app.command(epilog="corridor levels --trainee Aigul")
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
                typer.echo(
                    _("corridor: {path} has errors; `corridor check` names them", path=plain(str(path))), err=True
                )
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
        typer.echo(f"corridor: {plain(str(error))}", err=True)
        return {}


@app.command(epilog="corridor check levels/*.toml\ncorridor check --prove paper-trail --seeds 50")
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
    if prove:
        cli_prove.prove(files, levels, seeds or 20, jobs, as_json=as_json)
        return
    from corridor_tui.instructor.load import LoadFigures, load_figures
    from corridor_tui.level.errors import LevelFileError, plain
    from corridor_tui.level.load import load
    from corridor_tui.level.shelf import NoLevelError, find
    from corridor_tui.tables import load_tables, show

    figures: dict[str, list[LoadFigures]] = {}
    bad = False
    for name in files:
        shown = plain(name)
        try:
            level = load(find(name, levels))
        except LevelFileError as error:
            typer.echo(str(error))
            bad = True
        except (NoLevelError, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else None
            typer.echo(f"{shown}:1:1: {plain(reason or str(error))}")
            bad = True
        else:
            if level.shift.settle_h is not None:
                typer.echo(
                    _(
                        "{level}: valid; a run of this length is worked by standing orders, so it has no load to tell",
                        level=shown,
                    )
                )
                continue
            with busy(_("playing {level} with the reference", level=shown)):
                figures[shown] = [load_figures(level, seed) for seed in range(1, (seeds or 1) + 1)]
    if figures:
        show(load_tables(figures))
    if bad:
        raise typer.Exit(1)


@app.command(epilog="corridor preview fifty-five-minutes --seed 7")
def preview(level: LevelName, seed: Seed = 1, levels: Levels = None) -> None:
    """For the instructor: what a seed holds in store."""
    from corridor_tui.instructor.preview import preview as look
    from corridor_tui.tables import preview_tables, show

    loaded = level_named(level, levels)
    show(preview_tables(loaded, seed, look(loaded, seed)))


@app.command(epilog="corridor run fifty-five-minutes --dispatcher reference --json")
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
    events: Annotated[Path | None, typer.Option("--events", help="write the event log here, as JSON Lines")] = None,
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

        show(outcome_tables(loaded, outcome))
    if bound:
        cli_bound.say(cli_bound.bound_on(loaded, seed, None), outcome.score)


cli_runs.register(app)
app.command(epilog="corridor new my-level.toml\ncorridor new night.toml --like single-line --title Night")(cli_new.new)
app.command(epilog="corridor debrief k3m\ncorridor debrief k3m -o report.html")(cli_debrief.debrief)
app.command(epilog="corridor bound first-train --seed 7")(cli_bound.bound)
app.command(epilog="corridor serve first-train --port 8080")(cli_serve.serve)


@app.command(epilog="corridor schema > level.schema.json")
def schema() -> None:
    """Print the JSON Schema of a level, for editors."""
    from corridor_tui.level.schema import level_schema

    typer.echo(json.dumps(level_schema(), indent=2))


def main() -> None:
    """The `corridor` command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        _refuse_hidden(sys.argv[1:])
        app()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # the last resort: a plain line and a log, never a stack trace at the user
        _log_crash(error)
        sys.exit(70)


def _refuse_hidden(arguments: list[str]) -> None:
    """Refuse what could drive the terminal if a message quoted it."""
    for argument in arguments:
        if argument.isprintable():
            continue
        from corridor_tui.level.errors import plain
        from corridor_tui.level.text import fault_in

        if fault := fault_in(argument, breaks=False):
            typer.echo(f"corridor: {plain(argument)}: {fault}", err=True)
            sys.exit(2)


def _log_crash(error: Exception) -> None:
    import traceback

    from corridor_tui.level.errors import plain
    from corridor_tui.level.shelf import data_dir

    path = data_dir() / "crash.log"
    when = time.strftime("%Y-%m-%d %H:%M:%SZ", time.gmtime())
    head = f"{when} corridor {corridor_tui.__version__} {' '.join(plain(word) for word in sys.argv[1:])}\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + "".join(traceback.format_exception(error)), encoding="utf-8")
        where = _("; the details are in {path}", path=plain(str(path)))
    except OSError:
        where = ""
    told = _("corridor: something went wrong inside the program ({error})", error=type(error).__name__)
    typer.echo(told + where, err=True)


if __name__ == "__main__":
    main()
