"""A table's rows as a question sees them: a label, words beside it, and the numbers of each column.

    1  甲区道路  交通局  公里  600  684   ->  label 甲区道路, words 交通局 公里, numbers 600 684

The ledger has the numbers, the passages have the printed rows; the two are brought together by table and row.
Rows that sum others up are told apart.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.computing.words import compute_words
from assistant.figures.coverage import pairs_of
from assistant.library import Library
from assistant.questions.lexicon import canonical
from assistant.questions.normalise import normalise
from corpus.model import Figure, Passage
from corpus.repair import repair

_ROW_ID = re.compile(r"^(?P<table>.+-t\d+)-r(?P<row>\d+)-\d+$")
_CELLS = re.compile(r"[\t|]+|[ \u3000]{2,}")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MARK = re.compile(r"^(?:其中[：:]|[（(]?[一二三四五六七八九十\d]+[）)]?[、.．]?\s*)(?=.*[\u4e00-\u9fff])")
_VALUE = re.compile(r"[≥≤<>＜＞]?[-−]?[\d.,，]+\s*[^\d\s]{0,4}")
_FEWEST = 2
_LINES_ABOVE, _LONGEST_CAPTION = 5, 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """`cells` are the words beside the label; `figures` its numbers from left to right."""

    label: str
    cells: tuple[str, ...]
    figures: tuple[Figure, ...]
    start: int
    end: int
    section: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """One table; `caption` holds the pairs of its caption and headings; totals are no rows of it."""

    report: str
    caption: frozenset[str]
    header: str
    rows: tuple[Row, ...]
    total: Row | None


def grids_of(report: str, library: Library) -> tuple[Grid, ...]:
    """The tables of a report that have two rows or more."""
    figures: dict[tuple[str | None, int | None], list[Figure]] = defaultdict(list)
    for figure in library.figures_of(report):
        if figure.table is not None:
            figures[figure.table, figure.row].append(figure)
    tables: dict[str, dict[int, list[Passage]]] = defaultdict(lambda: defaultdict(list))
    for passage in library.passages(report):
        if found := _ROW_ID.match(passage.id):
            tables[found["table"]][int(found["row"])].append(passage)
    grids = (
        _grid(report, [(passages, figures.get((table, row), [])) for row, passages in sorted(rows.items())], library)
        for table, rows in tables.items()
    )
    return tuple(grid for grid in grids if len(grid.rows) >= _FEWEST)


def _grid(report: str, printed: Sequence[tuple[list[Passage], list[Figure]]], library: Library) -> Grid:
    rows = [row for passages, figures in printed if (row := _row(report, passages, figures, library)) is not None]
    totals = compute_words().lists["totals"]
    plain = tuple(row for row in rows if not row.label.startswith(totals))
    caption, _, header = printed[0][0][0].context.rpartition("\n")
    above = _above(library.source_text(report)[: printed[0][0][0].start])
    return Grid(
        report=report, caption=words_of(f"{caption} {above} {_of_labels(header, rows)}"), header=header, rows=plain,
        total=next((row for row in rows if row.label.startswith(totals)), None),
    )  # fmt: skip


def words_of(text: str) -> frozenset[str]:
    """The character pairs of a caption or header, as printed and in official terms."""
    plain = normalise(text)
    return pairs_of(canonical(plain)) | pairs_of(plain)


def _above(text: str) -> str:
    """Short lines right before a table: its caption may stand above a note."""
    lines = [line.strip() for line in text.rsplit("\n", _LINES_ABOVE)[1:]]
    return " ".join(line for line in lines if len(line) <= _LONGEST_CAPTION and len(_CELLS.split(line)) < _FEWEST + 1)


def _of_labels(header: str, rows: Sequence[Row]) -> str:
    """The header without the columns of numbers: what the rows are called."""
    for figure in rows[0].figures if rows else ():
        header = header.replace(figure.column or "", " ")
    return header


def _row(report: str, passages: list[Passage], figures: list[Figure], library: Library) -> Row | None:
    start, end = passages[0].start, passages[-1].end
    printed = library.source_text(report)[start:end]
    cells = [repair(cell, 0, len(cell)).text.strip() for cell in _CELLS.split(printed)]
    words = [cell for cell in cells if _HAN.search(cell) and not _VALUE.fullmatch(cell)]
    if not words:
        return None
    return Row(
        label=_MARK.sub("", words[0]), cells=tuple(words[1:]),
        figures=tuple(sorted(figures, key=lambda figure: figure.start)), start=start, end=end,
        section=passages[0].section_path,
    )  # fmt: skip
