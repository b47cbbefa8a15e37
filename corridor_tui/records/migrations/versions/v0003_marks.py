"""Marks that are set in a run after its shift have a table."""

from alembic import op
from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Integer, PrimaryKeyConstraint, Text

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table; no run has any yet."""
    run = ForeignKey("runs.id", name="fk_marks_run_id_runs", ondelete="CASCADE")
    op.create_table(
        "marks",
        Column("run_id", Integer, run, nullable=False),
        Column("t", Integer, CheckConstraint("t >= 0", name="ck_marks_t"), nullable=False),
        _words("who", 160),
        _words("words", 200),
        Column(
            "set_ms",
            BigInteger().with_variant(Integer, "sqlite"),
            CheckConstraint("set_ms > 0", name="ck_marks_set_ms"),
            nullable=False,
        ),
        PrimaryKeyConstraint("run_id", "t", "who", "words", name="pk_marks"),
        sqlite_strict=True,
    )


def _words(name: str, most: int) -> "Column[str]":
    return Column(
        name, Text, CheckConstraint(f"length({name}) BETWEEN 1 AND {most}", name=f"ck_marks_{name}"), nullable=False
    )
