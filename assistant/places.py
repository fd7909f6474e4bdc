"""Places in reports: citations that re-cut, and what stands around them for the page to show."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.library import Library
from corpus.formats.printed import page_of
from corpus.model import Figure
from corpus.repair import repair

_STOP = re.compile(r"[。；！？\n\t]")
_SURROUNDINGS_CHARACTERS = 240


@dataclass(frozen=True, kw_only=True, slots=True)
class Surroundings:
    """A citation in its paragraph, repaired for reading; `highlights` are index ranges into `quote`."""

    before: str
    quote: str
    after: str
    highlights: tuple[tuple[int, int], ...]


class Citations:
    """The citations of one answer, numbered from 1 in order of first mention."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._made: list[Citation] = []

    def of_figure(self, figure: Figure) -> int:
        """The number of the citation of the stretch of text that states a figure."""
        start, end = stretch_of(self._library.source_text(figure.report), figure)
        return self.of_span(figure.report, start, end, figure.section)

    def of_span(self, report: str, start: int, end: int, section: tuple[str, ...]) -> int:
        key = (report, start, end)
        if key not in self._numbers:
            text = self._library.source_text(report)
            self._numbers[key] = len(self._made) + 1
            made = Citation(
                id=len(self._made) + 1, report=report, section=section, start=start, end=end,
                line=text.count("\n", 0, start) + 1, quote=text[start:end],
                page=page_of(self._library.pages(report), start),
            )  # fmt: skip
            self._made.append(made)
        return self._numbers[key]

    def all(self) -> tuple[Citation, ...]:
        return tuple(self._made)


def stretch_of(text: str, figure: Figure) -> tuple[int, int]:
    """Source offsets of the part of a figure's sentence, between full stops and semicolons, that states it.

    A page break inside the sentence is passed over; a table cell is quoted as far as it reaches.
    """
    start, end = figure.sentence_start, figure.sentence_end
    stops = "。；！？" if figure.table is None else "。；！？\t"
    for at in range(figure.start - 1, start - 1, -1):
        if text[at] in stops:
            start = at + 1
            break
    for at in range(figure.end, end):
        if text[at] in stops:
            end = at + (text[at] != "\t")
            break
    while start < figure.start and text[start].isspace():
        start += 1
    while end > figure.end and text[end - 1].isspace():
        end -= 1
    return start, end


def surroundings(library: Library, citation: Citation, figures: Collection[str | None] = ()) -> Surroundings:
    """The citation in its surroundings, with the given figures highlighted, or every one where none is given."""
    text = library.source_text(citation.report)
    low, high = _paragraph(text, citation)
    quote = repair(text, citation.start, citation.end)
    position = {offset: index for index, offset in enumerate(quote.offsets)}
    highlights = []
    for figure in library.figures_of(citation.report):
        inside = citation.start <= figure.start and figure.end <= citation.end
        if inside and (not figures or figure.id in figures) and figure.start in position:
            ends = [index for offset, index in position.items() if offset < figure.end]
            highlights.append((position[figure.start], max(ends) + 1))
    return Surroundings(
        before=repair(text, low, citation.start).text,
        quote=quote.text,
        after=repair(text, citation.end, high).text,
        highlights=tuple(sorted(highlights)),
    )


def _paragraph(text: str, citation: Citation) -> tuple[int, int]:
    """The lines the citation stands in, cut to what is read at a glance."""
    low = text.rfind("\n", 0, citation.start) + 1
    high = text.find("\n", citation.end)
    high = len(text) if high < 0 else high
    return max(low, citation.start - _SURROUNDINGS_CHARACTERS), min(high, citation.end + _SURROUNDINGS_CHARACTERS)
