"""Two operands in everyday words, found together: rows that differ in just the respect the question contrasts.

出去的比进来的多多少人次      -> 出境 and 入境 rows in 人次
今年想挖的煤比去年多多少吨    -> 原煤产量, this year's target and last year's outcome
新增的岗位比年初说的多多少    -> an outcome and its own target
Each pair has one unit and one kind of number; the words of the question then have to name one pair best.
"""

import re
from collections.abc import Collection, Iterable
from itertools import product

from assistant.computing.likeliest import Rows, likeliest
from assistant.computing.request import Request
from assistant.computing.words import compute_words
from assistant.figures.contrasts import named_in
from assistant.figures.entries import Entry
from assistant.figures.matching import LEVELS
from assistant.figures.same_quantity import names_alike
from assistant.indicators.sides import sides_of
from assistant.questions.lexicon import canonical
from assistant.questions.question import read_question
from assistant.questions.years import asked_years
from corpus.model import Figure
from corpus.similar import dice

_ONE_NAME = 0.8
# Beside the words they are contrasted by.
_REST_ALIKE = 0.6
_RATES_ASKED = "增速|增幅|涨幅|增长率|降幅|占比|比重|排名|百分"


def implied_operands(request: Request) -> Rows | None:
    """The two rows in the order of the question's operands, or None where no pair is certain."""
    wanted = request.wanted
    if len(wanted.operands) != 2 or not wanted.about or re.search(_RATES_ASKED, wanted.text):
        return None
    if wanted.relation == "kinds":
        return _of_kinds(request)
    candidates = _of_years(request) if wanted.relation == "years" else _of_targets(request)
    return _named(candidates, request)


def _named(candidates: Iterable[Rows], request: Request) -> Rows | None:
    held = [rows for rows in candidates if _of_unit_asked(rows, request)]
    return likeliest(held, request.wanted.about, request.question, request.report, request.library)


def _levels(request: Request) -> list[Entry]:
    """Rows that tell how large a thing is, as targets or as outcomes."""
    entries = request.library.entries.of(request.report)
    return [
        entry for entry in entries
        if entry.figure.kind == "number" and not entry.in_words and entry.nature in (LEVELS - {"share"}) | {"level"}
    ]  # fmt: skip


def _of_years(request: Request) -> Iterable[Rows]:
    """One quantity in two years: the year held against, and the one named with the other operand or the later one."""
    metadata = request.library.reports[request.report]
    second = asked_years(read_question(request.wanted.operands[1][-1]), metadata)
    first = asked_years(read_question(request.wanted.operands[0][0]), metadata)
    levels = _levels(request)
    for one, other in product(levels, levels):
        if other.year not in second or one.year is None or other.figure.role == "target":
            continue
        of_first = one.year in first if first else one.year > (other.year or 0)
        if of_first and _one_kind(one, other) and names_alike(one.figure, other.figure) >= _ONE_NAME:
            yield one.figure, other.figure


def _of_targets(request: Request) -> Iterable[Rows]:
    """Outcome and target of an indicator, of a table's row, or of one quantity in the text."""
    spent = request.wanted.relation == "spent"
    for sides in sides_of(request.report, request.library):
        if spent and sides.plan.base_unit == "元":
            yield sides.plan, sides.done
        elif not spent:
            yield sides.done, sides.plan
    if spent:
        return
    levels = [entry for entry in _levels(request) if entry.figure.table is None]
    for one, other in product(levels, levels):
        planned = other.figure.role == "target" and one.figure.role != "target"
        of_one_kind = one.year == other.year and one.figure.base_unit == other.figure.base_unit
        if planned and of_one_kind and names_alike(one.figure, other.figure) >= _ONE_NAME:
            yield one.figure, other.figure


def _of_kinds(request: Request) -> Rows | None:
    """Two kinds of one thing (城镇, 农村), each kind suggested by its operand."""
    first, second = (min(phrasings, key=len) for phrasings in request.wanted.operands)
    levels = _levels(request)
    pairs: list[tuple[float, Rows]] = []
    for word, opposite in _opposites(first, second):
        ones = [entry for entry in levels if word in entry.figure.name and opposite not in entry.figure.name]
        others = [entry for entry in levels if opposite in entry.figure.name and word not in entry.figure.name]
        for one, other in product(ones, others):
            if _one_kind(one, other) and _of_one_time(one, other):
                rest = one.figure.name.replace(word, ""), other.figure.name.replace(opposite, "")
                pairs.append((dice(*rest) if any(rest) else 1.0, (one.figure, other.figure)))
    of_one_name = [rows for rest, rows in pairs if rest >= _REST_ALIKE]
    # 低保对象 in towns is held against 低保对象 in the country, not against 特困人员, though both are counted in 人.
    found = of_one_name or ([rows for _, rows in pairs] if _unit_says_enough(request) else [])
    held = [rows for rows in found if _of_unit_asked(rows, request)]
    if not _says_more(request):
        return held[0] if len({tuple(figure.base_value for figure in rows) for rows in held}) == 1 else None
    return _named(held, request)


def _opposites(first: str, second: str) -> Iterable[tuple[str, str]]:
    """Pairs of official words that two phrases set against each other, by the two lists of contrasts."""
    pairs = [
        (word, opposite)
        for kind, word in named_in(canonical(first))
        for same, opposite in named_in(canonical(second))
        if kind == same and word != opposite
    ]
    pairs += [pair for each in compute_words().opposites for pair in each.between(first, second)]
    return sorted(set(pairs))


def _unit_says_enough(request: Request) -> bool:
    """Where the unit is asked for, the contrast alone tells two rows of it as a pair."""
    unit = request.wanted.unit
    return unit is not None and unit.dimension is not None


def _of_one_time(one: Entry, other: Entry) -> bool:
    planned = (one.figure.role == "target") == (other.figure.role == "target")
    return planned and one.year == other.year and one.fresh == other.fresh


def _says_more(request: Request) -> bool:
    """Whether the question names a quantity beside the two sides themselves."""
    about = request.wanted.about
    for each in compute_words().opposites:
        for word in (*each.one, *each.other):
            about = about.replace(word, " ")
    return bool(re.sub(r"[\s的人]", "", read_question(about).content))


def _one_kind(one: Entry, other: Entry) -> bool:
    same = one.figure.id != other.figure.id and one.figure.base_unit == other.figure.base_unit
    return same and one.figure.base_unit is not None and one.per == other.per and one.span == other.span


def _of_unit_asked(rows: Rows, request: Request) -> bool:
    """人次 or 吨 are asked for: no pair in another unit."""
    unit = request.wanted.unit
    if unit is None or unit.dimension is None or unit.base is None:
        return True
    return _dimension(rows[0], request) in _akin(unit.dimension)


def _dimension(figure: Figure, request: Request) -> str | None:
    entry = request.library.entries.of_figure(figure)
    return entry.dimension if entry is not None else None


def _akin(dimension: str) -> Collection[str | None]:
    """多少家 and 多少个 are asked of anything counted."""
    counts = {"items", "organisations", "households", "people", "events", "times", "vehicles", "containers", "boxes"}
    return counts if dimension in {"items", "organisations"} else {dimension}
