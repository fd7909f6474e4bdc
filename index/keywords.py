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

from index.expansion import expansion
from index.terms import WordTerms, character_terms

WORDS_FILE = "words.json"
KEYS_FILE = "keys.json"
# what an official word weighs that a question does not use itself, against 1 for its own
EXPANDED = 0.7
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

    def _used(self, word: str) -> bool:
        """Whether some passage may hold the word: every character and pair of it stands somewhere."""
        index = self._characters
        return index is not None and all(term in index.vocab_dict for term in character_terms(word))

    def _similarities(self, text: str) -> KeywordSimilarities:
        return KeywordSimilarities(
            words=_similarities(self._words, self._terms(text)),
            characters=_similarities(self._characters, character_terms(text)),
        )

    def _weighted_words(self, text: str) -> WeightedTerms:
        return _weighted(self._words, [term for term in self._terms(text) if len(term) > 1 or term.isdigit()])


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


def _together(own: WeightedTerms, more: WeightedTerms) -> WeightedTerms:
    """A query's terms and, at less weight, those that only its expansion has."""
    added = [place for place, term in enumerate(more.terms) if term not in own.terms]
    return WeightedTerms(
        terms=(*own.terms, *(more.terms[place] for place in added)),
        weights=np.concatenate([own.weights, EXPANDED * more.weights[added]]),
    )
