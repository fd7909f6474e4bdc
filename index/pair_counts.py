"""How often each character pair stands in the reports of an index, report by report, kept on the disk.

    pair 就业   reports 0, 3   texts with it 12, 5
Answers weigh words by it, and tell which of thousands of reports have the words of a question at all. It is made
once, when an index is built, and mapped into memory: a question reads the few pairs it has. What is counted are
passages and titles as they are compared (`index/canonical.py`); another lexicon makes other counts.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from corpus.model import Metadata, Passage
from index.canonical import canonical, forms, normalise, pairs_of
from index.ledger import Ledger

ABOUT_FILE = "pairs.json"
_ARRAYS = ("codes", "sums", "starts", "owners", "counts")
# code points stay below this
_SHIFT = 21
# so many counts are put in order at once: 16 bytes each, three times over
_AT_ONCE = 1 << 23

Codes = npt.NDArray[np.uint64]
Owners = npt.NDArray[np.uint32]
Counts = npt.NDArray[np.uint32]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class PairCounts:
    """The counts of pair number i stand from `starts[i]` up to `starts[i + 1]`, by the number of their report."""

    reports: tuple[str, ...]
    texts: npt.NDArray[np.int64]  # counted of each report
    codes: Codes  # of all pairs, in order
    sums: Counts  # texts of all reports that have each pair
    starts: npt.NDArray[np.int64]
    owners: Owners
    counts: Counts
    marks: tuple[str, ...]  # sha256 over the texts of each report
    visible: npt.NDArray[np.bool_] | None = None  # of each report; None: all are

    def total(self) -> int:
        """Texts counted."""
        return int(self.texts.sum() if self.visible is None else self.texts[self.visible].sum())

    def texts_with(self, pair: str) -> int:
        """The number of texts that have a pair."""
        at = self._number(pair)
        if at is None or self.visible is None:
            return 0 if at is None else int(self.sums[at])
        own = slice(int(self.starts[at]), int(self.starts[at + 1]))
        return int(self.counts[own][self.visible[self.owners[own]]].sum())

    def holding(self, pair: str) -> Owners:
        """The numbers of the reports that have a pair; hidden ones are not among them."""
        at = self._number(pair)
        owners = self.owners[int(self.starts[at]) : int(self.starts[at + 1])] if at is not None else self.owners[:0]
        return owners if self.visible is None else owners[self.visible[owners]]

    def within(self, reports: Collection[str]) -> "PairCounts":
        """The same as if there were only these reports."""
        return replace(self, visible=np.array([report in reports for report in self.reports], dtype=np.bool_))

    def all_texts_with(self) -> dict[str, int]:
        """The number of texts that have each pair."""
        known = (chr(code >> _SHIFT) + chr(code & ((1 << _SHIFT) - 1)) for code in self.codes.tolist())
        if self.visible is None:
            return dict(zip(known, self.sums.tolist(), strict=True))
        return {pair: number for pair in known if (number := self.texts_with(pair))}

    def _number(self, pair: str) -> int | None:
        code = np.uint64(_code(pair))
        at = int(np.searchsorted(self.codes, code))
        return at if at < len(self.codes) and self.codes[at] == code else None


class PairCounting:
    """Counts report after report; one whose texts were counted before is taken from there."""

    def __init__(self, before: PairCounts | None = None) -> None:
        self._before = _Before(before) if before is not None else None
        self._reports: list[str] = []
        self._marks: list[str] = []
        self._texts: list[int] = []
        self._codes: list[Codes] = []
        self._counts: list[Counts] = []

    def add(self, report: str, texts: Sequence[str]) -> None:
        """Counts the texts of one report: its passages and its title."""
        mark = hashlib.sha256("\0".join(texts).encode()).hexdigest()
        known = self._before.of(report, mark) if self._before is not None else None
        codes, counts = known if known is not None else _counted(texts)
        self._reports.append(report)
        self._marks.append(mark)
        self._texts.append(len(texts))
        self._codes.append(codes)
        self._counts.append(counts)

    def counts(self) -> PairCounts:
        """All counts, pair by pair; put in order a range of codes at a time, for little memory at once."""
        parts = [self._part(low, high) for low, high in self._ranges()]
        codes = np.concatenate([np.zeros(0, dtype=np.uint64), *(part[0] for part in parts)])
        owners = np.concatenate([np.zeros(0, dtype=np.uint32), *(part[1] for part in parts)])
        counts = np.concatenate([np.zeros(0, dtype=np.uint32), *(part[2] for part in parts)])
        known, first = np.unique(codes, return_index=True)
        starts = np.append(first, len(codes)).astype(np.int64)
        before = np.append(0, np.cumsum(counts, dtype=np.int64))[starts]
        return PairCounts(
            reports=tuple(self._reports), texts=np.array(self._texts, dtype=np.int64), codes=known,
            sums=np.diff(before).astype(np.uint32), starts=starts, owners=owners, counts=counts,
            marks=tuple(self._marks),
        )  # fmt: skip

    def _ranges(self) -> list[tuple[int, int]]:
        """Ranges of codes that hold about equally many counts."""
        held = sum(map(len, self._codes))
        steps = held // _AT_ONCE + 1
        sample = np.sort(np.concatenate([codes[::steps] for codes in self._codes])) if held else self._codes
        bounds = [int(sample[len(sample) * step // steps]) for step in range(1, steps)]
        edges = [0, *dict.fromkeys(bounds), 1 << 63]
        return list(pairwise(edges)) if held else []

    def _part(self, low: int, high: int) -> tuple[Codes, Owners, Counts]:
        bounds = np.array([low, high], dtype=np.uint64)
        places = [np.searchsorted(codes, bounds).tolist() for codes in self._codes]
        codes = np.concatenate([own[a:b] for own, (a, b) in zip(self._codes, places, strict=True)])
        counts = np.concatenate([own[a:b] for own, (a, b) in zip(self._counts, places, strict=True)])
        owners = np.repeat(np.arange(len(places), dtype=np.uint32), [b - a for a, b in places])
        order = np.argsort(codes, kind="stable")
        return codes[order], owners[order], counts[order]


class _Before:
    """Counts made before, report by report."""

    def __init__(self, counts: PairCounts) -> None:
        self._numbers = {pair: number for number, pair in enumerate(zip(counts.reports, counts.marks, strict=True))}
        order = np.argsort(counts.owners, kind="stable")
        self._codes = np.repeat(counts.codes, np.diff(counts.starts))[order]
        self._counts = counts.counts[order]
        self._starts = np.searchsorted(counts.owners[order], np.arange(len(counts.reports) + 1))

    def of(self, report: str, mark: str) -> tuple[Codes, Counts] | None:
        number = self._numbers.get((report, mark))
        if number is None:
            return None
        own = slice(int(self._starts[number]), int(self._starts[number + 1]))
        return self._codes[own], self._counts[own]


def _counted(texts: Iterable[str]) -> tuple[Codes, Counts]:
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(pairs_of(canonical(normalise(text))))
    codes = np.fromiter(map(_code, counted), dtype=np.uint64, count=len(counted))
    order = np.argsort(codes)
    return codes[order], np.fromiter(counted.values(), dtype=np.uint32, count=len(counted))[order]


def count_pairs(ledger: Ledger, before: PairCounts | None = None) -> PairCounts:
    """Counts the passages and titles of all reports of an index."""
    counting = PairCounting(before)
    for metadata in ledger.reports():
        counting.add(metadata.report, texts_of(metadata, ledger.passages(metadata.report)))
    return counting.counts()


def texts_of(metadata: Metadata, passages: Iterable[Passage]) -> list[str]:
    """What is counted of one report."""
    return [metadata.title, *(passage.text for passage in passages)]


def write_pair_counts(folder: Path, counts: PairCounts) -> None:
    for name in _ARRAYS:
        np.save(_file(folder, name), getattr(counts, name))
    about = {"lexicon": _lexicon(), "reports": counts.reports, "texts": counts.texts.tolist(), "marks": counts.marks}
    (folder / ABOUT_FILE).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")


def open_pair_counts(folder: Path) -> PairCounts | None:
    """What was written to a folder; None where nothing was, or the lexicon has changed since."""
    try:
        about = json.loads((folder / ABOUT_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    if about["lexicon"] != _lexicon():
        return None
    # an empty array cannot be mapped
    mode: Literal["r"] | None = "r" if about["reports"] and _file(folder, "owners").stat().st_size > 128 else None
    arrays = {name: np.load(_file(folder, name), mmap_mode=mode) for name in _ARRAYS}
    return PairCounts(
        reports=tuple(about["reports"]), marks=tuple(about["marks"]), texts=np.array(about["texts"], dtype=np.int64),
        **arrays,
    )  # fmt: skip


def _file(folder: Path, name: str) -> Path:
    return folder / f"pairs-{name}.npy"


def _code(pair: str) -> int:
    return ord(pair[0]) << _SHIFT | ord(pair[1]) if len(pair) == 2 else 0


def _lexicon() -> str:
    return hashlib.sha256(json.dumps(sorted(forms().items()), ensure_ascii=False).encode()).hexdigest()
