"""Keyword search: BM25 over words and BM25 over characters, saved with the index and mapped into memory.

Characters find what jieba cut otherwise in question and report; words weigh whole terms. Similarities of
the two are not comparable with each other: fusion puts them on one scale.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index import bm25
from index.bm25 import Similarities
from index.expansion import expansion, reworded
from index.terms import WordTerms, character_terms

WORDS_FILE = "words.json"
KEYS_FILE = "keys.json"
# folders of the two
WORDS = "words"
CHARACTERS = "characters"
# what an official word weighs that a question does not use itself, against 1 for its own
EXPANDED = 0.7


@dataclass(frozen=True, kw_only=True, slots=True)
class KeywordSimilarities:
    """One value per passage, in the order of `Keywords.keys`; 0 where no term is shared."""

    words: Similarities
    characters: Similarities


@dataclass(frozen=True, kw_only=True, slots=True)
class WeightedTerms:
    """Terms of a query that some passage holds, each once, with their inverse document frequencies as in BM25."""

    terms: tuple[str, ...]
    weights: npt.NDArray[np.float64]


class Keywords:
    """A saved keyword index, opened."""

    def __init__(self, folder: Path) -> None:
        self.keys: tuple[str, ...] = tuple(_read(folder / KEYS_FILE))
        self._terms = WordTerms(_read(folder / WORDS_FILE))
        self._words = bm25.saved(folder / WORDS)
        self._characters = bm25.saved(folder / CHARACTERS)

    def similarities(self, query: str) -> KeywordSimilarities:
        """BM25 of the query and, at less weight, of its expansion."""
        own, more = self._similarities(query), self._similarities(self._expansion(query))
        return KeywordSimilarities(
            words=own.words + EXPANDED * more.words, characters=own.characters + EXPANDED * more.characters
        )

    def words(self, query: str) -> WeightedTerms:
        """jieba's words of the query and its expansion, without single characters other than digits."""
        return _together(self._weighted_words(query), self._weighted_words(self._expansion(query)))

    def characters(self, query: str) -> WeightedTerms:
        """Single characters and pairs of neighbours of the query and its expansion."""
        own, more = character_terms(query), character_terms(self._expansion(query))
        return _together(_weighted(self._characters, own), _weighted(self._characters, more))

    def _expansion(self, query: str) -> str:
        return " ".join(expansion(query, self._used))

    def reworded(self, query: str) -> str:
        """The query in the words of the passages, as far as the lists have them."""
        return reworded(query, self._used)

    def _used(self, word: str) -> bool:
        """Whether some passage may hold the word: every character and pair of it stands somewhere."""
        index = self._characters
        return index is not None and all(term in index.numbers for term in character_terms(word))

    def _similarities(self, text: str) -> KeywordSimilarities:
        return KeywordSimilarities(
            words=_similarities(self._words, self._terms(text)),
            characters=_similarities(self._characters, character_terms(text)),
        )

    def _weighted_words(self, text: str) -> WeightedTerms:
        return _weighted(self._words, [term for term in self._terms(text) if len(term) > 1 or term.isdigit()])


def _read(path: Path) -> list[str]:
    content: list[str] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _similarities(index: "bm25.Saved | None", terms: list[str]) -> Similarities:
    return np.zeros(0, dtype=np.float32) if index is None else index.similarities(terms)


def _weighted(index: "bm25.Saved | None", terms: list[str]) -> WeightedTerms:
    if index is None:
        return WeightedTerms(terms=(), weights=np.zeros(0))
    known = [term for term in dict.fromkeys(terms) if term in index.numbers]
    held = index.frequencies(known)
    return WeightedTerms(terms=tuple(known), weights=np.log(1 + (index.passages - held + 0.5) / (held + 0.5)))


def _together(own: WeightedTerms, more: WeightedTerms) -> WeightedTerms:
    """A query's terms and, at less weight, those that only its expansion has."""
    added = [place for place, term in enumerate(more.terms) if term not in own.terms]
    return WeightedTerms(
        terms=(*own.terms, *(more.terms[place] for place in added)),
        weights=np.concatenate([own.weights, EXPANDED * more.weights[added]]),
    )
