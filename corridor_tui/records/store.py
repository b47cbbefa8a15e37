"""Results of trainees in an embedded SQLite database."""

import json
import time
from dataclasses import asdict, dataclass
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
    Table,
    Text,
    create_engine,
    event,
    func,
    insert,
    select,
)
from sqlalchemy.dialects.sqlite import REAL
from sqlalchemy.exc import SQLAlchemyError

from corridor_tui.session.outcome import Outcome

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry

SCHEMA = 1
"""The version of the tables, kept in the database's `user_version`."""
_BUSY_MS = 5_000

_meta = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)
_trainees = Table(
    "trainees",
    _meta,
    Column("id", Integer, primary_key=True),
    Column("name", Text, CheckConstraint("length(name) BETWEEN 1 AND 120", name="name"), nullable=False, unique=True),
    sqlite_strict=True,
)
_runs = Table(
    "runs",
    _meta,
    Column("id", Integer, primary_key=True),
    Column("trainee_id", Integer, ForeignKey(_trainees.c.id, ondelete="CASCADE"), nullable=False, index=True),
    Column("level", Text, CheckConstraint("length(level) <= 24", name="level"), nullable=False, index=True),
    Column("level_digest", Text, nullable=False),
    Column("seed", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("events_digest", Text, nullable=False),
    Column("total", REAL, nullable=False),
    Column("stars", Integer, CheckConstraint("stars BETWEEN 0 AND 3", name="stars"), nullable=False),
    Column("score", Text, nullable=False),
    Column("orders", Text, nullable=False),
    Column("finished_ms", Integer, nullable=False),
    sqlite_strict=True,
)


class RecordsError(RuntimeError):
    """The records cannot be used; the message is one plain line."""


@dataclass(frozen=True, slots=True)
class Best:
    """A trainee's best result on a level."""

    total: float
    stars: int
    runs: int


class Records:
    """The database of results. Every method raises `RecordsError` where it cannot be read or written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._engine = _open(path)
        except (OSError, SQLAlchemyError) as error:
            raise RecordsError(f"results cannot be kept in {path}: {_plain(error)}") from error

    def save(self, outcome: Outcome, trainee: str) -> int:
        """Keep a finished run and return its number."""
        row = {
            "level": outcome.level,
            "level_digest": outcome.level_digest,
            "seed": str(outcome.seed),
            "engine": outcome.engine,
            "events_digest": outcome.digest,
            "total": outcome.score.total,
            "stars": outcome.score.stars,
            "score": json.dumps(asdict(outcome.score)),
            "orders": json.dumps(outcome.orders),
            "finished_ms": time.time_ns() // 1_000_000,
        }
        try:
            with self._engine.begin() as connection:
                who = _trainee(connection, trainee)
                result = connection.execute(insert(_runs).values(trainee_id=who, **row))
                key = result.inserted_primary_key
                return int(key[0]) if key else 0
        except SQLAlchemyError as error:
            raise RecordsError(f"the result cannot be kept in {self._path}: {_plain(error)}") from error

    def bests(self, trainee: str) -> dict[str, Best]:
        """A trainee's best results by level."""
        query = (
            select(_runs.c.level, func.max(_runs.c.total), func.max(_runs.c.stars), func.count())
            .join(_trainees)
            .where(_trainees.c.name == trainee)
            .group_by(_runs.c.level)
        )
        try:
            with self._engine.connect() as connection:
                return {level: Best(total, stars, runs) for level, total, stars, runs in connection.execute(query)}
        except SQLAlchemyError as error:
            raise RecordsError(f"results cannot be read from {self._path}: {_plain(error)}") from error

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()


def _plain(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]


def _trainee(connection: Connection, name: str) -> int:
    found = connection.execute(select(_trainees.c.id).where(_trainees.c.name == name)).scalar()
    if found is not None:
        return int(found)
    key = connection.execute(insert(_trainees).values(name=name)).inserted_primary_key
    return int(key[0]) if key else 0


def _open(path: Path) -> Engine:
    engine = create_engine(
        f"sqlite+pysqlite:///{path}", connect_args={"timeout": _BUSY_MS / 1000, "isolation_level": None}
    )

    @event.listens_for(engine, "connect")
    def _settle(connection: "DBAPIConnection", _: "ConnectionPoolEntry") -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_BUSY_MS}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.execute("PRAGMA foreign_keys")
        row = cursor.fetchone()
        cursor.close()
        if row is None or row[0] != 1:
            raise RecordsError("this SQLite does not keep foreign keys")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.begin() as connection:
        version = int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)
        if version > SCHEMA:
            raise RecordsError(f"{path} was written by a newer version of the program")
        if version < SCHEMA:
            _meta.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")
    return engine


def default_path(data: Path) -> Path:
    """Where the database lies in a data directory."""
    return data / "records.sqlite3"
