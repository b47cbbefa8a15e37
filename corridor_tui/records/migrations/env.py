"""Alembic reads this to run the steps on the connection it is given, in the transaction that is open on it."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
