"""Questions in work, so that a server that is told to stop lets them end and be kept first."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Condition

from corpus.errors import JushiError


class StoppingError(JushiError):
    """The server is stopping and takes no further question."""

    code = "stopping"


class Work:
    def __init__(self) -> None:
        self._changed = Condition()
        self._count = 0
        self._stopping = False

    @property
    def count(self) -> int:
        return self._count

    @property
    def is_stopping(self) -> bool:
        return self._stopping

    @contextmanager
    def doing(self) -> Iterator[None]:
        """Counts the body as work, however it ends: a question until its answer is kept."""
        with self._changed:
            self._count += 1
        try:
            yield
        finally:
            with self._changed:
                self._count -= 1
                self._changed.notify_all()

    def require_running(self) -> None:
        """To be asked inside `doing`, so that no question slips in between stopping and waiting.

        Raises:
            StoppingError: the server is stopping.
        """
        if self._stopping:
            raise StoppingError("服务正在重新启动，这个问题还没有作答。请过一分钟点“重试”；对话已经保存。")

    def stop(self, seconds: float) -> bool:
        """Takes nothing new and waits for what is in work; whether all of it ended in time."""
        deadline = time.monotonic() + seconds
        with self._changed:
            self._stopping = True
            return self._changed.wait_for(lambda: self._count == 0, timeout=max(0.0, deadline - time.monotonic()))


@lru_cache(maxsize=1)
def work() -> Work:
    """That of this process."""
    return Work()
