"""The database of what outlives generations: where it is, how it is opened, and its schema brought up to date.

SQLite in the store's folder, or the configured server (`postgresql://user:password@host/name`). The schema's
steps stand in `index.migrations`; they run when the database is first opened and by `python -m index migrate`.
Alembic is imported only where a step is missing.
"""

import importlib
import logging
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from corpus.errors import StoreError

log = logging.getLogger(__name__)

FILE = "conversations.sqlite"
VERSION_TABLE = "jushi_schema"
MIGRATIONS = Path(__file__).resolve().parent / "migrations"
BACKENDS = ("sqlite", "postgresql")
_PATIENCE_SECONDS = 5  # for another process's writing
# what a server is given: to take a connection, and to say a word before the line counts as dead
_ATTENTION = {
    "connect_timeout": 5, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3,
    "tcp_user_timeout": 20_000,  # milliseconds for what was sent to arrive
}  # fmt: skip
# between attempts to connect: a server that is killed is back within about two seconds
_PAUSES_SECONDS = (0.1, 0.3, 0.6, 1.0)
_CONNECTIONS = 10  # kept open by one process; as many again under load
# one key of PostgreSQL's advisory locks for all who bring the schema up to date
_MIGRATING = 0x6A757368


def database_of(store: Path, database_url: str = "") -> sa.URL:
    """The configured database, or the file in the store's folder.

    Raises:
        StoreError: the address cannot be read, or is of a kind of database that is not supported.
    """
    if not database_url:
        return sa.URL.create("sqlite", database=str(store / FILE))
    try:
        url = sa.make_url(database_url)
    except sa.exc.ArgumentError as error:
        raise StoreError(_unusable("写法不对")) from error
    if url.get_backend_name() not in BACKENDS:
        raise StoreError(_unusable(f"不支持 {url.get_backend_name()}"))
    return url


def open_database(url: sa.URL) -> sa.Engine:
    """An engine; it connects when it is first used. Those who open the same server share its connections.

    Its errors, which are logged, do not hold what was to be stored: questions and answers.
    """
    return _file(url) if url.get_backend_name() == "sqlite" else _server(url)


def _file(url: sa.URL) -> sa.Engine:
    return sa.create_engine(url, connect_args={"timeout": _PATIENCE_SECONDS}, hide_parameters=True)


@lru_cache(maxsize=8)
def _server(url: sa.URL) -> sa.Engine:
    """Connections are tried before use, so that a restarted server is not noticed but by a pause."""
    try:
        engine = sa.create_engine(
            url, pool_pre_ping=True, pool_size=_CONNECTIONS, max_overflow=_CONNECTIONS, connect_args=dict(_ATTENTION),
            hide_parameters=True,
        )  # fmt: skip
    except (sa.exc.ArgumentError, ModuleNotFoundError) as error:
        raise StoreError(_unusable(str(error))) from error
    sa.event.listen(engine, "do_connect", _connected)
    return engine


def _connected(dialect: sa.Dialect, record: object, arguments: list[str], options: dict[str, object]) -> object:
    """A connection to a server, which may be starting just now."""
    for pause in _PAUSES_SECONDS:
        try:
            return dialect.connect(*arguments, **options)
        except dialect.loaded_dbapi.OperationalError as error:
            log.info("the database does not take a connection yet", exc_info=error)
            time.sleep(pause)
    return dialect.connect(*arguments, **options)


def fetched(engine: sa.Engine, query: sa.Select[Any]) -> Sequence[sa.RowMapping]:
    """All rows; asked once more where the connection was lost over it.

    Raises:
        StoreError: the database does not answer.
    """
    with reported():
        try:
            return _rows(engine, query)
        except sa.exc.DBAPIError as error:
            if not error.connection_invalidated:
                raise
            return _rows(engine, query)


def _rows(engine: sa.Engine, query: sa.Select[Any]) -> Sequence[sa.RowMapping]:
    with engine.connect() as connection:
        return connection.execute(query).mappings().all()


def answers(store: Path, database_url: str = "") -> None:
    """Asks the database for a word; StoreError where it gives none."""
    engine = open_database(database_of(store, database_url))
    try:
        fetched(engine, sa.select(sa.literal(1)))
    finally:
        if not database_url:
            engine.dispose()


def migrate(engine: sa.Engine) -> tuple[str | None, str]:
    """Brings the schema to this program's version; the versions before (None: there were no tables) and after.

    All steps or none; of several processes that start at once one does it and the others find it done.

    Raises:
        StoreError: a newer version of the program has made the schema.
        sqlalchemy.exc.SQLAlchemyError: the database does not answer or cannot be written.
    """
    newest = _known()[-1]
    before = _version(engine)
    if before == newest:
        return before, newest
    with _alone(engine) as connection:
        importlib.import_module("index.migrations.steps").take(connection)
    return before, newest


@contextmanager
def reported() -> Iterator[None]:
    """Turns a database's refusal into a sentence for the user.

    Raises:
        StoreError: the database does not answer, or does not do what is asked.
    """
    try:
        yield
    except sa.exc.IntegrityError:
        raise  # two values with one key: a fault of the code, not of the database
    except (sa.exc.DBAPIError, sa.exc.TimeoutError) as error:
        origin = getattr(error, "orig", error)
        reason = str(origin).strip().split("\n")[0]
        if isinstance(origin, sqlite3.Error) or not unreachable(error):
            message = f"索引的数据库读写不了（{reason}）。请再试一次；若一直如此，请重建索引：python -m index build。"
            raise StoreError(message) from error
        advice = "请稍后再试；若一直如此，请管理员检查数据库服务、磁盘和 JUSHI_DATABASE_URL。"
        raise StoreError(f"数据库没有响应（{reason}）。{advice}") from error


def unreachable(error: sa.exc.SQLAlchemyError) -> bool:
    """Whether it is the server or the way to it that failed, not what it was asked for."""
    lost = isinstance(error, sa.exc.DBAPIError) and error.connection_invalidated
    return lost or isinstance(error, sa.exc.OperationalError | sa.exc.TimeoutError)


def _known() -> list[str]:
    """The numbers of all steps, oldest first: "r0001_conversations.py" -> "0001"."""
    return sorted(path.name[1:5] for path in (MIGRATIONS / "versions").glob("r[0-9]*.py"))


def _version(engine: sa.Engine) -> str | None:
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table(VERSION_TABLE):
            return None
        found = connection.execute(sa.text(f"select version_num from {VERSION_TABLE}")).scalar_one_or_none()
    if found is not None and found not in _known():
        message = f"数据库是更新的一版程序建的（{found}，本程序只到 {_known()[-1]}）。请升级程序，或恢复升级前的备份。"
        raise StoreError(message)
    return found


@contextmanager
def _alone(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction in which nobody else migrates."""
    if engine.dialect.name == "sqlite":
        # the driver itself would begin a transaction too late, at the first row that is written
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("begin immediate")
            yield connection
            connection.exec_driver_sql("commit")
        return
    with engine.begin() as connection:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATING)))
        yield connection


def _unusable(reason: str) -> str:
    return (
        f"打不开数据库地址（{reason}）。请检查 JUSHI_DATABASE_URL（postgresql://用户:密码@主机/库名），"
        "或留空使用索引文件夹里的 SQLite。"
    )
