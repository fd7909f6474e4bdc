"""The passages of an index by position: their reports, contexts and units, and which of them a filter admits.

Opening counts them; those of a report are read when one of them is asked for, and kept for so many reports.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np

from corpus.model import Metadata, Passage
from corpus.repair import repair
from index.entries import context_of, section_key
from index.filters import Filters
from index.fusion import Positions, Values
from index.ledger import Ledger
from index.passages import passage_of_key, unit_of_key
from index.terms import normalise
from index.units import Units

_SOURCES_KEPT = 64
# More reports than a search puts forward: some 100 passages each.
_REPORTS_KEPT = 256
_CONTEXTS_KEPT = 1024

Where = dict[str, object]  # a condition on the metadata of vectors, as Chroma reads it


class Catalogue:
    """Passages by position: report after report, in reading order."""

    def __init__(self, ledger: Ledger, units: Units) -> None:
        self.reports: Mapping[str, Metadata] = {
            metadata.report: metadata for metadata in sorted(ledger.reports(), key=lambda each: each.report)
        }
        self.units = units
        self._names = tuple(self.reports)
        self._numbers = {name: number for number, name in enumerate(self._names)}
        counts = ledger.passage_counts()
        # where the passages of each report begin, and behind the last one's
        self._begins = np.concatenate([[0], np.cumsum([counts.get(name, 0) for name in self._names])]).astype(np.int64)
        self._passages = lru_cache(maxsize=_REPORTS_KEPT)(ledger.passages)
        self._orders = lru_cache(maxsize=_REPORTS_KEPT)(self._order_of_ids)
        first = np.searchsorted(units.report, np.arange(len(self._names)))
        self._first_unit: dict[str, int] = dict(zip(self._names, first.tolist(), strict=True))
        self.figure_ids = ledger.figure_ids
        self.source_text = lru_cache(maxsize=_SOURCES_KEPT)(ledger.source_text)
        self.context = lru_cache(maxsize=_CONTEXTS_KEPT)(self._context)

    def __len__(self) -> int:
        return int(self._begins[-1])

    def passage(self, position: int) -> Passage:
        owner = self._owner(position)
        return self._passages(self._names[owner])[position - int(self._begins[owner])]

    def position(self, key: str) -> int:
        report, passage_id = passage_of_key(key)
        return int(self._begins[self._numbers[report]]) + self._orders(report)[passage_id]

    def _order_of_ids(self, report: str) -> dict[str, int]:
        return {passage.id: order for order, passage in enumerate(self._passages(report))}

    def _owner(self, position: int) -> int:
        """The number of the report a passage is of."""
        return int(np.searchsorted(self._begins, position, side="right")) - 1

    def unit(self, key: str) -> int:
        """The position among all units of the one with this key."""
        report, number = unit_of_key(key)
        return self._first_unit[report] + number

    def report_of(self, position: int) -> str:
        return self._names[self._owner(position)]

    def allowed(self, filters: Filters) -> Positions:
        """Positions of the passages that pass."""
        admitted = filters.admitted(self.reports)
        if admitted is None:
            allowed = np.arange(len(self), dtype=np.int64)
        else:
            numbers = sorted(self._numbers[name] for name in admitted)
            ranges = [np.arange(self._begins[number], self._begins[number + 1]) for number in numbers]
            allowed = np.concatenate([np.zeros(0, dtype=np.int64), *ranges])
        if filters.section is None:
            return allowed
        passing = [at for at in allowed.tolist() if filters.admits_section(self.passage(at).section_path)]
        return np.array(passing, dtype=np.int64)

    def where(self, filters: Filters) -> Where | None:
        """The filter as a condition on vectors; None where everything passes."""
        admitted = filters.admitted(self.reports)
        conditions: list[Where] = [] if admitted is None else [{"report": {"$in": sorted(admitted)}}]
        if filters.section is not None:
            paths = {self.passage(at).section_path for at in self.allowed(filters).tolist()}
            conditions.append({"section": {"$in": sorted(map(section_key, paths))}})
        if not conditions:
            return None
        return conditions[0] if len(conditions) == 1 else {"$and": conditions}

    def best_of_passages(self, values: Values) -> Values:
        """The largest value of each passage's units."""
        most = np.full(len(self), -np.inf)
        np.maximum.at(most, self.units.passage, values)
        return most

    def windows_of(self, passages: Positions) -> tuple[Positions, Positions]:
        """First and last units of the windows that reach into these passages."""
        chosen = np.zeros(len(self), dtype=np.bool_)
        chosen[passages] = True
        before = np.concatenate([[0], np.cumsum(chosen[self.units.passage])])
        first = np.flatnonzero(self.units.begins)
        last = self.units.last[first]
        reaching = before[last + 1] > before[first]
        return first[reaching], last[reaching]

    def repaired(self, first: int, last: int) -> str:
        """The units from `first` to `last` as they are read, a line for each passage."""
        start, end = int(self.units.start[first]), int(self.units.end[last])
        positions = range(int(self.units.passage[first]), int(self.units.passage[last]) + 1)
        return "\n".join(self._reading(position, start, end) for position in positions)

    def reading(self, first: int, last: int) -> str:
        """The same with the context, as a cross-encoder reads it."""
        context = context_of(self.passage(int(self.units.passage[first])))
        return "\n".join(filter(None, [context, self.repaired(first, last)]))

    def _reading(self, position: int, start: int, end: int) -> str:
        passage = self.passage(position)
        if start <= passage.start and passage.end <= end:
            return passage.text
        source = self.source_text(self.report_of(position))
        return repair(source, max(start, passage.start), min(end, passage.end)).text.strip()

    def _context(self, position: int) -> str:
        return normalise(context_of(self.passage(position)))


def open_catalogue(folder: Path, ledger: Ledger) -> Catalogue:
    """Reads passages and units; their characters stay on the disk until they are asked for."""
    return Catalogue(ledger, Units(folder))
