"""Conversations and their exchanges, as they were before there were steps: databases of that time are taken over."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "jushi_conversations",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("changed", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        if_not_exists=True,
    )
    op.create_index("ix_jushi_conversations_owner", "jushi_conversations", ["owner"], if_not_exists=True)
    op.create_table(
        "jushi_exchanges",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(32), nullable=False, unique=True),
        sa.Column("conversation", sa.String(32), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("answer", sa.Text),
        sa.Column("fault", sa.Text, nullable=False),
        sa.Column("checksums", sa.Text, nullable=False),
        sa.Column("rating", sa.String(8)),
        sa.Column("reason", sa.Text, nullable=False),
        if_not_exists=True,
    )
    op.create_index("ix_jushi_exchanges_conversation", "jushi_exchanges", ["conversation"], if_not_exists=True)


def downgrade() -> None:
    op.drop_table("jushi_exchanges")
    op.drop_table("jushi_conversations")
