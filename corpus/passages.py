"""Passages: whole sentences, or a table row, of at most 260 source characters, for retrieval.

    paragraph "2.2.3-p1" -> passages "2.2.3-p1-1", "2.2.3-p1-2"; row 0 of "2.2.3-t1" -> "2.2.3-t1-r0-1"
Every sentence stands in exactly one passage. A sentence longer than that is cut behind ； or ，
and, where it has none, anywhere but inside a number.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from corpus.grids import cell_ranges
from corpus.model import Mapped, Paragraph, Passage, Row, Table
from corpus.repair import repair
from corpus.sentences import split_sentences

MAX_CHARACTERS = 260

# A full-width comma before three digits may separate thousands.
_CUT_BEHIND = (re.compile("；"), re.compile(r"，(?![\d０-９]{3}(?![\d０-９]))"), re.compile("、"))
_IN_NUMBER = re.compile(r"[\d.．,，%％０-９\s]")
_BEFORE_UNIT = re.compile(r"[\d０-９][\s*]*\Z")
_LINE = re.compile(r"[^\r\n\f]+")

Span = tuple[int, int]


def cut_passages(
    text: str, title: str, paragraphs: Sequence[Paragraph], tables: Sequence[Table]
) -> tuple[Passage, ...]:
    """All passages of a report in reading order."""
    passages = [passage for paragraph in paragraphs for passage in _of_paragraph(text, title, paragraph)]
    passages += [passage for table in tables for passage in _of_table(text, title, table)]
    return tuple(sorted(passages, key=lambda passage: passage.start))


def _of_paragraph(text: str, title: str, paragraph: Paragraph) -> Iterator[Passage]:
    context = "\n".join([title, *paragraph.section_path])
    content = paragraph.content
    units = [unit for start, end in split_sentences(content) for unit in _shortened(content.slice(start, end), text)]
    for number, (start, end) in enumerate(_grouped(units), 1):
        yield Passage(
            id=f"{paragraph.id}-{number}",
            section_path=paragraph.section_path,
            context=context,
            text=_between(content, start, end),
            start=start,
            end=end,
        )


def _between(content: Mapped, start: int, end: int) -> str:
    first, last = bisect_left(content.offsets, start), bisect_left(content.offsets, end)
    return content.text[first:last].strip()


def _of_table(text: str, title: str, table: Table) -> Iterator[Passage]:
    header = " ".join(filter(None, table.header))
    for number, row in enumerate(table.rows):
        labels = [cell.label for cell in row.cells if cell.label and not cell.content.text]
        context = "\n".join(filter(None, [title, *table.section_path, table.lead_in, header, *labels]))
        units = [unit for piece in _pieces_of_cells(text, row) for unit in _sentence_units(piece, text)]
        for part, (start, end) in enumerate(_grouped(units), 1):
            yield Passage(
                id=f"{table.id}-r{number}-{part}",
                section_path=table.section_path,
                context=context,
                text=" ".join(filter(None, (_between(cell.content, start, end) for cell in row.cells))),
                start=start,
                end=end,
            )


def _pieces_of_cells(text: str, row: Row) -> list[Mapped]:
    """The cells in the order of the source: of one torn by a page, each piece by itself."""
    ranges = [
        cell
        for line in _LINE.finditer(text, row.start, row.end)
        for cell in cell_ranges(text, line.start(), line.end())
    ]
    return [cell for start, end in ranges if (cell := repair(text, start, end)).text]


def _sentence_units(content: Mapped, text: str) -> list[Span]:
    whole = content.span(0, len(content.text))
    if whole[1] - whole[0] <= MAX_CHARACTERS:
        return [whole]
    return [unit for start, end in split_sentences(content) for unit in _shortened(content.slice(start, end), text)]


def _grouped(units: Sequence[Span]) -> list[Span]:
    """Neighbouring units together as long as they fit."""
    groups: list[Span] = []
    for start, end in units:
        if groups and end - groups[-1][0] <= MAX_CHARACTERS:
            groups[-1] = (groups[-1][0], end)
        else:
            groups.append((start, end))
    return groups


def _shortened(sentence: Mapped, text: str) -> list[Span]:
    """The sentence's source span, cut where it is longer than a passage may be."""
    units = [sentence.span(0, len(sentence.text))]
    for mark in _CUT_BEHIND:
        units = [piece for unit in units for piece in _cut_behind(mark, text, unit)]
    return [piece for unit in units for piece in _pieces(text, *unit) if text[slice(*piece)].strip()]


def _cut_behind(mark: re.Pattern[str], text: str, unit: Span) -> list[Span]:
    start, end = unit
    if end - start <= MAX_CHARACTERS:
        return [unit]
    ends = [match.end() for match in mark.finditer(text, start, end) if match.end() < end]
    return _grouped(list(zip([start, *ends], [*ends, end], strict=True)))


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """A clause with no mark to cut behind: cut between any two characters of no number."""
    while end - start > MAX_CHARACTERS:
        limit = start + MAX_CHARACTERS
        cut = next((at for at in range(limit, start, -1) if not _is_in_number(text, at)), limit)
        yield start, cut
        start = cut
    yield start, end


def _is_in_number(text: str, at: int) -> bool:
    """Whether a cut before `text[at]` would part a number or take its unit from it."""
    if _IN_NUMBER.match(text[at]) and _IN_NUMBER.match(text[at - 1]):
        return True
    return _BEFORE_UNIT.search(text, max(0, at - 8), at) is not None
