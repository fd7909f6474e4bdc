"""One quantity with different values in different places: 养老机构到底几家，前后好像对不上.

The question without its doubt names the quantity; rows that have its name, kind and unit and another value are told
with it, each in the report's own words. Without a doubt in so many words (到底 alone) only what is the same to the
letter counts.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.choice import Choice
from assistant.computing.units import value_of
from assistant.draft import Draft
from assistant.figures.answer import answer_figure, representative
from assistant.figures.coverage import weigh
from assistant.figures.entries import Entry
from assistant.figures.lookup import Lookup
from assistant.figures.matching import LEVELS
from assistant.figures.phrases import printed_value, statement
from assistant.figures.same_quantity import names_alike
from assistant.library import Library
from assistant.lists.parts import list_words
from assistant.places import Citations, stretch_of
from assistant.questions.question import Question, names_something, read_question
from corpus.model import Figure
from corpus.repair import repair
from corpus.statements import run_up

Trusted = Callable[[Question, str], Lookup | None]
_ALIKE, _ALIKE_IF_DOUBTED = 0.85, 0.6
_COVERED = 0.75
_MOST = 3
# One quantity is told twice with values not far apart.
_NEAREST, _FARTHEST = Decimal("0.6"), Decimal("1.6")
_LONGEST = 60
_LOOSE_ENDS = re.compile(r"^[，,。？?的、]+|(?:[，,。？?、样和与跟都有里的]|数量?)+$")
_ALREADY = re.compile("现有|已有|基础上|上年(?:末|底)?的")
_ALREADY_IN_NAME = re.compile("^在?现有?(?=..)|的?基础上.*$|^(?:组建|建有|设有|拥有|共有|实有)")
_DIFFERENT = "报告中这一事项有不同数值，请按时点、口径和出处选用。"


def differing_draft(question: Question, choice: Choice, library: Library, trusted: Trusted) -> Draft | None:
    """The values of the quantity that is doubted, or None where nothing is doubted or no other value is found."""
    words = list_words()
    doubted = words.doubted.search(question.text) is not None
    if not doubted and not words.insisted.search(question.text):
        return None
    bare = question.text
    for pattern in (words.doubted, words.insisted, words.doubt_fillers):
        bare = pattern.sub(" ", bare)
    bare = _LOOSE_ENDS.sub("", re.sub(r"\s+", "", bare))
    plain = read_question(bare if re.search("多少|几", bare) else f"{bare}是多少")
    report = choice.reports[0]
    found = (trusted(plain, report) or trusted(question, report)) if names_something(plain) else None
    if found is None:
        return None
    fitting = [group for group in found.groups if group.best.entry.fresh == plain.increment]
    first = representative((fitting or found.groups)[0])
    others = _others(plain, first, doubted, library)
    return _draft((first, *others), library) if others else None


def _others(question: Question, first: Figure, doubted: bool, library: Library) -> Sequence[Figure]:
    """Rows of the same quantity with other values, at most two of them."""
    entry = library.entries.of_figure(first)
    if entry is None:
        return ()
    weighed = weigh(question.content, library.entries.weights)
    told: list[Figure] = []
    for other in library.entries.of(first.report):
        values = {each.base_value for each in (first, *told)}
        alike = _alike(first, other.figure)
        named = weighed.covered(other.name) >= _COVERED and alike >= (_ALIKE_IF_DOUBTED if doubted else _ALIKE)
        timely = _of_one_time(entry, other) or (doubted and alike >= _ALIKE)
        if other.figure.base_value not in values and named and timely and _of_one_kind(entry, other):
            told.append(other.figure)
    return told[: _MOST - 1]


def _alike(first: Figure, other: Figure) -> float:
    """How alike two names are; 在现有甲的基础上 is a name of 甲."""
    bare = [replace(each, name=_ALREADY_IN_NAME.sub("", each.name) or each.name) for each in (first, other)]
    return max(names_alike(first, other), names_alike(*bare))


def _of_one_kind(one: Entry, other: Entry) -> bool:
    """Whether two rows measure alike and not too far apart."""
    first, second = one.figure, other.figure
    if (first.base_unit, one.fresh, one.per) != (second.base_unit, other.fresh, other.per) or other.in_words:
        return False
    if (first.role == "target") != (second.role == "target") or first.kind != second.kind:
        return False
    if one.nature != other.nature and not {one.nature, other.nature} <= LEVELS | {"level"}:
        return False
    apart = value_of(second) / value_of(first) if value_of(first) else None
    near = apart is not None and _NEAREST <= apart <= _FARTHEST
    return near and not (first.scope and second.scope and first.scope != second.scope)


def _of_one_time(one: Entry, other: Entry) -> bool:
    """What there is already may be told with the plan of the next year; a table has a value for each of its rows."""
    if one.year is None or other.year is None or one.year == other.year:
        return one.figure.table is None or one.figure.table != other.figure.table
    return _ALREADY.search(f"{other.figure.name}{run_up(other.figure)}") is not None


def _draft(figures: Sequence[Figure], library: Library) -> Draft:
    citations = Citations(library)
    told = "；".join(f"{_told(figure, library)}[{citations.of_figure(figure)}]" for figure in figures)
    return Draft(
        status="answered", route="figure", text=f"报告里写得不一致，几处分别是：{told}。",
        figures=tuple(answer_figure(figure, citations) for figure in figures), citations=citations.all(),
        warnings=(_DIFFERENT,),
    )  # fmt: skip


def _told(figure: Figure, library: Library) -> str:
    """The number with the place it stands in and the words around it."""
    place = f"“{figure.section[-1]}”部分" if figure.section else ""
    if figure.table is not None:
        return f"{place}表中，{statement(figure)}"
    start, end = stretch_of(library.source_text(figure.report), figure)
    words = repair(library.source_text(figure.report), start, end).text.strip().rstrip("。；")
    if len(words) > _LONGEST:
        return f"{place}，{statement(figure)}".lstrip("，")
    return f"{printed_value(figure)}，见{place}“{words}”"
