"""Run by Alembic: applies the scripts in versions/ on the connection that the ledger hands over."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], version_table="slipcast_version")
with context.begin_transaction():
    context.run_migrations()
