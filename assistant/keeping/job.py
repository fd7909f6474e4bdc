"""Long work in a process of its own, followed line by line: other users' answers go on meanwhile.

The child prints JSON lines: {"stage": "计算向量", "done": 64, "total": 521} … {"result": {…}}.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock, Thread

from corpus.settings import PROJECT

log = logging.getLogger(__name__)
_LINES_KEPT = 40
_EXPECTED = {0, 1, 2}  # done; some parts failed; usage, settings or store


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    name: str
    done: int
    total: int


@dataclass(frozen=True, kw_only=True, slots=True)
class JobState:
    """How far a job is. `code` is None while it runs; `said` are the last lines it printed that are no progress."""

    title: str
    stages: tuple[Stage, ...] = ()
    code: int | None = None
    result: Mapping[str, object] = field(default_factory=dict)
    said: tuple[str, ...] = ()

    @property
    def is_running(self) -> bool:
        return self.code is None


class Job:
    """A running command of this project; `python -m` goes before its arguments."""

    def __init__(
        self,
        title: str,
        arguments: Sequence[str],
        *,
        after: Callable[[], None] = lambda: None,
        ended: Callable[["JobState"], None] = lambda state: None,
    ) -> None:
        """`after` is called once when the process has ended, however it ended; `ended` then with what became of it."""
        self._lock = Lock()
        self._state = JobState(title=title)
        self._after = after
        self._ended = ended
        self._process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            encoding="utf-8", errors="replace",
        )  # fmt: skip
        self._thread = Thread(target=self._follow, name="job", daemon=True)
        self._thread.start()

    @property
    def state(self) -> JobState:
        with self._lock:
            return self._state

    def stop(self) -> None:
        """Ends the process; an index it was building stays as it was."""
        self._process.terminate()

    def wait(self, seconds: float) -> JobState:
        """The state when it has ended, or after that many seconds."""
        self._thread.join(seconds)
        return self.state

    def _follow(self) -> None:
        for line in self._process.stdout or ():
            with self._lock:
                self._state = _after_line(self._state, line)
        code = self._process.wait()
        self._after()
        with self._lock:
            self._state = replace(self._state, code=code)
        self._ended(self.state)
        if code not in _EXPECTED:
            log.error("%s ended with %s: %s", self.state.title, code, "\n".join(self.state.said))


def _after_line(state: JobState, line: str) -> JobState:
    try:
        told = json.loads(line)
    except ValueError:
        told = None
    match told:
        case {"stage": str(name), "done": int(done), "total": int(total)}:
            others = tuple(stage for stage in state.stages if stage.name != name)
            return replace(state, stages=(*others, Stage(name=name, done=done, total=total)))
        case {"result": dict(result)}:
            return replace(state, result=result)
    said = line.strip()
    return replace(state, said=(*state.said, said)[-_LINES_KEPT:]) if said else state


class Jobs:
    """The one job of a server that changes the index; a second one is refused while it runs."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._job: Job | None = None

    def start(
        self,
        title: str,
        arguments: Sequence[str],
        *,
        after: Callable[[], None] = lambda: None,
        ended: Callable[[JobState], None] = lambda state: None,
    ) -> bool:
        """Whether it was started; where another one runs, `after` is called and nothing else happens."""
        with self._lock:
            if self._job is None or not self._job.state.is_running:
                self._job = Job(title, arguments, after=after, ended=ended)
                return True
        after()
        return False

    def state(self) -> JobState | None:
        """Of the running job, or of the last one."""
        return self._job.state if self._job else None

    def stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def clear(self) -> None:
        """Forgets a job that has ended."""
        with self._lock:
            if self._job is not None and not self._job.state.is_running:
                self._job = None
