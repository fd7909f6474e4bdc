"""What the assistant reads from an index: reports, figures ready for lookup, indicators, places.

Everything is read once and kept; nothing here opens a model.
"""

from collections.abc import Mapping
from functools import cached_property, lru_cache

from assistant.figures.entries import Entries, make_entries
from assistant.lists.enumerations import Enumeration, find_enumerations
from assistant.narrative.text import Told, read_told
from corpus.model import Figure, Indicator, Metadata, Passage, Section
from index.store import Store


class Library:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.source_text = lru_cache(maxsize=64)(store.source_text)
        self.pages = lru_cache(maxsize=64)(store.pages)
        self.passages = lru_cache(maxsize=64)(self._passages)
        self.sections = lru_cache(maxsize=64)(self._sections)
        self.told = lru_cache(maxsize=64)(self._told)
        self.enumerations = lru_cache(maxsize=64)(self._enumerations)

    @cached_property
    def reports(self) -> Mapping[str, Metadata]:
        return {metadata.report: metadata for metadata in self.store.reports()}

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """Every ledger row by its id."""
        return {figure.id: figure for figure in self.store.figures()}

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        return self.store.indicators()

    @cached_property
    def entries(self) -> Entries:
        passages = {report: self.passages(report) for report in self.reports}
        return make_entries(tuple(self.figures.values()), self.indicators, tuple(self.reports.values()), passages)

    def indicator_of(self, figure: Figure) -> Indicator | None:
        """The indicator in whose row a figure stands."""
        for indicator in self.indicators:
            if indicator.report == figure.report and indicator.table == figure.table and indicator.row == figure.row:
                return indicator
        return None

    def _passages(self, report: str) -> tuple[Passage, ...]:
        return self.store.passages(report)

    def _sections(self, report: str) -> tuple[Section, ...]:
        return self.store.sections(report)

    def _told(self, report: str) -> Told:
        return read_told(report, self.source_text(report), self.passages(report))

    def _enumerations(self, report: str) -> tuple[Enumeration, ...]:
        return find_enumerations(report, self.told(report).blocks, self.sections(report))
