"""What the reader made of a report: outline, tables, figures, numerals it could not account for, doubtful stretches."""

from collections.abc import Iterator
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
    doubtful: tuple[Stretch, ...]  # 待核: recognised from an image with low confidence


def recognised(library: Library, report: str) -> Recognised:
    """What the index holds of a report.

    Raises:
        ReportError: the index holds no report of that name.
    """
    document = library.store.document(report)
    numerals = coverage(document)
    left = [(each.start, each.end) for each in numerals if each.numeral_class is None]
    return Recognised(
        characters=len(document.text),
        pages=len(document.pages) or None,
        sections=document.sections,
        tables=document.tables,
        paragraphs=len(document.paragraphs),
        passages=len(document.passages),
        figures=sum(figure.report == report for figure in library.figures.values()),
        indicators=sum(indicator.report == report for indicator in library.indicators),
        numerals=len(numerals),
        unaccounted=tuple(_stretches(document, left)),
        doubtful=tuple(_stretches(document, document.doubtful)),
    )


def _stretches(document: Document, spans: "list[tuple[int, int]] | tuple[tuple[int, int], ...]") -> Iterator[Stretch]:
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
