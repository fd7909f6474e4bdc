"""BM25 as bm25s saves it: written from numbered terms, passage after passage, and mapped into memory.

The one file of the index that knows bm25s.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import bm25s
import numpy as np
import numpy.typing as npt

Similarities = npt.NDArray[np.float32]
Positions = npt.NDArray[np.int64]


class Numbered(Protocol):
    """Passages as lists of the numbers of their terms in `vocab`; asked for several times, each time one by one."""

    vocab: dict[str, int]
    ids: "Numbered"

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[list[int]]: ...


class Saved:
    """A saved index, opened."""

    def __init__(self, folder: Path) -> None:
        self._index = bm25s.BM25.load(folder, mmap=True, show_progress=False)
        self.numbers: dict[str, int] = self._index.vocab_dict
        self.passages = int(self._index.scores["num_docs"])

    def similarities(self, terms: list[str]) -> Similarities:
        """One value per passage; 0 where no term is shared."""
        known = self._index.get_tokens_ids(terms)
        if not known:
            return np.zeros(self.passages, dtype=np.float32)
        found: Similarities = self._index.get_scores_from_ids(known)
        return found

    def holding(self, term: str) -> Positions:
        """The passages that hold a known term."""
        first, end = self._index.scores["indptr"][self.numbers[term] :][:2]
        return np.asarray(self._index.scores["indices"][first:end], dtype=np.int64)

    def frequencies(self, terms: list[str]) -> npt.NDArray[np.float64]:
        """In how many passages each of these known terms stands."""
        places = np.array([self.numbers[term] for term in terms], dtype=np.int64)
        ends = self._index.scores["indptr"]
        held: npt.NDArray[np.float64] = (ends[places + 1] - ends[places]).astype(np.float64)
        return held


def write(folder: Path, passages: Numbered) -> None:
    """Saves an index over at least one passage: bm25s refuses to index nothing."""
    index = bm25s.BM25()
    index.index(passages, show_progress=False)
    index.save(folder, show_progress=False)


def saved(folder: Path) -> Saved | None:
    """The index in a folder, if there is one."""
    return Saved(folder) if folder.is_dir() else None
