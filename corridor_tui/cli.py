"""The command line: it parses, calls and prints."""

import getpass
import json
import os
import secrets
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

import corridor_tui

if TYPE_CHECKING:
    from corridor_tui.level.model import Level
    from corridor_tui.session.outcome import Outcome

app = typer.Typer(
    name="corridor",
    help="A trainer for the people who keep a rail border moving.",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Examples:  corridor play first-train  |  corridor check my-level.toml  |  corridor run fifty-five-minutes --dispatcher reference --json",
)

LevelName = Annotated[str, typer.Argument(metavar="LEVEL", help="a shipped level's name, or the path of a level file")]
Levels = Annotated[
    Path | None, typer.Option("--levels", help="a folder of level files to look in first", file_okay=False)
]
MOST_SEED = 2**53 - 1
Seed = Annotated[
    int, typer.Option("--seed", min=0, max=MOST_SEED, help="what chance has in store; the same seed, the same shift")
]


def _fail(message: str, code: int = 2) -> NoReturn:
    typer.echo(f"corridor: {message}", err=True)
    raise typer.Exit(code)


def _level(name: str, levels: Path | None) -> "Level":
    from corridor_tui.level.errors import LevelFileError
    from corridor_tui.level.load import load
    from corridor_tui.level.shelf import NoLevelError, find

    try:
        return load(find(name, levels))
    except NoLevelError as error:
        _fail(str(error))
    except LevelFileError as error:
        typer.echo(str(error), err=True)
        _fail("the level has errors; mend them and try again", 1)
    except OSError as error:
        _fail(f"{name} cannot be read: {error.strerror}")


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
) -> None:
    """A trainer for the people who keep a rail border moving. Without a command: the start screen."""
    if context.invoked_subcommand is None:
        _play(None, None, None, None)


@app.command(epilog="Example:  corridor play first-train --seed 7")
def play(
    level: Annotated[
        str | None, typer.Argument(metavar="[LEVEL]", help="a level; without one: the start screen")
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, max=MOST_SEED, help="default: drawn anew and shown")
    ] = None,
    trainee: Annotated[
        str | None, typer.Option("--trainee", help="whose result it is; default: the login name")
    ] = None,
    levels: Levels = None,
) -> None:
    """Sit down at the control desk."""
    _play(level, seed, trainee, levels)


def _play(name: str | None, seed: int | None, trainee: str | None, levels: Path | None) -> None:
    who = _trainee(trainee)
    level = None if name is None else _level(name, levels)
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM", "dumb") == "dumb":
        _fail("the control desk needs a terminal; `corridor run` plays unattended without one")
    from corridor_tui.tui.app import sit_down

    raise typer.Exit(sit_down(level, secrets.randbelow(1_000_000) if seed is None else seed, who, levels))


def _trainee(name: str | None) -> str:
    from corridor_tui.level.text import fault_in

    if name is None:
        try:
            name = getpass.getuser()
        except (KeyError, OSError):
            name = "trainee"
    fault = fault_in(name, breaks=False)
    if fault or not 1 <= len(name.strip()) <= 40:
        _fail(f"the trainee's name cannot be used: {fault or 'it needs 1 to 40 characters'}")
    return name.strip()


@app.command()
def levels(
    folder: Levels = None,
    trainee: Annotated[
        str | None, typer.Option("--trainee", help="whose best results; default: the login name")
    ] = None,
) -> None:
    """Show the levels and your best results."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from corridor_tui.level.errors import LevelFileError
    from corridor_tui.level.load import load
    from corridor_tui.level.shelf import data_dir, shelf
    from corridor_tui.records.store import Records, RecordsError, default_path

    table = Table(title="Levels")
    for heading in ("level", "title", "about", "best", "stars"):
        table.add_column(heading)
    bests = {}
    try:
        if default_path(data_dir()).exists():
            bests = Records(default_path(data_dir())).bests(_trainee(trainee))
    except RecordsError as error:
        typer.echo(f"corridor: {error}", err=True)
    rows = []
    for name, path in shelf(folder).items():
        try:
            level = load(path)
        except (LevelFileError, OSError):
            typer.echo(f"corridor: {path} has errors; `corridor check` names them", err=True)
            continue
        best = bests.get(level.id)
        shown = ("-", "") if best is None else (f"{best.total:.1f}", "*" * best.stars)
        rows.append((level.order, name, level.title, level.summary, *shown))
    for _, *cells in sorted(rows):
        table.add_row(*(Text(cell) for cell in cells))
    Console().print(table)


@app.command(epilog="Example:  corridor check levels/*.toml")
def check(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="level files, or names of shipped levels")],
    levels: Levels = None,
) -> None:
    """Check level files; for valid ones, show how much they ask of a trainee."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from corridor_tui.instructor.load import load_figures
    from corridor_tui.level.errors import LevelFileError
    from corridor_tui.level.load import load
    from corridor_tui.level.shelf import NoLevelError, find

    table = Table(title="Load, from a run by the reference at default speed")
    for heading in ("level", "decisions/min", "dead stretch", "fullest 2 min"):
        table.add_column(heading, no_wrap=True)
    remarks: list[str] = []
    bad = False
    for name in files:
        try:
            level = load(find(name, levels))
        except LevelFileError as error:
            typer.echo(str(error))
            bad = True
            continue
        except (NoLevelError, OSError) as error:
            typer.echo(f"{name}:1:1: {error}")
            bad = True
            continue
        load_of = load_figures(level)
        figures = (
            f"{load_of.decisions_per_min:.1f}",
            f"{load_of.longest_dead_s:.0f} s",
            f"{load_of.busiest_share:.0%}",
        )
        table.add_row(*(Text(cell) for cell in (Path(name).name, *figures)))
        remarks += [f"{Path(name).name}: {fault}" for fault in load_of.faults]
    if table.row_count:
        console = Console()
        console.print(table)
        for remark in remarks:
            console.print(Text(remark))
    if bad:
        raise typer.Exit(1)


@app.command()
def preview(level: LevelName, seed: Seed = 1, levels: Levels = None) -> None:
    """For the instructor: what a seed holds in store."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from corridor_tui.instructor.preview import preview as look
    from corridor_tui.session.wording import clock

    loaded = _level(level, levels)
    seen, start_s = look(loaded, seed), loaded.start_s
    trains = Table(title=f"{loaded.id}, seed {seed}: trains")
    for heading in ("train", "kind", "timetable", "really", "containers", "consignments"):
        trains.add_column(heading)
    for train in seen.trains:
        cells = (clock(start_s, train.planned_s), clock(start_s, train.offered_s), train.containers, train.consignments)
        trains.add_row(Text(train.number), train.kind, *(str(cell) for cell in cells))
    papers = Table(title="flagged consignments and cases")
    for heading in ("consignment", "lane", "goods", "containers", "what it is", "family", "cells"):
        papers.add_column(heading)
    for item in seen.consignments:
        row = (item.id, item.lane, item.goods, str(item.containers), item.kind, item.family, " ".join(item.fields))
        papers.add_row(*(Text(cell) for cell in row))
    Console().print(trains)
    Console().print(papers)


@app.command(epilog="Example:  corridor run fifty-five-minutes --dispatcher reference --json")
def run(
    level: LevelName,
    seed: Seed = 1,
    dispatcher: Annotated[str, typer.Option("--dispatcher", help="do-nothing, novice or reference")] = "reference",
    as_json: Annotated[bool, typer.Option("--json", help="print one JSON object")] = False,
    events: Annotated[Path | None, typer.Option("--events", help="write the event log here, as JSON Lines")] = None,
    levels: Levels = None,
) -> None:
    """Play a level unattended and print what came of it."""
    from corridor_tui.dispatcher.players import PLAYERS
    from corridor_tui.session.report import event_lines, report
    from corridor_tui.session.shift import play as play_level

    loaded = _level(level, levels)
    if dispatcher not in PLAYERS:
        _fail(f"there is no dispatcher {dispatcher}; there are {', '.join(PLAYERS)}")
    outcome = play_level(loaded, seed, dispatcher)
    if events is not None:
        _write(events, event_lines(outcome))
    if as_json:
        typer.echo(json.dumps(report(loaded, outcome)))
    else:
        _print_outcome(loaded, outcome)


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except OSError as error:
        _fail(f"{path} cannot be written: {error.strerror}")


def _print_outcome(level: "Level", outcome: "Outcome") -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from corridor_tui.scoring.words import reason_text
    from corridor_tui.session.wording import clock

    console, score = Console(), outcome.score
    console.print(
        Text(f"{level.title}, seed {outcome.seed}, {outcome.dispatcher}: {score.total:.1f} {'*' * score.stars}")
    )
    parts = Table("part", "loss", "score")
    for part, value in score.parts.items():
        parts.add_row(part, f"{score.losses.of(part):.1f}", "nothing to measure" if value is None else f"{value:.1f}")
    parts.add_row("safety", f"{score.safety:.1f}", "")
    console.print(parts)
    goals = Table("objective", "value", "target", "met")
    for goal in score.objectives:
        shown = "-" if goal.value is None else f"{goal.value:g}"
        bound = f"{'at most' if goal.at_most else 'at least'} {goal.target:g}"
        goals.add_row(Text(goal.text), shown, bound, "yes" if goal.met else "no")
    console.print(goals)
    reasons = Table("lost", "when", "why")
    for reason in score.reasons[:12]:
        when = f"{clock(level.start_s, reason.from_s)}-{clock(level.start_s, reason.to_s)}"
        reasons.add_row(f"{reason.loss:.1f}", when, Text(reason_text(reason)))
    console.print(reasons)
    console.print(Text(f"events {outcome.digest}"))


@app.command()
def schema() -> None:
    """Print the JSON Schema of a level, for editors."""
    from corridor_tui.level.schema import level_schema

    typer.echo(json.dumps(level_schema(), indent=2))


def main() -> None:
    """The `corridor` command."""
    try:
        app()
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(130)
    except Exception as error:  # the last resort: a plain line and a log, never a stack trace at the user
        _log_crash(error)
        sys.exit(70)


def _log_crash(error: Exception) -> None:
    import traceback

    from corridor_tui.level.shelf import data_dir

    path = data_dir() / "crash.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        where = f"; the details are in {path}"
    except OSError:
        where = ""
    typer.echo(f"corridor: something went wrong inside the program ({type(error).__name__}){where}", err=True)


if __name__ == "__main__":
    main()
