"""Which columns of a plain table name the numbers of which others, and which hold codes.

科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数     two lists side by side: each number is named by the
301      | 工资     | 81.60  | 302      | 办公     | 4.10        words to its left in its own list, never by a code
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.columns import is_code_header, unit_column
from corpus.model import Row, Table
from corpus.numbering import find_mark

_BOUND = r"(?:[≥≤＞＜><~约]|不低于|不少于|不高于|不超过|大于|小于|达到)*\s*"
BARE_NUMBER = re.compile(_BOUND + r"[-−]?\d[\d,]*(?:\.\d+)?\s*\D{0,8}$")
YEAR = re.compile(r"(?<!\d)((?:1[89]|20)\d{2})(?!\d)年?")
PART = re.compile(r"(?:其\s*中|#|＃)\s*[：:]?\s*")
_DIGITS = re.compile(r"\d{1,9}")
_FEWEST_CODES = 3
_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class LabelColumns:
    """`codes` hold numbers that are no quantities; `of[column]` are the columns that name a column's numbers.

    `beside[column]` are the codes of the same list, which may hold the words of a merged cell (合计).
    """

    codes: frozenset[int]
    of: tuple[frozenset[int], ...]
    beside: tuple[frozenset[int], ...]

    @property
    def all(self) -> frozenset[int]:
        return frozenset().union(*self.of)


def label_columns(table: Table) -> LabelColumns:
    """The label columns of every column of `table`; there is always at least one."""
    width = len(table.header)
    codes = frozenset(column for column in range(width) if _holds_codes(table, column))
    units = {unit_column(table.header)}
    numeric = [column not in codes and _is_numeric(table, column) for column in range(width)]
    first = next((column for column in range(width) if numeric[column]), width)
    wordy = frozenset(range(first)) - codes - units
    if first == width:
        wordy = frozenset({0})
    elif not wordy:
        wordy = _first_words(table, numeric, codes | units)
    of, beside = [], []
    current, begin = wordy, 0
    for column in range(width):
        if column >= first and not numeric[column] and column not in codes | units:
            if _begins_list(table.header, numeric, column, wordy):
                current = frozenset({column})
                begin = max(at for at in range(column) if numeric[at]) + 1
            elif current != wordy and column - 1 in current:
                current |= {column}
        of.append(current)
        beside.append(frozenset(code for code in codes if begin <= code < column))
    return LabelColumns(codes, tuple(of), tuple(beside))


def _first_words(table: Table, numeric: Sequence[bool], apart: frozenset[int | None]) -> frozenset[int]:
    """Label columns that stand behind numbers; none where every column holds numbers."""
    found: set[int] = set()
    for column in range(len(numeric)):
        if not numeric[column] and column not in apart and _texts(table.rows, column):
            found.add(column)
        elif found:
            break
    return frozenset(found)


def _begins_list(header: Sequence[str], numeric: Sequence[bool], column: int, first: frozenset[int]) -> bool:
    """Whether a column of words behind numbers names the numbers behind it: its header, or theirs, repeats."""
    after = [at for at in range(column + 1, len(header)) if numeric[at]]
    before = [at for at in range(column) if numeric[at]]
    if not after or not before:
        return False
    if _lowest(header[column]) in {_lowest(header[at]) for at in first} - {""}:
        return True
    return _lowest(header[after[0]]) in {_lowest(header[at]) for at in before} - {""}


def _lowest(header: str) -> str:
    return header.rpartition(" ")[2]


def _texts(rows: Sequence[Row], column: int) -> list[str]:
    return [text for row in rows if column < len(row.cells) and (text := row.cells[column].content.text)]


def _is_numeric(table: Table, column: int) -> bool:
    texts = _texts(table.rows, column)
    numeric = sum(is_bare_number(text) and not YEAR.match(text) for text in texts)
    return bool(texts) and numeric * 2 >= len(texts)


def is_bare_number(text: str) -> bool:
    """Whether a cell holds a number with its unit and no more; 1. 教育支出 is a label with a mark."""
    return BARE_NUMBER.match(text) is not None and find_mark(text) is None


def _holds_codes(table: Table, column: int) -> bool:
    """Whether the header says so, or the numbers do: 01, 05, 99, or 208, 20805, 2080501 nested in one another."""
    if is_code_header(table.header[column]):
        return True
    texts = _texts(table.rows, column)
    digits = [text for text in texts if _DIGITS.fullmatch(text)]
    if column == 0 and len(digits) == len(texts) and list(map(int, digits)) == list(range(1, len(digits) + 1)):
        return len(digits) >= _FEWEST_CODES  # running numbers
    if len(digits) < max(_FEWEST_CODES, _MOSTLY * len(texts)):
        return False
    if all(len(text) == 2 for text in digits) and sum(text[0] == "0" for text in digits) * 5 >= len(digits):
        return True
    longer = [text for text in digits if len(text) in (5, 7)]
    return len(longer) >= _FEWEST_CODES and sum(text[:-2] in digits for text in longer) >= _MOSTLY * len(longer)


def parent_labels(table: Table, columns: LabelColumns) -> tuple[str, ...]:
    """For each row the words of the row above it in the order of the codes, "" where there is none.

    205 教育支出 / 20502 普通教育 / 2050201 学前教育  ->  "", 教育支出, 普通教育
    Without codes: the last row that no other repeats.
    出口额 / 其中：国有企业 / 民营企业 / 进口额 / 其中：国有企业  ->  "", 出口额, 出口额, "", 进口额
    """
    if not columns.codes:
        return _parents_by_words(table, columns)
    labels: dict[str, str] = {}
    parents = []
    leading = sorted(code for code in columns.codes if code < max(columns.of[0]))
    for row in table.rows:
        code = "".join(row.cells[at].content.text for at in leading if at < len(row.cells))
        words = "".join(row.cells[at].label for at in sorted(columns.of[0]) if at < len(row.cells))
        parents.append(labels.get(code[:-2], "") if len(code) > 2 else "")
        if _DIGITS.fullmatch(code):
            labels[code] = words
    return tuple(parents)


def _parents_by_words(table: Table, columns: LabelColumns) -> tuple[str, ...]:
    """A row that others repeat stands under the last one that none does, in a run of such rows or of parts."""
    labels = [_own_label(row, columns.of[0]) for row in table.rows]
    counted = Counter(labels)
    repeated = [(counted[label] > 1 and label != "") or PART.match(label) is not None for label in labels]
    parents = []
    parent = ""
    for at, label in enumerate(labels):
        if not repeated[at]:
            goes_on = repeated[at + 1 : at + 3]
            is_parent = goes_on == [True, True] or (goes_on[:1] == [True] and PART.match(labels[at + 1]) is not None)
            parent = label if is_parent else ""
        parents.append(parent if repeated[at] else "")
    return tuple(parents)


def _own_label(row: Row, labels: frozenset[int]) -> str:
    return (
        "".join(row.cells[at].label for at in sorted(labels) if at < len(row.cells))
        if has_own_label(row, labels)
        else ""
    )


def has_own_label(row: Row, labels: frozenset[int]) -> bool:
    """Whether the row is labelled itself; else only the label above it is in force."""
    return any(row.cells[at].content.text for at in labels if at < len(row.cells))
