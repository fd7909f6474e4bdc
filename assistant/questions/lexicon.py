"""The general lexicon as questions are read: its particular terms (`index/data/lexicon.tsv`, marked ! there)."""

from functools import lru_cache

from index import word_lists
from index.canonical import canonical, forms_in

__all__ = ["canonical", "particular_terms"]


@lru_cache(maxsize=1)
def _particular() -> frozenset[str]:
    return frozenset(term.official.lower() for term in word_lists.lexicon() if term.particular)


def particular_terms(text: str) -> tuple[str, ...]:
    """The particular terms (常住人口, 电影, 本科 …) that stand in canonical text, in order."""
    return tuple(term for term in dict.fromkeys(forms_in(text.lower())) if term in _particular())
