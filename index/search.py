"""Hybrid search over the passages of an index: vectors from Chroma and BM25 of words and of characters, fused."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.errors import QuestionError
from corpus.model import Passage
from index.embedding import SentenceEmbeddings, shared_embeddings
from index.fusion import FusionWeights, Positions, Similarities, candidates, fuse, load_fusion_weights
from index.keywords import Keywords
from index.ledger import Ledger
from index.passages import FIGURES, passage_key
from index.place import KEYWORDS, Place
from index.vectors import Vectors

# ledger rows whose similarity to a question is asked for
NEAREST_FIGURES = 256


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A passage found. `text == source_text[start:end]`; `repaired` is how it is read and shown."""

    report: str
    passage_id: str
    section_path: tuple[str, ...]
    context: str
    start: int
    end: int
    text: str
    repaired: str
    similarity: float  # fused; comparable within one search only
    dense_similarity: float | None  # cosine; None where the vector store did not return the passage
    keyword_similarity: float  # BM25 over characters


@dataclass(frozen=True, kw_only=True, slots=True)
class Indexed:
    """A passage with its report and the characters the report prints there."""

    report: str
    passage: Passage
    quote: str


class Searcher:
    """Searches one generation of an index; several threads may share it."""

    def __init__(
        self,
        *,
        passages: Mapping[str, Indexed],
        keywords: Keywords,
        vectors: Vectors,
        figure_vectors: Vectors,
        embeddings: SentenceEmbeddings,
        weights: FusionWeights,
    ) -> None:
        self._passages = tuple(passages[key] for key in keywords.keys)
        self._positions = {key: position for position, key in enumerate(keywords.keys)}
        self._keywords = keywords
        self._vectors = vectors
        self._figure_vectors = figure_vectors
        self._embeddings = embeddings
        self._weights = weights

    def warm(self) -> None:
        """Loads the model and the dictionary, so that the first search is as quick as the next."""
        self._embeddings.warm()
        self._keywords.similarities("预热")

    def search(self, query: str, k: int = 5, reports: Collection[str] | None = None) -> tuple[Hit, ...]:
        """The `k` best passages, best first, of these reports only where given; equal ones in report order.

        Raises:
            QuestionError: the query is blank.
            ModelError: the embedding model cannot be had.
        """
        if not query.strip():
            raise QuestionError("检索词是空的。请输入要找的内容。")
        allowed = self._allowed(reports)
        if not allowed.size:
            return ()
        similarities = self._similarities(query, reports)
        chosen = candidates(similarities, allowed, self._weights.candidates)
        fused = fuse(similarities, chosen, self._weights)
        order = np.argsort(-fused, kind="stable")[:k]
        return tuple(self._hit(int(chosen[i]), float(fused[i]), similarities) for i in order)

    def figure_similarities(self, query: str, reports: Collection[str] | None = None) -> dict[str, float]:
        """Cosine similarity of the query to the ledger rows nearest to it, by figure id.

        Raises:
            ModelError: the embedding model cannot be had.
        """
        return {near.key: near.similarity for near in self._figure_vectors.nearest(query, NEAREST_FIGURES, reports)}

    def _allowed(self, reports: Collection[str] | None) -> Positions:
        return np.array(
            [i for i, entry in enumerate(self._passages) if reports is None or entry.report in reports], dtype=np.intp
        )

    def _similarities(self, query: str, reports: Collection[str] | None) -> Similarities:
        dense = np.full(len(self._passages), np.nan)
        for near in self._vectors.nearest(query, self._weights.candidates, reports):
            dense[self._positions[near.key]] = near.similarity
        keyword = self._keywords.similarities(query)
        return Similarities(
            dense=dense, words=keyword.words.astype(np.float64), characters=keyword.characters.astype(np.float64)
        )

    def _hit(self, position: int, fused: float, similarities: Similarities) -> Hit:
        entry = self._passages[position]
        passage = entry.passage
        dense = float(similarities.dense[position])
        return Hit(
            report=entry.report,
            passage_id=passage.id,
            section_path=passage.section_path,
            context=passage.context,
            start=passage.start,
            end=passage.end,
            text=entry.quote,
            repaired=passage.text,
            similarity=fused,
            dense_similarity=None if np.isnan(dense) else dense,
            keyword_similarity=float(similarities.characters[position]),
        )


def open_searcher(place: Place, generation: Path, ledger: Ledger) -> Searcher:
    """Opens the vectors and keywords of a generation; the embedding model itself is loaded at first use."""
    embeddings = shared_embeddings(place.embedding_model)
    return Searcher(
        passages=_passages(ledger),
        keywords=Keywords(generation / KEYWORDS),
        vectors=place.vectors(generation, embeddings),
        figure_vectors=place.vectors(generation, embeddings, FIGURES),
        embeddings=embeddings,
        weights=load_fusion_weights(),
    )


def _passages(ledger: Ledger) -> dict[str, Indexed]:
    return {
        passage_key(metadata.report, passage.id): Indexed(
            report=metadata.report, passage=passage, quote=text[passage.start : passage.end]
        )
        for metadata in ledger.reports()
        for text in [ledger.source_text(metadata.report)]
        for passage in ledger.passages(metadata.report)
    }
