"""The schema of what outlives generations, step by step, by Alembic: conversations, accounts, the index in service.

To change it, add `versions/rNNNN_what.py` with the next number (see the newest one there):

    revision = "0003"            # NNNN of its file's name
    down_revision = "0002"       # the one before
    def upgrade() -> None: ...   # op.create_table(…), op.add_column(…); sa types only, none of our classes
    def downgrade() -> None: ... # the reverse

Tables are named `jushi_…`; table and index (`op.create_index`) are made with `if_not_exists=True` where a version
before Alembic may have made them.
A step runs on SQLite and PostgreSQL alike (a column that SQLite cannot alter: `op.batch_alter_table`), in one
transaction with the others; a step that was released is never edited. The code that uses a table defines it a
second time for its queries; `tests/test_migrations.py` holds the two against each other.
"""
