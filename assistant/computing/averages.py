"""The two rows of an average: what is spread out, and over how many, told in one sentence.

毕业生招聘会平均一场有多少个岗位 -> 岗位 18.2万个 and 招聘会 310场 of the sentence that speaks of 毕业生招聘会
"""

from collections.abc import Sequence

from assistant.computing.operands import allowed_for
from assistant.computing.request import Request
from assistant.computing.units import WHOLES, value_of
from assistant.figures.coverage import pairs_of, weigh
from assistant.figures.entries import Entry
from assistant.figures.lookup import contradicting_terms
from assistant.questions.lexicon import canonical
from assistant.questions.question import Question, content_of, read_question
from corpus.model import Figure
from corpus.units import dimension_of_noun, match_unit

_ENOUGH = 0.7
_LEVELS = frozenset({"amount", "count", "actual"})
_GENERAL = frozenset("个项名位人")


def find_pair(request: Request) -> tuple[Figure, Figure] | None:
    """Amount and count, or None where no sentence has just one such pair, or several sentences differ."""
    wanted, library = request.wanted, request.library
    question = read_question(wanted.operands[0][0])
    allowed = allowed_for(request.question, library.entries)
    rows = [
        entry
        for entry in library.entries.of(request.report)
        if entry.figure.role in _LEVELS and not entry.in_words and allowed(entry)
    ]
    amounts = [entry for entry in rows if _is_amount(entry, request)]
    counts = [entry for entry in rows if _is_count(entry, wanted.divisor)]
    best: list[tuple[float, Figure, Figure]] = []
    for one in amounts:
        for other in counts:
            if one.figure.id != other.figure.id and _place(one.figure) == _place(other.figure):
                best.append((_covered(question, one, other, request), one.figure, other.figure))
    return _only_best(best)


def _only_best(found: Sequence[tuple[float, Figure, Figure]]) -> tuple[Figure, Figure] | None:
    """The pair that accounts for most of the question; None where another of other values does as well."""
    top = max((covered for covered, _, _ in found), default=0.0)
    if top < _ENOUGH:
        return None
    first = [(one, other) for covered, one, other in found if covered > top - 0.01]
    values = {(value_of(one), value_of(other)) for one, other in first}
    return first[0] if len(values) == 1 else None


def _place(figure: Figure) -> tuple[object, ...]:
    return figure.report, figure.table, figure.row, figure.sentence_start


def _covered(question: Question, one: Entry, other: Entry, request: Request) -> float:
    held = one.name | other.name | one.stretch | other.stretch
    if contradicting_terms(question, held):
        return 0.0
    weighed = weigh(question.content, request.library.entries.weights)
    asked = weighed.pairs | pairs_of(canonical(request.wanted.counted + request.wanted.divisor))
    named = one.name | other.name
    return weighed.covered(held) + 0.1 * weighed.covered(named) + 0.1 * len(named & asked) / len(named)


def _is_amount(entry: Entry, request: Request) -> bool:
    """Of the unit asked for (多少钱, 多少个) and, where it is counted, named by the noun (岗位)."""
    asked = request.wanted.dimensions - {"percent"}
    noun = content_of(request.wanted.counted)
    if request.wanted.unit is not None and request.wanted.unit.dimension is not None:
        asked = frozenset({request.wanted.unit.dimension})
    elif request.wanted.unit is not None and not noun:
        asked = frozenset({"money"})  # 多少万, and no noun: money
    kind = not asked or entry.dimension in asked or (asked <= WHOLES and entry.dimension in WHOLES)
    return kind and (not noun or bool(pairs_of(canonical(noun)) & entry.name) or len(noun) < 2)


def _is_count(entry: Entry, divisor: str) -> bool:
    """Counted in the unit named (场, 家), or named by the noun (项目), or people under a noun of people."""
    unit = match_unit(divisor, 0)
    if unit is not None and unit.printed == divisor and divisor not in _GENERAL:
        return (entry.figure.base_unit or "").startswith(divisor)
    if unit is not None and unit.printed == divisor:
        return entry.dimension == unit.dimension
    dimension = dimension_of_noun(canonical(divisor))
    if dimension == "people":
        return entry.dimension == "people"
    return entry.dimension in WHOLES and bool(pairs_of(canonical(divisor)) & entry.name)
