"""Accounts, their sessions, who may see which report, counted attempts, and the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "jushi_accounts",
        sa.Column("name", sa.String(80), primary_key=True),  # as typed at login, normalised
        sa.Column("key", sa.String(32), nullable=False, unique=True),  # random: a new account never gets an old one's
        sa.Column("password", sa.Text),  # argon2; none for accounts of an identity provider
        sa.Column("subject", sa.String(255), unique=True),  # the provider's name for the person
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("must_change", sa.Boolean, nullable=False),  # the password was set by somebody else
        sa.Column("sessions_from", sa.String(32), nullable=False),  # ISO 8601, UTC; older ones have ended
        sa.Column("created", sa.String(32), nullable=False),
    )
    op.create_table(
        "jushi_memberships",
        sa.Column("account", sa.String(80), primary_key=True),
        sa.Column("bureau", sa.String(80), primary_key=True),
    )
    op.create_table(
        "jushi_grants",
        sa.Column("report", sa.String(255), primary_key=True),
        sa.Column("bureau", sa.String(80), primary_key=True),
    )
    op.create_table(
        "jushi_sessions",
        sa.Column("token", sa.String(64), primary_key=True),  # sha256 of what the browser holds
        sa.Column("account", sa.String(80), nullable=False, index=True),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("seen", sa.String(32), nullable=False),
    )
    op.create_table(
        "jushi_counts",
        sa.Column("key", sa.String(96), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("since", sa.String(32), nullable=False),
    )
    op.create_table(
        "jushi_audit",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.String(32), nullable=False, index=True),
        sa.Column("account", sa.String(80), nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),  # JSON
    )
    op.create_table(
        "jushi_scopes",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("reports", sa.Text, nullable=False),  # JSON: what could be seen when an answer was given
    )
    held = {column["name"] for column in sa.inspect(op.get_bind()).get_columns("jushi_exchanges")}
    if "scope" not in held:
        op.add_column("jushi_exchanges", sa.Column("scope", sa.String(64)))  # what could be seen when it was asked


def downgrade() -> None:
    with op.batch_alter_table("jushi_exchanges") as table:
        table.drop_column("scope")
    for name in ("scopes", "audit", "counts", "sessions", "grants", "memberships", "accounts"):
        op.drop_table(f"jushi_{name}")
