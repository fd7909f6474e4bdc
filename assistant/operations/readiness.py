"""Is the server ready: the index opens, database and Chroma answer, the disk has room.

Each part is asked in a thread of its own and given a few seconds; one that hangs fails, and is not asked again
before it comes back. The sentences name no address and no folder: whoever can reach the page can read them.
"""

import logging
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as LateError
from dataclasses import dataclass
from datetime import datetime
from shutil import disk_usage
from threading import Lock

from assistant.operations.metrics import Serving
from corpus.errors import StoreError
from corpus.settings import Settings
from index.database import answers as database_answers
from index.place import Place
from index.store import Store

log = logging.getLogger(__name__)

_PATIENCE_SECONDS = 3.0


class _NotReadyError(Exception):
    """A part that does not serve; the message is for whoever asks."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One thing the server needs; `fault` is empty where it serves. Without a `vital` one answers still come."""

    name: str
    fault: str = ""
    vital: bool = True


class Readiness:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._place = Place(
            folder=settings.store, embedding_model=settings.embedding_model,
            database_url=settings.database_url, chroma_url=settings.chroma_url,
        )  # fmt: skip
        self._store: Store | None = None
        self._lock = Lock()
        self._asked: dict[str, Future[None]] = {}
        self._executor = ThreadPoolExecutor(max_workers=4, thread_name_prefix="ready")

    def parts(self) -> tuple[Part, ...]:
        """Every part with what is wrong with it, after at most `_PATIENCE_SECONDS`."""
        asked = {name: self._ask(name, question) for name, question in self._questions().items()}
        return tuple(
            Part(name=name, fault=_fault(name, future), vital=name != "disk") for name, future in asked.items()
        )

    def serving(self) -> Serving | None:
        """The index in service; None where it does not open."""
        try:
            store = self._current()
            built = store.manifest().built
        except (StoreError, ValueError, OSError):
            return None
        return Serving(
            generation=int(store.generation),
            built=datetime.fromisoformat(built).timestamp() if built else None,
            reports=len(store.manifest().reports),
        )

    def _questions(self) -> Mapping[str, Callable[[], None]]:
        questions = {"index": self._index, "database": self._database, "disk": self._disk}
        return questions | ({"chroma": self._chroma} if self._settings.chroma_url else {})

    def _ask(self, name: str, question: Callable[[], None]) -> Future[None]:
        with self._lock:
            if name not in self._asked or self._asked[name].done():
                self._asked[name] = self._executor.submit(question)
            return self._asked[name]

    def _index(self) -> None:
        try:
            self._current().manifest()
        except (StoreError, ValueError) as error:
            raise _NotReadyError("索引打不开") from error

    def _current(self) -> Store:
        held = self._store
        if held is None or not held.is_current():
            held = self._store = Store.at(self._place)
        return held

    def _database(self) -> None:
        try:
            database_answers(self._settings.store, self._settings.database_url)
        except StoreError as error:
            raise _NotReadyError("数据库没有响应") from error

    def _chroma(self) -> None:
        try:
            chroma_answers(self._settings.chroma_url)
        except OSError as error:
            raise _NotReadyError("Chroma 没有响应") from error

    def _disk(self) -> None:
        if disk_usage(self._settings.store).free < self._settings.min_free_bytes:
            raise _NotReadyError("磁盘快满了")


def chroma_answers(url: str) -> None:
    """OSError where the Chroma server there does not answer its heartbeat."""
    try:
        urllib.request.urlopen(f"{url.rstrip('/')}/api/v2/heartbeat", timeout=_PATIENCE_SECONDS).close()
    except (urllib.error.URLError, ValueError) as error:
        raise ConnectionError(str(error)) from error


def _fault(name: str, future: "Future[None]") -> str:
    try:
        future.result(timeout=_PATIENCE_SECONDS)
    except LateError:
        return f"{_PATIENCE_SECONDS:.0f} 秒内没有回应"
    except _NotReadyError as error:
        log.warning("not ready: %s", name, exc_info=error.__cause__)
        return str(error)
    except OSError as error:
        log.warning("not ready: %s", name, exc_info=error)
        return "读写不了"
    return ""
