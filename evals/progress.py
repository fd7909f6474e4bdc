"""How far a run is, on the error stream: a bar on a terminal, elsewhere a line every so many cases."""

import json
import sys
from collections.abc import Iterator, Sequence

from tqdm import tqdm

from evals.cases import LoadedCase

LINE_EVERY = 50  # cases


def follow(title: str, cases: Sequence[LoadedCase]) -> Iterator[LoadedCase]:
    """The cases one by one, as they are taken."""
    if sys.stderr.isatty():
        yield from tqdm(cases, desc=title, unit="题", file=sys.stderr)
        return
    for done, case in enumerate(cases, 1):
        yield case
        if done % LINE_EVERY == 0 or done == len(cases):
            sys.stderr.write(f"{title}：{done}/{len(cases)} 题\n")
            sys.stderr.flush()


def follow_in_lines(title: str, cases: Sequence[LoadedCase]) -> Iterator[LoadedCase]:
    """The same for another program: a line of JSON on the output stream for each case."""
    for done, case in enumerate(cases):
        sys.stdout.write(json.dumps({"stage": title, "done": done, "total": len(cases)}, ensure_ascii=False) + "\n")
        sys.stdout.flush()
        yield case
    sys.stdout.write(json.dumps({"stage": title, "done": len(cases), "total": len(cases)}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


class IndexStages:
    """Tells each stage of building an index once; it is called by the build."""

    def __init__(self) -> None:
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            sys.stderr.write(f"准备评测用的索引：{stage}（{total}）\n")
            sys.stderr.flush()
        self._stage = stage if done < total else ""
