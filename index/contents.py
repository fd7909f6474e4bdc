"""Writes what a generation holds: ledger, keywords, units, vectors and, last, the manifest.

Report after report in the order of their names, each from its part kept aside or from the generation in service: what
is in memory at once does not grow with their number, but for the keyword index while it is built.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from corpus.errors import StoreError
from index.arrays import Matrix
from index.carrying import Carried
from index.embedding import shared_embeddings
from index.entries import passage_entry
from index.keywords_writer import KeywordsWriter
from index.ledger import Ledger, SourceText
from index.manifest import INDEX_FORMAT, Manifest, lexicon_checksum, write_manifest
from index.model_name import model_name
from index.pair_counts_of import write_pair_counts_of
from index.parts import Aside, Part
from index.passages import COLLECTIONS, PASSAGES, SearchEntry, text_checksum
from index.place import KEYWORDS, Place
from index.units import UnitsWriter

# entries handed to Chroma at once
WRITTEN_AT_ONCE = 4096


class Progress(Protocol):
    """Told how far a stage has come; `total` does not change within a stage."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class New:
    """A report to be taken in: its part, what its indicators are called and how many vectors it has."""

    aside: Aside
    indicators: Sequence[str]
    texts: int


def write_contents(
    place: Place,
    generation: Path,
    new: Mapping[str, New],
    carried: Carried | None,
    checksums: Mapping[str, str],
    progress: Progress,
) -> Manifest:
    """Everything of the new reports, and of the carried ones, into the generation's folder.

    Raises:
        StoreError: a part kept aside is not there, or the database or Chroma refuses.
    """
    names = sorted({*new, *(carried.reports if carried else ())})
    with _open(place, generation, new, carried) as contents:
        for done, name in enumerate(names):
            progress("写入索引", done, len(names))
            if name in new:
                contents.add(_part(name, new[name].aside), new[name].aside.vectors())
            else:
                contents.take_over(name)
        passages = contents.save()
    write_pair_counts_of(place, generation, place.current())
    manifest = Manifest(
        format=INDEX_FORMAT,
        model=model_name(place.embedding_model),
        lexicon=lexicon_checksum(),
        reports={name: checksums[name] for name in names},
        passages=passages,
    )
    write_manifest(generation, manifest)
    progress("写入索引", len(names), len(names))
    return manifest


def _part(name: str, aside: Aside) -> Part:
    part = aside.read()
    if part is None:
        raise StoreError(f"报告“{name}”读好的内容不见了。请再运行一次。")
    return part


@contextmanager
def _open(place: Place, generation: Path, new: Mapping[str, New], carried: Carried | None) -> "Iterator[_Contents]":
    with ExitStack() as opened:
        ledger = place.ledger(generation, read_only=False)
        opened.callback(ledger.close)
        if carried is None:
            ledger.create()
        indicators = {name: report.indicators for name, report in new.items()}
        if carried:
            indicators |= {name: carried.keywords.names[name] for name in carried.reports}
        keywords = KeywordsWriter(generation / KEYWORDS, indicators, carried.keywords if carried else None)
        vectors = {}
        for collection in COLLECTIONS:
            vectors[collection] = place.vectors(generation, shared_embeddings(place.embedding_model), collection)
            opened.callback(vectors[collection].close)
        buffers = {name: _Buffer(write=each.add) for name, each in vectors.items()}
        yield _Contents(ledger, keywords, UnitsWriter(generation / KEYWORDS), buffers, carried)


class _Contents:
    """The parts of a generation that is being written."""

    def __init__(
        self,
        ledger: Ledger,
        keywords: KeywordsWriter,
        units: UnitsWriter,
        vectors: "dict[str, _Buffer]",
        carried: Carried | None,
    ) -> None:
        self._ledger, self._keywords, self._units = ledger, keywords, units
        self._vectors, self._carried = vectors, carried
        self._passages = 0

    def add(self, part: Part, vectors: Mapping[str, Matrix]) -> None:
        document = part.report.document
        source = SourceText(
            text=document.text, text_checksum=text_checksum(document.text), pages=document.pages,
            doubtful=document.doubtful, headings=document.headings,
        )  # fmt: skip
        self._ledger.write(part.report, source)
        self._keywords.add({entry.key: entry.text for entry in part.entries[PASSAGES]})
        self._units.add(part.units, len(document.passages))
        self._passages += len(document.passages)
        for collection, buffer in self._vectors.items():
            buffer.add(part.entries[collection], vectors[collection])

    def take_over(self, name: str) -> None:
        carried = self._carried
        assert carried
        held = carried.passages.get(name, range(0))
        changed = [at for at in held if at in self._keywords.cut_otherwise]
        texts = {}
        if changed:
            passages = self._ledger.passages(name)
            texts = {at: passage_entry(name, passages[at - held.start]).text for at in changed}
        self._keywords.take_over(held.start, held.stop, texts)
        self._units.take_over(carried.units, carried.numbers[name], held.start, len(held))
        self._passages += len(held)

    def save(self) -> int:
        """Finishes; returns how many passages there are."""
        for buffer in self._vectors.values():
            buffer.flush()
        self._keywords.save()
        self._units.save()
        return self._passages


class _Write(Protocol):
    def __call__(self, entries: Sequence[SearchEntry], vectors: Matrix, /) -> None: ...


class _Buffer:
    """Hands entries on many at a time: Chroma takes longer for them report by report."""

    def __init__(self, *, write: _Write) -> None:
        self._write = write
        self._entries: list[SearchEntry] = []
        self._vectors: list[Matrix] = []

    def add(self, entries: Sequence[SearchEntry], vectors: Matrix) -> None:
        if entries:
            self._entries += entries
            self._vectors.append(vectors)
        if len(self._entries) >= WRITTEN_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        if self._entries:
            self._write(self._entries, np.concatenate(self._vectors))
        self._entries, self._vectors = [], []
