"""Hybrid search over the passages of an index: vectors from Chroma and BM25 put windows forward, learned weights rank.

query -> vector, terms -> passages worth a look -> windows of sentences in and around them
      -> features -> fused similarity (or a cross-encoder's) -> hits that do not repeat each other
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from corpus.errors import QuestionError
from corpus.model import Passage
from corpus.settings import settings
from index.candidates import Candidates, Signals, rate_by, worth_a_look
from index.catalogue import Catalogue, open_catalogue
from index.embedding import SentenceEmbeddings, shared_embeddings
from index.features import Query, Windows
from index.filters import Filters
from index.fusion import FusionWeights, filled, load_fusion_weights
from index.keywords import Keywords
from index.ledger import Ledger
from index.passages import FIGURES, PASSAGES, UNITS
from index.place import KEYWORDS, Place
from index.reranking import Reranker, open_reranker
from index.selection import Rate, Window, select
from index.terms import normalise, simplified
from index.vectors import Held, Vectors

# What the vector store is asked for.
NEAREST_UNITS = 256
NEAREST_PASSAGES = 128
NEAREST_FIGURES = 256
# A question and its figures are searched with one vector.
_VECTORS_KEPT = 64
# The vectors of the figures of so many reports are kept: some 1.5 KB each, 100 MB for reports of 250 figures.
_REPORTS_KEPT = 256
EVERYTHING = Filters()


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A window found: whole sentences or table rows. `text == source_text[start:end]`; `repaired` is how it is read."""

    report: str
    passage_id: str  # of the passage whose sentence is closest to the query
    section_path: tuple[str, ...]
    context: str
    start: int
    end: int
    text: str
    repaired: str
    closest: tuple[int, int]  # where its sentence or row closest to the query stands in the source text
    similarity: float  # comparable within one search only
    dense_similarity: float | None  # cosine of that passage; None where the vector store did not return it
    keyword_similarity: float  # BM25 over characters


@dataclass(frozen=True, kw_only=True, slots=True)
class WindowPlace:
    """Where a window stands in a report's source text."""

    report: str
    start: int
    end: int


class Searcher:
    """Searches one generation of an index; several threads may share it."""

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        keywords: Keywords,
        vectors: dict[str, Vectors],
        embeddings: SentenceEmbeddings,
        weights: FusionWeights,
        reranker: Reranker | None,
    ) -> None:
        self._catalogue = catalogue
        self._keywords = keywords
        self._vectors = vectors
        self._embeddings = embeddings
        self._weights = weights
        self._reranker = reranker
        self._vector = lru_cache(maxsize=_VECTORS_KEPT)(self._embedded)
        self._figures_of = lru_cache(maxsize=_REPORTS_KEPT)(self._read_figures)

    def warm(self) -> None:
        """Loads the model and the dictionary, so that the first search is as quick as the next."""
        self._embeddings.warm()
        self._keywords.similarities("预热")

    def search(
        self, query: str, k: int = 5, reports: Collection[str] | None = None, *, filters: Filters = EVERYTHING
    ) -> tuple[Hit, ...]:
        """Up to `k` windows, best first, that do not overlap; `reports` is short for that filter.

        Raises:
            QuestionError: the query is blank.
            ModelError: the embedding model or the cross-encoder cannot be had.
        """
        found = self.candidates(query, filters if reports is None else Filters(reports=reports))
        if found is None:
            return ()
        rate, beside = rate_by(found, self._weights.windows), self._weights.beside
        if self._reranker is not None:  # whose opinions are on a scale of their own
            rate, beside = self._reranker.over(query, found.pairs(), rate, self._catalogue.reading), 0.0
        chosen = self._select(found, rate, k, beside)
        return tuple(self._hit(window, similarity, found) for window, similarity in chosen)

    def ranked(self, found: Candidates, weights: Mapping[str, float], k: int) -> tuple[WindowPlace, ...]:
        """The places of the best windows by other weights than the index's own, for measuring and learning."""
        chosen = self._select(found, rate_by(found, weights), k, self._weights.beside)
        return tuple(self._place(window) for window, _ in chosen)

    def places(self, found: Candidates) -> tuple[WindowPlace, ...]:
        """The place of each candidate."""
        return tuple(map(self._place, found.pairs()))

    def candidates(self, query: str, filters: Filters = EVERYTHING) -> Candidates | None:
        """The windows a query is weighed against, with their features; None where nothing passes the filters.

        Raises: as `search`.
        """
        if not query.strip():
            raise QuestionError("检索词是空的。请输入要找的内容。")
        allowed = self._catalogue.allowed(filters)
        if not allowed.size:
            return None
        signals = self._signals(query, filters, complete=allowed.size == len(self._catalogue))
        passages = worth_a_look(signals, allowed, self._weights.passages)
        first, last = self._catalogue.windows_of(passages)
        asked = Query(
            asked=normalise(query), characters=self._keywords.characters(query), words=self._keywords.words(query)
        )
        windows = Windows(self._catalogue.units, self._catalogue.context, asked, signals.closeness(), (first, last))
        return Candidates(first=first, last=last, windows=windows, signals=signals)

    def figure_similarities(self, query: str, report: str) -> dict[str, float]:
        """Cosine similarity of the query to the ledger rows of a report that are nearest to it, by figure id.

        The query is put as asked and in the official words for its everyday ones; the nearer of the two counts.

        A question that names no report is put to one after the other: their vectors are kept.

        Raises:
            ModelError: the embedding model cannot be had.
        """
        similarities: dict[str, float] = {}
        for words in dict.fromkeys((query, self._keywords.reworded(query))):
            for one in self._figures_of(report).nearest(self._vector(words), NEAREST_FIGURES):
                similarities[one.key] = max(one.similarity, similarities.get(one.key, one.similarity))
        return dict(sorted(similarities.items(), key=lambda each: (-each[1], each[0])))

    def _read_figures(self, report: str) -> Held:
        return self._vectors[FIGURES].held(self._catalogue.figure_ids(report))

    def _embedded(self, query: str) -> Sequence[float]:
        return self._embeddings.embed_query(simplified(query))

    def _signals(self, query: str, filters: Filters, *, complete: bool) -> Signals:
        catalogue, vector = self._catalogue, self._vector(query)
        where = None if complete else catalogue.where(filters)
        units, passages = np.full(len(catalogue.units), np.nan), np.full(len(catalogue), np.nan)
        for near in self._vectors[UNITS].nearest(vector, NEAREST_UNITS, where):
            units[catalogue.unit(near.key)] = near.similarity
        for near in self._vectors[PASSAGES].nearest(vector, NEAREST_PASSAGES, where):
            passages[catalogue.position(near.key)] = near.similarity
        keyword = self._keywords.similarities(query)
        return Signals(
            units=units,
            passages=passages,
            sentences=catalogue.best_of_passages(filled(units)),
            words=keyword.words.astype(np.float64),
            characters=keyword.characters.astype(np.float64),
        )

    def _select(self, found: Candidates, rate: Rate, k: int, beside: float) -> list[tuple[Window, float]]:
        return select(found.pairs(), rate, self._catalogue.units, found.windows.numbers, k, beside)

    def _place(self, window: Window) -> WindowPlace:
        units = self._catalogue.units
        report = self._catalogue.report_of(int(units.passage[window[0]]))
        return WindowPlace(report=report, start=int(units.start[window[0]]), end=int(units.end[window[1]]))

    def _hit(self, window: Window, similarity: float, found: Candidates) -> Hit:
        first, last = window
        catalogue = self._catalogue
        closest = first + int(np.argmax(filled(found.signals.units[first : last + 1])))
        position = int(catalogue.units.passage[closest])
        passage: Passage = catalogue.passage(position)
        place = self._place(window)
        dense = float(found.signals.passages[position])
        return Hit(
            report=place.report,
            passage_id=passage.id,
            section_path=passage.section_path,
            context=passage.context,
            start=place.start,
            end=place.end,
            text=catalogue.source_text(place.report)[place.start : place.end],
            repaired=catalogue.repaired(first, last),
            closest=(int(catalogue.units.start[closest]), int(catalogue.units.end[closest])),
            similarity=similarity,
            dense_similarity=None if np.isnan(dense) else dense,
            keyword_similarity=float(found.signals.characters[position]),
        )


def open_searcher(place: Place, generation: Path, ledger: Ledger) -> Searcher:
    """Opens the vectors and keywords of a generation; models are loaded at first use."""
    embeddings = shared_embeddings(place.embedding_model)
    return Searcher(
        catalogue=open_catalogue(generation / KEYWORDS, ledger),
        keywords=Keywords(generation / KEYWORDS),
        vectors={name: place.vectors(generation, embeddings, name) for name in (PASSAGES, UNITS, FIGURES)},
        embeddings=embeddings,
        weights=load_fusion_weights(),
        reranker=open_reranker(settings().reranker),
    )
