"""Two numbers held up against each other (一处写35家一处写38家，到底多少): where the report has each, in its own words.

The rows with these values, rounded as they were quoted, are what is meant: never a sum of them, never another
quantity. Rows of one pair have one unit, and names that are alike or that account for the question's words.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, product

from assistant.choice import Choice
from assistant.computing.words import compute_words
from assistant.draft import Draft
from assistant.figures.answer import answer_figure
from assistant.figures.coverage import Weighed, weigh
from assistant.figures.phrases import printed_value, statement
from assistant.figures.same_quantity import names_alike
from assistant.library import Library
from assistant.places import Citations, stretch_of
from assistant.questions.question import Question, content_of
from corpus.model import Figure
from corpus.periods import year_of
from corpus.quantities import Quantity
from corpus.repair import repair

# Two values of so many digits each meet by chance hardly ever: then like names are enough.
_TELLING_DIGITS = 3
_NAMES_ALIKE = 0.6
# Else so much of the question's words has to stand with the rows.
_COVERED = 0.5
_LONGEST_CLAUSE = 80
_PERCENT = frozenset({"%", "‰", "百分点"})


@dataclass(frozen=True, kw_only=True, slots=True)
class _Pair:
    figures: tuple[Figure, Figure]  # in the order in which the question quotes them
    alike: float
    covered: float

    @property
    def fit(self) -> float:
        return self.alike + self.covered


def quoted_draft(question: Question, choice: Choice, library: Library) -> Draft | None:
    """Both numbers with date, place and words, or None where the question holds no two numbers up."""
    numbers = _quoted(question)
    if len(numbers) < 2 or not re.search(compute_words().any_of("held_up"), question.text):
        return None
    weighed = weigh(content_of(_without(question, numbers)), library.entries.weights)
    for report in choice.reports:
        held = [[figure for figure in library.figures_of(report) if states(number, figure)] for number in numbers]
        pair = _best(held, numbers, weighed, library)
        if pair is not None:
            return _draft(pair, library)
        if (only := _only_one(held, weighed, library)) is not None:
            lacking = next(number for number, rows in zip(numbers, held, strict=True) if not rows)
            return _draft_of_one(only, question.text[lacking.start : lacking.end], library)
    return None


def _quoted(question: Question) -> Sequence[Quantity]:
    """The distinct numbers in digits; what only counts them (两个数) is not in digits."""
    found = {number.base_value: number for number in reversed(question.numbers)}
    return [number for number in question.numbers if found.get(number.base_value) is number]


def _without(question: Question, numbers: Iterable[Quantity]) -> str:
    text = question.text
    for number in sorted(numbers, key=lambda each: -each.start):
        text = f"{text[: number.start]} {text[number.end :]}"
    return re.sub(compute_words().any_of("held_up"), " ", text)


def states(number: Quantity, figure: Figure) -> bool:
    """Whether a row has the quoted value, or one that is told so when rounded or cut: 71.2万 of 712386."""
    if figure.value is None or figure.base_value is None or figure.kind != "number":
        return False
    if (number.base_unit in _PERCENT) != (figure.base_unit in _PERCENT) and number.base_unit is not None:
        return False
    if number.value == Decimal(figure.value) and number.base_value == number.value:
        return True
    step = number.base_value / number.value if number.value else Decimal(1)
    step = step.scaleb(int(number.value.as_tuple().exponent))
    own = Decimal(figure.base_value)
    return own == number.base_value if step <= 1 else abs(own - number.base_value) < step


def _best(
    held: Sequence[Sequence[Figure]], numbers: Sequence[Quantity], weighed: Weighed, library: Library
) -> _Pair | None:
    pairs = [
        _Pair(figures=(one, other), alike=names_alike(one, other), covered=_covered((one, other), weighed, library))
        for first, second in combinations(range(len(held)), 2)
        for one, other in product(held[first], held[second])
        if one.base_unit == other.base_unit and one.base_value != other.base_value
    ]
    telling = min((len(number.value.as_tuple().digits) for number in numbers), default=0) >= _TELLING_DIGITS
    sure = [pair for pair in pairs if pair.covered >= _COVERED or (telling and pair.alike >= _NAMES_ALIKE)]
    return max(sure, key=lambda pair: (pair.fit, -pair.figures[0].start), default=None)


def _covered(pair: Sequence[Figure], weighed: Weighed, library: Library) -> float:
    """How much of the question's words both rows account for: the lesser share."""
    entries = [library.entries.of_figure(figure) for figure in pair]
    return min(weighed.covered(entry.name, entry.stretch) if entry is not None else 0.0 for entry in entries)


def _only_one(held: Sequence[Sequence[Figure]], weighed: Weighed, library: Library) -> Figure | None:
    """The row of the one number that the report has, where it has nothing at all of the other."""
    stated = [rows for rows in held if rows]
    if len(held) != 2 or len(stated) != 1 or not weighed.total:
        return None
    best = max(stated[0], key=lambda figure: (_covered((figure,), weighed, library), -figure.start))
    return best if _covered((best,), weighed, library) >= _COVERED else None


def _draft_of_one(figure: Figure, lacking: str, library: Library) -> Draft:
    citations = Citations(library)
    return Draft(
        status="answered", route="figure", text=f"{statement(figure)}[{citations.of_figure(figure)}]。",
        figures=(answer_figure(figure, citations),), citations=citations.all(),
        warnings=(f"报告里没有{lacking}这个数。",),
    )  # fmt: skip


def _draft(pair: _Pair, library: Library) -> Draft:
    citations = Citations(library)
    ordered = sorted(pair.figures, key=lambda each: each.indicator is None)
    told = "；".join(f"{_told(figure, library)}[{citations.of_figure(figure)}]" for figure in ordered)
    return Draft(
        status="answered", route="figure", text=f"报告里两个数都有，{_why_apart(pair.figures)}：{told}。",
        figures=tuple(answer_figure(figure, citations) for figure in ordered), citations=citations.all(),
        warnings=("报告中这一事项有不同数值，请按时点、口径和出处选用。",),
    )  # fmt: skip


def _told(figure: Figure, library: Library) -> str:
    """The number with its place and date, and the report's own words for it: a name may say less."""
    place = f"“{figure.section[-1]}”部分" if figure.section else ""
    if figure.table is not None:
        return f"{place}表中，{statement(figure)}"
    start, end = stretch_of(library.source_text(figure.report), figure)
    words = repair(library.source_text(figure.report), start, end).text.strip().rstrip("。；")
    if len(words) > _LONGEST_CLAUSE:
        return f"{place}，{statement(figure)}".lstrip("，")
    period = f"（{figure.period}）" if figure.period and figure.period not in words else ""
    return f"{printed_value(figure)}{period}见{place}“{words}”"


def _why_apart(pair: Sequence[Figure]) -> str:
    one, other = pair
    if one.period and other.period and one.period != other.period:
        later = max(pair, key=lambda each: (year_of(each.period) or 0, each.start))
        newer = f"，较新的是{printed_value(later)}" if year_of(one.period) != year_of(other.period) else ""
        return f"时点不同{newer}"
    if one.scope and other.scope and one.scope != other.scope:
        return "范围不同"
    if (one.indicator is None) != (other.indicator is None):
        return "一处在指标表，一处在正文，以指标表为准"
    return "写在不同的地方"
