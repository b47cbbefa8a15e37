"""The first records: trainees, and runs with score and orders as JSON."""

from alembic import op
from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, PrimaryKeyConstraint, Text, UniqueConstraint
from sqlalchemy.dialects.sqlite import REAL

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of the first records."""
    op.create_table(
        "trainees",
        Column("id", Integer),
        Column(
            "name", Text, CheckConstraint("length(name) BETWEEN 1 AND 160", name="ck_trainees_name"), nullable=False
        ),
        PrimaryKeyConstraint("id", name="pk_trainees"),
        UniqueConstraint("name", name="uq_trainees_name"),
        sqlite_strict=True,
    )
    op.create_table(
        "runs",
        Column("id", Integer),
        Column(
            "trainee_id", Integer, ForeignKey("trainees.id", name="fk_runs_trainee_id_trainees", ondelete="CASCADE")
        ),
        *(
            Column(name, Text, nullable=False)
            for name in ("level", "level_digest", "engine", "events_digest", "desks", "score", "orders")
        ),
        Column("seed", Integer, nullable=False),
        Column("total", REAL, nullable=False),
        Column("stars", Integer, nullable=False),
        Column("finished_ms", Integer, nullable=False),
        PrimaryKeyConstraint("id", name="pk_runs"),
        sqlite_strict=True,
    )
    op.create_index("ix_runs_level", "runs", ["level"])
    op.create_index("ix_runs_trainee_id", "runs", ["trainee_id"])
