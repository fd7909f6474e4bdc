"""The words that a text says about each of its figures: from the figure before it to the end of its own clause.

新建驿站47家，惠及老人2.6万人，全市领先。   47家: 新建驿站    2.6万人: 惠及老人    rest: 全市领先
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_CLAUSE_END = re.compile(r"[，。；：！？、\n]|,(?!\d)|;")
_STRETCH_END = re.compile(r"[。；！？\n\t]|;")
_MARK = re.compile(r"\[\d{1,3}\]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Region:
    """`before` and `after` are the words on both sides of a figure; `joint` is what follows up to the next figure
    where no mark parts them, so that either may own it."""

    before: str
    after: str

    @property
    def text(self) -> str:
        return f"{self.before}，{self.after}" if self.after else self.before


def without_marks(text: str) -> str:
    return _MARK.sub("", text)


def regions(text: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[Region, ...], str]:
    """A region for each span (in order, not overlapping), and the text behind the last one's clause."""
    found: list[Region] = []
    start = 0
    for order, (low, high) in enumerate(spans):
        limit = spans[order + 1][0] if order + 1 < len(spans) else len(text)
        stop = _CLAUSE_END.search(text, high, limit)
        end = stop.start() if stop else limit
        found.append(Region(before=without_marks(text[start:low]), after=without_marks(text[high:end])))
        parted = stop is not None or order + 1 == len(spans)
        start = end if parted else high
    return tuple(found), without_marks(text[start:])


def stretch_start(text: str, at: int) -> int:
    """Where the stretch between full stops and semicolons begins that holds a place."""
    return max((match.end() for match in _STRETCH_END.finditer(text, 0, at)), default=0)
