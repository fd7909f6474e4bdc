"""Where the report itself states the sum, share, average or growth that is asked for: its figure comes first."""

import re

from assistant.computing.operands import Trusted
from assistant.computing.units import value_of
from assistant.computing.wanted import Wanted
from assistant.computing.words import compute_words
from assistant.draft import Draft
from assistant.figures.answer import answer_figure, figure_draft
from assistant.figures.coverage import pairs_of, weigh
from assistant.figures.entries import Entry
from assistant.figures.phrases import statement
from assistant.library import Library
from assistant.places import Citations
from assistant.questions.lexicon import canonical
from assistant.questions.normalise import normalise
from assistant.questions.question import Question, content_of
from corpus.model import Figure
from corpus.statements import stretch

_COVERS = 0.7
# A row named by one operand and not by another.
_OF_ONE, _OF_NO_OTHER = 0.5, 0.2
_NATURES = {
    "share": "share", "average": "standard", "monthly": "standard", "difference": "growth", "multiple": "other",
}  # fmt: skip
_OF_TIME = re.compile(r"上年|去年|前一年|上一年|前年|同期|年初|年|年底")


def stated_draft(question: Question, wanted: Wanted, report: str, library: Library, trusted: Trusted) -> Draft | None:
    """The answer from the row that states the asked result, or None."""
    if wanted.kind not in _NATURES or (wanted.kind == "difference" and not wanted.over_time):
        return None
    found = trusted(question, report)
    if found is None:
        return None
    best = found.groups[0].best.entry
    if best.nature != _NATURES[wanted.kind] or not _covers_all(wanted, best.figure, library):
        return None
    if wanted.kind in {"difference", "average"} and not _of_unit_asked(wanted, best):
        return None
    return figure_draft(question, found, library)


def of_one_operand(question: Question, wanted: Wanted, report: str, library: Library, trusted: Trusted) -> bool:
    """Whether the row that the question would be answered with is of one operand alone, or no share at all."""
    found = trusted(question, report)
    if found is None:
        return False
    best = found.groups[0].best.entry
    if wanted.kind == "share":
        return best.nature not in {"share", "completion_rate"}
    shares = [
        weigh(content_of(min(phrasings, key=len)), library.entries.weights).covered(best.name)
        for phrasings in wanted.operands
    ]
    return max(shares) >= _OF_ONE and min(shares) < _OF_NO_OTHER


def _of_unit_asked(wanted: Wanted, best: Entry) -> bool:
    """A growth told in percent answers neither 多多少元 nor by how much a growth rate grew."""
    if re.search("增速|增幅|涨幅|增长率|降幅", wanted.text):
        return best.dimension == "percentage-points"
    asked = wanted.unit.dimension if wanted.unit is not None else None
    return asked is None or asked == best.dimension


def _covers_all(wanted: Wanted, figure: Figure, library: Library) -> bool:
    """Whether the row's words name every operand; a year compared with is no operand."""
    held = pairs_of(canonical(normalise(f"{figure.name} {stretch(figure)} {figure.indicator or ''}")))
    for phrasings in wanted.operands:
        words = content_of(min(phrasings, key=len))
        if words and not _OF_TIME.fullmatch(words) and weigh(words, library.entries.weights).covered(held) < _COVERS:
            return False
    return True


def stated_sum(figures: tuple[Figure, ...], library: Library) -> Figure | None:
    """The row of these figures' own place that is their sum by name and by value."""
    wanted = sum((value_of(figure) for figure in figures), start=value_of(figures[0]) * 0)
    for figure in library.figures_of(figures[0].report):
        near = figure.section == figures[0].section
        if near and figure.base_unit == figures[0].base_unit and figure.base_value is not None:
            named = re.search(
                f"{compute_words().any_of('totals')}|共|总|累计|[两三四五六七八九十]+[类项种]", figure.name
            )
            if named and value_of(figure) == wanted and figure.id not in {each.id for each in figures}:
                return figure
    return None


def told(figure: Figure, library: Library) -> Draft:
    """A row of the ledger as the answer."""
    citations = Citations(library)
    text = f"{statement(figure)}[{citations.of_figure(figure)}]。"
    return Draft(
        status="answered", route="figure", text=text, figures=(answer_figure(figure, citations),),
        citations=citations.all(),
    )  # fmt: skip
