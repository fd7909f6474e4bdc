"""The general vocabulary of government reporting: what people say, and what reports call it (`data/*.tsv`).

    lexicon.tsv    official term, other forms: one and the same thing           养老金    退休金 养老钱
    synonyms.tsv   everyday word, official words it may stand for: any of them   挣        收入 利润 工资
Search adds the official words to a question; answers read questions and ledger rows through both lists.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """An official term and its other forms; a particular one is marked ! in the file."""

    official: str
    forms: tuple[str, ...]
    particular: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Synonym:
    everyday: str
    official: tuple[str, ...]


@lru_cache(maxsize=1)
def lexicon() -> tuple[Term, ...]:
    """All terms, in the order of the file."""
    return tuple(
        Term(official=official.lstrip("!"), forms=tuple(forms.split()), particular=official.startswith("!"))
        for official, forms in _rows("lexicon.tsv")
    )


@lru_cache(maxsize=1)
def synonyms() -> tuple[Synonym, ...]:
    """All everyday words, in the order of the file; one may stand there twice."""
    return tuple(Synonym(everyday=word, official=tuple(official.split())) for word, official in _rows("synonyms.tsv"))


def _rows(name: str) -> Iterator[tuple[str, str]]:
    """The first two of three columns; the third says where the pair is common."""
    for line in (_DATA / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            first, second, _ = line.split("\t")
            yield first, second
