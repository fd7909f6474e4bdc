"""The terms of every passage of an index, as numbers, in files: keyword search is built from them, a passage at a time.

An index that grows takes the terms of its old passages from the one before instead of cutting their texts again.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index import bm25

TERMS_FILE = "terms.npy"
ENDS_FILE = "ends.npy"

Numbers = npt.NDArray[np.int32]
Ends = npt.NDArray[np.int64]


class KeptTerms:
    """The terms of an index's passages, opened; none where the index holds no passage."""

    def __init__(self, folder: Path) -> None:
        self._ends: Ends = np.zeros(0, dtype=np.int64)
        self._index = bm25.saved(folder)
        self.vocabulary: tuple[str, ...] = ()
        if self._index:
            self._ends = np.load(folder / ENDS_FILE)
            self._terms: Numbers = np.load(folder / TERMS_FILE, mmap_mode="r" if self._ends[-1] else None)
            self.vocabulary = tuple(sorted(self._index.numbers, key=self._index.numbers.__getitem__))

    def __len__(self) -> int:
        return len(self._ends)

    def of(self, passage: int) -> Numbers:
        """The numbers of a passage's terms in `vocabulary`, in the order in which they stand in the text."""
        begin = int(self._ends[passage - 1]) if passage else 0
        return self._terms[begin : int(self._ends[passage])]

    def holding(self, terms: Sequence[str]) -> npt.NDArray[np.int64]:
        """Positions of the passages that hold all of the terms."""
        index = self._index
        if index is None or not terms or any(term not in index.numbers for term in terms):
            return np.zeros(0, dtype=np.int64)
        columns = [index.holding(term) for term in dict.fromkeys(terms)]
        found = columns[0]
        for column in columns[1:]:
            found = np.intersect1d(found, column)
        return found


class TermsWriter:
    """Writes the terms of passage after passage and, in the end, the keyword index over them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._raw = folder.with_suffix(".raw")
        self._file = self._raw.open("wb")
        self._vocabulary: dict[str, int] = {}
        self._lengths: list[int] = []

    def add(self, terms: Sequence[str]) -> None:
        self._write(np.array([self._number(term) for term in terms], dtype=np.int32))

    def take_over(self, kept: KeptTerms, passage: int, numbers: Numbers) -> None:
        """A passage of an index before; `numbers` is that index's vocabulary in this one's, -1 where not yet asked."""
        held = kept.of(passage)
        for new in dict.fromkeys(held[numbers[held] < 0].tolist()):
            numbers[new] = self._number(kept.vocabulary[new])
        self._write(numbers[held])

    def save(self) -> None:
        """Writes the index; nothing where there is no passage."""
        self._file.close()
        if self._lengths:
            corpus = _Passages(self._raw, self._lengths, self._vocabulary)
            bm25.write(self._folder, corpus)
            np.save(self._folder / ENDS_FILE, np.cumsum(self._lengths, dtype=np.int64))
            np.save(self._folder / TERMS_FILE, corpus.terms)
            del corpus
        self._raw.unlink()

    def _number(self, term: str) -> int:
        return self._vocabulary.setdefault(term, len(self._vocabulary))

    def _write(self, numbers: Numbers) -> None:
        self._file.write(numbers.tobytes())
        self._lengths.append(len(numbers))


class _Passages:
    """What bm25s indexes: the terms of each passage, read from the file as they are asked for."""

    def __init__(self, raw: Path, lengths: Sequence[int], vocabulary: dict[str, int]) -> None:
        self.vocab = vocabulary
        self.ids: bm25.Numbered = self
        self._ends = np.cumsum(lengths)
        # an empty file cannot be mapped
        self.terms = np.memmap(raw, dtype=np.int32, mode="r") if self._ends[-1] else np.zeros(0, dtype=np.int32)

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[list[int]]:
        begin = 0
        for end in self._ends.tolist():
            yield self.terms[begin:end].tolist()
            begin = end
