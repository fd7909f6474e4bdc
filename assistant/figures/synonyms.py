"""Everyday words and the official words they may stand for (`index/data/synonyms.tsv`).

    药店  ->  零售药店, 药品零售
    挣    ->  收入, 利润, 工资, …

Unlike the lexicon, which reads two words as one, a synonym may stand for several things: it is read on the
side of the question only, and whatever a report has of them accounts for it.
"""

from functools import lru_cache

from assistant.questions.lexicon import canonical
from index import word_lists
from index.spotting import Spotter, spotter


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, tuple[str, ...]]:
    """Official words, in the lexicon's terms, by the everyday word."""
    words = {}
    for one in word_lists.synonyms():
        own = one.everyday.lower()
        meant = dict.fromkeys(canonical(word) for word in one.official)
        words[own] = words[canonical(own)] = tuple(word for word in meant if len(word) > 1)
    return {word: meant for word, meant in words.items() if meant}


@lru_cache(maxsize=1)
def _spotter() -> Spotter:
    return spotter(_synonyms())


def synonyms_in(text: str) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """Start, end and official words of each everyday word in canonical text; the longest wins, none overlap."""
    known = _synonyms()
    return tuple((start, end, known[word]) for start, end, word in _spotter().spotted(text))
