"""The value of every part: 全国分六块，各块占百分之几. One single figure is never an answer to it.

The parts are numbers of one kind in one sentence, or the cells of one table column.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from assistant.choice import Choice, from_newest
from assistant.computing.groups import is_total
from assistant.computing.likeliest import Rows, likeliest
from assistant.computing.phrases import count_in
from assistant.computing.words import compute_words, plainly
from assistant.draft import Draft
from assistant.figures.answer import answer_figure
from assistant.figures.entries import Entry
from assistant.figures.matching import dimension_fit, role_fit
from assistant.figures.phrases import statement
from assistant.library import Library
from assistant.places import Citations
from assistant.questions.question import Question

_FEWEST, _MOST = 3, 40


def asks_for_each(question: Question) -> bool:
    """Whether the value of every part is asked for: 各占多少, 分六块, 每块几个."""
    return re.search("|".join(compute_words().lists["every_part"]), plainly(question.text)) is not None


def each_draft(question: Question, choice: Choice, library: Library) -> Draft | None:
    """All parts with their values, or None where the question asks for no parts or none are certain."""
    if not asks_for_each(question):
        return None
    text = plainly(question.text)
    count = count_in(text)
    about = re.sub("|".join(compute_words().lists["every_part"]), " ", text)

    def of_report(report: str) -> Draft | None:
        families = _families(question, report, library)
        counted = [rows for rows in families if count is None or len(rows) == count]
        found = likeliest(counted, about, question, report, library)
        if found is None and count is not None and len(counted) == 1 and _asks_kind(question):
            found = counted[0]  # as many parts, of the kind asked for, stand nowhere else
        return _draft(found, library) if found is not None else None

    return from_newest(question, choice, library.reports, of_report)


def _asks_kind(question: Question) -> bool:
    return bool(question.roles & {"share", "growth"})


def _families(question: Question, report: str, library: Library) -> Sequence[Rows]:
    families: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in library.entries.of(report):
        figure = entry.figure
        fits = figure.kind == "number" and not entry.in_words and not is_total(figure)
        if not fits or role_fit(question, entry) < 0 or dimension_fit(question, entry) < 0:
            continue
        place = (figure.table, figure.column) if figure.table is not None else (figure.sentence_start, figure.role)
        families[*place, figure.base_unit, entry.year].append(entry)
    return [
        tuple(entry.figure for entry in members)
        for members in families.values()
        if _FEWEST <= len(members) <= _MOST
    ]  # fmt: skip


def _draft(rows: Rows, library: Library) -> Draft:
    citations = Citations(library)
    told = "；".join(f"{statement(figure)}[{citations.of_figure(figure)}]" for figure in rows)
    return Draft(
        status="answered", route="list", text=f"{told}。", citations=citations.all(),
        figures=tuple(answer_figure(figure, citations) for figure in rows),
    )  # fmt: skip
