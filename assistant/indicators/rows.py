"""The rows of indicator tables as they are compared: which of them a question means, and how far each was completed."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assistant.computing.calculation import rounded
from assistant.figures.coverage import pairs_of, weigh
from assistant.library import Library
from assistant.questions.lexicon import canonical
from assistant.questions.normalise import normalise
from assistant.questions.question import content_of
from corpus.model import Figure, Indicator

_ENOUGH_OF_TASK = 0.4
_SOME_OF_TASK = 0.2
_NUMERALS = {word: str(value) for value, word in enumerate("零一二三四五六七八九十")}


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """An indicator with its main numbers; `rate` in percent, `printed` where the report prints it."""

    indicator: Indicator
    target: Figure | None
    actual: Figure | None
    printed: Figure | None
    rate: Decimal | None


def rows_meant(words: str, ordinal: str | None, report: str, library: Library) -> tuple[Row, ...]:
    """The rows of the table or task that the question names, in the report's order; all of them where it names none."""
    tasks = _tasks(report, library)
    if ordinal is not None:
        chosen = _by_ordinal(ordinal, tasks)
    elif content_of(words):
        chosen = _by_words(words, tasks, library)
    else:
        chosen = [indicator for members in tasks for indicator in members]
    return tuple(row_of(indicator, library) for indicator in chosen)


def row_of(indicator: Indicator, library: Library) -> Row:
    def first(ids: Sequence[str]) -> Figure | None:
        return library.figures[ids[0]] if ids else None

    printed = library.figures[indicator.rate_figure] if indicator.rate_figure else None
    target, actual = first(indicator.target_figures), first(indicator.actual_figures)
    rate = _rate(indicator, target, actual, printed)
    return Row(indicator=indicator, target=target, actual=actual, printed=printed, rate=rate)


def _rate(indicator: Indicator, target: Figure | None, actual: Figure | None, printed: Figure | None) -> Decimal | None:
    """The printed completion rate, else the computed one; none for text, upper bounds and zero."""
    if printed is not None and printed.value is not None:
        return Decimal(printed.value)
    if indicator.computed_rate is None or target is None or actual is None:
        return None
    return rounded(Fraction(Decimal(actual.base_value or 0)) / Fraction(Decimal(target.base_value or 1)) * 100).value


def _tasks(report: str, library: Library) -> list[list[Indicator]]:
    tasks: dict[tuple[str, str | None], list[Indicator]] = {}
    for indicator in library.indicators_of(report):
        tasks.setdefault((indicator.table, indicator.task), []).append(indicator)
    return list(tasks.values())


def _by_ordinal(ordinal: str, tasks: Sequence[Sequence[Indicator]]) -> Sequence[Indicator]:
    """任务3, 第三项任务: by the number the report gives the task, else by its place."""
    number = _NUMERALS.get(ordinal, ordinal)
    for members in tasks:
        task = (members[0].task or "").replace(" ", "")
        if task.startswith((f"任务{number}", f"任务{ordinal}")):
            return members
    place = int(number) - 1
    return tasks[place] if 0 <= place < len(tasks) else ()


def _by_words(words: str, tasks: Sequence[Sequence[Indicator]], library: Library) -> Sequence[Indicator]:
    """The task whose name and heading account for the words: for enough of them, or for far more than the next."""
    weighed = weigh(content_of(words), library.entries.weights)
    ranked = sorted(((weighed.covered(_heading(members)), order) for order, members in enumerate(tasks)), reverse=True)
    best, order = ranked[0] if ranked else (0.0, 0)
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    enough = best >= _ENOUGH_OF_TASK or (best >= _SOME_OF_TASK and second <= best / 2)
    return tasks[order] if enough and best > second else ()


def _heading(members: Sequence[Indicator]) -> frozenset[str]:
    names = (members[0].task, *members[0].section_path[-1:])
    return pairs_of(canonical(normalise(" ".join(filter(None, names)))))
