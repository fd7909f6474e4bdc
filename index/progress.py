"""How far a build is, on the error stream: a bar on a terminal, elsewhere a line now and then, each with rate and rest.

计算向量：3200/9600，每秒 84.2 条，约剩 76 秒
"""

import json
import sys
import time
from types import TracebackType

from tqdm import tqdm

# seconds between two lines where there is no terminal; a build that is done before says nothing
LINE_EVERY = 15.0


def tell_json(stage: str, done: int, total: int) -> None:
    """The progress for another program, a line each time on the output stream."""
    sys.stdout.write(json.dumps({"stage": stage, "done": done, "total": total}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


class BuildProgress:
    """Called by the build with a stage, how many are done, and of how many."""

    def __init__(self) -> None:
        self._bar: tqdm | None = None
        self._stage = ""
        self._began = self._told = 0.0

    def __enter__(self) -> "BuildProgress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            self._begin(stage, total)
        if self._bar is not None:
            self._bar.update(done - self._bar.n)
        elif (now := time.monotonic()) - self._told >= LINE_EVERY and done:
            self._told = now
            rate = done / (now - self._began)
            sys.stderr.write(f"{stage}：{done}/{total}，每秒 {rate:.1f} 条，约剩 {(total - done) / rate:.0f} 秒\n")
            sys.stderr.flush()

    def _begin(self, stage: str, total: int) -> None:
        if self._bar is not None:
            self._bar.close()
        self._stage = stage
        self._began = self._told = time.monotonic()
        self._bar = tqdm(total=total, desc=stage, unit="条", file=sys.stderr) if sys.stderr.isatty() else None
