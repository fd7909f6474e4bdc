"""Random and mutated reports through reading, ledger, audit and coverage: no crash, no hang, every place exact.

`python -m tests.bench_ledger 10000` runs as many; the suite runs 500 of them.
"""

import random
import sys
import time
from collections.abc import Iterator

from corpus.audit import audit
from corpus.coverage import coverage
from corpus.ledger import report_of
from corpus.source import Source
from tests.reports import BUNDLED

SECONDS_EACH = 2.0
_MARKS = [
    *"，。；：、！？（）()“”《》%％‰.,:/*=+-—～·\t\n|#", "\n\n", "\r\n", "\t\t", "| --- |", "<br>", "**", "&nbsp;",
    "\u3000", "\ufeff", "\u200b", "０１２", "第", "分之", "万亿", "其中", "分别为：", "预期实现值：", "完成率",
    "指标\t目标值\t完成情况\n",
]  # fmt: skip


def inputs(count: int, seed: int = 1) -> Iterator[str]:
    """Stretches of the bundled report cut, swapped, doubled and sprinkled with marks; every fourth one is noise."""
    rng = random.Random(seed)
    text = BUNDLED.read_text(encoding="utf-8")
    for number in range(count):
        if number % 4 == 3:
            yield "".join(rng.choice(_MARKS) + rng.choice(text) * rng.randint(0, 3) for _ in range(rng.randint(1, 400)))
            continue
        start = rng.randrange(len(text))
        pieces = [text[start : start + rng.randint(1, 2000)] for _ in range(rng.randint(1, 3))]
        yield "".join(_mutated(rng, piece) for piece in pieces)


def _mutated(rng: random.Random, piece: str) -> str:
    for _ in range(rng.randint(0, 12)):
        at, to = sorted((rng.randrange(len(piece) + 1), rng.randrange(len(piece) + 1)))
        piece = rng.choice(
            [
                piece[:at] + rng.choice(_MARKS) + piece[at:],
                piece[:at] + piece[to:],
                piece[:to] + piece[at:to] + piece[to:],
                piece[:at] + chr(rng.randrange(1, 0xD800)) + piece[at:],
            ]
        )[:6000]
    return piece


def check(text: str) -> float:
    """Seconds that everything took; raises where a place is not what it says."""
    began = time.perf_counter()
    report = report_of(Source(name="bench.txt", text=text, checksum="0" * 64))
    findings = audit(report)
    rows = coverage(report.document)
    seconds = time.perf_counter() - began
    assert all(text[figure.start : figure.end] == figure.printed for figure in report.figures)
    assert all(text[place.start : place.end] == place.printed for finding in findings for place in finding.places)
    assert all(row.numeral_class is not None for row in rows), [row for row in rows if row.numeral_class is None]
    return seconds


def run(count: int, seed: int = 1) -> tuple[int, float]:
    """How many inputs ran, and the seconds of the slowest; raises at the first crash or hang."""
    slowest = 0.0
    for number, text in enumerate(inputs(count, seed), 1):
        seconds = check(text)
        if seconds > SECONDS_EACH:
            raise TimeoutError(f"input {number} of seed {seed} took {seconds:.1f} s ({len(text)} characters)")
        slowest = max(slowest, seconds)
    return count, slowest


if __name__ == "__main__":
    done, longest = run(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    sys.stdout.write(f"{done} inputs, slowest {longest:.2f} s\n")
