"""Keyword search: BM25 over words and BM25 over characters, saved with the index and mapped into memory.

Characters find what jieba cut otherwise in question and report; words weigh whole terms. Similarities of
the two are not comparable with each other: fusion puts them on one scale.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import bm25s
import numpy as np
import numpy.typing as npt

from index.terms import WordTerms, character_terms

WORDS_FILE = "words.json"
KEYS_FILE = "keys.json"
Similarities = npt.NDArray[np.float32]


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
        self._words = _load(folder / "words")
        self._characters = _load(folder / "characters")

    def similarities(self, query: str) -> KeywordSimilarities:
        return KeywordSimilarities(
            words=_similarities(self._words, self._terms(query)),
            characters=_similarities(self._characters, character_terms(query)),
        )

    def words(self, query: str) -> WeightedTerms:
        """jieba's words of the query, without single characters other than digits."""
        return _weighted(self._words, [term for term in self._terms(query) if len(term) > 1 or term.isdigit()])

    def characters(self, query: str) -> WeightedTerms:
        """Single characters and pairs of neighbours."""
        return _weighted(self._characters, character_terms(query))


def write_keywords(folder: Path, texts: Mapping[str, str], words: Iterable[str]) -> None:
    """Indexes `texts` by key; `words` are added to jieba's dictionary, now and at every query."""
    terms = WordTerms(words)
    folder.mkdir(parents=True)
    (folder / KEYS_FILE).write_text(json.dumps(list(texts), ensure_ascii=False), encoding="utf-8")
    (folder / WORDS_FILE).write_text(json.dumps(terms.words, ensure_ascii=False), encoding="utf-8")
    _write(folder / "words", [terms(text) for text in texts.values()])
    _write(folder / "characters", [character_terms(text) for text in texts.values()])


def _read(path: Path) -> list[str]:
    content: list[str] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _write(folder: Path, documents: list[list[str]]) -> None:
    if not documents:
        return  # bm25s refuses to index nothing
    index = bm25s.BM25()
    index.index(documents, show_progress=False)
    index.save(folder, show_progress=False)


def _load(folder: Path) -> "bm25s.BM25 | None":
    return bm25s.BM25.load(folder, mmap=True, show_progress=False) if folder.is_dir() else None


def _similarities(index: "bm25s.BM25 | None", terms: list[str]) -> Similarities:
    if index is None:
        return np.zeros(0, dtype=np.float32)
    known = index.get_tokens_ids(terms)
    if not known:
        return np.zeros(index.scores["num_docs"], dtype=np.float32)
    found: Similarities = index.get_scores_from_ids(known)
    return found


def _weighted(index: "bm25s.BM25 | None", terms: list[str]) -> WeightedTerms:
    if index is None:
        return WeightedTerms(terms=(), weights=np.zeros(0))
    known = [term for term in dict.fromkeys(terms) if term in index.vocab_dict]
    places = np.array([index.vocab_dict[term] for term in known], dtype=np.int64)
    held = index.scores["indptr"][places + 1] - index.scores["indptr"][places]
    held = held.astype(np.float64)
    return WeightedTerms(terms=tuple(known), weights=np.log(1 + (index.scores["num_docs"] - held + 0.5) / (held + 0.5)))
