"""Indexes on shared servers: which generation is in service, which there are, and their files."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "jushi_indexes",
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("mark", sa.String(16), nullable=False, unique=True),  # stands in names of tables and collections
        sa.Column("serving", sa.Integer),  # the generation in service
        sa.Column("newest", sa.Integer, nullable=False),  # the highest number ever given out
    )
    op.create_table(
        "jushi_generations",
        sa.Column("mark", sa.String(16), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    )
    op.create_table(
        "jushi_generation_files",
        sa.Column("mark", sa.String(16), primary_key=True),
        sa.Column("generation", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("path", sa.String(512), primary_key=True),
        sa.Column("checksum", sa.String(64), nullable=False),  # sha256 of the whole file
    )
    op.create_table(
        "jushi_blobs",
        sa.Column("mark", sa.String(16), primary_key=True),
        sa.Column("checksum", sa.String(64), primary_key=True),
        sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    for table in ("jushi_blobs", "jushi_generation_files", "jushi_generations", "jushi_indexes"):
        op.drop_table(table)
