"""The command line: it parses, calls and prints."""

import errno
import io
import os
import sys
import time
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import typer

import corridor_tui
from corridor_tui import garbage
from corridor_tui.cli_common import (
    MOST_SEED,
    Database,
    Levels,
    Trainee,
    drawn_seed,
    fail,
    level_named,
    needs_terminal,
    trainee_name,
    warn,
)
from corridor_tui.cli_language import Lang, OneCommand, Program
from corridor_tui.language import _

_EXAMPLES = """\
corridor # the start screen
corridor play first-train
corridor play first-train --line # as a dialogue of plain lines
corridor check my-level.toml
corridor run fifty-five-minutes --seed 7 --dispatcher reference --json"""

COMMANDS: Mapping[str, tuple[str, str, str]] = MappingProxyType({
    "play": ("cli", "play", "corridor play first-train --seed 7"),
    "levels": ("cli_levels", "levels", "corridor levels --trainee Aigul"),
    "check": ("cli_levels", "check", "corridor check levels/*.toml\ncorridor check --prove paper-trail --seeds 50"),
    "preview": ("cli_levels", "preview", "corridor preview fifty-five-minutes --seed 7"),
    "run": ("cli_levels", "run", "corridor run fifty-five-minutes --dispatcher reference --json\ncorridor run first-train --events - | head"),
    "runs": ("cli_runs", "runs", "corridor runs"),
    "verify": ("cli_runs", "verify", "corridor verify k3m"),
    "export": ("cli_runs", "export", "corridor export k3m -o aigul.json"),
    "replay": ("cli_runs", "replay", "corridor replay k3m"),
    "import": ("cli_runs", "import_", "corridor import aigul.json"),
    "records": ("cli_runs", "records", "corridor records --csv > results.csv"),
    "doctor": ("cli_runs", "doctor", "corridor doctor"),
    "new": ("cli_new", "new", "corridor new my-level.toml\ncorridor new night.toml --like single-line --title Night"),
    "debrief": ("cli_debrief", "debrief", "corridor debrief k3m\ncorridor debrief k3m -o report.html"),
    "bound": ("cli_bound", "bound", "corridor bound first-train --seed 7"),
    "serve": ("cli_serve", "serve", "corridor serve first-train --port 8080"),
    "schema": ("cli_levels", "schema", "corridor schema > level.schema.json"),
})  # fmt: skip
"""The commands, each with the module and the function that do it, and its examples."""
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""What no fault of the program keeps from being written: files are told of by name where they are written."""


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"corridor {corridor_tui.__version__} (engine {corridor_tui.ENGINE})")
        raise typer.Exit


def start(
    context: typer.Context,
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="print the version and leave")
    ] = False,
    lang: Lang = None,  # noqa: ARG001 - chosen before the command line is read
) -> None:
    """A trainer for the people who keep a rail border moving. Without a command: the start screen."""
    if context.invoked_subcommand not in (None, "play"):  # there the first page is to come first
        garbage.seldom()
    if context.invoked_subcommand is None:
        _play(None, None, None, None, os.environ.get("CORRIDOR_DB"))


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
    for what, given in (("LEVEL", level), ("--seed", seed)):
        if given is not None and resume is not None:
            fail(_("a run that is gone on with has its own level and seed: leave {what} out", what=what))
    if line:
        from corridor_tui.cli_line import play_by_line

        garbage.seldom()
        play_by_line(level, seed, trainee, levels, resume, instructor=instructor, allowance=allowance)
        if database:
            _deliver(database)
    else:
        _play(level, seed, trainee, levels, database, resume, instructor=instructor, allowance=allowance)


def _unfinished(run: str) -> str:
    from corridor_tui.cli_runs import unfinished

    return unfinished(run)


def _deliver(server: str) -> None:
    from corridor_tui.cli_runs import deliver

    deliver(server)


def _play(
    name: str | None,
    seed: int | None,
    trainee: str | None,
    levels: Path | None,
    server: str | None,
    resume: str | None = None,
    *,
    instructor: bool = False,
    allowance: int = 0,
) -> None:
    key = None if resume is None else _unfinished(resume)
    who = trainee_name(trainee)
    level = None if name is None else level_named(name, levels)
    needs_terminal()
    from corridor_tui.tui.app import sit_down

    code = sit_down(
        level,
        drawn_seed() if seed is None else seed,
        who,
        levels,
        key,
        instructor=instructor,
        allowance=allowance,
    )
    if server:
        _deliver(server)
    raise typer.Exit(code)


def program(words: Sequence[str] = ()) -> typer.Typer:
    """The command line. Where its first word names a command only that one is made: the others would be waited for in vain."""
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
    app.callback(invoke_without_command=True)(start)
    for name in [word for word in words[:1] if word in COMMANDS] or COMMANDS:
        module, function, examples = COMMANDS[name]
        app.command(name, cls=OneCommand, epilog=examples)(getattr(import_module(f"corridor_tui.{module}"), function))
    return app


def main() -> None:
    """The `corridor` command."""
    for name, mode in (("stdin", "r"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started the program
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open as long as the program runs
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        _refuse_hidden(sys.argv[1:])
        program(sys.argv[1:])()
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:  # the last resort: a plain line and a log, never a stack trace at the user
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            warn(_("standard output cannot be written: {why}", why=error.strerror))
            sys.exit(2)
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
            warn(f"{plain(argument)}: {fault}")
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
    told = _("something went wrong inside the program ({error})", error=type(error).__name__)
    warn(told + where)
