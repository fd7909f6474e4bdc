"""How far a reader is with the pages of a file, told to whoever started it, several calls above.

with listening(progress):          # progress("识别 年报.pdf", 3, 12)
    read_report(path)
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[str, int, int], None]

_LISTENER: ContextVar[Listener | None] = ContextVar("page_progress", default=None)


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Calls `listener` with what is done, how many pages of it, and of how many."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def tell(stage: str, done: int, total: int) -> None:
    if (listener := _LISTENER.get()) is not None:
        listener(stage, done, total)
