"""The database of results: its tables, and how a connection to it is opened.

SQLAlchemy is imported here and nowhere else, and this module only when results are read or written.
"""

import fcntl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    NullPool,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    event,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.sqlite import REAL
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from corridor_tui.records.values import Best, RecordsError

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

SCHEMA = 1
"""The version of the tables, kept in the database's `user_version`."""
BUSY_MS = 5_000
"""How long a program waits for its turn."""
_RETRY_S = 0.05
_PRAGMAS = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "busy_timeout": (str(BUSY_MS), BUSY_MS),
}
"""What a connection is told, and what it must answer when asked."""


class _UnfitError(RuntimeError):
    """The database cannot be used; the message says why."""


_meta = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


def _text(name: str, least: int, most: int, *, index: bool = False) -> "Column[str]":
    check = CheckConstraint(f"length({name}) BETWEEN {least} AND {most}", name=name)
    return Column(name, Text, check, nullable=False, index=index)


_trainees = Table(
    "trainees",
    _meta,
    Column("id", Integer, primary_key=True),
    _text("name", 1, 160),
    UniqueConstraint("name"),
    sqlite_strict=True,
)
_runs = Table(
    "runs",
    _meta,
    Column("id", Integer, primary_key=True),
    Column("trainee_id", Integer, ForeignKey(_trainees.c.id, ondelete="CASCADE"), nullable=False, index=True),
    _text("level", 1, 24, index=True),
    _text("level_digest", 32, 32),
    Column("seed", Integer, CheckConstraint("seed >= 0", name="seed"), nullable=False),
    _text("engine", 1, 24),
    _text("events_digest", 32, 32),
    _text("desks", 2, 400),
    Column("total", REAL, nullable=False),
    Column("stars", Integer, CheckConstraint("stars BETWEEN 0 AND 3", name="stars"), nullable=False),
    _text("score", 2, 4_000_000),
    _text("orders", 2, 4_000_000),
    Column("finished_ms", Integer, CheckConstraint("finished_ms > 0", name="finished_ms"), nullable=False),
    sqlite_strict=True,
)


def keep(path: Path, trainee: str, run: Mapping[str, str | int | float]) -> int:
    """Keep a run under a trainee's name and return its number. Raises `RecordsError`."""
    with _opened(path, "kept in") as connection:
        row = {**run, "trainee_id": _trainee(connection, trainee)}
        return int(connection.execute(insert(_runs).values(row).returning(_runs.c.id)).scalar_one())


def bests(path: Path, trainee: str) -> dict[str, Best]:
    """A trainee's best results by level. Raises `RecordsError`."""
    query = (
        select(_runs.c.level, func.max(_runs.c.total), func.max(_runs.c.stars), func.count())
        .join(_trainees)
        .where(_trainees.c.name == trainee)
        .group_by(_runs.c.level)
    )
    with _opened(path, "read from") as connection:
        return {level: Best(total, stars, count) for level, total, stars, count in connection.execute(query)}


def _trainee(connection: Connection, name: str) -> int:
    found = connection.execute(select(_trainees.c.id).where(_trainees.c.name == name)).scalar()
    if found is not None:
        return int(found)
    return int(connection.execute(insert(_trainees).values(name=name).returning(_trainees.c.id)).scalar_one())


@contextmanager
def _opened(path: Path, what: str) -> Iterator[Connection]:
    """One transaction on the database, which is made where there is none.

    One connection has the file at a time: SQLite before 3.51.3 can spoil a write-ahead log that several connections
    begin anew at once.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone(path.with_name(f"{path.name}.lock")), _engine(path).begin() as connection:
            _prepare(connection)
            yield connection
    except (OSError, SQLAlchemyError, _UnfitError) as error:
        raise RecordsError(f"results cannot be {what} {path}: {_plain(error)}") from error


def _plain(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror.lower()
    return str(getattr(error, "orig", None) or error).splitlines()[0]


def _engine(path: Path) -> Engine:
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
                    raise _UnfitError("another program has been using it for too long") from None
                time.sleep(_RETRY_S)
        yield


def _settle(connection: "DBAPIConnection", _: "ConnectionPoolEntry") -> None:
    cursor = connection.cursor()
    for name, (value, answer) in _PRAGMAS.items():
        cursor.execute(f"PRAGMA {name}={value}")
        cursor.execute(f"PRAGMA {name}")
        row = cursor.fetchone()
        if row is None or row[0] != answer:
            raise _UnfitError(f"SQLite does not keep {name}={value} here")
    cursor.close()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _prepare(connection: Connection) -> None:
    version = int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)
    if version > SCHEMA:
        raise _UnfitError("it was written by a newer version of the program")
    if version < SCHEMA:
        _meta.create_all(connection)
        connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")
