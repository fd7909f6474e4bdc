"""The two rows of an average: what is spread out, and over how many, told in one sentence.

毕业生招聘会平均一场有多少个岗位 -> 岗位 18.2万个 and 招聘会 310场 of the sentence that speaks of 毕业生招聘会
"""

from collections.abc import Sequence
from fractions import Fraction

from assistant.computing.calculation import quotient
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
_NAMED = 0.8
# A pair named so nearly as well leaves it open which is meant: in the same sentence, and in others.
_SAME, _EVEN = 0.01, 0.06
_PARAGRAPH = 200  # characters
_LEVELS = frozenset({"amount", "count", "actual"})
_GENERAL = frozenset("个项名位人")
_BODIES = frozenset("家所个处座")  # counted in either
_ROUNDING = Fraction(1, 100)


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
    return _only_best(best) or _only_best(_of_paragraph(question, amounts, counts, request))


def _of_paragraph(
    question: Question, amounts: Sequence[Entry], counts: Sequence[Entry], request: Request
) -> Sequence[tuple[float, Figure, Figure]]:
    """Pairs of one paragraph that the question names by their own names, the count by its thing: 旅行社 820家."""
    weighed = weigh(question.content, request.library.entries.weights)
    found = []
    for one in amounts:
        for other in counts:
            if not _in_one_paragraph(one.figure, other.figure, request):
                continue
            both = one.name & weighed.pairs and other.name & weighed.pairs
            named = weighed.covered(one.name | other.name) if both else 0.0
            if named >= _NAMED and not contradicting_terms(question, one.name | other.name):
                own = len(other.name & weighed.pairs) / len(other.name)
                found.append((named + 0.1 * own, one.figure, other.figure))
    return found


def _in_one_paragraph(one: Figure, other: Figure, request: Request) -> bool:
    low, high = sorted((one, other), key=lambda figure: figure.start)
    near = one.table is None and other.table is None and 0 < high.start - low.end < _PARAGRAPH
    return near and "\n" not in request.library.source_text(request.report)[low.end : high.start]


def _only_best(found: Sequence[tuple[float, Figure, Figure]]) -> tuple[Figure, Figure] | None:
    """The pair that accounts for most of the question; None where another of other values does as well."""
    top = max((covered for covered, _, _ in found), default=0.0)
    if top < _ENOUGH:
        return None
    best = max(found, key=lambda each: each[0])[1]
    first = [
        (one, other) for covered, one, other in found
        if covered > top - (_SAME if one.sentence_start == best.sentence_start else _EVEN)
    ]  # fmt: skip
    ratios = [ratio for one, other in first if (ratio := quotient(value_of(one), value_of(other))) is not None]
    if not ratios or max(ratios) - min(ratios) > _ROUNDING * max(ratios):
        return None
    return max(first, key=lambda pair: _printed_digits(*pair))  # 39961个 rather than 4.0万个


def _printed_digits(one: Figure, other: Figure) -> int:
    return sum(each.isdigit() for each in f"{one.value}{other.value}")


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
    unit = request.wanted.unit
    if "多少钱" in request.wanted.text:
        asked = frozenset({"money"})
    elif unit is not None and unit.base is not None and unit.base not in _GENERAL | {"元"}:
        return entry.figure.base_unit == unit.base or unit.printed.startswith(entry.figure.base_unit or "?")
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
        base = entry.figure.base_unit or ""
        return base in _BODIES if divisor in _BODIES else base.startswith(divisor)
    if unit is not None and unit.printed == divisor:
        return entry.dimension == unit.dimension
    dimension = dimension_of_noun(canonical(divisor))
    if dimension == "people":
        return entry.dimension == "people"
    return entry.dimension in WHOLES and bool(pairs_of(canonical(divisor)) & entry.name)
