"""The database of the records: how a connection to it is opened, and its tables brought up to date.

SQLAlchemy is imported by this module and its neighbours `schema` and `rows`, and they only when records are read or written.
"""

import fcntl
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, inspect
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from corridor_tui.language import N_, _
from corridor_tui.records.values import RecordsError

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

HEAD = "0004"
"""The latest migration."""
BUSY_MS = 15_000
"""How long a program waits for its turn: a class of thirty that begins at once on two cores takes some of it."""
CONNECT_S = 3
"""How long a server may take to answer: a trainee who leaves does not wait for one that is down."""
_RETRY_S = 0.02
_MIGRATING = 0x6B686F72
"""The advisory lock of a server under which its tables are brought up to date."""
_PRAGMAS = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "secure_delete": ("ON", 1),
    "busy_timeout": (str(BUSY_MS), BUSY_MS),
}
"""What a connection is told, and what it must answer when asked."""


Doing: TypeAlias = Literal["kept in", "read from", "sent to", "deleted from"]
_FAILED: Mapping[Doing, str] = {
    "kept in": N_("results cannot be kept in {place}: {why}"),
    "read from": N_("results cannot be read from {place}: {why}"),
    "sent to": N_("results cannot be sent to {place}: {why}"),
    "deleted from": N_("results cannot be deleted from {place}: {why}"),
}


class _UnfitError(RuntimeError):
    """The database cannot be used; the message says why."""


@contextmanager
def opened(place: Path | str, what: Doing) -> Iterator[Connection]:
    """One transaction on the database at a path or a server's URL; a file is made where there is none.

    One connection has a file at a time: SQLite before 3.51.3 can spoil a write-ahead log that several connections begin
    anew at once. Raises `RecordsError`, which says `what` could not be done.
    """
    try:
        if isinstance(place, str):
            with _server(place).begin() as connection:
                _prepare(connection)
                yield connection
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        with _alone(place.with_name(f"{place.name}.lock")):
            _save_old(place)
            with _file(place).begin() as connection:
                _prepare(connection)
                yield connection
    except (OSError, SQLAlchemyError, sqlite3.Error, _UnfitError, ModuleNotFoundError) as error:
        raise RecordsError(_(_FAILED[what], place=shown(place), why=_plain(error))) from error


def back_up(path: Path, copy: Path) -> None:
    """Copy the database of a path as it is now. Raises `RecordsError`."""
    try:
        with _alone(path.with_name(f"{path.name}.lock")):
            _copy(path, copy)
    except (OSError, sqlite3.Error, _UnfitError) as error:
        raise RecordsError(
            _("{path} cannot be copied to {copy}: {why}", path=path, copy=copy, why=_plain(error))
        ) from error


def shown(place: Path | str) -> str:
    """A place as it may be told: without a password."""
    if isinstance(place, Path):
        return str(place)
    try:
        return make_url(place).render_as_string(hide_password=True)
    except ArgumentError:
        return _("the server")


def _plain(error: Exception) -> str:
    if isinstance(error, ModuleNotFoundError):
        return _("a server needs the extra: pip install 'corridor_tui[postgres]'")
    if isinstance(error, ArgumentError):
        return _("that is no URL of a database, such as postgresql://user@host/name")
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    said = str(getattr(error, "orig", None) or error).strip().splitlines()
    return said[0] if said else type(error).__name__


def _server(url: str) -> Engine:
    address = make_url(url)
    if address.get_backend_name() not in ("postgresql", "postgres"):
        raise _UnfitError(_("only PostgreSQL takes the records of several desks: postgresql://user@host/name"))
    return create_engine(
        address.set(drivername="postgresql+psycopg"),
        connect_args={"connect_timeout": CONNECT_S, "application_name": "corridor"},
        poolclass=NullPool,
    )


def _file(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        connect_args={"timeout": BUSY_MS / 1_000, "isolation_level": None},
        poolclass=NullPool,
    )
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("a", encoding="utf-8") as file:
        last = time.monotonic() + BUSY_MS / 1_000
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= last:
                    raise _UnfitError(_("another program has been using it for too long")) from None
                time.sleep(_RETRY_S)
        yield


def _settle(connection: "DBAPIConnection", _entry: "ConnectionPoolEntry") -> None:
    cursor = connection.cursor()
    for name, (value, answer) in _PRAGMAS.items():
        cursor.execute(f"PRAGMA {name}={value}")
        cursor.execute(f"PRAGMA {name}")
        row = cursor.fetchone()
        if row is None or row[0] != answer:
            raise _UnfitError(_("SQLite does not keep {setting} here", setting=f"{name}={value}"))
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _save_old(path: Path) -> None:
    """Copy a database that is about to be brought up to date."""
    if not path.is_file():
        return
    with closing(sqlite3.connect(path)) as plain:
        version = int(plain.execute("PRAGMA user_version").fetchone()[0])
    if 0 < version < int(HEAD):
        copy = path.with_name(f"{path.name}.before-{HEAD}")
        if not copy.exists():
            _copy(path, copy)


def _copy(path: Path, copy: Path) -> None:
    """Copy a database whole or not at all."""
    new = copy.with_name(f".{copy.name}.new")
    with (
        closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(new)) as into,
    ):
        old.backup(into)
    new.replace(copy)


def _prepare(connection: Connection) -> None:
    """Bring the tables up to date. On a file `user_version` says how they are, so that older programs see it too."""
    if connection.dialect.name == "sqlite":
        version = int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)
        if version == int(HEAD):
            return
        if version > int(HEAD):
            raise _UnfitError(_("it was written by a newer version of the program"))
        _migrate(connection, stamped=f"{version:04}" if version else None)
        connection.exec_driver_sql(f"PRAGMA user_version={int(HEAD)}")
        return
    found = _revision(connection)
    if found != HEAD:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
        found = _revision(connection)
        if found is not None and found > HEAD:
            raise _UnfitError(_("it was written by a newer version of the program"))
        _migrate(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())


def _migrate(connection: Connection, stamped: str | None = None) -> None:
    from alembic import command  # noqa: PLC0415 - only a database that is not up to date needs it
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    if stamped is not None and _revision(connection) is None:
        command.stamp(config, stamped)
    command.upgrade(config, "head")
