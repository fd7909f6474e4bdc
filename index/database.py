"""The database of what outlives generations: where it is, how it is opened, and its schema brought up to date.

SQLite in the store's folder, or the configured server (`postgresql://user:password@host/name`). The schema's
steps stand in `index.migrations`; they run when the database is first opened and by `python -m index migrate`.
Alembic is imported only where a step is missing.
"""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from corpus.errors import StoreError

FILE = "conversations.sqlite"
VERSION_TABLE = "jushi_schema"
MIGRATIONS = Path(__file__).resolve().parent / "migrations"
BACKENDS = ("sqlite", "postgresql")
_PATIENCE_SECONDS = 5  # for another process's writing
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
    """An engine; it connects when it is first used, and anew where the server has dropped a connection."""
    try:
        if url.get_backend_name() == "sqlite":
            return sa.create_engine(url, connect_args={"timeout": _PATIENCE_SECONDS})
        return sa.create_engine(url, pool_pre_ping=True)
    except (sa.exc.ArgumentError, ModuleNotFoundError) as error:
        raise StoreError(_unusable(str(error))) from error


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
    except sa.exc.DBAPIError as error:
        reason = str(error.orig).strip().split("\n")[0]
        if error.connection_invalidated or isinstance(error, sa.exc.OperationalError):
            advice = "请稍后再试；若一直如此，请管理员检查数据库服务、磁盘和 JUSHI_DATABASE_URL。"
            raise StoreError(f"数据库没有响应（{reason}）。{advice}") from error
        raise StoreError(f"索引的数据库读写不了（{reason}）。请重建索引：python -m index build。") from error


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
