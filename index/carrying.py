"""Carries what has not changed from the generation in service into the next one, without reading a report again.

Files are copied whole and then rid of the reports that go; on servers rows and vectors are copied there, a batch at a
time. Memory does not grow with what is carried, but for a few numbers a unit.
"""

import json
import shutil
from collections.abc import Mapping, Set
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from corpus.errors import StoreError
from index.embedding import shared_embeddings
from index.keywords_writer import KeptKeywords
from index.ledger import FILE as LEDGER
from index.passages import COLLECTIONS, report_of_key
from index.place import KEYWORDS, VECTORS, Place
from index.units import Units


@dataclass(frozen=True, kw_only=True, slots=True)
class Carried:
    """What the next generation takes over: `reports`, with the keyword index and units of the generation before."""

    reports: frozenset[str]
    keywords: KeptKeywords
    units: Units
    numbers: Mapping[str, int]  # of every report of the generation before, as its units count them
    passages: Mapping[str, range]  # positions there, by report


def carry(place: Place, serving: Path, generation: Path, kept: Set[str], held: Set[str]) -> Carried | None:
    """Rows and vectors of the `kept` ones among the reports `held` by `serving`; None where it cannot be read."""
    try:
        keywords = KeptKeywords(serving / KEYWORDS)
        units = Units(serving / KEYWORDS)
        _carry_ledger(place, serving, generation, held - kept)
        _carry_vectors(place, serving, generation, held - kept)
    except (StoreError, OSError, json.JSONDecodeError, KeyError):  # a damaged index is what a rebuild is for
        shutil.rmtree(generation / VECTORS, ignore_errors=True)
        (generation / LEDGER).unlink(missing_ok=True)
        return None
    return Carried(
        reports=frozenset(kept),
        keywords=keywords,
        units=units,
        numbers={name: number for number, name in enumerate(sorted(held))},
        passages=_passages(keywords.keys),
    )


def _carry_ledger(place: Place, serving: Path, generation: Path, gone: Set[str]) -> None:
    if not place.database_url:
        shutil.copyfile(serving / LEDGER, generation / LEDGER)
    ledger = place.ledger(generation, read_only=False)
    if place.database_url:
        ledger.create()
        before = place.ledger(serving, read_only=True)
        ledger.take_over(before)
        before.close()
    ledger.drop_reports(sorted(gone))
    ledger.close()


def _carry_vectors(place: Place, serving: Path, generation: Path, gone: Set[str]) -> None:
    embeddings = shared_embeddings(place.embedding_model)
    if not place.chroma_url:
        shutil.copytree(serving / VECTORS, generation / VECTORS)
    for collection in COLLECTIONS:
        vectors = place.vectors(generation, embeddings, collection)
        if place.chroma_url:
            before = place.vectors(serving, embeddings, collection)
            vectors.take_over(before, gone)
            before.close()
        else:
            vectors.drop(sorted(gone))
        vectors.close()


def _passages(keys: list[str]) -> dict[str, range]:
    found, at = {}, 0
    for report, group in groupby(keys, key=report_of_key):
        count = sum(1 for _ in group)
        found[report] = range(at, at + count)
        at += count
    return found
