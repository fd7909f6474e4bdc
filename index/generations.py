"""Generations of an index in a store's folder: built aside, then swapped in by renaming one small file.

    store/current                "3"
    store/generations/3/         sources/ ledger.sqlite chroma/ keywords/ manifest.json

Whatever kills a build, `current` names a finished generation. The one before it is kept until the next
build, for processes that still read it.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from corpus.errors import StoreError
from index.lock import LockedError, exclusive
from index.manifest import FILE as MANIFEST

CURRENT = "current"
GENERATIONS = "generations"
SOURCES = "sources"
LOCK = ".lock"


class Generations(Protocol):
    """The generations of one index, in a folder or shared by machines."""

    def current(self) -> Path | None:
        """The folder of the generation in service."""

    def is_current(self, generation: Path) -> bool:
        """Whether no newer one has taken its place."""

    def writing(self) -> AbstractContextManager[None]:
        """Keeps other builds out for the body."""

    def new(self, remove: Callable[[Path], None]) -> AbstractContextManager[Path]:
        """An empty folder to build the next generation in."""

    def publish(self, generation: Path) -> None:
        """Puts a finished generation into service; while writing only."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FolderGenerations:
    """Those of the index in a store's folder."""

    store: Path

    def current(self) -> Path | None:
        return current_generation(self.store)

    def is_current(self, generation: Path) -> bool:
        return current_generation(self.store) == generation

    def writing(self) -> AbstractContextManager[None]:
        return writing(self.store)

    def new(self, remove: Callable[[Path], None]) -> AbstractContextManager[Path]:
        return new_generation(self.store, remove)

    def publish(self, generation: Path) -> None:
        publish(self.store, generation)


def current_generation(store: Path) -> Path | None:
    """The folder in service; where `current` is lost, the newest finished one; None in a new store."""
    try:
        named = store / GENERATIONS / (store / CURRENT).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        named = store / GENERATIONS / "none"
    if (named / MANIFEST).is_file():
        return named
    finished = [folder for folder in _numbered(store) if (folder / MANIFEST).is_file()]
    return finished[-1] if finished else None


@contextmanager
def new_generation(store: Path, remove: Callable[[Path], None]) -> Iterator[Path]:
    """An empty folder to build the next generation in; leftovers of earlier builds are removed first.

    The body finishes by calling `publish`; if it does not, the folder is removed.
    """
    serving = current_generation(store)
    older = _numbered(store)
    for leftover in older:
        if leftover != serving:
            remove(leftover)
    number = max((int(folder.name) for folder in older), default=0) + 1
    folder = store / GENERATIONS / str(number)
    try:
        (folder / SOURCES).mkdir(parents=True)
        yield folder
    finally:
        if current_generation(store) != folder:
            remove(folder)


def publish(store: Path, generation: Path) -> None:
    """Puts a finished generation into service."""
    aside = store / (CURRENT + ".new")
    aside.write_text(generation.name, encoding="utf-8")
    aside.replace(store / CURRENT)


@contextmanager
def writing(store: Path) -> Iterator[None]:
    """Holds the store's lock for the body, so that a folder that cannot be written is known before work is done.

    Raises:
        StoreError: another build is running, or the folder cannot be written.
    """
    try:
        (store / GENERATIONS).mkdir(parents=True, exist_ok=True)
        with exclusive(store / LOCK, wait=False):
            yield
    except LockedError as error:
        raise StoreError(f"另一个进程正在更新索引 {store}。请等它结束后再运行。") from error
    except OSError as error:
        message = (
            f"索引文件夹 {store} 写不进去（{error.strerror}）。请检查磁盘空间和写权限，或用 --store 换一个文件夹。"
        )
        raise StoreError(message) from error


def _numbered(store: Path) -> list[Path]:
    folder = store / GENERATIONS
    found = [path for path in folder.iterdir() if path.name.isdecimal()] if folder.is_dir() else []
    return sorted(found, key=lambda path: int(path.name))
