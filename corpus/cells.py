"""Figures of plain tables: a number named by its row and column, its unit from cell, header or caption.

| 产品名称 | 1995年产量 | 比1985年增长 |
| 原煤     | 13.61 亿吨 | 56.1%        |     -> 原煤1995年产量 13.61亿吨 · 原煤比1985年增长 56.1%
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from corpus.columns import told_role, unit_column
from corpus.label_columns import PART, YEAR, has_own_label, is_bare_number, label_columns, parent_labels
from corpus.leaning import overlapping
from corpus.lines import layout
from corpus.model import Document, Figure, Mapped, Row, Table
from corpus.names import Named, name_quantities
from corpus.numbering import unmarked
from corpus.periods import period_of, results_period, section_period, this_year
from corpus.prose import scope_before
from corpus.quantities import Quantity, scan
from corpus.roles import role_of
from corpus.rows import Place, figure_of
from corpus.sentences import pieces
from corpus.table_measures import measured
from corpus.table_units import UNIT_IN_BRACKETS, units_beside, with_unit
from corpus.units import match_unit

_MAX_LABEL = 80
_LONGEST_CAPTION = 30
_TOTAL = re.compile(r"合计|总计|小计")
_NAMES_NOTHING = re.compile(r"(?:合计|总计|小计|总额|预算数|决算数|金额)+")
_RANKS = re.compile(r"(?:位次|排名|名次|排序)(?: |$)")
_GROWS = re.compile(
    r"(?:比|较|同比|环比)?(?:上年|去年|上月|年初|上年末)?(?:同期|末)?(?:增长|增减|增幅|增速|±)[率速度幅]*(?:$|[（( ])"
)
_AMONG = re.compile(r"^(?:其中|其 中|#|＃|\d+[.、])\s*[：:]?")
_AMONG_COLUMNS = re.compile(r"(?:^|(?<= ))其中[：:]")
_POINTS = re.compile(r"(?:得分|分值|满分|扣分|评分|分数)(?:$|[（(]| )")
# Numbers of several rows in one cell: which belongs to which label cannot be told.
RUN_TOGETHER = re.compile(r"[-−]?\d[\d,.]*[%％]?(?:\s+[-−]?\d[\d,.]*[%％]?)+")
_RANK_WORD = re.compile(r"位次|排名|名次|排序")


def cell_figures(document: Document, table: Table, passed_over: frozenset[int] = frozenset()) -> Iterator[Figure]:
    """The rows of every number in the data cells of a plain table, or of the columns of another that are not read."""
    columns, units = label_columns(table), unit_column(table.header)
    apart = columns.all | columns.codes | {units} | passed_over
    parents = parent_labels(table, columns)
    known = Counter(_row_label(row, columns.of[0]) for row in table.rows if has_own_label(row, columns.of[0]))
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            if column not in apart and cell.content.text and not RUN_TOGETHER.fullmatch(cell.content.text):
                label = _row_label(row, columns.of[column]) or _row_label(row, columns.beside[column])
                if known[label] > 1 and columns.of[column] == columns.of[0] and not label.startswith(parents[number]):
                    label = parents[number] + PART.sub("", label, count=1)
                for content in pieces(cell.content):
                    yield from _cell_figures(document, table, number, column, content, label)


def _row_label(row: Row, labels: frozenset[int]) -> str:
    texts = [row.cells[column].label for column in sorted(labels) if column < len(row.cells)]
    words = dict.fromkeys(text for text in texts if text and not (is_bare_number(text) and not YEAR.match(text)))
    return "".join(unmarked(word) for word in words)[:_MAX_LABEL]


def _cell_figures(
    document: Document, table: Table, number: int, column: int, content: Mapped, label: str
) -> Iterator[Figure]:
    header = _full_header(table, column)
    text = content.text
    numerals = scan(text)
    found = [numeral.quantity for numeral in numerals if numeral.quantity is not None]
    bare = is_bare_number(text) and len(found) == 1
    name = _join(*measured(label, header, table)) if bare else ""
    if _NAMES_NOTHING.fullmatch(name):
        name = _caption(table) + name
    names = (
        [Named(name=name, subject=name)] if bare else name_quantities(text, found, document.text.__contains__, label)
    )
    if bare:
        found = [_with_table_unit(quantity, table, table.rows[number], header, label) for quantity in found]
    for quantity, named in zip(found, names, strict=True):
        inherited = _period(document, table, header, label)
        place = Place(
            report=document.metadata.report, source=document.text, section=table.section_path, content=content,
            period=period_of(text, quantity.start, numerals, inherited, this_year(document.metadata_at(table.start))),
            scope=scope_before(label + header, len(label + header)), table=table.id, row=number,
            column=table.header[column] if column < len(table.header) else "",
        )  # fmt: skip
        grown = Named(name=named.name, subject=label, derived="growth") if _tells_growth(header + label) else named
        role = role_of(quantity, grown, before=header if bare else text[: quantity.start], after="", planned=False)
        role = (told_role(table.header, column) or role) if bare else role
        yield figure_of(quantity, place, name=named.name, role="rank" if bare and _is_rank(header) else role)


def _caption(table: Table) -> str:
    """The words right above the table that say what it is about; "" where they are a sentence or a unit."""
    last = [text for text in table.lead_in.split(" ") if text and layout().units.fullmatch(text) is None][-1:]
    return "".join(text.removesuffix("表") for text in last if len(text) <= _LONGEST_CAPTION and "。" not in text)


def _is_rank(header: str) -> bool:
    return bool(_RANK_WORD.search(header))


def _tells_growth(text: str) -> bool:
    return bool(re.search(r"增长|增减|增幅|增速|升降|变化率", text))


def _join(label: str, header: str) -> str:
    """Row label and column header as one name, without unit notes."""
    clean = UNIT_IN_BRACKETS.sub(lambda match: "" if match_unit(match[1], 0) else match[0], header)
    clean = _AMONG_COLUMNS.sub("", clean)
    own = _AMONG.sub("", label)
    if _TOTAL.fullmatch(own.replace(" ", "")) and " " in clean:
        own = ""  # the total of a column under a group of its own is what the column measures
    own, clean = own.replace(" ", ""), clean.replace(" ", "")
    return clean if own and clean.endswith(own) else overlapping(own, clean)


def _with_table_unit(quantity: Quantity, table: Table, row: Row, header: str, label: str) -> Quantity:
    """A number printed without its unit takes the one its table states."""
    if quantity.unit is None and _is_rank(header):
        return replace(quantity, base_unit="名", dimension="rank")
    if quantity.unit is None and _POINTS.search(header):
        return with_unit(quantity, ["分"])
    return with_unit(quantity, units_beside(table, row, header, label))


def _full_header(table: Table, column: int) -> str:
    """A column headed only by 位次 ranks the measure to its left: 工业总产值比重(%) | 位次 -> 工业总产值比重位次.

    So does growth, where several columns grow: 出口额（亿元） | 比上年增长（%） | 进口额（亿元） | 比上年增长（%）.
    """
    header = table.header[column] if column < len(table.header) else ""
    leans = _RANKS if _RANKS.match(header) else _GROWS if table.header.count(header) > 1 else None
    if leans is None or not leans.match(header):
        return header
    measures = [other.split(" ")[0] for other in table.header[:column] if other and not leans.match(other)]
    return (UNIT_IN_BRACKETS.sub("", measures[-1]) if len(measures) > 1 else "") + header


def _period(document: Document, table: Table, header: str, label: str) -> str | None:
    for text in (header, label):
        years = [match for match in YEAR.finditer(text) if not text[: match.start()].endswith(("比", "较", "与"))]
        if years:
            return f"{years[-1][1]}年"
    named = set(YEAR.findall(table.lead_in))
    if len(named) == 1:
        return f"{named.pop()}年"
    return section_period(table.section_path) or results_period(document.metadata_at(table.start))
