"""Passages, units and figures as entries to be searched: traditional characters are searched as simplified ones."""

import re
from collections.abc import Sequence

from corpus.model import Figure, Passage
from corpus.statements import statement
from index.passages import SearchEntry, passage_key, text_checksum, unit_key
from index.terms import simplified
from index.units import Unit

_HAN = re.compile(r"[\u4e00-\u9fff]")


def section_key(path: Sequence[str]) -> str:
    """A heading path in one line, as vectors are filtered by it."""
    return " > ".join(path)


def passage_entry(report: str, passage: Passage) -> SearchEntry:
    """A passage with its context; only its `text` is ever quoted."""
    text = "\n".join(filter(None, [context_of(passage), passage.text]))
    return _entry(passage_key(report, passage.id), report, passage.section_path, text)


def unit_entry(number: int, report: str, path: Sequence[str], unit: Unit) -> SearchEntry:
    """A sentence or table row by itself; `number` counts the units of its report."""
    return _entry(unit_key(report, number), report, path, unit.text)


def figure_entry(figure: Figure) -> SearchEntry:
    return _entry(figure.id, figure.report, figure.section, statement(figure))


def context_of(passage: Passage) -> str:
    """Title, headings, table header and lead-in; not a file's name that stands in for a missing title."""
    return "\n".join(line for line in passage.context.split("\n") if _HAN.search(line))


def _entry(key: str, report: str, path: Sequence[str], text: str) -> SearchEntry:
    plain = simplified(text)
    return SearchEntry(
        key=key, report=report, section=section_key(path), text=plain, text_checksum=text_checksum(plain)
    )
