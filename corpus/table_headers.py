"""Which rows of a table are its header, and the name they give each column.

    项目     |          | 支出预算 |          |            a cell over several columns stands over the first,
    科目编码 | 科目名称 | 合计     | 基本支出 | 项目支出    the others are empty
    201      | 教育支出 | 120.00   | 90.00    | 30.00    -> "支出预算 基本支出"
A row below the first belongs to the header where it states no number and fills columns that are still unnamed.
"""

import re
from collections.abc import Sequence
from typing import Protocol

_NUMBER = re.compile(r"[-−+]?(?!(?:19|20)\d\d(?:年|$))\d[\d,.，]*\s*\D{0,4}$")
_LONGEST_LABEL = 40
_MOST_LEVELS = 5
_SENTENCE = re.compile(r"[。；！？]")


class HeaderRow(Protocol):
    @property
    def texts(self) -> tuple[str, ...]: ...


def header_rows(rows: Sequence[HeaderRow], *, is_marked: bool) -> int:
    """How many of the first rows are header. `is_marked`: a line of dashes stands below the first."""
    if len(rows) == 1:
        return 1 if is_marked else 0
    if not any(rows[0].texts):
        return 2
    if is_marked or len(rows[0].texts) != len(rows[1].texts):
        return 2 if _splits(rows[0].texts, rows[1].texts) else 1
    levels = 1
    while levels < min(_MOST_LEVELS, len(rows) - 1) and _names_more(rows[:levels], rows[levels].texts):
        levels += 1
    if levels > 1 and not any(_has_number(row.texts) for row in rows[levels:]):
        return 2 if _splits(rows[0].texts, rows[1].texts) else 1
    return levels


def _splits(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    spans = len(first) < len(second) or not all(first[1:])
    return spans and not second[0] and all(second[1:])


def _names_more(levels: Sequence[HeaderRow], texts: tuple[str, ...]) -> bool:
    """Whether a row names columns that the header so far leaves empty, and reads like a header."""
    unnamed = [at for at in range(1, len(texts)) if not any(row.texts[at : at + 1] != ("",) for row in levels)]
    reads_like_one = all(len(text) <= _LONGEST_LABEL and not _SENTENCE.search(text) for text in texts)
    return any(texts[at] for at in unnamed) and reads_like_one and not _has_number(texts)


def _has_number(texts: Sequence[str]) -> bool:
    return any(_NUMBER.match(text) for text in texts)


def joined_header(
    levels: Sequence[tuple[str, ...]], width: int, *, numeric: frozenset[int] = frozenset()
) -> tuple[str, ...]:
    """The names of `width` columns: the upper levels' words before the lower ones'.

    `numeric` columns hold numbers. What heads a first column of labels stays with it, but for such columns beside it.
    """
    columns: list[list[str]] = [[] for _ in range(width)]
    begins: set[int] = set()  # columns at which an upper level's cell begins: no cell below reaches over them
    for depth, texts in enumerate(levels):
        if depth == len(levels) - 1:
            spread = [*texts, *[""] * (width - len(texts))]
        elif len(texts) < width:
            spread = _spread_evenly(texts, width)
        else:
            split = {at for lower in levels[depth + 1 :] for at, text in enumerate(lower) if text}
            spread = _spread(texts, begins, split, numeric)
        begins |= {at for at, text in enumerate(texts) if text} if len(texts) == width else set()
        for column, printed in zip(columns, spread, strict=True):
            if printed and printed not in column:
                column.append(printed)
    return tuple(" ".join(column) for column in columns)


def _spread_evenly(texts: Sequence[str], width: int) -> list[str]:
    """The upper header's cells over the columns below them: evenly, else each up to the next."""
    first, rest = texts[0], list(texts[1:])
    below = width - 1
    if rest and all(rest) and below % len(rest) == 0:
        return [first, *(cell for cell in rest for _ in range(below // len(rest)))]
    spread = _spread(texts, set(), set(range(width)), frozenset())
    return [*spread, *[spread[-1]] * (width - len(spread))]


def _spread(texts: Sequence[str], begins: set[int], split: set[int], numeric: frozenset[int]) -> list[str]:
    """Each cell up to the next one of its own level or of a level above.

    `split`: columns in which a lower level has a cell. A cell with none below it heads its own column alone.
    """
    spread = [texts[0]]
    origin = 0
    for at, text in enumerate(texts[1:], 1):
        origin = at if text else origin
        goes_on = at not in begins and origin in split and (origin > 0 or not numeric.isdisjoint({0, at}))
        spread.append(text or (texts[origin] if goes_on else ""))
    return spread


def numeric_columns(rows: Sequence[HeaderRow], width: int) -> frozenset[int]:
    """The columns most of whose filled cells are numbers."""
    found = set()
    for column in range(width):
        texts = [text for row in rows for text in row.texts[column : column + 1] if text]
        if sum(_NUMBER.match(text) is not None for text in texts) * 2 > len(texts):
            found.add(column)
    return frozenset(found)
