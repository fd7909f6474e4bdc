"""The table route over any table: the rows asked for, each with its number, or how many there are.

收入超过30亿元的有几个县 -> 表中七个地区里有两个：甲县为31.87亿元[1]；乙区为38.5亿元[2]。
"""

from collections.abc import Sequence

from assistant.answer import AnswerFigure, Computation
from assistant.choice import Choice, from_newest
from assistant.computing.units import value_of
from assistant.computing.written import counted
from assistant.draft import Draft
from assistant.figures.answer import answer_figure
from assistant.figures.phrases import statement
from assistant.library import Library
from assistant.places import Citations
from assistant.questions.question import Question
from assistant.tables.cells import all_rows, rows_of_kind
from assistant.tables.columns import Column, column_meant
from assistant.tables.grid import Row, grids_of
from assistant.tables.question import Asked, read_asked
from corpus.model import Figure

_MOST_TOLD = 20
_ORDERED = frozenset({"highest", "lowest"})
_NONE = {"over": "超过", "at_least": "达到", "under": "低于", "fell": "下降", "rose": "增长"}


def rows_draft(question: Question, choice: Choice, library: Library) -> Draft | None:
    """The rows of a table that the question asks for; None where no table and column are certain."""
    asked = read_asked(question)
    if asked is None:
        return None

    def of_report(report: str) -> Draft | None:
        grids = grids_of(report, library)
        if asked.wish == "all":
            rows = rows_of_kind(asked, grids, library) or all_rows(asked, grids, library)
            return _rows_told(rows, report, library) if rows else None
        column = column_meant(asked, grids, library)
        return _column_told(asked, column, library) if column is not None else None

    return from_newest(question, choice, library.reports, of_report)


def counted_rows_draft(question: Question, choice: Choice, library: Library) -> Draft | None:
    """All rows of the table that has as many as the question says: where no enumeration of so many is found."""
    asked = read_asked(question)
    if asked is None or asked.wish != "all":
        return None

    def of_report(report: str) -> Draft | None:
        rows = all_rows(asked, grids_of(report, library), library, counted=True)
        return _rows_told(rows, report, library) if rows else None

    return from_newest(question, choice, library.reports, of_report)


def _column_told(asked: Asked, column: Column, library: Library) -> Draft | None:
    chosen = _chosen(asked, column)
    citations = Citations(library)
    if not chosen:
        if asked.wish in _ORDERED or asked.limit is None:
            return None
        marks = "".join(f"[{citations.of_figure(figure)}]" for _, figure in column.cells)
        text = f"表中{counted(len(column.cells))}行里没有{_NONE[asked.wish]}这个数的{marks}。"
        return Draft(status="answered", route="table", text=text, citations=citations.all())
    told = "；".join(f"{statement(figure)}[{citations.of_figure(figure)}]" for _, figure in chosen)
    figures = tuple(answer_figure(figure, citations) for _, figure in chosen)
    lead = f"表中{counted(len(column.cells))}行里"
    if asked.wish in _ORDERED:
        word = "最高" if asked.wish == "highest" else "最低"
        several = f"{lead}{word}的{counted(len(chosen))}个：{told}。"
        text = several if len(chosen) > 1 else f"{told}，在{lead}{word}。"
        return Draft(status="answered", route="table", text=text, figures=figures, citations=citations.all())
    number, computation = _number_of([figure for _, figure in chosen], asked)
    text = f"{lead}有{len(chosen) if asked.how_many else counted(len(chosen))}个：{told}。"
    first = (number,) if asked.how_many else ()
    return Draft(
        status="answered", route="table", text=text, figures=(*first, *figures), citations=citations.all(),
        computation=computation if asked.how_many else None,
    )  # fmt: skip


def _chosen(asked: Asked, column: Column) -> Sequence[tuple[Row, Figure]]:
    if asked.wish in _ORDERED:
        ordered = sorted(column.cells, key=lambda cell: value_of(cell[1]), reverse=asked.wish == "highest")
        last = value_of(ordered[min(asked.count or 1, len(ordered)) - 1][1])
        most = asked.wish == "highest"
        alike = [cell for cell in ordered if (value_of(cell[1]) >= last if most else value_of(cell[1]) <= last)]
        return alike if len(alike) < len(ordered) else ordered[: asked.count or 1]
    return [cell for cell in column.cells if _within(asked, cell[1])][:_MOST_TOLD]


def _within(asked: Asked, figure: Figure) -> bool:
    value = value_of(figure)
    if asked.wish in {"fell", "rose"}:
        return value < 0 if asked.wish == "fell" else value > 0
    assert asked.limit is not None
    limit = asked.limit.base_value
    return {"over": value > limit, "at_least": value >= limit, "under": value < limit}[asked.wish]


def _number_of(figures: Sequence[Figure], asked: Asked) -> tuple[AnswerFigure, Computation]:
    """How many rows were found, as a result that the rows told account for."""
    value = str(len(figures))
    number = AnswerFigure(
        id=None, name="符合的个数", value=value, unit="个", base_value=value, base_unit="个", printed=f"{value}个",
        qualifier=None, role="computed", period=figures[0].period, scope=figures[0].scope, citation=None,
    )  # fmt: skip
    formula = f"逐行比较，符合的共{value}个"
    return number, Computation(formula=formula, inputs=tuple(each.id for each in figures), result=value, unit="个")


def _rows_told(rows: Sequence[Row], report: str, library: Library) -> Draft:
    citations = Citations(library)
    told = "；".join(f"{row.label}[{citations.of_span(report, row.start, row.end, row.section)}]" for row in rows)
    lead = f"表中列有{counted(len(rows))}个"
    return Draft(status="answered", route="list", text=f"{lead}：{told}。", citations=citations.all())
