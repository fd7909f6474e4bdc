"""A draft held against one report or several: which report it tells of, and each figure against that one's rows.

A figure that its report does not bear out may still be another report's, where the draft names that one's year.
"""

import re
from collections.abc import Mapping, Sequence

from assistant.checking.alignment import Alignment, align
from assistant.checking.context import draft_statements
from assistant.checking.derived import with_derived
from assistant.checking.multiples import said_multiples
from assistant.checking.rows import Rows
from assistant.questions.years import issued_year
from corpus.model import Figure, Report
from corpus.rows import Place

# Of many reports those are looked into that share most numbers with the draft.
_MOST_REPORTS = 4


def rows_of(reports: Sequence[Report]) -> Mapping[str, Rows]:
    """Rows for some reports that were read, by report."""
    return {
        report.document.metadata.report: Rows(
            metadata=report.document.metadata, text=report.document.text, figures=report.figures,
            indicators=report.indicators, passages=report.document.passages,
        )
        for report in reports
    }  # fmt: skip


def held_against(draft: Report, reports: Mapping[str, Rows]) -> tuple[Alignment, ...]:
    """One alignment for each figure of a draft, in order of place; `reports` holds one at least."""
    figures = _figures(draft)
    chosen = _sharing_most(figures, reports)
    aligned = {name: _aligned(draft, figures, reports[name]) for name in chosen}
    main = max(chosen, key=lambda name: (_borne_out(aligned[name]), -chosen.index(name)))
    return tuple(
        _of_any(order, main, aligned)
        for order in range(len(figures))
        if not _is_named(figures[order], draft, reports[main])
    )


def _figures(draft: Report) -> tuple[Figure, ...]:
    """The draft's figures, those said without a numeral too; a constant of a formula states nothing."""
    document = draft.document
    places = (
        Place(report=document.metadata.report, source=document.text, section=(), content=paragraph.content)
        for paragraph in document.paragraphs
    )
    said = [figure for place in places for figure in said_multiples(place)]
    stated = [figure for figure in (*draft.figures, *said) if figure.role != "constant"]
    return tuple(sorted(stated, key=lambda figure: figure.start))


def _sharing_most(figures: Sequence[Figure], reports: Mapping[str, Rows]) -> list[str]:
    told = {figure.base_value for figure in figures}
    shared = {name: len(told & {figure.base_value for figure in rows.figures}) for name, rows in reports.items()}
    return sorted(reports, key=lambda name: (-shared[name], -(reports[name].metadata.data_year or 0), name))[
        :_MOST_REPORTS
    ]


def _aligned(draft: Report, figures: Sequence[Figure], rows: Rows) -> tuple[Alignment, ...]:
    statements = draft_statements(figures, draft.document.text, issued_year(rows.metadata))
    return with_derived(align(statements, rows))


def _borne_out(aligned: Sequence[Alignment]) -> int:
    return sum(each.verdict == "agrees" for each in aligned)


def _of_any(order: int, main: str, aligned: Mapping[str, Sequence[Alignment]]) -> Alignment:
    """What the main report says of a figure, unless only another report of the year the draft names bears it out."""
    own = aligned[main][order]
    if own.verdict == "agrees":
        return own
    for found in (each[order] for name, each in aligned.items() if name != main):
        row = found.row
        if (
            found.verdict == "agrees"
            and row is not None
            and found.draft.years
            and found.draft.years & row.statement.years
        ):
            return found
    return own


def _is_named(figure: Figure, draft: Report, rows: Rows) -> bool:
    """Whether a number is only part of a name the report has too: 15分钟医保服务圈覆盖率."""
    following = re.sub(r"\s", "", draft.document.text[figure.start : figure.end + 2])
    return len(following) > len(figure.printed) and rows.names_hold(following)
