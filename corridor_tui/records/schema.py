"""The tables of the records: trainees, levels, runs, their orders, marks, scores and the reasons of the scores.

The same on SQLite and on PostgreSQL. Times are milliseconds since 1970 UTC. A change here is a migration there.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.sqlite import REAL
from sqlalchemy.types import TypeEngine

from corridor_tui.session.marks import MOST_WHO, MOST_WORDS

meta = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

_Big = BigInteger().with_variant(Integer, "sqlite")
_Real: TypeEngine[float] = Double().with_variant(REAL, "sqlite")
_Flag = Boolean().with_variant(Integer, "sqlite")


def _text(name: str, least: int, most: int, *, index: bool = False) -> "Column[str]":
    check = CheckConstraint(f"length({name}) BETWEEN {least} AND {most}", name=name)
    return Column(name, Text, check, nullable=False, index=index)


trainees = Table(
    "trainees",
    meta,
    Column("id", Integer, primary_key=True),
    _text("name", 1, 160),
    UniqueConstraint("name"),
    sqlite_strict=True,
)
levels = Table(
    "levels",
    meta,
    Column("digest", Text, CheckConstraint("length(digest) = 32", name="digest"), primary_key=True),
    _text("level", 1, 24),
    _text("text", 2, 300_000),
    sqlite_strict=True,
)
"""The levels that were played, as `Level.text`. A run of the first records may miss here."""
runs = Table(
    "runs",
    meta,
    Column("id", Integer, primary_key=True),
    _text("key", 10, 10),
    Column("trainee_id", Integer, ForeignKey(trainees.c.id, ondelete="CASCADE"), nullable=False, index=True),
    _text("level", 1, 24, index=True),
    _text("level_digest", 32, 32),
    Column("seed", _Big, CheckConstraint("seed >= 0", name="seed"), nullable=False),
    _text("engine", 1, 24),
    _text("desks", 2, 400),
    _text("origin", 1, 24),
    _text("branch", 0, 40),
    _text("head_link", 0, 16),
    Column("clock_s", Integer, CheckConstraint("clock_s >= 0", name="clock_s"), nullable=False),
    _text("events_digest", 32, 32),
    Column("started_ms", _Big, CheckConstraint("started_ms > 0", name="started_ms"), nullable=False),
    Column("finished_ms", _Big, CheckConstraint("finished_ms > 0", name="finished_ms"), nullable=False),
    UniqueConstraint("key"),
    sqlite_strict=True,
)
"""`origin`: "played" here, "imported" from a file, "sent" by a desk, or "first records". `branch` and `head_link`: see `Run`; empty in
the first records."""
orders = Table(
    "orders",
    meta,
    Column("run_id", Integer, ForeignKey(runs.c.id, ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, CheckConstraint("seq > 0", name="seq"), primary_key=True),
    Column("t", Integer, CheckConstraint("t >= 0", name="t"), nullable=False),
    _text("text", 0, 400),
    Column("heard", _Flag, nullable=False),
    _text("link", 0, 16),
    sqlite_strict=True,
)
scores = Table(
    "scores",
    meta,
    Column("run_id", Integer, ForeignKey(runs.c.id, ondelete="CASCADE"), primary_key=True),
    Column("total", _Real, nullable=False),
    Column("stars", Integer, CheckConstraint("stars BETWEEN 0 AND 3", name="stars"), nullable=False),
    Column("safety", _Real, nullable=False),
    Column("time_loss", _Real, nullable=False),
    Column("detection_loss", _Real, nullable=False),
    Column("resources_loss", _Real, nullable=False),
    _text("score", 2, 4_000_000),
    sqlite_strict=True,
)
"""`score` is the whole of it as JSON, without its reasons."""
reasons = Table(
    "reasons",
    meta,
    Column("run_id", Integer, ForeignKey(runs.c.id, ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, CheckConstraint("seq > 0", name="seq"), primary_key=True),
    _text("component", 1, 24),
    _text("code", 1, 60),
    _text("args", 2, 4_000),
    Column("loss", _Real, nullable=False),
    Column("from_s", Integer, nullable=False),
    Column("to_s", Integer, nullable=False),
    sqlite_strict=True,
)
marks = Table(
    "marks",
    meta,
    Column("run_id", Integer, ForeignKey(runs.c.id, ondelete="CASCADE"), primary_key=True),
    Column("t", Integer, CheckConstraint("t >= 0", name="t"), primary_key=True),
    Column("who", Text, CheckConstraint(f"length(who) BETWEEN 1 AND {MOST_WHO}", name="who"), primary_key=True),
    Column("words", Text, CheckConstraint(f"length(words) BETWEEN 1 AND {MOST_WORDS}", name="words"), primary_key=True),
    Column("set_ms", _Big, CheckConstraint("set_ms > 0", name="set_ms"), nullable=False),
    Column("gone_ms", _Big, CheckConstraint("gone_ms > 0", name="gone_ms")),
    sqlite_strict=True,
)
"""What was marked in a run after its shift; `who` need not be a trainee. What was taken away since is remembered as that."""
