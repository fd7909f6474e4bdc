"""A searcher with a limit: whatever the filters say, only passages and figures of the visible reports come back.

The engines are those of the whole index. BM25 weighs a term by all its passages, hidden ones too: that can move a
rank, and no word, name or place of a hidden report comes out of it.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from index.candidates import Candidates
from index.filters import Filters
from index.search import EVERYTHING, Hit, Searcher, WindowPlace


class LimitedSearcher(Searcher):
    """As `LimitedStore`, it takes nothing over but the methods, and each of them is limited here."""

    def __init__(self, whole: Searcher, visible: frozenset[str]) -> None:
        self._whole = whole
        self._visible = visible

    def warm(self) -> None:
        self._whole.warm()

    def search(
        self, query: str, k: int = 5, reports: Collection[str] | None = None, *, filters: Filters = EVERYTHING
    ) -> tuple[Hit, ...]:
        return self._whole.search(
            query, k, filters=self._within(filters if reports is None else Filters(reports=reports))
        )

    def candidates(self, query: str, filters: Filters = EVERYTHING) -> Candidates | None:
        return self._whole.candidates(query, self._within(filters))

    def ranked(self, found: Candidates, weights: Mapping[str, float], k: int) -> tuple[WindowPlace, ...]:
        return self._whole.ranked(found, weights, k)

    def places(self, found: Candidates) -> tuple[WindowPlace, ...]:
        return self._whole.places(found)

    def figure_similarities(self, query: str, report: str) -> dict[str, float]:
        return self._whole.figure_similarities(query, report) if report in self._visible else {}

    def _within(self, filters: Filters) -> Filters:
        asked = self._visible if filters.reports is None else self._visible.intersection(filters.reports)
        return replace(filters, reports=asked)
