"""Words of one kind that exclude each other (`data/contrasts.tsv`): 城镇 农村, 出口 进口, 批发 零售.

A row whose name has 农村 does not answer who asks for 城镇; and one whose name has 国有 says less than is
asked where the question names none of the kind.
"""

import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

from assistant.questions.lexicon import canonical

_DATA = Path(__file__).parent.parent / "data" / "contrasts.tsv"

Named = frozenset[tuple[int, str]]  # the words named, each with the number of its kind


@lru_cache(maxsize=1)
def _groups() -> tuple[tuple[str, ...], ...]:
    lines = _DATA.read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")[0].split()) for line in lines if line and line[0] != "#")


@lru_cache(maxsize=1)
def _by_word() -> dict[str, Named]:
    """For every form of a word the kinds it belongs to, each with the first of its forms."""
    found: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for number, words in enumerate(_groups()):
        for word in words:
            first, *others = word.split("/")
            for form in (first, *others):
                found[canonical(form)].add((number, first))
    return {form: frozenset(kinds) for form, kinds in found.items()}


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in sorted(_by_word(), key=len, reverse=True)))


def named_in(text: str) -> Named:
    """The contrasting words of canonical text; the longest wins where they overlap."""
    return frozenset(kind for match in _pattern().finditer(text) for kind in _by_word()[match[0]])


def without_kinds(text: str) -> str:
    """Canonical text without its contrasting words: 城市低保对象 -> 低保对象."""
    return _pattern().sub("", text)


def opposed(asked: Named, own: Named) -> bool:
    """Whether some kind is named by both and by no common word."""
    return bool(asked and own and _kinds_of(asked) & _kinds_of(own) - _kinds_of(asked & own))


def narrower(asked: Named, own: Named) -> bool:
    """Whether the row names a kind that the question leaves open."""
    return bool(own and _kinds_of(own) - _kinds_of(asked))


def _kinds_of(named: Named) -> frozenset[int]:
    return frozenset(kind for kind, _ in named)
