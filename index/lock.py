"""One writer at a time: a lock file held by the running process and freed by the system when it ends.

Where the system has no `fcntl` (Windows) the lock is not taken; two builds at once are then the user's care.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # not a POSIX system
    fcntl = None  # type: ignore[assignment]


class LockedError(Exception):
    """Another process holds the lock."""


@contextmanager
def exclusive(path: Path, *, wait: bool) -> Iterator[None]:
    """Holds the lock file `path` for the body.

    Raises:
        LockedError: another process holds it and `wait` is false.
        OSError: the file cannot be opened for writing.
    """
    with path.open("a") as held:
        if fcntl is not None:
            try:
                fcntl.flock(held, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise LockedError(str(path)) from error
        yield
