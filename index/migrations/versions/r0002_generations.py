"""The index in service on shared servers: a row that points to its generation, and the generations' files."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "jushi_index",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),  # 1: there is one row
        sa.Column("name", sa.String(16), nullable=False),  # stands in the names of tables and collections
        sa.Column("serving", sa.Integer),  # the generation in service
        sa.Column("newest", sa.Integer, nullable=False),  # the highest number ever given out
    )
    op.create_table(
        "jushi_generation_files",
        sa.Column("generation", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("path", sa.String(512), primary_key=True),
        sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("jushi_generation_files")
    op.drop_table("jushi_index")
