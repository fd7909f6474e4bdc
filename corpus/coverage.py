"""Every numeral of a report accounted for: figure, date, name or structure, with the rule that says so.

"2022年7月…覆盖率100%。" -> 2022年7月: date (year) · 100%: figure (number)
What no rule accounts for is listed, so that nothing is dropped unseen.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.cells import RUN_TOGETHER
from corpus.ledger import ledger
from corpus.lines import read_lines
from corpus.model import Document, Mapped
from corpus.not_quantities import NumeralClass
from corpus.quantities import scan
from corpus.repair import NOTE_MARK
from corpus.sentences import pieces, stretches

UNACCOUNTED = "unaccounted"
# Not numerals themselves but what they stand in.
_FURNITURE, _RUN_TOGETHER = "page number or button", "rows run together in one cell"
_STRETCHES = {
    "title", "caption or running head", "heading", "table header", "table label", _FURNITURE, _RUN_TOGETHER,
}  # fmt: skip
# Full-width digits count. A point joins digits, but not a list numeral and the year behind it: 1.2022年.
_RUN = re.compile(r"[0-9０-９]+(?:[.．,，](?!(?:19|20)\d\d年)[0-9０-９]+)*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Accounted:
    """A numeral of the source text; class and rule are None where nothing accounts for it."""

    start: int
    end: int
    printed: str
    numeral_class: NumeralClass | None
    rule: str | None


@dataclass(frozen=True, slots=True)
class _Reason:
    start: int
    end: int
    numeral_class: NumeralClass
    rule: str


def coverage(document: Document) -> tuple[Accounted, ...]:
    """Every run of Arabic digits, and every numeral in words that a rule has judged, in order of place."""
    reasons = [
        *_outside(document), *_headings(document), *_labels(document), *_scanned(document), *_note_marks(document),
        *_furniture(document), *_run_together(document),
    ]  # fmt: skip
    # For each character the last reason that covers it: reasons are ordered from the widest to the closest.
    owner: list[_Reason | None] = [None] * len(document.text)
    for reason in reasons:
        owner[reason.start : reason.end] = [reason] * (reason.end - reason.start)
    runs = [match.span() for match in _RUN.finditer(document.text)]
    arabic = {owner[start] for start, _ in runs}
    words = [(r.start, r.end) for r in dict.fromkeys(owner) if r and r not in arabic and r.rule not in _STRETCHES]
    return tuple(_accounted(document.text, span, owner) for span in sorted([*runs, *words]))


def _accounted(text: str, span: tuple[int, int], owner: Sequence[_Reason | None]) -> Accounted:
    reason = owner[span[0]]
    return Accounted(
        start=span[0], end=span[1], printed=text[span[0] : span[1]],
        numeral_class=reason.numeral_class if reason else None, rule=reason.rule if reason else None,
    )  # fmt: skip


def counts(rows: Sequence[Accounted]) -> tuple[tuple[str, str, int], ...]:
    """How many numerals each class and rule accounts for, the most frequent first within a class."""
    counted = Counter((row.numeral_class or UNACCOUNTED, row.rule or "") for row in rows)
    ordered = sorted(counted.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))
    return tuple((name, rule, number) for (name, rule), number in ordered)


def _scanned(document: Document) -> Iterator[_Reason]:
    """What the scanner says of each numeral of a sentence or cell; a quantity counts where it is in the ledger."""
    known = {figure.start for figure in ledger(document)[0]}
    for content in _contents(document):
        for numeral in scan(content.text):
            start, end = content.span(numeral.start, numeral.end)
            if numeral.quantity is None or start in known:
                yield _Reason(start, end, numeral.numeral_class, numeral.rule)


def _furniture(document: Document) -> Iterator[_Reason]:
    """Page numbers and buttons that stand inside a paragraph, where a page broke it."""
    for line in read_lines(document.text):
        if line.kind == "furniture":
            yield _Reason(line.start, line.end, "structure", _FURNITURE)


def _note_marks(document: Document) -> Iterator[_Reason]:
    for match in NOTE_MARK.finditer(document.text):
        yield _Reason(match.start(), match.end(), "structure", "note mark")


def _contents(document: Document) -> Iterator[Mapped]:
    for paragraph in document.paragraphs:
        yield from (paragraph.content.slice(start, end) for start, end in stretches(paragraph.content))
    for table in document.tables:
        for row in table.rows:
            yield from (piece for cell in row.cells for piece in pieces(cell.content))


def _labels(document: Document) -> Iterator[_Reason]:
    for table in document.tables:
        # What is no row is the header, or its repetition behind a page break.
        yield _Reason(table.start, table.end, "structure", "table header")
        for row in table.rows:
            yield _Reason(row.start, row.end, "name", "table label")


def _run_together(document: Document) -> Iterator[_Reason]:
    for table in document.tables:
        for cell in (cell for row in table.rows for cell in row.cells):
            if RUN_TOGETHER.fullmatch(cell.content.text):
                yield _Reason(
                    *cell.content.span(0, len(cell.content.text)), "structure", "rows run together in one cell"
                )


def _headings(document: Document) -> Iterator[_Reason]:
    for section in document.sections:
        yield _Reason(section.start, section.end, "structure", "heading")


def _outside(document: Document) -> Iterator[_Reason]:
    """What stands in no paragraph, table or heading: the title, captions, page numbers, dropped lines."""
    blocks = [(paragraph.start, paragraph.end) for paragraph in document.paragraphs]
    blocks += [(section.start, section.end) for section in document.sections]
    blocks += [(table.start, table.end) for table in document.tables]
    position = 0
    for start, end in [*sorted(blocks), (len(document.text),) * 2]:
        if start > position:
            yield _Reason(position, start, "structure", "caption or running head" if position else "title")
        position = max(position, end)
