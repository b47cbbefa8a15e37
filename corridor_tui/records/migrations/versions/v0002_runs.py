"""Levels, orders, scores and reasons have tables of their own; runs have a key, a beginning and a chain."""

import json
from collections.abc import Iterator
from secrets import choice

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    Double,
    ForeignKey,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    RowMapping,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.sqlite import REAL
from sqlalchemy.types import TypeEngine

revision = "0002"
down_revision = "0001"

_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_BIG = BigInteger().with_variant(Integer, "sqlite")
_REAL: TypeEngine[float] = Double().with_variant(REAL, "sqlite")
_FLAG = Boolean().with_variant(Integer, "sqlite")


def _whole(table: str, name: str, check: str = "") -> "Column[int]":
    big = name in ("seed", "started_ms", "finished_ms")
    checks = [CheckConstraint(check, name=f"ck_{table}_{name}")] if check else []
    return Column(name, _BIG if big else Integer, *checks, nullable=False)


def _words(table: str, name: str, least: int, most: int) -> "Column[str]":
    check = CheckConstraint(f"length({name}) BETWEEN {least} AND {most}", name=f"ck_{table}_{name}")
    return Column(name, Text, check, nullable=False)


def _of(table: str, column: str, target: str) -> "Column[int]":
    name = f"fk_{table}_{column}_{target}"
    return Column(column, Integer, ForeignKey(f"{target}.id", name=name, ondelete="CASCADE"), nullable=False)


def upgrade() -> None:
    """Make the tables and carry over what the first records hold."""
    connection = op.get_bind()
    old = connection.execute(text("SELECT * FROM runs ORDER BY id")).mappings().all()
    op.drop_table("runs")
    op.create_table(
        "levels",
        Column("digest", Text, CheckConstraint("length(digest) = 32", name="ck_levels_digest")),
        _words("levels", "level", 1, 24),
        _words("levels", "text", 2, 300_000),
        PrimaryKeyConstraint("digest", name="pk_levels"),
        sqlite_strict=True,
    )
    op.create_table(
        "runs",
        Column("id", Integer),
        _words("runs", "key", 10, 10),
        _of("runs", "trainee_id", "trainees"),
        _words("runs", "level", 1, 24),
        _words("runs", "level_digest", 32, 32),
        _whole("runs", "seed", "seed >= 0"),
        _words("runs", "engine", 1, 24),
        _words("runs", "desks", 2, 400),
        _words("runs", "origin", 1, 24),
        _words("runs", "branch", 0, 40),
        _words("runs", "head_link", 0, 16),
        _whole("runs", "clock_s", "clock_s >= 0"),
        _words("runs", "events_digest", 32, 32),
        _whole("runs", "started_ms", "started_ms > 0"),
        _whole("runs", "finished_ms", "finished_ms > 0"),
        PrimaryKeyConstraint("id", name="pk_runs"),
        UniqueConstraint("key", name="uq_runs_key"),
        sqlite_strict=True,
    )
    op.create_index("ix_runs_level", "runs", ["level"])
    op.create_index("ix_runs_trainee_id", "runs", ["trainee_id"])
    op.create_table(
        "orders",
        _of("orders", "run_id", "runs"),
        _whole("orders", "seq", "seq > 0"),
        _whole("orders", "t", "t >= 0"),
        _words("orders", "text", 0, 400),
        Column("heard", _FLAG, nullable=False),
        _words("orders", "link", 0, 16),
        PrimaryKeyConstraint("run_id", "seq", name="pk_orders"),
        sqlite_strict=True,
    )
    op.create_table(
        "scores",
        _of("scores", "run_id", "runs"),
        Column("total", _REAL, nullable=False),
        _whole("scores", "stars", "stars BETWEEN 0 AND 3"),
        *(Column(name, _REAL, nullable=False) for name in ("safety", "time_loss", "detection_loss", "resources_loss")),
        _words("scores", "score", 2, 4_000_000),
        PrimaryKeyConstraint("run_id", name="pk_scores"),
        sqlite_strict=True,
    )
    op.create_table(
        "reasons",
        _of("reasons", "run_id", "runs"),
        _whole("reasons", "seq", "seq > 0"),
        _words("reasons", "component", 1, 24),
        _words("reasons", "code", 1, 60),
        _words("reasons", "args", 2, 4_000),
        Column("loss", _REAL, nullable=False),
        _whole("reasons", "from_s"),
        _whole("reasons", "to_s"),
        PrimaryKeyConstraint("run_id", "seq", name="pk_reasons"),
        sqlite_strict=True,
    )
    for run in old:
        _carry(connection, run)


def _carry(connection: Connection, old: RowMapping) -> None:
    score = json.loads(old["score"])
    reasons = score.pop("reasons")
    tables = MetaData()
    tables.reflect(connection, only=["runs", "orders", "scores", "reasons"])
    row = {
        "id": old["id"],
        "key": "".join(choice(_SIGNS) for _ in range(10)),
        **{
            name: old[name]
            for name in ("trainee_id", "level", "level_digest", "seed", "engine", "desks", "events_digest")
        },
        "origin": "first records",
        "branch": "",
        "head_link": "",
        "clock_s": 0,
        "started_ms": old["finished_ms"],
        "finished_ms": old["finished_ms"],
    }
    connection.execute(tables.tables["runs"].insert(), row)
    losses = score["losses"]
    connection.execute(
        tables.tables["scores"].insert(),
        {
            "run_id": old["id"],
            "total": old["total"],
            "stars": old["stars"],
            "safety": score["safety"],
            **{f"{name}_loss": losses[name] for name in ("time", "detection", "resources")},
            "score": json.dumps(score),
        },
    )
    _add(connection, tables.tables["orders"], _orders(old))
    _add(connection, tables.tables["reasons"], _reasons(old["id"], reasons))


def _orders(old: RowMapping) -> Iterator[dict[str, object]]:
    players = json.loads(old["desks"])
    given = [(t, order) for t, desk, order in json.loads(old["orders"]) if players[desk] == "trainee"]
    for seq, (t, order) in enumerate(given, 1):
        yield {"run_id": old["id"], "seq": seq, "t": t, "text": order[:400], "heard": True, "link": ""}


def _reasons(run: int, reasons: list[dict[str, object]]) -> Iterator[dict[str, object]]:
    for seq, reason in enumerate(reasons, 1):
        yield {"run_id": run, "seq": seq, **reason, "args": json.dumps(reason["args"])}


def _add(connection: Connection, table: Table, rows: Iterator[dict[str, object]]) -> None:
    if found := list(rows):
        connection.execute(table.insert(), found)
