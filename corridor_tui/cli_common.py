"""What the commands share: options, names looked up, files written whole, and how a command ends with a word."""

import codecs
import errno
import io
import os
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, NoReturn, TextIO

import typer

from corridor_tui.language import _
from corridor_tui.whole import replacing

if TYPE_CHECKING:
    from corridor_tui.level.model import Level

LevelName = Annotated[str, typer.Argument(metavar="LEVEL", help="a shipped level's name, or the path of a level file")]
Levels = Annotated[
    Path | None, typer.Option("--levels", help="a folder of level files to look in first", exists=True, file_okay=False)
]
Trainee = Annotated[str | None, typer.Option("--trainee", help="whose result it is; default: the login name")]
Database = Annotated[
    str | None,
    typer.Option(
        "--db", envvar="CORRIDOR_DB", help="a server's URL, such as postgresql://user@host/name; default: none"
    ),
]
STDOUT = Path("-")
"""The name by which standard output is meant where a file is to be written."""
MOST_SEED = 2**53 - 1
MOST_NAME = 40
"""The widest name of a trainee, in columns of the terminal."""
Seed = Annotated[
    int, typer.Option("--seed", min=0, max=MOST_SEED, help="what chance has in store; the same seed, the same shift")
]


def warn(message: str) -> None:
    """Say in one plain line what could not be had; the command goes on."""
    typer.echo(f"corridor: {message}", err=True)


def fail(message: str, code: int = 2) -> NoReturn:
    """End the command with one plain line."""
    warn(message)
    raise typer.Exit(code)


def together(option: str, given: bool, other: str, with_it: bool) -> None:
    """End the command where an option is given without the other that it says something about."""
    if given and not with_it:
        fail(_("{option} goes with {other}: give both or neither", option=option, other=other))


@contextmanager
def busy(what: str) -> Iterator[None]:
    """Say on a terminal what takes a while; a program that reads the output sees nothing of it."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status(Text(what)):
        yield


@contextmanager
def course(level: "Level", what: str) -> Iterator[Callable[[int], None] | None]:
    """Show on a terminal how far a run has come, with the simulated date; yields who is to be told the second."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.fields[date]}"))
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=level.shift_s, date=level.date_at(0))
        yield lambda second: bar.update(task, completed=second, date=level.date_at(second))


def level_named(name: str, levels: Path | None) -> "Level":
    """A level by its name or path; ends the command where there is none, or it has errors."""
    from corridor_tui.level.errors import LevelFileError, plain
    from corridor_tui.level.load import load
    from corridor_tui.level.shelf import NoLevelError, find

    try:
        return load(find(name, levels))
    except NoLevelError as error:
        fail(plain(str(error)))
    except LevelFileError as error:
        typer.echo(str(error), err=True)
        fail(_("the level has errors; mend them and try again"), 1)
    except OSError as error:
        fail(_("{file} cannot be read: {why}", file=plain(name), why=error.strerror))


def trainee_name(name: str | None) -> str:
    """The trainee's name: as given, else the login name, else just "trainee"."""
    if name is None:
        import getpass

        try:
            login = getpass.getuser()
        except (ImportError, KeyError, OSError):
            return "trainee"
        return "trainee" if _name_fault(login) else login
    name = unicodedata.normalize("NFC", name.strip())
    if fault := _name_fault(name):
        fail(_("the trainee's name cannot be used: {why}", why=fault))
    return name


def drawn_seed() -> int:
    """A seed for who names none."""
    import secrets

    return secrets.randbelow(1_000_000)


def needs_terminal() -> None:
    """End the command where there is no terminal to draw on, and no browser either."""
    if os.environ.get("TEXTUAL_DRIVER"):
        return
    if (
        not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
        or os.environ.get("TERM", "dumb") == "dumb"
    ):
        fail(
            _(
                "the control desk needs a terminal; "
                "`corridor play LEVEL --line` plays without one, `corridor run` unattended"
            )
        )
    if (written := codecs.lookup(sys.stderr.encoding).name) != "utf-8":  # where the screen is drawn to
        fail(
            _(
                "the control desk is drawn in UTF-8, and this terminal is set to {encoding}: set LC_ALL=C.UTF-8; "
                "`corridor play LEVEL --line` plays without it",
                encoding=written,
            )
        )


def read(path: Path, most: int) -> str:
    """The text of a file that is no larger than `most` bytes; ends the command where it cannot be read."""
    from corridor_tui.level.errors import plain

    shown = plain(str(path))
    try:
        if not path.exists():
            fail(_("there is no file {file}", file=shown))
        if not path.is_file():
            fail(_("{file} is not a regular file", file=shown))
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        fail(_("{file} cannot be read: {why}", file=shown, why=error.strerror))
    if len(data) > most:
        fail(_("{file} is larger than {most} MB", file=shown, most=most // 1_000_000), 1)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        fail(_("{file} is not UTF-8", file=shown), 1)


def _name_fault(name: str) -> str | None:
    from rich.cells import cell_len

    from corridor_tui.level.text import fault_in

    if fault := fault_in(name, breaks=False):
        return fault
    return None if 1 <= cell_len(name) <= MOST_NAME else _("it needs 1 to {most} columns", most=MOST_NAME)


def check_place(path: Path) -> None:
    """End the command where a file could not be written, before the work that is to be written there."""
    with _told(path):
        if path == STDOUT:
            _standard_output()
            return
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not path.exists() or path.is_file():
            import tempfile

            tempfile.TemporaryFile(dir=path.resolve().parent).close()


def alone(*outputs: Path | bool | None) -> bool:
    """Whether one of a command's outputs is to stand on standard output by itself, so that all else that is told goes to
    standard error: a file named `-`, or what is printed for programs. Ends the command where there are two.
    """
    wanted = sum(output is True or output == STDOUT for output in outputs)
    if wanted > 1:
        fail(_("only one thing can go to standard output: name a file for the other"))
    return wanted == 1


def write(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all; `-`, a pipe or a device is written to as it is."""
    with _open(path) as file:
        file.write(content.encode() if isinstance(content, str) else content)


@contextmanager
def writing(path: Path) -> Iterator[TextIO]:
    """A file that is there once all is written to it, or not at all; `-`, a pipe or a device is written to as it is."""
    with _open(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8")
        try:
            yield text
        finally:
            text.detach()  # whoever opened the file closes it


@contextmanager
def _open(path: Path) -> Iterator[BinaryIO]:
    with _told(path):
        if path == STDOUT:
            output = _standard_output()
            output.flush()
            yield output.buffer
            output.flush()
        elif path.exists() and not path.is_file():
            with path.open("wb") as file:
                yield file
        else:
            with replacing(path) as file:
                yield file


def _standard_output() -> TextIO:
    """Standard output; raises `OSError` where whoever started the program has closed it."""
    if sys.stdout is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    return sys.stdout


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """End the command with a word where a file cannot be written."""
    try:
        yield
    except OSError as error:
        if path == STDOUT and isinstance(error, BrokenPipeError):
            raise  # who read it has read enough, which needs no word
        if path == STDOUT:
            fail(_("standard output cannot be written: {why}", why=error.strerror))
        from corridor_tui.level.errors import plain

        fail(_("{file} cannot be written: {why}", file=plain(str(path)), why=error.strerror))
