"""The statements of a draft over its sentences: names, years, plans and qualifiers that carry on.

去年…                              -> years (2022,) where the report counts as issued in 2023
今年的目标是：甲增长7%，乙增长9%   -> both planned
分别约860.4万、512.3万和533.8万人 -> all three "about"
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.checking.names import full_names, joined
from assistant.checking.statements import Statement, statement_of
from assistant.checking.words import check_words
from corpus.model import Figure
from corpus.repair import repair

_ACCORDING = re.compile(r"[比较同与]$")


def draft_statements(figures: Sequence[Figure], text: str, issued_year: int | None) -> tuple[Statement, ...]:
    """The statements of a draft, over its sentences: names of parallel lists, years and plans that carry on.

    `issued_year` is that of the report the draft is held against: its 去年 is the year before.
    """
    names = full_names(figures, text)
    statements = [statement_of(figure, text, name=names[figure.id]) for figure in figures]
    return tuple(
        _in_context(each, text, issued_year) for each in _share_plans(list(_share_ways(statements, text)), text)
    )


def _share_plans(statements: Sequence[Statement], text: str) -> list[Statement]:
    """超过年初24万人、8万人的目标: what is said behind the last number of a list holds for all."""
    shared: list[Statement] = []
    following: Statement | None = None
    for statement in reversed(statements):
        own = statement
        if following is not None and following.planned and joined(statement.figure, following.figure, text):
            own = replace(
                own, planned=True, amount=following.amount and own.amount and replace(own.amount, way="exact")
            )
        shared.append(own)
        following = own
    return shared[::-1]


def _share_ways(statements: Sequence[Statement], text: str) -> Iterator[Statement]:
    """分别约1030.5万、706.6万和722.2万人: what is said of the first number of a list holds for all."""
    last: Statement | None = None
    for statement in statements:
        shared = statement
        if last is not None and joined(last.figure, statement.figure, text):
            one, other = last.amount, statement.amount
            if one and other and other.way == "exact" and one.way in {"about", "near", "over"}:
                shared = replace(statement, amount=replace(other, way=one.way))
        yield shared
        last = shared


def _in_context(statement: Statement, text: str, issued_year: int | None) -> Statement:
    figure = statement.figure
    start = text.rfind("\n", 0, figure.start) + 1
    earlier = repair(text, start, figure.start).text
    if not statement.years and issued_year is not None:
        statement = replace(statement, years=_said_years(earlier, issued_year))
    if statement.planned is None and (_in_plan(earlier) or _under_plan(figure)):
        statement = replace(statement, planned=True)
    return statement


def _said_years(earlier: str, issued_year: int) -> frozenset[int]:
    found: tuple[int, tuple[int, ...]] | None = None
    for word, shifts in check_words().relative_years.items():
        at = earlier.rfind(word)
        if at >= 0 and not _ACCORDING.search(earlier[:at]) and (found is None or at > found[0]):
            found = at, shifts
    return frozenset(issued_year + shift for shift in found[1]) if found else frozenset()


def _in_plan(earlier: str) -> bool:
    """Whether the number stands in a list that was opened as one of plans: 今年的目标是：…, 2024年计划…."""
    words = check_words()
    opened = [match.end() for match in words.planned_frame.finditer(earlier) if _opens(earlier, match.start())]
    closed = [match.end() for match in words.reached.finditer(earlier)]
    return bool(opened) and (not closed or opened[-1] > closed[-1])


def _under_plan(figure: Figure) -> bool:
    """Whether a heading above says that targets follow: 二、2025年主要目标."""
    return any(check_words().planned_heading.search(title) for title in figure.section)


def _opens(earlier: str, at: int) -> bool:
    """A plan opens a list right behind a year or 今年, 明年, with no number between."""
    clause = re.split(r"[，。；]", earlier[:at])[-1]
    dated = re.search(r"(?:今年|明年|下一步|下一年|(?:19|20)\d{2}年)[^\d]*$", clause)
    return bool(dated) and bool(re.search(r"明年|今年|下一|年", clause))
