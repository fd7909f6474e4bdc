"""What is searched: the collections of vectors and the entries in them. Needs no library."""

import hashlib
from dataclasses import dataclass

# the collections of vectors
PASSAGES = "passages"
UNITS = "units"
FIGURES = "figures"
COLLECTIONS = (PASSAGES, UNITS, FIGURES)


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchEntry:
    """A passage, unit or figure as it is searched: `key` is unique in its collection; equal texts, equal vectors."""

    key: str
    report: str
    section: str
    text: str
    text_checksum: str


def passage_key(report: str, passage_id: str) -> str:
    """Unique in a store: "gz-hrss-2022.txt#2.2.3-p4-1"."""
    return f"{report}#{passage_id}"


def unit_key(report: str, number: int) -> str:
    """Unique in a store, and the same whatever reports are added beside: "gz-hrss-2022.txt#17"."""
    return f"{report}#{number}"


def report_of_key(key: str) -> str:
    """The report of a passage or unit."""
    return key.rpartition("#")[0]


def unit_of_key(key: str) -> tuple[str, int]:
    """The report and the number that `unit_key` was given."""
    report, _, number = key.rpartition("#")
    return report, int(number)


def passage_of_key(key: str) -> tuple[str, str]:
    """The report and the id of a passage's key; ids have no # in them."""
    report, _, passage_id = key.rpartition("#")
    return report, passage_id


def text_checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
