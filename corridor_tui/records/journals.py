"""Journals: a small SQLite file for each run that is being played, kept until its result is.

One file and one owner per run: SQLite before 3.51.3 can spoil a write-ahead log that several connections begin anew at
once, and a damaged file is one run's matter. The owner holds a lock beside the file, which the system takes away from a
program that dies. An order is committed with `synchronous=FULL` and outlives a power cut; the clock is only handed to the
system, which outlives the program.
"""

import fcntl
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Literal, TypeAlias

from corridor_tui.language import _, ngettext
from corridor_tui.level.base import DESKS, Desk
from corridor_tui.level.shelf import JOURNALS
from corridor_tui.session.journal import Given, JournalError, first_link, next_link
from corridor_tui.session.run import Run, is_key

FORMAT = 1
"""The version of the journal, kept in the file's `user_version`."""
State: TypeAlias = Literal["interrupted", "abandoned", "played", "unreadable"]
"""Of a run without a result: broken off, left for good, being played just now, or beyond reading."""
_TABLES = """
CREATE TABLE head (
    id INTEGER PRIMARY KEY CHECK (id = 1), run TEXT NOT NULL, trainee TEXT NOT NULL, level TEXT NOT NULL,
    level_digest TEXT NOT NULL, level_text TEXT NOT NULL, seed INTEGER NOT NULL, engine TEXT NOT NULL,
    desks TEXT NOT NULL, started_ms INTEGER NOT NULL, branch TEXT NOT NULL) STRICT;
CREATE TABLE entries (
    seq INTEGER PRIMARY KEY CHECK (seq > 0), t INTEGER NOT NULL CHECK (t >= 0),
    kind TEXT NOT NULL CHECK (kind IN ('order', 'unheard', 'end', 'abandoned')), text TEXT NOT NULL,
    chain TEXT NOT NULL) STRICT;
CREATE TABLE clock (id INTEGER PRIMARY KEY CHECK (id = 1), t INTEGER NOT NULL) STRICT;
"""
_HEAD = "run, trainee, level, level_digest, level_text, seed, engine, desks, started_ms, branch"
_DAMAGE = (sqlite3.Error, UnicodeDecodeError)
"""What reading a damaged file raises: where SQLite's own words quote damaged text they cannot even be decoded."""
_BUSY_S = 5.0
"""How long SQLite waits for a file that somebody else reads, such as a backup; assumed."""


@dataclass(frozen=True, slots=True)
class Found:
    """A run as its journal tells it. `run` is None where nothing can be read; `trouble` says what was lost, if anything."""

    key: str
    state: State
    run: Run | None = None
    trouble: str | None = None


class Writer:
    """The journal of a run that is being played (see `session.journal.Journal`). Every method raises `JournalError`."""

    def __init__(self, path: Path, lock: IO[str], run: Run, last: str) -> None:
        self.run = run
        """The run as it was when its journal was opened."""
        self._path = path
        self._lock = lock
        self._seq = len(run.given) + run.ended
        self._last = last
        self._ended = run.ended
        self._safe = True
        self._connection = _connect(path)

    def order(self, *given: Given) -> None:
        """Write an order down, behind the notes that go with it: all or none. Once this returns no crash can lose it."""
        self._add(*((one.t, one.kind, one.text) for one in given))

    def end(self, now_s: int) -> None:
        """Note that the shift is ended; once is enough."""
        if not self._ended:
            self._add((now_s, "end", ""))
            self._ended = True

    def abandon(self, now_s: int) -> None:
        """Note that the trainee has left for good."""
        self._add((now_s, "abandoned", ""))

    def clock(self, now_s: int) -> None:
        """Note how far the shift has come. Without waiting for the disk: only a power cut can lose it."""
        self._sync(safe=False)
        self._do("UPDATE clock SET t = ?", now_s)

    def _add(self, *entries: tuple[int, str, str]) -> None:
        """Write entries down by one statement, so that one wait for the disk makes all of them safe."""
        self._sync(safe=True)
        values: list[str | int] = []
        last = self._last
        for seq, entry in enumerate(entries, self._seq + 1):
            last = next_link(last, seq, *entry)
            values += [seq, *entry, last]
        self._do(f"INSERT INTO entries VALUES {', '.join(['(?, ?, ?, ?, ?)'] * len(entries))}", *values)  # noqa: S608 - signs only
        self._seq += len(entries)
        self._last = last

    def _sync(self, *, safe: bool) -> None:
        if safe != self._safe:
            self._do(f"PRAGMA synchronous = {'FULL' if safe else 'NORMAL'}")
            self._safe = safe

    def _do(self, statement: str, *values: str | int) -> None:
        try:
            self._connection.execute(statement, values)
        except sqlite3.Error as error:
            raise JournalError(_("the journal cannot be written: {why}", why=_said(error))) from None

    def close(self) -> None:
        """Let go of it; the run can be gone on with."""
        with suppress(sqlite3.Error):
            self._connection.close()
        self._lock.close()

    def discard(self) -> None:
        """Let go of it and remove it: the run is kept elsewhere."""
        with suppress(sqlite3.Error):
            self._connection.close()
        _remove(self._path)
        self._lock.close()


class Journals:
    """The journals in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, key: str) -> Path:
        """The file of a run's journal."""
        return self._folder / f"{key}.sqlite3"

    def begin(self, run: Run) -> Writer:
        """Begin the journal of a new run, or write that of a recovered one anew; raises `JournalError`."""
        path = self.path(run.key)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = _lock(path)
        except OSError as error:
            raise JournalError(
                _("no journal can be kept in {folder}: {why}", folder=self._folder, why=_said(error))
            ) from None
        try:
            return Writer(path, lock, run, _make(path, run))
        except (OSError, sqlite3.Error) as error:
            lock.close()
            raise JournalError(
                _("no journal can be kept in {folder}: {why}", folder=self._folder, why=_said(error))
            ) from None

    def resume(self, key: str) -> Writer:
        """Go on with a run; what cannot be read of its journal is put aside. Raises `JournalError`."""
        path = self.path(key)
        try:
            lock = _lock(path)
        except BlockingIOError:
            raise JournalError(_("it is being played just now")) from None
        except OSError as error:
            raise JournalError(_("the journal {path} cannot be used: {why}", path=path, why=_said(error))) from None
        try:
            run, abandoned, trouble, last = _read(path)
            if trouble is not None:
                for file in _files(path):
                    if file.exists():
                        file.replace(file.with_name(f"{file.name}.damaged"))
            if trouble is not None or abandoned:
                last = _make(path, run)
            return Writer(path, lock, run, last)
        except (OSError, sqlite3.Error) as error:
            lock.close()
            raise JournalError(_("the journal {path} cannot be used: {why}", path=path, why=_said(error))) from None
        except JournalError:
            lock.close()
            raise

    def all(self) -> list[Found]:
        """Every run without a result, the latest first. Raises nothing: what cannot be read is told in its entry."""
        try:
            keys = sorted(path.stem for path in self._folder.glob("*.sqlite3") if is_key(path.stem))
        except OSError:
            return []
        found = [self.find(key) for key in keys]
        return sorted(found, key=lambda one: -1 if one.run is None else one.run.started_ms, reverse=True)

    def find(self, key: str) -> Found:
        """One run as its journal tells it."""
        path = self.path(key)
        try:
            with _lock(path):
                run, abandoned, trouble, _last = _read(path)
        except BlockingIOError:
            return Found(key, "played")
        except (OSError, JournalError) as error:
            return Found(key, "unreadable", None, _said(error))
        return Found(key, "abandoned" if abandoned else "interrupted", run, trouble)

    def damaged(self) -> list[Path]:
        """Files that nothing, or not all, could be recovered from; whose they are cannot be told for certain."""
        unreadable = [self.path(found.key) for found in self.all() if found.state == "unreadable"]
        return sorted([*unreadable, *self._folder.glob("*.damaged")])

    def discard(self, key: str) -> None:
        """Remove a journal that nobody has open. Raises `JournalError`."""
        path = self.path(key)
        try:
            with _lock(path):
                _remove(path)
        except BlockingIOError:
            raise JournalError(_("it is being played just now")) from None
        except OSError as error:
            raise JournalError(_("the journal {path} cannot be removed: {why}", path=path, why=_said(error))) from None


def default_folder(data: Path) -> Path:
    """Where the journals lie in a data directory."""
    return data / JOURNALS


def _lock(path: Path) -> IO[str]:
    """Take a run for oneself; raises BlockingIOError where another program has it. Closing the file gives it back."""
    file = path.with_suffix(".lock").open("a", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise
    return file


def _files(path: Path) -> tuple[Path, Path]:
    return path, path.with_name(f"{path.name}-wal")


def _remove(path: Path) -> None:
    with suppress(OSError):
        for file in (*_files(path), path.with_suffix(".lock")):
            file.unlink(missing_ok=True)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_BUSY_S, isolation_level=None)
    with ExitStack() as undo:
        undo.callback(connection.close)
        # The lock beside the file already keeps others out; so the log needs no shared memory.
        for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL", "cell_size_check = ON"):
            connection.execute(f"PRAGMA {pragma}")
        undo.pop_all()
    return connection


def _make(path: Path, run: Run) -> str:
    """Make a journal that holds a run as far as it has come, and return the last link of its chain.

    It has another name until it is whole, so that a journal is there with its head or not at all.
    """
    new = path.with_suffix(".new")
    for file in _files(new):
        file.unlink(missing_ok=True)
    last = first_link(run.head)
    with closing(_connect(new)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.executescript(_TABLES)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(f"INSERT INTO head VALUES (1, {', '.join('?' * 10)})", run.head)  # noqa: S608 - signs only
        connection.execute("INSERT INTO clock VALUES (1, ?)", (run.clock_s,))
        for seq, (t, kind, text) in enumerate(_entries(run), 1):
            last = next_link(last, seq, t, kind, text)
            connection.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", (seq, t, kind, text, last))
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        connection.execute("COMMIT")
    new.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return last


def _entries(run: Run) -> Iterator[tuple[int, str, str]]:
    for given in run.given:
        yield given.t, given.kind, given.text
    if run.ended:
        yield run.clock_s, "end", ""


def _read(path: Path) -> tuple[Run, bool, str | None, str]:
    """A run, whether it was abandoned, what is lost of it, and the last link of the chain.

    Raises `JournalError` where nothing can be recovered.
    """
    if not path.is_file():
        raise JournalError(_("there is no such journal"))
    try:
        with closing(_connect(path)) as connection:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if version > FORMAT:
                raise JournalError(_("it was written by a newer version of the program"))
            run = _run(connection.execute(f"SELECT {_HEAD} FROM head").fetchone())  # noqa: S608 - names only
            return _follow(connection, run)
    except (*_DAMAGE, IndexError) as error:
        raise JournalError(_("nothing can be recovered from its journal: {why}", why=_said(error))) from None


def _run(row: tuple[object, ...] | None) -> Run:
    if row is None:
        raise JournalError(_("nothing can be recovered from its journal: its head is missing"))
    key, trainee, level, digest, text, seed, engine, desks, started_ms, branch = row
    try:
        names = {str(desk): str(name) for desk, name in json.loads(str(desks)).items()}
        players: tuple[tuple[Desk, str], ...] = tuple((desk, names[desk]) for desk in DESKS)
        return Run(
            str(key),
            str(trainee),
            str(level),
            str(digest),
            str(text),
            int(str(seed)),
            str(engine),
            players,
            int(str(started_ms)),
            str(branch),
        )
    except (ValueError, KeyError, AttributeError):
        raise JournalError(_("nothing can be recovered from its journal: its head is damaged")) from None


def _follow(connection: sqlite3.Connection, run: Run) -> tuple[Run, bool, str | None, str]:
    """Read the entries as far as the chain holds."""
    last, given, ended, abandoned, trouble, now_s = first_link(run.head), list[Given](), False, False, None, 1
    try:
        rows = connection.execute("SELECT * FROM entries ORDER BY seq")
        for expected, (seq, t, kind, text, chain) in enumerate(rows, 1):
            if seq != expected or chain != next_link(last, seq, t, kind, text):
                trouble = _("its journal is damaged from entry {entry} on", entry=expected)
                break
            last, now_s = chain, max(now_s, t)
            if kind in ("order", "unheard"):
                given.append(Given(t, text, kind == "order"))
            ended, abandoned = ended or kind == "end", abandoned or kind == "abandoned"
        row = connection.execute("SELECT t FROM clock").fetchone()
        told_s = row[0] if row is not None and isinstance(row[0], int) else now_s
    except _DAMAGE as error:
        trouble = _("its journal is damaged after entry {entry}: {why}", entry=len(given), why=_said(error))
        told_s = now_s
    clock_s = now_s if trouble else max(now_s, told_s)
    if trouble:
        trouble += ngettext("; {n} order was recovered", "; {n} orders were recovered", sum(one.heard for one in given))
    return replace(run, given=tuple(given), clock_s=clock_s, ended=ended), abandoned, trouble, last


def _said(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    if isinstance(error, UnicodeDecodeError):
        return _("its text is damaged")
    return (str(error).splitlines() or [type(error).__name__])[0]
