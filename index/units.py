"""Units: the sentences and table rows a search weighs, and the windows of neighbours it returns.

A unit lies in one passage. A block is a run of units that may be read together: sentences under one heading, or
rows of one table. A window is a run of units of one block of at most 260 source characters:

    block    [ s1 ][ s2 ][    s3    ][ s4 ]
    windows  [-------s1-s3---------]
                   [-------s2-s4----------]
All characters of all units stand in one array, so that a query reads only those it weighs from the disk.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from corpus.model import Passage
from corpus.passages import MAX_CHARACTERS
from corpus.repair import repair
from corpus.sentences import split_sentences
from index.terms import normalise

NUMBERS_FILE = "units.npz"
CHARACTERS_FILE = "characters.npy"
# apart from each other on one axis, whatever their length
_REPORT_STRIDE = 1 << 40
_COLUMNS = ("passage", "block", "start", "end", "row")

Integers = npt.NDArray[np.int64]
Characters = npt.NDArray[np.uint32]


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A sentence or table row; `start` and `end` are source offsets, `text` is its repaired reading."""

    passage: int  # position among all passages of the index
    block: int
    start: int
    end: int
    text: str
    row: bool  # of a table


def units_of(passages: Sequence[Passage], source: str, *, passage: int, block: int) -> Iterator[Unit]:
    """Units of one report in reading order; its first passage has position `passage`, its first block `block`."""
    before: tuple[tuple[str, ...], str] | None = None
    for number, one in enumerate(passages):
        place = (one.section_path, _table(one))
        block += before is not None and place != before
        before = place
        for start, end, text in _ranges(one, source):
            yield Unit(passage=passage + number, block=block, start=start, end=end, text=text, row=bool(place[1]))


def _table(passage: Passage) -> str:
    """The table whose row a passage is: "2.2.3-t1-r4-1" -> "2.2.3-t1"; "" for one of a paragraph."""
    table, row, _ = passage.id.rpartition("-r")
    return table if row else ""


def _ranges(passage: Passage, source: str) -> Iterator[tuple[int, int, str]]:
    content = repair(source, passage.start, passage.end)
    if _table(passage) or content.text.strip() != passage.text:
        yield passage.start, passage.end, passage.text
        return
    for first, last in split_sentences(content):
        start, end = content.span(first, last)
        yield start, end, content.text[first:last]


class Units:
    """The units of an index, opened; arrays hold one value per unit, in reading order, report after report."""

    def __init__(self, folder: Path) -> None:
        with np.load(folder / NUMBERS_FILE) as numbers:
            self.passage: Integers = numbers["passage"]
            self.start: Integers = numbers["start"]
            self.end: Integers = numbers["end"]
            self._block: Integers = numbers["block"]
            self.report: Integers = numbers["report"]
            self.row: Integers = numbers["row"]
            self._ends: Integers = numbers["characters"]
        # an empty array cannot be mapped
        mode: Literal["r"] | None = "r" if len(self) else None
        self._characters: Characters = np.load(folder / CHARACTERS_FILE, mmap_mode=mode)

    def __len__(self) -> int:
        return len(self.passage)

    @cached_property
    def last(self) -> Integers:
        """The last unit of the longest window that begins with each unit."""
        count = len(self)
        if not count:
            return np.zeros(0, dtype=np.int64)
        ends = self.end + self.report * _REPORT_STRIDE
        fitting = np.searchsorted(ends, self.start + self.report * _REPORT_STRIDE + MAX_CHARACTERS, side="right") - 1
        last_of_block = np.searchsorted(self._block, self._block, side="right") - 1
        return np.maximum(np.minimum(fitting, last_of_block), np.arange(count))

    @cached_property
    def begins(self) -> npt.NDArray[np.bool_]:
        """Whether a window begins with a unit: not where the window before it holds all of that one."""
        return np.concatenate([[True], self.last[1:] > self.last[:-1]]) if len(self) else np.zeros(0, dtype=np.bool_)

    @cached_property
    def mean_length(self) -> float:
        """Characters of a unit."""
        return float(self._ends[-1] / len(self)) if len(self) else 1.0

    @cached_property
    def mean_window(self) -> float:
        """Characters of a window."""
        starts = np.flatnonzero(self.begins)
        return float(self.lengths(starts, self.last[starts]).mean()) if starts.size else 1.0

    def fit(self, first: int, last: int) -> bool:
        """Whether the run from `first` to `last` is of one block and no longer than a window may be."""
        one_block = self._block[first] == self._block[last]
        return bool(one_block and self.end[last] - self.start[first] <= MAX_CHARACTERS)

    def lengths(self, first: Integers, last: Integers) -> Integers:
        """Normalised characters of the runs from `first` to `last`."""
        return self._ends[last] - np.where(first > 0, self._ends[first - 1], 0)

    def begin(self, first: int) -> int:
        """Where the characters of a unit begin among all characters."""
        return int(self._ends[first - 1]) if first else 0

    def columns(self, first: int, end: int) -> tuple[dict[str, Integers], Integers]:
        """What is written of the units from `first` up to `end`, and where their characters end."""
        held = (self.passage, self._block, self.start, self.end, self.row)
        columns = {name: column[first:end] for name, column in zip(_COLUMNS, held, strict=True)}
        return columns, self._ends[first:end]

    def characters(self, first: int, last: int) -> Characters:
        """Code points of the normalised units from `first` to `last`, one after another."""
        return self._characters[self.begin(first) : int(self._ends[last])]


class UnitsWriter:
    """Writes the units of an index, report after report in the order of their names; only numbers stay in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._raw = folder / (CHARACTERS_FILE + ".raw")
        self._file = self._raw.open("wb")
        self._columns: dict[str, list[Integers]] = {name: [] for name in (*_COLUMNS, "report", "characters")}
        self._passages = self._blocks = self._written = self._reports = 0

    def add(self, units: Sequence[Unit], passages: int) -> None:
        """The units of the next report, whose passages and blocks are counted from 0; it has so many passages."""
        texts = [normalise(unit.text) for unit in units]
        columns = {name: np.array([getattr(unit, name) for unit in units], dtype=np.int64) for name in _COLUMNS}
        lengths = np.array([len(text) for text in texts], dtype=np.int64)
        self._add(columns, lengths, np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32), passages)

    def take_over(self, units: Units, report: int, first_passage: int, passages: int) -> None:
        """The same of the `report`th report of an index before, in which its first passage has that position."""
        first, end = np.searchsorted(units.report, [report, report + 1]).tolist()
        columns, ends = units.columns(first, end)
        begin = units.begin(first)
        columns["passage"] = columns["passage"] - first_passage
        columns["block"] = columns["block"] - columns["block"][:1].sum()
        lengths = np.diff(np.concatenate([[begin], ends]))
        characters = units.characters(first, end - 1) if end > first else np.zeros(0, dtype=np.uint32)
        self._add(columns, lengths, characters, passages)

    def _add(self, columns: dict[str, Integers], lengths: Integers, characters: Characters, passages: int) -> None:
        count = len(lengths)
        columns["passage"] = columns["passage"] + self._passages
        columns["block"] = columns["block"] + self._blocks
        columns["report"] = np.full(count, self._reports, dtype=np.int64)
        columns["characters"] = self._written + np.cumsum(lengths)
        for name, column in columns.items():
            self._columns[name].append(column)
        self._file.write(characters.tobytes())
        self._written += int(lengths.sum())
        self._blocks = int(columns["block"][-1]) + 1 if count else self._blocks
        self._passages += passages
        self._reports += 1

    def save(self) -> None:
        self._file.close()
        none = np.zeros(0, dtype=np.int64)
        arrays = {name: np.concatenate([none, *columns]) for name, columns in self._columns.items()}
        np.savez(self._folder / NUMBERS_FILE, allow_pickle=False, **arrays)
        # an empty file cannot be mapped
        written = np.memmap(self._raw, dtype=np.uint32, mode="r") if self._written else np.zeros(0, dtype=np.uint32)
        np.save(self._folder / CHARACTERS_FILE, written)
        del written
        self._raw.unlink()
