"""The routes over several rows, in the order tried: tables, what is missing, computation, indicators."""

from collections.abc import Callable

from assistant.choice import Choice
from assistant.computing.answer import compute_draft
from assistant.computing.budgeted import budgeted_draft
from assistant.computing.gaps import answers_gap, gap_draft
from assistant.computing.operands import Trusted
from assistant.computing.place_columns import place_extreme_draft
from assistant.computing.question import read_wanted
from assistant.computing.remainders import remainder_draft
from assistant.draft import Draft
from assistant.figures.coverage import weigh
from assistant.indicators.answer import indicators_draft
from assistant.indicators.both_sides import both_sides_draft
from assistant.indicators.level_and_change import level_and_change_draft
from assistant.indicators.table import table_draft
from assistant.indicators.unmet import unmet_draft
from assistant.library import Library
from assistant.lists.differing import differing_draft
from assistant.lists.each_value import asks_for_each
from assistant.questions.question import Question, content_of
from assistant.tables.answer import rows_draft
from corpus.model import Figure

_FEWEST_ADDED = 2
# A row named by one of the things to be added and not by another.
_OF_ONE, _OF_NO_OTHER = 0.7, 0.6


def several_rows_draft(
    asked: Question, choice: Choice, library: Library, trusted: Trusted, of_indicators: Trusted
) -> Draft | None:
    """For questions over the rows of a table, for a computation, or about an indicator as a whole; None for others.

    `trusted` looks among all rows, `of_indicators` among those that stand for an indicator.
    """
    steps: tuple[Callable[[], Draft | None], ...] = (
        lambda: differing_draft(asked, choice, library, trusted),
        lambda: budgeted_draft(asked, choice, library, trusted),
        lambda: table_draft(asked, choice, library),
        lambda: unmet_draft(asked, choice, library),
        lambda: level_and_change_draft(asked, choice, library, trusted),
        lambda: gap_draft(asked, choice, library),
        lambda: remainder_draft(asked, choice, library),
        lambda: place_extreme_draft(asked, choice, library),
        lambda: rows_draft(asked, choice, library),
        lambda: compute_draft(asked, choice, library, trusted),
        lambda: indicators_draft(asked, choice, library, of_indicators),
        lambda: both_sides_draft(asked, choice, library),
    )
    return next((draft for step in steps if (draft := step()) is not None), None)


def one_for_another(asked: Question, draft: Draft, library: Library) -> bool:
    """Whether one figure is told where every part is asked for, or a whole where what it lacks is."""
    if len(draft.figures) != 1 or draft.figures[0].id is None:
        return False
    figure = library.figures[draft.figures[0].id]
    return asks_for_each(asked) or not answers_gap(asked, figure) or _one_of_a_sum(asked, figure, library)


def _one_of_a_sum(asked: Question, figure: Figure, library: Library) -> bool:
    """Whether several things are to be added and the row is of one of them: 甲和乙一共多少."""
    known = library.source_text(figure.report).__contains__
    wanted = read_wanted(asked.text, known)
    entry = library.entries.of_figure(figure)
    if wanted is None or wanted.kind != "sum" or len(wanted.operands) < _FEWEST_ADDED or entry is None:
        return False
    shares = [
        weigh(content_of(min(phrasings, key=len)), library.entries.weights).covered(entry.name)
        for phrasings in wanted.operands
    ]
    return max(shares) >= _OF_ONE and min(shares) < _OF_NO_OTHER
