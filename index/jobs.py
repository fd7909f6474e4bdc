"""The two jobs of a build that are done report by report, in this process or in others: reading and embedding.

A job's result stands in files aside; what comes back says only how it went. A job whose result is already there,
from a build that was killed, is done at once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.errors import ReportError, StoreError
from corpus.ledger import read_report
from index.arrays import Matrix
from index.embedding import shared_embeddings
from index.parts import Aside, part_of
from index.passages import SearchEntry
from index.place import Place

# texts embedded between two words on how far it is
STRIDE = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """One report: its file, corrections to its metadata, and where its part is kept aside."""

    name: str
    path: Path
    corrections: Mapping[str, object]
    aside: Aside
    place: Place
    serving: Path | None = None  # the generation whose vectors may be used again


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """How a job went: `failure` is empty or says to the user why not.

    `texts` is how many vectors the report needs, `indicators` what its indicators are called.
    """

    name: str
    failure: str = ""
    texts: int = 0
    indicators: tuple[str, ...] = ()


Told = Callable[[int], None]  # how many texts have been embedded since last told


def read_one(job: Job, told: Told | None = None) -> Outcome:
    """Reads a report and keeps its part."""
    part = job.aside.read()
    if part is None:
        try:
            part = part_of(read_report(job.path, job.corrections))
        except ReportError as error:
            return Outcome(name=job.name, failure=str(error))
        job.aside.keep(part)
    called = (name for row in part.report.indicators for name in (row.name, *row.aliases))
    return Outcome(name=job.name, texts=part.texts, indicators=tuple(called))


def embed_one(job: Job, told: Told | None = None) -> Outcome:
    """Keeps the vectors of a part that was read."""
    part = job.aside.read()
    if part is None:
        return Outcome(name=job.name, failure="读好的内容不见了。请再运行一次。")
    if not job.aside.has_vectors():
        vectors = {name: _vectors(job, name, entries, told) for name, entries in part.entries.items()}
        job.aside.keep_vectors(vectors)
    elif told:
        told(part.texts)
    return Outcome(name=job.name, texts=part.texts)


def _vectors(job: Job, collection: str, entries: Sequence[SearchEntry], told: Told | None) -> Matrix:
    """A row for each entry; the model is asked only for texts that have changed."""
    known = _known(job, collection, entries)
    missing = {entry.text_checksum: entry.text for entry in entries if entry.text_checksum not in known}
    # longest first: texts of like length share a batch with little padding
    ordered = sorted(missing, key=lambda checksum: (-len(missing[checksum]), checksum))
    if told:
        told(len(entries) - len(ordered))
    for start in range(0, len(ordered), STRIDE):
        batch = ordered[start : start + STRIDE]
        vectors = shared_embeddings(job.place.embedding_model).embed_documents([missing[each] for each in batch])
        known |= zip(batch, np.asarray(vectors, dtype=np.float32), strict=True)
        if told:
            told(len(batch))
    return np.stack([known[entry.text_checksum] for entry in entries]) if entries else np.zeros((0, 0), np.float32)


def _known(job: Job, collection: str, entries: Sequence[SearchEntry]) -> dict[str, Matrix]:
    if job.serving is None or not entries:
        return {}
    try:
        opened = job.place.vectors(job.serving, shared_embeddings(job.place.embedding_model), collection)
        known: dict[str, Matrix] = opened.known(entries)
        opened.close()
    except StoreError:
        return {}  # a damaged index is what a rebuild is for
    return known
