"""How much there is and how that changed, asked in one breath: 进账多少，涨得咋样; 收了多少，多了还是少了.

The change is the one that stands beside the level: the next cell of its row, or the next number of its sentence.
"""

import re
from collections.abc import Callable

from assistant.choice import Choice, from_newest
from assistant.computing.operands import Trusted
from assistant.computing.words import compute_words
from assistant.draft import Draft
from assistant.figures.answer import answer_figure, representative
from assistant.figures.phrases import statement
from assistant.library import Library
from assistant.places import Citations
from assistant.questions.question import Question, read_question
from corpus.model import Figure

_UNIT = {"%": "%", "百分点": "个百分点"}


def level_and_change_draft(question: Question, choice: Choice, library: Library, trusted: Trusted) -> Draft | None:
    """Level and change of one quantity, or None where not both are asked for and told side by side."""
    asked = re.search(rf"[,，;；、和]?{compute_words().of_table('said_change')}.*$", question.text)
    if asked is None or not re.search("多少|几", question.text[: asked.start()]):
        return None
    level = read_question(question.text[: asked.start()])

    def of_report(report: str) -> Draft | None:
        found = trusted(level, report)
        figure = representative(found.groups[0]) if found is not None else None
        change = _change_beside(figure, library) if figure is not None else None
        return _draft(figure, change, library) if figure is not None and change is not None else None

    return from_newest(question, choice, library.reports, of_report)


def _change_beside(level: Figure, library: Library) -> Figure | None:
    """The growth told right behind a level, of the same thing."""
    behind: Callable[[Figure], bool]
    if level.table is not None:

        def behind(each: Figure) -> bool:
            return (each.table, each.row) == (level.table, level.row)
    else:

        def behind(each: Figure) -> bool:
            return each.sentence_start == level.sentence_start and each.table is None

    after = sorted(
        (each for each in library.figures_of(level.report) if behind(each) and each.start > level.start),
        key=lambda each: each.start,
    )
    first = after[0] if after else None
    if first is None or first.role != "growth" or first.base_unit not in _UNIT:
        return None
    return first if level.table is not None or first.name.startswith(level.name) else None


def _draft(level: Figure, change: Figure, library: Library) -> Draft:
    citations = Citations(library)
    said = re.sub(r"^[^，]*年[^，]*，", "", statement(change))
    unit = _UNIT[change.base_unit or "%"]
    falls = (change.value or "").startswith("-")
    said += ("" if said.endswith(("%", "百分点")) else unit) + ("，即下降" if falls else "")
    text = f"{statement(level)}[{citations.of_figure(level)}]；{said}[{citations.of_figure(change)}]。"
    return Draft(
        status="answered", route="table" if level.table is not None else "figure", text=text,
        figures=(answer_figure(level, citations), answer_figure(change, citations)), citations=citations.all(),
    )  # fmt: skip
