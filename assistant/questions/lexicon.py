"""The general lexicon: everyday and official words for one thing, read as one (`index/data/lexicon.tsv`).

canonical("退休金")  -> "养老金"
"""

import re
from functools import lru_cache

from index import word_lists


@lru_cache(maxsize=1)
def _lines() -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    """Official term, its other forms, and whether it is particular (marked ! in the file)."""
    return tuple(
        (term.official.lower(), tuple(form.lower() for form in term.forms), term.particular)
        for term in word_lists.lexicon()
    )


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    official_of = {official: official for official, _, _ in _lines()}
    for official, forms, _ in _lines():
        for form in forms:
            official_of.setdefault(form, official)
    return official_of


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(form) for form in sorted(_forms(), key=len, reverse=True)))


@lru_cache(maxsize=1)
def _particular() -> frozenset[str]:
    return frozenset(official for official, _, particular in _lines() if particular)


def particular_terms(text: str) -> tuple[str, ...]:
    """The particular terms (常住人口, 电影, 本科 …) that stand in canonical text, in order."""
    forms = _forms()
    found = dict.fromkeys(forms[match[0]] for match in _pattern().finditer(text.lower()))
    return tuple(term for term in found if term in _particular())


def canonical(text: str) -> str:
    """`text` with every known form replaced by its official term; the longest form wins."""
    forms = _forms()
    return _pattern().sub(lambda match: forms[match[0]], text.lower())
