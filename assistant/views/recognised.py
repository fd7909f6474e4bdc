"""What the reader made of a report: outline, tables, figures, numerals it could not account for, doubtful stretches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.library import Library
from corpus.coverage import coverage
from corpus.formats.printed import page_of
from corpus.model import Document, Section, Table
from corpus.repair import repair

_AROUND = 24  # characters on each side of a numeral


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """A place worth a look; `text[at:at + length]` is the stretch itself within its surroundings."""

    start: int
    end: int
    line: int
    page: int | None
    text: str
    at: int
    length: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Recognised:
    characters: int
    pages: int | None  # None where the format has none
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    paragraphs: int
    passages: int
    figures: int
    indicators: int
    numerals: int
    unaccounted: tuple[Stretch, ...]
    doubtful: tuple[Stretch, ...]  # 待核: recognised from an image with low confidence, or at odds


def recognised(library: Library, report: str) -> Recognised:
    """What the index holds of a report.

    Raises:
        ReportError: the index holds no report of that name.
    """
    document = library.store.document(report)
    numerals = coverage(document)
    rows = library.figures_of(report)
    read_well = [row for row in rows if row.doubtful and not _touches((row.start, row.end), document.doubtful)]
    doubtful = sorted((*document.doubtful, *((row.start, row.end) for row in read_well)))
    left = [(each.start, each.end) for each in numerals if each.numeral_class is None]
    return Recognised(
        characters=len(document.text),
        pages=len(document.pages) or None,
        sections=document.sections,
        tables=document.tables,
        paragraphs=len(document.paragraphs),
        passages=len(document.passages),
        figures=len(rows),
        indicators=len(library.indicators_of(report)),
        numerals=len(numerals),
        unaccounted=tuple(_stretches(document, left)),
        doubtful=tuple(_stretches(document, doubtful)),
    )


def _touches(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)


def _stretches(document: Document, spans: Sequence[tuple[int, int]]) -> Iterator[Stretch]:
    text = document.text
    for start, end in spans:
        low = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
        high = text.find("\n", end)
        high = min(len(text) if high < 0 else high, end + _AROUND)
        before, itself = (repair(text, *span).text for span in ((low, start), (start, end)))
        yield Stretch(
            start=start, end=end, line=text.count("\n", 0, start) + 1, page=page_of(document.pages, start),
            text=before + itself + repair(text, end, high).text, at=len(before), length=len(itself),
        )  # fmt: skip
