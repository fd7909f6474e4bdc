"""Conversations in a relational database: SQLite in the store's folder, or the configured one.

A conversation belongs to the hash of a key that only its owner's browser holds; every query names the owner.
Two windows may write to one conversation: each exchange is added behind what is there, and `version` tells a
window that the other has written. It stands beside the index's generations and outlives them.
"""

import hashlib
import json
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock

import sqlalchemy as sa

from assistant.answer import Answer
from assistant.archive.exchange import Exchange, Rating, Summary, title_of
from corpus.errors import JushiError, StoreError
from index.database import database_of, migrate, open_database

__all__ = ["Archive", "ArchiveError", "Kept", "database_of", "owner_of"]

log = logging.getLogger(__name__)

_MOST_LISTED = 200

# What a database says when it cannot write, and what that means to a reader.
_CAUSES = (
    ("full", "磁盘已满"),
    ("locked", "数据库正被占用"),
    ("readonly", "没有写权限"),
    ("read-only", "没有写权限"),
    ("unable to open", "数据库文件打不开，请检查文件夹是否存在、能否写入"),
    ("no space left", "磁盘已满"),
    ("connection", "连不上数据库服务器"),
)
_NEXT = "问题排除后，下一次提问会连同没存下的一起存。"

_METADATA = sa.MetaData()
_CONVERSATIONS = sa.Table(
    "jushi_conversations",
    _METADATA,
    sa.Column("key", sa.String(32), primary_key=True),
    sa.Column("owner", sa.String(64), nullable=False, index=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("changed", sa.String(32), nullable=False),  # ISO 8601, UTC
    sa.Column("version", sa.Integer, nullable=False),
)
_EXCHANGES = sa.Table(
    "jushi_exchanges",
    _METADATA,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("key", sa.String(32), nullable=False, unique=True),
    sa.Column("conversation", sa.String(32), nullable=False, index=True),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("answer", sa.Text),
    sa.Column("fault", sa.Text, nullable=False),
    sa.Column("checksums", sa.Text, nullable=False),
    sa.Column("rating", sa.String(8)),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("scope", sa.String(64)),
)


class ArchiveError(JushiError):
    """A conversation cannot be kept or read: the disk is full, the database locked or gone."""

    code = "archive"


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A conversation as it stands in the archive."""

    title: str
    version: int
    exchanges: tuple[Exchange, ...]


def owner_of(visitor_key: str) -> str:
    """What the server stores of a visitor's key: its sha256, hex."""
    return hashlib.sha256(visitor_key.encode()).hexdigest()


class Archive:
    def __init__(self, url: sa.URL) -> None:
        self._engine = open_database(url)
        self._preparing = Lock()
        self._prepared = False

    def close(self) -> None:
        self._engine.dispose()

    def conversations(self, owner: str) -> tuple[Summary, ...]:
        """The owner's conversations, the one changed last first."""
        table = _CONVERSATIONS
        query = sa.select(table.c.key, table.c.title, table.c.changed).where(table.c.owner == owner)
        with self._connected() as connection:
            rows = connection.execute(query.order_by(table.c.changed.desc()).limit(_MOST_LISTED)).all()
        return tuple(Summary(key=key, title=title, changed=datetime.fromisoformat(at)) for key, title, at in rows)

    def version(self, owner: str, conversation: str) -> int | None:
        """How often the conversation was changed; None where the owner has none of that key."""
        with self._connected() as connection:
            return _version(connection, owner, conversation)

    def read(self, owner: str, conversation: str) -> Kept | None:
        """The conversation, or None where the owner has none of that key."""
        with self._connected() as connection:
            query = sa.select(_CONVERSATIONS.c.title, _CONVERSATIONS.c.version)
            head = connection.execute(query.where(*_is(owner, conversation))).one_or_none()
            query = sa.select(_EXCHANGES).where(_EXCHANGES.c.conversation == conversation)
            rows = connection.execute(query.order_by(_EXCHANGES.c.number)).mappings().all() if head else ()
        return head and Kept(title=head[0], version=head[1], exchanges=tuple(_exchange(row) for row in rows))

    def add(self, owner: str, conversation: str, exchanges: Sequence[Exchange]) -> int:
        """Adds exchanges behind those that are there, makes the conversation where it is new; its version now.

        One that is there already is not added again: whether it was kept is not known where the line broke over it.
        """
        with self._connected() as connection:
            if _version(connection, owner, conversation) is None:
                head = {"key": conversation, "owner": owner, "title": title_of(exchanges[0].question)}
                connection.execute(_CONVERSATIONS.insert().values(**head, changed=_now(), version=0))
            held = sa.select(_EXCHANGES.c.key).where(_EXCHANGES.c.conversation == conversation)
            present = set(connection.execute(held).scalars())
            for exchange in exchanges:
                if exchange.key not in present:
                    connection.execute(_EXCHANGES.insert().values(conversation=conversation, **_row(exchange)))
            return _changed(connection, owner, conversation)

    def withdraw(self, owner: str, conversation: str, exchange: str) -> int:
        """Removes an exchange and those after it, for the question to be asked in other words; the version now."""
        with self._connected() as connection:
            changed = _changed(connection, owner, conversation)
            first = sa.select(_EXCHANGES.c.number).where(_EXCHANGES.c.key == exchange).scalar_subquery()
            of_conversation = _EXCHANGES.c.conversation == conversation
            connection.execute(_EXCHANGES.delete().where(of_conversation, _EXCHANGES.c.number >= first))
            return changed

    def rate(self, owner: str, conversation: str, exchange: str, rating: Rating | None, reason: str = "") -> int:
        """Keeps what the reader thought of an answer; the conversation's version now."""
        with self._connected() as connection:
            changed = _changed(connection, owner, conversation)
            row = (_EXCHANGES.c.key == exchange, _EXCHANGES.c.conversation == conversation)
            connection.execute(_EXCHANGES.update().where(*row).values(rating=rating, reason=reason))
            return changed

    def rename(self, owner: str, conversation: str, title: str) -> None:
        with self._connected() as connection:
            connection.execute(_CONVERSATIONS.update().where(*_is(owner, conversation)).values(title=title_of(title)))

    def delete(self, owner: str, conversation: str) -> None:
        with self._connected() as connection:
            if connection.execute(_CONVERSATIONS.delete().where(*_is(owner, conversation))).rowcount:
                connection.execute(_EXCHANGES.delete().where(_EXCHANGES.c.conversation == conversation))

    def delete_all(self, owner: str) -> int:
        """Deletes every conversation of an owner; how many."""
        return self._delete(_CONVERSATIONS.c.owner == owner)

    def purge(self, before: datetime) -> int:
        """Deletes the conversations that nobody has changed since; how many."""
        return self._delete(_CONVERSATIONS.c.changed < before.astimezone(UTC).isoformat(timespec="microseconds"))

    def _delete(self, condition: sa.ColumnElement[bool]) -> int:
        gone = sa.select(_CONVERSATIONS.c.key).where(condition)
        with self._connected() as connection:
            connection.execute(_EXCHANGES.delete().where(_EXCHANGES.c.conversation.in_(gone)))
            return int(connection.execute(_CONVERSATIONS.delete().where(condition)).rowcount)

    def rated(self) -> tuple[Exchange, ...]:
        """Every exchange somebody judged, of all owners, oldest first: for evaluation, without names."""
        with self._connected() as connection:
            query = sa.select(_EXCHANGES).where(_EXCHANGES.c.rating.is_not(None)).order_by(_EXCHANGES.c.number)
            return tuple(_exchange(row) for row in connection.execute(query).mappings())

    @contextmanager
    def _connected(self) -> Iterator[sa.Connection]:
        """A transaction: all of it or nothing.

        Raises:
            ArchiveError: the database does not take or give what is asked.
        """
        try:
            with self._preparing:  # the first windows of a new store come at once, and one of them is enough
                if not self._prepared:
                    migrate(self._engine)
                    self._prepared = True
            with self._engine.begin() as connection:
                yield connection
        except StoreError as error:  # the schema is not this program's
            raise ArchiveError(str(error)) from error
        except sa.exc.SQLAlchemyError as error:
            log.warning("the archive of conversations does not answer", exc_info=error)
            raise ArchiveError(f"对话记录存取不了：{_cause(error)}。页面上的内容还在，可以先导出；{_NEXT}") from error


def _cause(error: Exception) -> str:
    said = str(error).lower()
    return next((meaning for words, meaning in _CAUSES if words in said), "数据库没有响应，原因已记入日志")


def _is(owner: str, conversation: str) -> tuple[sa.ColumnElement[bool], ...]:
    return _CONVERSATIONS.c.key == conversation, _CONVERSATIONS.c.owner == owner


def _version(connection: sa.Connection, owner: str, conversation: str) -> int | None:
    query = sa.select(_CONVERSATIONS.c.version).where(*_is(owner, conversation))
    version: int | None = connection.execute(query).scalar_one_or_none()
    return version


def _changed(connection: sa.Connection, owner: str, conversation: str) -> int:
    """Counts a change up. Nothing of a conversation is touched before this has found it to be the owner's."""
    change = {"version": _CONVERSATIONS.c.version + 1, "changed": _now()}
    if not connection.execute(_CONVERSATIONS.update().where(*_is(owner, conversation)).values(change)).rowcount:
        raise ArchiveError("这段对话已经不在了，可能在另一个窗口里被删除。下一个问题会开始一段新对话。")
    return _version(connection, owner, conversation) or 0


def _row(exchange: Exchange) -> dict[str, object]:
    return {
        "key": exchange.key,
        "question": exchange.question,
        "answer": exchange.answer.model_dump_json() if exchange.answer else None,
        "fault": exchange.fault,
        "checksums": json.dumps(dict(exchange.checksums), ensure_ascii=False),
        "rating": exchange.rating,
        "reason": exchange.reason,
        "scope": exchange.scope,
    }


def _exchange(row: sa.RowMapping) -> Exchange:
    return Exchange(
        key=row["key"],
        question=row["question"],
        answer=Answer.model_validate_json(row["answer"]) if row["answer"] else None,
        fault=row["fault"],
        checksums=json.loads(row["checksums"]),
        rating=row["rating"],
        reason=row["reason"],
        scope=row["scope"],
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
