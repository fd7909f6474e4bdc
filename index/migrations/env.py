"""Run by Alembic: takes the steps on the connection that `index.migrations.steps` hands over."""

from alembic import context

from index.database import VERSION_TABLE

context.configure(connection=context.config.attributes["connection"], version_table=VERSION_TABLE)
with context.begin_transaction():
    context.run_migrations()
