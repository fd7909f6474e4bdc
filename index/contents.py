"""Writes what a generation holds: ledger, keywords, units, vectors and, last, the manifest.

Vectors of the generation in service are used again for every text that has not changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from corpus.errors import StoreError
from corpus.model import Report
from index import sources
from index.embedding import RememberedEmbeddings, Vector, shared_embeddings
from index.entries import figure_entry, passage_entry, unit_entry
from index.keywords import write_keywords
from index.ledger import SourceText
from index.manifest import INDEX_FORMAT, Manifest, ManifestError, lexicon_checksum, read_manifest, write_manifest
from index.model_name import model_name
from index.pair_counts_of import write_pair_counts_of
from index.passages import COLLECTIONS, FIGURES, PASSAGES, UNITS, SearchEntry, text_checksum
from index.place import KEYWORDS, Place
from index.units import Unit, units_of, write_units

# entries embedded between two calls of the progress callback
STRIDE = 64
# entries written at once: Chroma takes twice as long for them a stride at a time
WRITTEN_AT_ONCE = 1024


class Progress(Protocol):
    """Told how far a stage has come; `total` does not change within a stage."""

    def __call__(self, stage: str, done: int, total: int) -> None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class _Owned:
    """A unit with the number and name of its report and its headings."""

    number: int
    report: str
    section_path: tuple[str, ...]
    unit: Unit


def write_contents(
    place: Place, generation: Path, reports: tuple[Report, ...], serving: Path | None, progress: Progress
) -> Manifest:
    """Everything of `reports` into the generation's folder; `serving` is the generation in service, if any."""
    _write_ledger(place, generation, reports)
    entries = [
        passage_entry(report.document.metadata.report, passage)
        for report in reports
        for passage in report.document.passages
    ]
    words = {name for report in reports for row in report.indicators for name in (row.name, *row.aliases)}
    write_keywords(generation / KEYWORDS, {entry.key: entry.text for entry in entries}, words)
    owned = list(_units(reports))
    write_units(generation / KEYWORDS, [each.unit for each in owned], [each.number for each in owned])
    units = [unit_entry(number, each.report, each.section_path, each.unit) for number, each in enumerate(owned)]
    figures = [figure_entry(figure) for report in reports for figure in report.figures]
    collections = {PASSAGES: entries, UNITS: units, FIGURES: figures}
    _write_vectors(place, generation, collections, _known(place, serving), progress)
    write_pair_counts_of(place, generation, serving)
    manifest = _manifest(place, generation, reports, len(entries))
    write_manifest(generation, manifest)
    return manifest


def _manifest(place: Place, generation: Path, reports: tuple[Report, ...], passages: int) -> Manifest:
    names = {report.document.metadata.report for report in reports}
    held = sources.held(generation)
    return Manifest(
        format=INDEX_FORMAT,
        model=model_name(place.embedding_model),
        lexicon=lexicon_checksum(),
        reports={name: sources.shape_checksum(file) for name, file in held.items() if name in names},
        passages=passages,
    )


def _write_ledger(place: Place, generation: Path, reports: tuple[Report, ...]) -> None:
    ledger = place.ledger(generation, read_only=False)
    ledger.create()
    for report in reports:
        document = report.document
        source = SourceText(
            text=document.text, text_checksum=text_checksum(document.text), pages=document.pages,
            doubtful=document.doubtful, headings=document.headings,
        )  # fmt: skip
        ledger.write(report, source)
    ledger.close()


def _units(reports: tuple[Report, ...]) -> Iterator[_Owned]:
    passage = block = 0
    for number, report in enumerate(reports):
        document = report.document
        for unit in units_of(document.passages, document.text, passage=passage, block=block):
            path = document.passages[unit.passage - passage].section_path
            yield _Owned(number=number, report=document.metadata.report, section_path=path, unit=unit)
            next_block = unit.block + 1
        if document.passages:
            passage, block = passage + len(document.passages), next_block


def _known(place: Place, serving: Path | None) -> dict[str, Vector]:
    """Vectors of the generation in service, if the same model made them."""
    try:
        if serving is None or read_manifest(serving).model != model_name(place.embedding_model):
            return {}
        known: dict[str, Vector] = {}
        for collection in COLLECTIONS:
            vectors = place.vectors(serving, shared_embeddings(place.embedding_model), collection)
            known |= vectors.known()
            vectors.close()
        return known
    except (ManifestError, StoreError):
        return {}  # a damaged index is what a rebuild is for


def _write_vectors(
    place: Place,
    generation: Path,
    collections: dict[str, list[SearchEntry]],
    known: Mapping[str, Vector],
    progress: Progress,
) -> None:
    embeddings = RememberedEmbeddings(shared_embeddings(place.embedding_model), known)
    total, done = sum(map(len, collections.values())), 0
    for collection, entries in collections.items():
        vectors = place.vectors(generation, embeddings, collection)
        # longest first: texts of like length share a batch with little padding, and memory peaks at once
        ordered = sorted(entries, key=lambda entry: (-len(entry.text), entry.key))
        for start in range(0, len(ordered), WRITTEN_AT_ONCE):
            batch = ordered[start : start + WRITTEN_AT_ONCE]
            for first in range(0, len(batch), STRIDE):
                progress("计算向量", done + start + first, total)
                embeddings.embed_ahead([entry.text for entry in batch[first : first + STRIDE]])
            vectors.add(batch)
            embeddings.forget()
        done += len(ordered)
        vectors.close()
    progress("计算向量", total, total)
