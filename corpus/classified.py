"""Items of the government's budget classification, and the numbers that lean on them.

“教育支出（类）普通教育（款）学前教育（项）”12.30万元，主要用于…。2030年预算安排12.30万元
  -> 学前教育 · 学前教育预算安排
教育支出（205类）普通教育（02款）学前教育（01项）  the same with codes
Where an item's words stand under several headings of the classification (一般行政管理事务), those are named too.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.wording import wording

_LEVEL = re.compile(r"(?P<words>[^（()）。；：，“”、\s]{2,40})[（(]\d{0,3}(?P<level>[类款项])[）)]")
_LOWEST = "项"
_QUOTES = "“”\"' "


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the classification at `text[start:end]`: its own words, and those of the level above."""

    words: str
    above: str
    start: int
    end: int


class Classification:
    """The items a report speaks of."""

    def __init__(self, texts: Iterable[str]) -> None:
        parents: dict[str, set[str]] = {}
        for text in texts:
            for item in _items(text):
                parents.setdefault(item.words, set()).add(item.above)
        self._shared = {words for words, above in parents.items() if len(above) > 1}

    def topic(self, *texts: str) -> str:
        """The item that the first of `texts` with exactly one speaks of, "" for none."""
        for text in texts:
            found = {self._label(item) for item in _items(text)}
            if found:
                return found.pop() if len(found) == 1 else ""
        return ""

    def named(self, name: str, topic: str) -> str:
        """`name` with the classification's brackets read, or led by `topic` where it says no more than 年初预算."""
        if item := next(iter(_items(name)), None):
            return self._label(item) + name[item.end :].strip(_QUOTES)
        if level := next(iter(reversed(list(_LEVEL.finditer(name)))), None):
            return name[: level.start()].strip(_QUOTES) + level["words"] + name[level.end() :].strip(_QUOTES)
        measure = re.split(r"比|较", name, maxsplit=1)[0]
        leans = bool(measure) and wording().attribute.match(measure) is not None
        return topic + name if topic and leans else name

    def _label(self, item: Item) -> str:
        return item.above + item.words if item.words in self._shared else item.words


def _items(text: str) -> Iterator[Item]:
    levels = list(_LEVEL.finditer(text))
    for at, level in enumerate(levels):
        if level["level"] == _LOWEST:
            follows = at > 0 and levels[at - 1].end() == level.start()
            first = at
            while first and levels[first - 1].end() == levels[first].start():
                first -= 1
            above = levels[at - 1]["words"] if follows else ""
            yield Item(level["words"], above, levels[first].start(), level.end())
