"""A mark that was taken away is remembered as that, so that it is taken away wherever else it was sent."""

from alembic import op
from sqlalchemy import BigInteger, CheckConstraint, Column, Integer

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add when a mark was taken away; none was yet."""
    kind = BigInteger().with_variant(Integer, "sqlite")
    gone = Column("gone_ms", kind, CheckConstraint("gone_ms > 0", name="ck_marks_gone_ms"))
    with op.batch_alter_table("marks", table_kwargs={"sqlite_strict": True}) as batch:
        batch.add_column(gone)
