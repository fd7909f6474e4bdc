"""Query expansion: what reports call the things a question names in everyday words.

    24年GDP多少  ->  地区生产总值 国内生产总值 生产总值 2024年
Which official word is meant is not decided here: all that some passage uses are searched for, and what the rest
of the question names settles it. Years of two digits are written out.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from index.spotting import Spotter, spotter
from index.terms import normalise
from index.word_lists import lexicon, synonyms

_SHORT_YEAR = re.compile(r"(?<!\d)\d\d(?=年)")
# of two digits, from here on the last century's
_LAST_CENTURY = 50


def expansion(query: str, used: Callable[[str], bool]) -> tuple[str, ...]:
    """Words to search for beside a query's own, each once; `used` says whether the passages use a word at all."""
    text = normalise(query)
    official = (word for _, _, found in _spotter().spotted(text) for word in _official()[found])
    return tuple(dict.fromkeys([*(word for word in official if word not in text and used(word)), *_years(text)]))


def reworded(query: str, used: Callable[[str], bool]) -> str:
    """The query with each everyday word put as the first of its official words that the passages use.

    失独的人一个月补多少  ->  独生子女死亡家庭一个月补贴多少
    """
    text, pieces, end = normalise(query), [], 0
    for start, after, found in _spotter().spotted(text):
        official = next(filter(used, _official()[found]), found)
        pieces += [text[end:start], official]
        end = after
    return "".join([*pieces, text[end:]])


def _years(text: str) -> list[str]:
    return [("19" if int(year) >= _LAST_CENTURY else "20") + year + "年" for year in _SHORT_YEAR.findall(text)]


@lru_cache(maxsize=1)
def _official() -> dict[str, tuple[str, ...]]:
    """The official words of each everyday one, both lists together; single characters stand for too much."""
    found: dict[str, dict[str, None]] = {}
    for one in synonyms():
        found.setdefault(normalise(one.everyday), {}).update(dict.fromkeys(map(normalise, one.official)))
    for term in lexicon():
        for form in term.forms:
            found.setdefault(normalise(form), {})[normalise(term.official)] = None
    return {word: tuple(official) for word, official in found.items() if len(word) > 1}


@lru_cache(maxsize=1)
def _spotter() -> Spotter:
    return spotter(_official())
