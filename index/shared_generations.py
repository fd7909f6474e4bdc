"""Generations of an index that several machines share: a row of the database points to the one in service.

    jushi_indexes     name "main", mark "5f0c2a91", serving 3, newest 4
    jushi_generations 2, 3 and 4: the one before, the one in service, one being built
    STORE/shared/5f0c2a91/3/      this machine's copy of what generation 3 keeps in files

The numbers are given out by the database and never again. Only one builder of an index works at a time, on all
machines: it holds a lock on one connection, and publishes over that same connection. A builder whose connection was
lost has lost the lock with it, and cannot publish.
"""

import logging
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from threading import Lock

import sqlalchemy as sa

from corpus.errors import StoreError
from index import shared_files
from index.database import database_of, fetched, migrate, open_database, reported
from index.generations import SOURCES
from index.lock import LockedError, exclusive
from index.manifest import FILE as MANIFEST

log = logging.getLogger(__name__)

FOLDER = "shared"
_LOCK = ".lock"
_FETCHING = "fetching"
_BUILDER_SILENT_SECONDS = 30  # after which the server asks whether a builder's machine is still there

_INDEXES = sa.Table(
    "jushi_indexes",
    shared_files.METADATA,
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("mark", sa.String(16), nullable=False, unique=True),
    sa.Column("serving", sa.Integer),
    sa.Column("newest", sa.Integer, nullable=False),
)
_GENERATIONS = sa.Table(
    "jushi_generations",
    shared_files.METADATA,
    sa.Column("mark", sa.String(16), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
)


@lru_cache(maxsize=64)
def shared_generations(store: Path, database_url: str, name: str, local: frozenset[str]) -> "SharedGenerations":
    """The generations of the index `name`; the same object for the same arguments, so that a lock is held once."""
    return SharedGenerations(store, open_database(database_of(store, database_url)), name, local)


class SharedGenerations:
    """`local` names what lies in a generation's folder and is not to be shared."""

    def __init__(self, store: Path, engine: sa.Engine, name: str, local: frozenset[str]) -> None:
        self._store = store
        self._engine = engine
        self._name = name
        self._local = local
        self._mark = ""
        self._holder: sa.Connection | None = None
        self._fetching = Lock()

    def current(self) -> Path | None:
        """The folder of the generation in service, its files fetched; None in a new index.

        Raises:
            StoreError: the database does not answer, or this machine's folder cannot be written.
        """
        number = self._serving()
        if number is None:
            return None
        folder = self._folder(number)
        if not (folder / MANIFEST).is_file():
            self._fetch(number, folder)
        return folder

    def is_current(self, generation: Path) -> bool:
        """Whether no newer one has taken its place; one question to the database."""
        number = self._serving()
        return number is not None and self._folder(number) == generation

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the index's lock for the body.

        Raises:
            StoreError: another build is running, on whatever machine; the database does not answer.
        """
        with self._locked(self._prepared()) as connection:
            self._holder = connection
            try:
                yield
            finally:
                self._holder = None

    @contextmanager
    def new(self, remove: Callable[[Path], None]) -> Iterator[Path]:
        """An empty folder to build the next generation in; if the body does not publish it, it is removed.

        The generation before the one in service is kept through this build, for readers on whatever machine.
        """
        mark, serving = self._prepared(), self._serving()
        with reported():
            self._remove_leftovers(mark, serving or 0, remove)
            folder = self._folder(self._next(mark))
        try:
            remove(folder)  # a database set back to a backup gives out a number again that the vectors know
            (folder / SOURCES).mkdir(parents=True)
            yield folder
        finally:
            # where the database is gone, the next build finds the leftover
            with suppress(StoreError):
                if not self.is_current(folder):
                    self._remove(int(folder.name), remove)

    def publish(self, generation: Path) -> None:
        """Puts a finished generation into service, for all machines at once.

        Raises:
            StoreError: the database does not answer, or did not for a while: the lock is lost.
        """
        mark, number = self._prepared(), int(generation.name)
        if self._holder is None:
            raise RuntimeError("publishing without the lock")
        with reported():
            shared_files.send(self._engine, mark, number, generation, without=self._local)
            row = _INDEXES.update().where(_INDEXES.c.name == self._name).values(serving=number)
            self._holder.execute(row)
            self._holder.commit()

    def _serving(self) -> int | None:
        self._prepared()
        query = sa.select(_INDEXES.c.mark, _INDEXES.c.serving).where(_INDEXES.c.name == self._name)
        found = fetched(self._engine, query)
        # none where the database was emptied or replaced under a running process
        self._mark = found[0]["mark"] if found else ""
        number: int | None = found[0]["serving"] if found else None
        return number

    def _prepared(self) -> str:
        """The index's mark; tables and row are made where they are missing."""
        if not self._mark:
            with reported():
                migrate(self._engine)
                query = sa.select(_INDEXES.c.mark).where(_INDEXES.c.name == self._name)
                with self._engine.begin() as connection:
                    mark = connection.execute(query).scalar_one_or_none()
                    self._mark = mark or self._added(connection)
        return self._mark

    def _added(self, connection: sa.Connection) -> str:
        row = {"name": self._name, "mark": secrets.token_hex(4), "serving": None, "newest": 0}
        try:
            with connection.begin_nested():
                connection.execute(_INDEXES.insert().values(row))
        except sa.exc.IntegrityError:  # another process was faster
            log.debug("the index %s was made by another process", self._name)
        query = sa.select(_INDEXES.c.mark).where(_INDEXES.c.name == self._name)
        mark: str = connection.execute(query).scalar_one()
        return mark

    @contextmanager
    def _locked(self, mark: str) -> Iterator[sa.Connection]:
        if self._engine.dialect.name == "sqlite":
            with self._locked_beside(self._engine.url.database or ""), self._engine.connect() as connection:
                yield connection
            return
        with reported():
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            with reported():
                taken = connection.execute(sa.select(sa.func.pg_try_advisory_lock(int(mark, 16)))).scalar_one()
                connection.exec_driver_sql(f"set tcp_keepalives_idle = {_BUILDER_SILENT_SECONDS}")
            if not taken:
                raise StoreError(self._busy())
            yield connection
        finally:
            with suppress(sa.exc.SQLAlchemyError):  # where the connection is lost, so is the lock
                connection.execute(sa.select(sa.func.pg_advisory_unlock_all()))
            connection.invalidate()  # not back into the pool, whatever became of it
            connection.close()

    @contextmanager
    def _locked_beside(self, database: str) -> Iterator[None]:
        """The lock of an index in a SQLite file: a file beside it, which the system frees."""
        try:
            with exclusive(Path(f"{database}.{self._name}{_LOCK}"), wait=False):
                yield
        except LockedError as error:
            raise StoreError(self._busy()) from error

    def _busy(self) -> str:
        return f"另一个进程（可能在另一台机器上）正在更新索引“{self._name}”。请等它结束后再运行。"

    def _next(self, mark: str) -> int:
        of_index = _INDEXES.c.name == self._name
        with self._engine.begin() as connection:
            connection.execute(_INDEXES.update().where(of_index).values(newest=_INDEXES.c.newest + 1))
            number: int = connection.execute(sa.select(_INDEXES.c.newest).where(of_index)).scalar_one()
            connection.execute(_GENERATIONS.insert().values(mark=mark, number=number))
        return number

    def _remove_leftovers(self, mark: str, serving: int, remove: Callable[[Path], None]) -> None:
        query = sa.select(_GENERATIONS.c.number).where(_GENERATIONS.c.mark == mark)
        numbers = [row["number"] for row in fetched(self._engine, query)]
        before = max((number for number in numbers if number < serving), default=0)
        for number in numbers:
            if number not in {before, serving}:
                self._remove(number, remove)

    def _remove(self, number: int, remove: Callable[[Path], None]) -> None:
        remove(self._folder(number))
        with reported():
            shared_files.forget(self._engine, self._mark, number)
            row = (_GENERATIONS.c.mark == self._mark, _GENERATIONS.c.number == number)
            with self._engine.begin() as connection:
                connection.execute(_GENERATIONS.delete().where(*row))

    def _folder(self, number: int) -> Path:
        return self._store / FOLDER / self._mark / str(number)

    def _fetch(self, number: int, folder: Path) -> None:
        """Copies the generation's files to this machine; of several processes here one does it."""
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            with self._fetching, exclusive(folder.parent / _LOCK, wait=True), reported():
                if (folder / MANIFEST).is_file():
                    return
                aside = folder.parent / _FETCHING
                shutil.rmtree(aside, ignore_errors=True)
                aside.mkdir()
                kept = self._tidied(folder.parent)
                shared_files.fetch(self._engine, self._mark, number, aside, kept)
                aside.replace(folder)
        except shared_files.IncompleteError as error:
            message = (
                f"共享的索引“{self._name}”第 {number} 代缺文件（{error}）。请重建索引：python -m index build --anew。"
            )
            raise StoreError(message) from error
        except OSError as error:
            message = f"索引文件夹 {self._store} 写不进去（{error.strerror}）。请检查磁盘空间和写权限。"
            raise StoreError(message) from error

    def _tidied(self, folder: Path) -> Path | None:
        """Deletes copies of generations that no longer are; the newest of the others."""
        query = sa.select(_GENERATIONS.c.number).where(_GENERATIONS.c.mark == self._mark)
        present = {row["number"] for row in fetched(self._engine, query)}
        copies = sorted((path for path in folder.iterdir() if path.name.isdecimal()), key=lambda path: int(path.name))
        for path in copies:
            if int(path.name) not in present:
                shutil.rmtree(path, ignore_errors=True)
        finished = [path for path in copies if int(path.name) in present and (path / MANIFEST).is_file()]
        return finished[-1] if finished else None
