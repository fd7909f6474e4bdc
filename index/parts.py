"""What one report adds to an index, worked out apart from all others: its rows, its units, what of it is searched.

A part is kept aside in two files until the index is published, so that a build that was killed goes on where it
was: `KEY.part`, the report as read, and `KEY.npz`, the vectors. The key says everything that shapes them.
"""

import hashlib
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from corpus.model import Report
from corpus.settings import PROJECT
from index.arrays import Matrix
from index.entries import figure_entry, passage_entry, unit_entry
from index.manifest import INDEX_FORMAT, checksum, lexicon_checksum
from index.passages import FIGURES, PASSAGES, UNITS, SearchEntry
from index.units import Unit, units_of

ASIDE = "aside"
# what an unfinished or foreign pickle raises
_UNREADABLE = (OSError, pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError, ImportError)


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One report; its units count passages and blocks from 0."""

    report: Report
    entries: Mapping[str, tuple[SearchEntry, ...]]  # by collection
    units: tuple[Unit, ...]

    @property
    def name(self) -> str:
        return self.report.document.metadata.report

    @property
    def texts(self) -> int:
        """How many vectors it needs."""
        return sum(map(len, self.entries.values()))


@dataclass(frozen=True, kw_only=True, slots=True)
class Aside:
    """Where the part of one report is kept while the index is being built."""

    folder: Path
    key: str

    def read(self) -> Part | None:
        """The part, if it is there and whole."""
        try:
            with self._part.open("rb") as file:
                part = pickle.load(file)  # our own file, in the store's folder
        except _UNREADABLE:
            return None
        return part if isinstance(part, Part) else None

    def keep(self, part: Part) -> None:
        self._write(self._part, pickle.dumps(part, protocol=pickle.HIGHEST_PROTOCOL))

    def vectors(self) -> dict[str, Matrix]:
        """One matrix a collection, a row for each entry of the part."""
        with np.load(self._vectors) as arrays:
            return {name: arrays[name] for name in arrays.files}

    def has_vectors(self) -> bool:
        return self._vectors.is_file()

    def keep_vectors(self, vectors: Mapping[str, Matrix]) -> None:
        aside = self._vectors.with_suffix(".new.npz")
        np.savez(aside, allow_pickle=False, **vectors)
        aside.replace(self._vectors)

    def drop(self) -> None:
        """Frees the disk of a part that has been taken in."""
        self._part.unlink(missing_ok=True)
        self._vectors.unlink(missing_ok=True)

    @property
    def _part(self) -> Path:
        return self.folder / f"{self.key}.part"

    @property
    def _vectors(self) -> Path:
        return self.folder / f"{self.key}.npz"

    def _write(self, path: Path, content: bytes) -> None:
        aside = path.with_suffix(".new")
        aside.write_bytes(content)
        aside.replace(path)


def part_of(report: Report) -> Part:
    """Everything of a report but its vectors."""
    document = report.document
    name = document.metadata.report
    units = tuple(units_of(document.passages, document.text, passage=0, block=0))
    paths = [passage.section_path for passage in document.passages]
    entries = {
        PASSAGES: tuple(passage_entry(name, passage) for passage in document.passages),
        UNITS: tuple(unit_entry(number, name, paths[unit.passage], unit) for number, unit in enumerate(units)),
        FIGURES: tuple(figure_entry(figure) for figure in report.figures),
    }
    # paragraphs and tables are not kept in an index, and weigh more than all the rest
    slim = replace(report, document=replace(document, paragraphs=(), tables=()))
    return Part(report=slim, entries=entries, units=units)


def shaping(model: str) -> str:
    """What shapes every part beside its report: the model, the lexicon and this version of the program."""
    return "\0".join((model, str(INDEX_FORMAT), lexicon_checksum(), _program()))


def aside_of(folder: Path, name: str, shape: str, shaping: str) -> Aside:
    """The place of a report of this name and shape checksum."""
    return Aside(folder=folder, key=hashlib.sha256("\0".join((name, shape, shaping)).encode()).hexdigest())


@lru_cache(maxsize=1)
def _program() -> str:
    """A part outlives its process, but not a change of the program that reads reports."""
    files = sorted(path for part in ("corpus", "index") for path in (PROJECT / part).rglob("*.py"))
    return hashlib.sha256("".join(map(checksum, files)).encode()).hexdigest()
