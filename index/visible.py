"""A store as somebody may see it: some of its reports, the others as if they were not there.

The limit lies below everything that reads the index, so that no question, page or export above it can forget to
apply it. A hidden report answers as one that does not exist, in the same words.
"""

import importlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from corpus.model import Document, Figure, Indicator, Metadata, Passage, Section
from index.ledger import no_such_report
from index.manifest import Manifest
from index.store import Store

if TYPE_CHECKING:
    from index.pair_counts import PairCounts
    from index.search import Searcher


class LimitedStore(Store):
    """`whole` without the reports that are not in `visible`; a name there that the store does not hold is ignored.

    It has nothing of `Store` but its methods: one that is added there and not limited here fails, and shows nothing.
    """

    def __init__(self, whole: Store, visible: Collection[str]) -> None:
        # no super().__init__(): the whole ledger is not to be reached past the limit
        self._whole = whole
        self._visible = frozenset(visible)
        self._limited: Searcher | None = None

    def is_current(self) -> bool:
        return self._whole.is_current()

    @property
    def generation(self) -> str:
        return self._whole.generation

    def manifest(self) -> Manifest:
        """The manifest as far as it is about the visible reports; passages are counted of these alone."""
        whole = self._whole.manifest()
        kept = {name: checksum for name, checksum in whole.reports.items() if name in self._visible}
        return replace(whole, reports=kept, passages=sum(len(self.passages(name)) for name in kept))

    def reports(self) -> tuple[Metadata, ...]:
        return tuple(each for each in self._whole.reports() if each.report in self._visible)

    def source_text(self, report: str) -> str:
        self._check(report)
        return self._whole.source_text(report)

    def pages(self, report: str) -> tuple[int, ...]:
        self._check(report)
        return self._whole.pages(report)

    def document(self, report: str) -> Document:
        self._check(report)
        return self._whole.document(report)

    def sections(self, report: str) -> tuple[Section, ...]:
        return self._whole.sections(report) if report in self._visible else ()

    def passages(self, report: str) -> tuple[Passage, ...]:
        return self._whole.passages(report) if report in self._visible else ()

    def figures(self, report: str | None = None) -> tuple[Figure, ...]:
        if report is None:
            return tuple(figure for each in self.reports() for figure in self._whole.figures(each.report))
        return self._whole.figures(report) if report in self._visible else ()

    def figures_stating(self, values: Sequence[Decimal]) -> tuple[Figure, ...]:
        return tuple(figure for figure in self._whole.figures_stating(values) if figure.report in self._visible)

    def doubtful_figures(self) -> tuple[Figure, ...]:
        return tuple(figure for figure in self._whole.doubtful_figures() if figure.report in self._visible)

    def indicators(self, report: str | None = None) -> tuple[Indicator, ...]:
        if report is None:
            return tuple(row for each in self.reports() for row in self._whole.indicators(each.report))
        return self._whole.indicators(report) if report in self._visible else ()

    def passage(self, report: str, passage_id: str) -> Passage:
        return {passage.id: passage for passage in self.passages(report)}[passage_id]

    def pair_counts(self) -> "PairCounts":
        return self._whole.pair_counts().within(self._visible)

    def searcher(self) -> "Searcher":
        """Searches the visible reports with the engines of the whole store, which are opened once."""
        if self._limited is None:
            module = importlib.import_module("index.visible_search")
            self._limited = module.LimitedSearcher(self._whole.searcher(), self._visible)
        return self._limited

    def _check(self, report: str) -> None:
        if report not in self._visible:
            raise no_such_report(report, [each.report for each in self.reports()])
