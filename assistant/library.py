"""What the assistant reads from an index: reports, figures ready for lookup, indicators, places.

What is known of all reports is their metadata and the index of their words; everything else is read of a report when
it is first needed, and kept for so many reports. Nothing here opens a model.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache

from assistant.choice import Choice
from assistant.figures.counted_weights import CountedWeights
from assistant.figures.coverage import weigh
from assistant.figures.entries import Entries, Entry, entries_of
from assistant.holdings import Holdings
from assistant.lists.enumerations import Enumeration, find_enumerations
from assistant.narrative.text import Told, read_told
from assistant.putting_forward import MOST_ASKED, put_forward
from corpus.model import Figure, Indicator, Metadata, Passage, Section
from index.pair_counts import PairCounts
from index.store import Store

# Everything read of a report is kept for so many reports, more than a question is put to in turn: 5 MB for 250 rows.
_REPORTS_KEPT = 64
# By so many characters the reports are told that a question is put to.
_WORDS_READ = 200
# Follow-ups look the numbers of what was said before up again.
_VALUES_KEPT = 64


class Figures(Mapping[str, Figure]):
    """Ledger rows by their ids, those of a report read when one of them is first asked for."""

    def __init__(self, store: Store, reports: Sequence[str]) -> None:
        self._store = store
        self._reports = dict.fromkeys(sorted(reports))
        self._stating = lru_cache(maxsize=_VALUES_KEPT)(lambda asked: store.figures_stating(sorted(asked)))
        self._of = lru_cache(maxsize=_REPORTS_KEPT)(self._read)

    def of(self, report: str) -> Mapping[str, Figure]:
        """The rows of one report, in its order."""
        return self._of(report)

    def stating(self, values: Iterable[Decimal]) -> list[Figure]:
        """The rows of one of these values, as printed or in their base unit, in the order of the ledger."""
        asked = frozenset(values)
        return list(self._stating(asked)) if asked else []

    def _read(self, report: str) -> dict[str, Figure]:
        return {figure.id: figure for figure in self._store.figures(report)}

    def __getitem__(self, figure_id: str) -> Figure:
        report, _, _ = figure_id.rpartition("@")
        if report not in self._reports:
            raise KeyError(figure_id)
        return self.of(report)[figure_id]

    def __iter__(self) -> Iterator[str]:
        return (figure for report in self._reports for figure in self.of(report))

    def __len__(self) -> int:
        return sum(len(self.of(report)) for report in self._reports)


class Library:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.source_text = lru_cache(maxsize=_REPORTS_KEPT)(store.source_text)
        self.pages = lru_cache(maxsize=_REPORTS_KEPT)(store.pages)
        self.passages = lru_cache(maxsize=_REPORTS_KEPT)(self._passages)
        self.sections = lru_cache(maxsize=_REPORTS_KEPT)(self._sections)
        self.indicators_of = lru_cache(maxsize=_REPORTS_KEPT)(self._indicators)
        self._by_row = lru_cache(maxsize=_REPORTS_KEPT)(self._rows)
        self.told = lru_cache(maxsize=_REPORTS_KEPT)(self._told)
        self.enumerations = lru_cache(maxsize=_REPORTS_KEPT)(self._enumerations)

    @cached_property
    def reports(self) -> Holdings:
        return Holdings(self.store.reports())

    @cached_property
    def figures(self) -> "Figures":
        """Every ledger row by its id."""
        return Figures(self.store, tuple(self.reports))

    def figures_of(self, report: str) -> Collection[Figure]:
        """The ledger rows of one report, in its order."""
        return self.figures.of(report).values()

    def doubtful_of(self, report: str) -> tuple[Figure, ...]:
        """The rows of a report that were read from scanned pages and not surely."""
        return tuple(figure for figure in self.figures_of(report) if figure.doubtful)

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(indicator for report in sorted(self.reports) for indicator in self.indicators_of(report))

    @cached_property
    def entries(self) -> Entries:
        return Entries(self.reports, CountedWeights(self.store.pair_counts()), self._entries)

    @cached_property
    def _counts(self) -> tuple[PairCounts, Mapping[str, int]]:
        """The index of all reports' words, with the numbers of the reports in it."""
        counts = self.store.pair_counts()
        return counts, {report: number for number, report in enumerate(counts.reports)}

    def put_forward(self, words: str, choice: Choice) -> Choice:
        """The choice, narrowed to the reports that have most of some words where it has many."""
        if len(choice.reports) <= MOST_ASKED:
            return choice
        counts, numbers = self._counts
        return put_forward(
            choice, weigh(words[:_WORDS_READ], self.entries.weights), counts, numbers, self.reports.issuer
        )

    def asked_of_all(self, words: str) -> tuple[Metadata, ...]:
        """The reports that have most of some words, the newest first; all where they are few."""
        everything = Choice(reports=self.reports.newest_names, named=False)
        return tuple(self.reports[report] for report in self.put_forward(words, everything).reports)

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
