"""What the assistant reads from an index: reports, figures ready for lookup, indicators, places.

Everything is read once, when it is first needed, and kept; nothing here opens a model.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache

from assistant.figures.counted_weights import CountedWeights
from assistant.figures.entries import Entries, Entry, entries_of
from assistant.lists.enumerations import Enumeration, find_enumerations
from assistant.narrative.text import Told, read_told
from corpus.model import Figure, Indicator, Metadata, Passage, Section
from index.store import Store

# Texts and sentences are kept of so many reports: more than a question is put to in turn.
_REPORTS_KEPT = 256


class Figures(Mapping[str, Figure]):
    """Ledger rows by their ids, those of a report read when one of them is first asked for."""

    def __init__(self, store: Store, reports: Sequence[str]) -> None:
        self._store = store
        self._own: dict[str, dict[str, Figure] | None] = dict.fromkeys(sorted(reports))

    def of(self, report: str) -> Mapping[str, Figure]:
        """The rows of one report, in its order."""
        own = self._own[report]
        if own is None:
            own = self._own[report] = {figure.id: figure for figure in self._store.figures(report)}
        return own

    def stating(self, values: Iterable[Decimal]) -> list[Figure]:
        """The rows of one of these values, as printed or in their base unit, in the order of the ledger."""
        found = {place: figure for value in values for place, figure in self._by_value.get(value, ())}
        return [found[place] for place in sorted(found)]

    @cached_property
    def _by_value(self) -> Mapping[Decimal, Sequence[tuple[int, Figure]]]:
        held: dict[Decimal, list[tuple[int, Figure]]] = defaultdict(list)
        for place, figure in enumerate(self.values()):
            for value in {Decimal(each) for each in (figure.value, figure.base_value) if each is not None}:
                held[value].append((place, figure))
        return held

    def __getitem__(self, figure_id: str) -> Figure:
        report, _, _ = figure_id.rpartition("@")
        if report not in self._own:
            raise KeyError(figure_id)
        return self.of(report)[figure_id]

    def __iter__(self) -> Iterator[str]:
        return (figure for report in self._own for figure in self.of(report))

    def __len__(self) -> int:
        return sum(len(self.of(report)) for report in self._own)


class Library:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.source_text = lru_cache(maxsize=_REPORTS_KEPT)(store.source_text)
        self.pages = lru_cache(maxsize=_REPORTS_KEPT)(store.pages)
        self.passages = lru_cache(maxsize=_REPORTS_KEPT)(self._passages)
        self.sections = lru_cache(maxsize=_REPORTS_KEPT)(self._sections)
        self.indicators_of = lru_cache(maxsize=None)(self._indicators)
        self._by_row = lru_cache(maxsize=None)(self._rows)
        self.told = lru_cache(maxsize=_REPORTS_KEPT)(self._told)
        self.enumerations = lru_cache(maxsize=_REPORTS_KEPT)(self._enumerations)

    @cached_property
    def reports(self) -> Mapping[str, Metadata]:
        return {metadata.report: metadata for metadata in self.store.reports()}

    @cached_property
    def figures(self) -> "Figures":
        """Every ledger row by its id."""
        return Figures(self.store, tuple(self.reports))

    def figures_of(self, report: str) -> Collection[Figure]:
        """The ledger rows of one report, in its order."""
        return self.figures.of(report).values()

    @cached_property
    def doubtful(self) -> tuple[Figure, ...]:
        """The rows that were read from scanned pages and not surely."""
        return self.store.doubtful_figures()

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(indicator for report in sorted(self.reports) for indicator in self.indicators_of(report))

    @cached_property
    def entries(self) -> Entries:
        return Entries(self.reports, CountedWeights(self.store.pair_counts()), self._entries)

    def indicator_of(self, figure: Figure) -> Indicator | None:
        """The indicator in whose row a figure stands."""
        return self._by_row(figure.report).get((figure.table, figure.row))

    def _entries(self, report: str) -> tuple[Entry, ...]:
        return entries_of(tuple(self.figures_of(report)), self.indicators_of(report), self.passages(report))

    def _indicators(self, report: str) -> tuple[Indicator, ...]:
        return self.store.indicators(report)

    def _rows(self, report: str) -> Mapping[tuple[str | None, int | None], Indicator]:
        return {(each.table, each.row): each for each in reversed(self.indicators_of(report))}

    def _passages(self, report: str) -> tuple[Passage, ...]:
        return self.store.passages(report)

    def _sections(self, report: str) -> tuple[Section, ...]:
        return self.store.sections(report)

    def _told(self, report: str) -> Told:
        return read_told(report, self.source_text(report), self.passages(report))

    def _enumerations(self, report: str) -> tuple[Enumeration, ...]:
        return find_enumerations(report, self.told(report).blocks, self.sections(report))
