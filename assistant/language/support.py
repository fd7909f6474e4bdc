"""Whether words are the report's: a text tiled with stretches of what may be said, and with words that add nothing.

may be said: 新建养老驿站47家     said: 报告显示，新建的养老驿站   ->  nothing left over
                                 said: 拆除养老驿站               ->  拆除 left over
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.language.words import language_words
from assistant.questions.normalise import normalise

_LONGEST_TILE = 24
_SHORTEST_TILE = 2
_BREAK = re.compile(r"[^\w%％+]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Support:
    """`strange` are the runs of characters nobody said before; `content` the words that were, free words aside."""

    strange: tuple[str, ...]
    content: tuple[str, ...]

    @property
    def strange_characters(self) -> int:
        return sum(map(len, self.strange))

    @property
    def content_characters(self) -> int:
        return sum(map(len, self.content))

    @property
    def share(self) -> float:
        """Share of what is said, free words aside, that was said before; 1 where nothing is said."""
        total = self.content_characters + self.strange_characters
        return self.content_characters / total if total else 1.0


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """A text as it is compared: in one script, one word for one thing; its lines stay apart."""
    return "\n".join(language_words().read(normalise(line)) for line in text.split("\n"))


def support(said: str, known: str, free: frozenset[str] | None = None) -> Support:
    """`said` tiled with stretches of `known` (both plain) and `free` words so that as little as can be is left over."""
    free = language_words().free if free is None else free
    strange: list[str] = []
    content: list[str] = []
    for run in _BREAK.split(said):
        for kind, piece in _tiles(run, known, free):
            if kind == "strange":
                strange.append(piece)
            elif kind == "content":
                content.append(piece)
    return Support(strange=tuple(strange), content=tuple(content))


def _tiles(run: str, known: str, free: frozenset[str]) -> Iterator[tuple[str, str]]:
    """The cheapest tiling: strange characters cost most, then every piece a little, so that pieces are long."""
    best: list[tuple[float, int, str]] = [(0.0, 0, "")]  # cost so far, where the last piece begins, its kind
    for end in range(1, len(run) + 1):
        options = [(best[end - 1][0] + 10.0 + 0.01, end - 1, "strange")]
        for start in range(max(0, end - _LONGEST_TILE), end):
            piece, cost = run[start:end], best[start][0]
            if piece in free:
                options.append((cost + 1.0, start, "free"))
            if end - start >= _SHORTEST_TILE and piece in known:
                options.append((cost + 0.9, start, "content"))
        best.append(min(options))
    pieces: list[tuple[str, str]] = []
    end = len(run)
    while end:
        _, start, kind = best[end]
        pieces.append((kind, run[start:end]))
        end = start
    yield from _joined(pieces[::-1])


def _joined(pieces: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Strange characters side by side as one run."""
    run = ""
    for kind, piece in pieces:
        if kind == "strange":
            run += piece
            continue
        if run:
            yield "strange", run
            run = ""
        yield kind, piece
    if run:
        yield "strange", run
