"""The tables of people, and the database they stand in: the one of the conversations."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import sqlalchemy as sa

from assistant.people.account import PeopleError
from corpus.errors import StoreError
from index.database import migrate, open_database

log = logging.getLogger(__name__)

_CAUSES = (
    ("unable to open", "打不开数据库文件，请先建索引（make build），或检查 --store 的文件夹"),
    ("full", "磁盘已满"),
    ("locked", "数据库正被占用"),
    ("readonly", "没有写权限"),
)
METADATA = sa.MetaData()
ACCOUNTS = sa.Table(
    "jushi_accounts",
    METADATA,
    sa.Column("name", sa.String(80), primary_key=True),
    sa.Column("key", sa.String(32), nullable=False, unique=True),
    sa.Column("password", sa.Text),
    sa.Column("subject", sa.String(255), unique=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("disabled", sa.Boolean, nullable=False),
    sa.Column("must_change", sa.Boolean, nullable=False),
    sa.Column("sessions_from", sa.String(32), nullable=False),
    sa.Column("created", sa.String(32), nullable=False),
)
MEMBERSHIPS = sa.Table(
    "jushi_memberships",
    METADATA,
    sa.Column("account", sa.String(80), primary_key=True),
    sa.Column("bureau", sa.String(80), primary_key=True),
)
GRANTS = sa.Table(
    "jushi_grants",
    METADATA,
    sa.Column("report", sa.String(255), primary_key=True),
    sa.Column("bureau", sa.String(80), primary_key=True),
)
SESSIONS = sa.Table(
    "jushi_sessions",
    METADATA,
    sa.Column("token", sa.String(64), primary_key=True),
    sa.Column("account", sa.String(80), nullable=False, index=True),
    sa.Column("created", sa.String(32), nullable=False),
    sa.Column("seen", sa.String(32), nullable=False),
)
COUNTS = sa.Table(
    "jushi_counts",
    METADATA,
    sa.Column("key", sa.String(96), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("since", sa.String(32), nullable=False),
)
AUDIT = sa.Table(
    "jushi_audit",
    METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.String(32), nullable=False, index=True),
    sa.Column("account", sa.String(80), nullable=False),
    sa.Column("event", sa.String(32), nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
)
SCOPES = sa.Table(
    "jushi_scopes",
    METADATA,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("reports", sa.Text, nullable=False),
)


class Database:
    """Opened when it is first used; its schema is brought up to date then."""

    def __init__(self, url: sa.URL) -> None:
        self._engine = open_database(url)
        self._prepared = False

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def connected(self) -> Iterator[sa.Connection]:
        """A transaction: all of it or nothing.

        Raises:
            PeopleError: the database does not take or give what is asked.
        """
        try:
            if not self._prepared:
                migrate(self._engine)
                self._prepared = True
            with self._engine.begin() as connection:
                yield connection
        except StoreError as error:
            raise PeopleError(str(error)) from error
        except sa.exc.DBAPIError as error:
            log.warning("the database of accounts does not answer: %s", error.orig)
            cause = next((told for words, told in _CAUSES if words in str(error.orig).lower()), "数据库没有响应")
            message = f"账户存取不了：{cause}。现在不能登录或作答；若一直如此，请管理员检查索引文件夹和数据库。"
            raise PeopleError(message) from error


def stamp(moment: datetime | None = None) -> str:
    """A moment (now, where none is given) as the tables hold it: later ones sort behind earlier ones."""
    return (moment or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="microseconds")
