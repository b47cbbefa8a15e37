"""The migrations of the records, run by Alembic inside the transaction of whoever opens them."""
