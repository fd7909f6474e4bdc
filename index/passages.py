"""What of a passage or figure is searched, and the name it has across reports."""

import hashlib
from dataclasses import dataclass

from corpus.model import Figure, Passage
from corpus.statements import statement

# the two collections of vectors
PASSAGES = "passages"
FIGURES = "figures"
COLLECTIONS = (PASSAGES, FIGURES)


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchEntry:
    """A passage or figure as it is searched: `key` is unique in the store, equal checksums have equal vectors."""

    key: str
    report: str
    text: str
    text_checksum: str


def passage_key(report: str, passage_id: str) -> str:
    """Unique in a store: "gz-hrss-2022.txt#2.2.3-p4-1"."""
    return f"{report}#{passage_id}"


def passage_entry(report: str, passage: Passage) -> SearchEntry:
    text = _searchable_text(passage)
    return SearchEntry(key=passage_key(report, passage.id), report=report, text=text, text_checksum=text_checksum(text))


def figure_entry(figure: Figure) -> SearchEntry:
    text = statement(figure)
    return SearchEntry(key=figure.id, report=figure.report, text=text, text_checksum=text_checksum(text))


def text_checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _searchable_text(passage: Passage) -> str:
    """Context and text: what is embedded and indexed; only `text` is ever quoted."""
    return f"{passage.context}\n{passage.text}" if passage.context else passage.text
