"""What is in use and whether it is fit: versions, database, paths, terminal."""

import os
import platform
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import corridor_tui
from corridor_tui.config import config_path
from corridor_tui.language import LANGUAGES, is_compiled, spoken
from corridor_tui.level.errors import plain
from corridor_tui.level.shelf import data_dir, shelf
from corridor_tui.records.journals import Journals, default_folder
from corridor_tui.records.store import Records, default_path
from corridor_tui.records.values import RecordsError
from corridor_tui.tui.settings import read
from corridor_tui.tui.small import LEAST

_PACKAGES = ("textual", "rich", "simpy", "pydantic", "SQLAlchemy", "alembic", "psycopg", "weasyprint")
_WAL_RESET_MENDED = (3, 51, 3)
"""From this version on SQLite cannot spoil a write-ahead log that several connections begin anew at once."""
_LITTLE_MB = 50


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what, what was found, and whether it is fit."""

    what: str
    told: str
    good: bool = True


def examine(environment: Mapping[str, str], server: str | None, language_by: str) -> Iterator[Finding]:
    """Look at everything; `language_by` is what asked for the language that is spoken."""
    yield Finding("corridor", f"{corridor_tui.__version__}, engine {corridor_tui.ENGINE}")
    yield Finding("python", f"{platform.python_version()} on {platform.system()} {platform.machine()}")
    yield Finding("packages", ", ".join(f"{name} {_version(name)}" for name in _PACKAGES))
    yield _sqlite()
    yield _folder(data_dir())
    yield _levels()
    yield from _kept(server)
    yield _language(language_by)
    yield _config()
    yield _terminal(environment)


def _language(by: str) -> Finding:
    language = spoken()
    told = f"{language} ({LANGUAGES[language]}), {f'as {by} says' if by else 'by default'}; there are {', '.join(LANGUAGES)}"
    good = is_compiled(language)
    return Finding("language", told if good else f"{told}; its texts are missing: install the program again", good=good)


def _config() -> Finding:
    path = config_path()
    settings = read(path)
    if settings.faults:
        return Finding("config", "; ".join(settings.faults), good=False)
    return Finding("config", plain(str(path)) if path.exists() else f"none, and none is needed: {plain(str(path))}")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _sqlite() -> Finding:
    told = f"{sqlite3.sqlite_version}; "
    if sqlite3.sqlite_version_info >= _WAL_RESET_MENDED:
        return Finding("sqlite", f"{told}free of the WAL-reset fault")
    return Finding(
        "sqlite", f"{told}has the WAL-reset fault (until 3.51.2); harmless here: one connection has a file at a time"
    )


def _folder(path: Path) -> Finding:
    shown = plain(str(path))
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path) as file:
            file.write(b"x")
            file.flush()
            os.fsync(file.fileno())
        free_mb = shutil.disk_usage(path).free // 1_000_000
    except OSError as error:
        return Finding(
            "data", f"{shown} cannot be written: {(error.strerror or '').lower()}; nothing is kept", good=False
        )
    return Finding("data", f"{shown}, {free_mb} MB free", good=free_mb >= _LITTLE_MB)


def _levels() -> Finding:
    found = shelf()
    return Finding("levels", f"{len(found)}: {plain(', '.join(sorted(found)))}", good=bool(found))


def _kept(server: str | None) -> Iterator[Finding]:
    data = data_dir()
    for what, place in (("records", default_path(data)), ("server", server)):
        if place is None:
            yield Finding(what, "none is named (--db, CORRIDOR_DB): results stay here")
            continue
        try:
            count = len(Records(place).run_keys())
        except RecordsError as error:
            yield Finding(what, plain(str(error)), good=False)
        else:
            yield Finding(what, f"{count} finished runs")
    unfinished = Journals(default_folder(data)).all()
    lost = [found.key for found in unfinished if found.state == "unreadable" or found.trouble]
    told = f"{len(unfinished)} unfinished runs" + (f", damaged: {', '.join(lost)}" if lost else "")
    yield Finding("journals", told, good=not lost)


def _terminal(environment: Mapping[str, str]) -> Finding:
    term = environment.get("TERM", "not set")
    encoding = (sys.stdout.encoding or "unknown").lower()
    if not sys.stdout.isatty():
        return Finding("terminal", f"none here (TERM {plain(term)}, {encoding}): the desk needs one")
    columns, lines = shutil.get_terminal_size()
    fit = columns >= LEAST[0] and lines >= LEAST[1] and term != "dumb" and "utf" in encoding
    told = f"{columns}x{lines}, TERM {plain(term)}, {encoding}"
    return Finding("terminal", told if fit else f"{told}; the desk needs {LEAST[0]}x{LEAST[1]} and UTF-8", good=fit)
