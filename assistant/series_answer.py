"""Several numbers asked for at once: the rows of one indicator table, or the values of one parallel sentence.

仲裁和调解那三个率  -> 仲裁结案率91.5%；调解成功率68.2%；仲裁终结率66.3%
五项指标的目标      -> every row of that table with its target
"""

import re
from collections.abc import Sequence

from assistant.coverage import pairs_of
from assistant.draft import Draft
from assistant.entries import Entry
from assistant.figure_answer import answer_figure
from assistant.lexicon import canonical
from assistant.library import Library
from assistant.lookup import Lookup
from assistant.matching import LEVELS
from assistant.phrases import statement, subject, with_unit
from assistant.places import Citations, stretch_of
from assistant.question import Question
from corpus.model import Figure, Indicator

_ENOUGH_OF_TASK = 0.4
_ALL_OF_TABLE = re.compile(
    r"(?:[二三四五六七八九两]|几|哪些|所有|各)(?:个|项|大)?(?:绩效)?(?:指标|考核|任务指标)|指标(?:各|都|分别)"
)


def table_draft(question: Question, near: Lookup, library: Library) -> Draft | None:
    """All rows of the indicator table that the question names by its task, or None."""
    if "each" not in question.intents or not _ALL_OF_TABLE.search(question.text):
        return None
    rows = _table_of(near, library)
    return _table_draft(question, rows, library) if rows else None


def series_draft(question: Question, found: Lookup, library: Library) -> Draft | None:
    """An answer with several figures, or None where only one is asked for."""
    if "each" not in question.intents or len(question.years) > 1:
        return None
    best = found.groups[0].best.entry
    figures = _parallel(question, best, library)
    return _figures_draft(figures, library) if len(figures) > 1 else None


def several_draft(found: Sequence[Figure], missing: Sequence[str], library: Library) -> Draft:
    """The figures of a question of several parts, each by its own statement; the parts without one as a warning."""
    citations = Citations(library)
    told = [f"{statement(figure)}[{citations.of_figure(figure)}]" for figure in found]
    return Draft(
        status="answered", route="list" if len(found) > 1 else "figure", text="；".join(told) + "。",
        citations=citations.all(), figures=tuple(answer_figure(figure, citations) for figure in found),
        warnings=tuple(f"报告没有写明：{part}。" for part in missing),
    )  # fmt: skip


def _table_of(found: Lookup, library: Library) -> Sequence[Indicator]:
    """The indicators of the table whose task and headings account best for the question."""
    tables: dict[tuple[str, str], list[Indicator]] = {}
    for indicator in library.indicators:
        tables.setdefault((indicator.report, indicator.table), []).append(indicator)
    best, rows = _ENOUGH_OF_TASK, list[Indicator]()
    for members in tables.values():
        words = " ".join({members[0].task or "", *members[0].section_path[-1:]})
        covered = found.weighed.covered(pairs_of(canonical(words)))
        if covered > best:
            best, rows = covered, members
    return rows


def _table_draft(question: Question, rows: Sequence[Indicator], library: Library) -> Draft:
    citations = Citations(library)
    told: list[str] = []
    figures: list[Figure] = []
    for indicator in rows:
        parts = []
        for role, ids, span in (
            ("target", indicator.target_figures[:1], indicator.target_span),
            ("actual", indicator.actual_figures[:1], indicator.actual_span),
        ):
            if question.roles & {"target", "actual"} and role not in question.roles:
                continue
            label = "目标" if role == "target" else "实际"
            if ids:
                figure = library.figures[ids[0]]
                figures.append(figure)
                parts.append(f"{label}{with_unit(figure)}[{citations.of_figure(figure)}]")
            elif span:
                number = citations.of_span(indicator.report, *span, indicator.section_path)
                parts.append(f"{label}没有列数值[{number}]")
        told.append(f"{indicator.name}：" + "，".join(parts))
    return Draft(
        status="answered", route="table", text="；\n".join(told) + "。", citations=citations.all(),
        figures=tuple(answer_figure(figure, citations) for figure in figures),
    )  # fmt: skip


def _parallel(question: Question, best: Entry, library: Library) -> Sequence[Figure]:
    """The figures of the best row's stretch, of its dimension and kind (or of all dimensions asked for)."""
    text = library.source_text(best.figure.report)
    place = stretch_of(text, best.figure)
    dimensions = {*question.dimensions, best.dimension} if question.dimensions else {best.dimension}
    return [
        entry.figure
        for entry in library.entries.entries
        if entry.figure.report == best.figure.report
        and place[0] <= entry.figure.start < place[1]
        and entry.dimension in dimensions
        and (entry.nature in LEVELS) == (best.nature in LEVELS)
        and not entry.in_words
    ]


def _figures_draft(figures: Sequence[Figure], library: Library) -> Draft:
    citations = Citations(library)
    told = [f"{subject(figure)}{with_unit(figure)}[{citations.of_figure(figure)}]" for figure in figures]
    when = f"{figures[0].period}，" if figures[0].period else ""
    return Draft(
        status="answered", route="list", text=when + "；".join(told) + "。", citations=citations.all(),
        figures=tuple(answer_figure(figure, citations) for figure in figures),
    )  # fmt: skip
