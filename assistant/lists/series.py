"""Several numbers asked for at once: the values of one parallel sentence, or the parts of a question.

仲裁和调解那三个率  -> 仲裁结案率91.5%；调解成功率68.2%；仲裁终结率66.3%
"""

from collections.abc import Sequence

from assistant.draft import Draft
from assistant.figures.answer import answer_figure
from assistant.figures.entries import Entry
from assistant.figures.lookup import Lookup
from assistant.figures.matching import LEVELS
from assistant.figures.phrases import statement, subject, with_unit
from assistant.library import Library
from assistant.places import Citations, stretch_of
from assistant.questions.question import Question
from corpus.model import Figure

SEVERAL_FIT = "问题没有说明是哪一项，报告中符合的各项都列出，请按名称选用。"


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
        warnings=tuple(map(not_stated, missing)),
    )  # fmt: skip


def not_stated(part: str) -> str:
    """The warning for a part of a question that has no answer."""
    return f"报告没有写明：{part}。"


def _parallel(question: Question, best: Entry, library: Library) -> Sequence[Figure]:
    """The figures of the best row's stretch, of its dimension and kind (or of all dimensions asked for)."""
    text = library.source_text(best.figure.report)
    place = stretch_of(text, best.figure)
    dimensions = {*question.dimensions, best.dimension} if question.dimensions else {best.dimension}
    return [
        entry.figure
        for entry in library.entries.of(best.figure.report)
        if place[0] <= entry.figure.start < place[1]
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
