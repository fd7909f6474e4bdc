"""The ledger row that an elliptic question means, next to a row spoken of before.

失业保险参保人数 + 目标       -> the target of that indicator
养老保险参保人数 + 失业保险    -> the row named like it, with the new words in place of the old
扩岗补助 + 几家企业           -> the row of that kind of number in the same stretch of the sentence

Method: candidates share words with the new question or with the row before, or its place; they are ordered by a
fixed sum of how far they account for the new words, how near in name and place they are, and whether role, kind of
number, year and place agree. Weights are set by hand; what contradicts is no candidate.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from assistant.conversations.slots import COMPARED, Slots
from assistant.conversations.slots_held import entry_of, same_name
from assistant.conversations.vocabulary import vocabulary
from assistant.figures.coverage import Weighed, weigh
from assistant.figures.entries import Entry
from assistant.figures.lookup import contradicting_terms
from assistant.figures.matching import LEVELS, dimension_fit, plan_fit, role_fit, setter_fit
from assistant.figures.scope_check import covers_extent, covers_places
from assistant.library import Library
from assistant.places import stretch_of
from assistant.questions.question import Question
from assistant.questions.years import asked_years
from corpus.model import Figure

_EXTENT = re.compile(r"全[国省市区县]|[我本][省市局]|继续|保持|均|[居位列在]")
_NEAR_CHARACTERS = 260
_MOST_PLACES = 4
# What a candidate needs at least.
_WORDS_COVERED = 0.5
_WORDS_COVERED_NEARBY = 0.3
_WORDS_COVERED_ALONE = 0.7  # where nothing but these words is asked for
_SAID_BEFORE = 0.9  # words that the row before has in its name already say nothing new
_NAMED = 0.85  # so much of the words in a name makes up for a place far off
_NAME_ALIKE = 0.6
_NAME_HELD = 0.85
_PAIRS_OF_A_NAME = 3  # 新增 alone is no name of the same thing
# Kinds of number that say something of one thing only, whatever else its sentence holds.
_OF_ONE_THING = frozenset({"rank", "growth", "share", "completion_rate"})
_PLANNED = frozenset({"target", "actual"})  # the target of a thing bears its name, whatever else stands beside it
_SAME_NAME = 0.6


@dataclass(frozen=True, kw_only=True, slots=True)
class Kin:
    """A candidate with what makes it one; shares from 0 to 1."""

    figure: Figure
    named: float  # of the new words, by the name
    covered: float  # by name and stretch
    alike: float  # of the shorter name's pairs in the other's
    same_name: float  # how alike both names are
    beside: float  # nearness in place
    next: bool  # no other level is told between the two
    fit: float


def kin(slots: Slots, before: Figure, library: Library) -> Kin | None:
    """The best row for the new question next to `before`, wherever the report states that, or None."""
    own = entry_of(before, library)
    if own is None:
        return None
    here = list(_around(slots, own, library))
    told = [each for each in here if slots.asked.roles & _OF_ONE_THING and each.next and each.beside >= 1.0]
    elsewhere = [entry for entry in library.entries.of(before.report) if restates(entry, own)][: _MOST_PLACES - 1]
    found = told or [*here, *(each for place in elsewhere for each in _around(slots, place, library))]
    best = max(found, key=lambda each: (round(each.fit, 6), -each.figure.start), default=None)
    return None if best is None else replace(best, figure=in_table(best.figure, library))


def in_table(figure: Figure, library: Library) -> Figure:
    """The indicator table's row where it states the same, as everywhere in answers; else the row itself."""
    own = entry_of(figure, library)
    if own is None or figure.table is not None or figure.role not in LEVELS:
        return figure
    stated = (entry.figure for entry in library.entries.of(figure.report) if restates(entry, own))
    return next((each for each in stated if each.role == "actual"), figure)


def _around(slots: Slots, own: Entry, library: Library) -> Iterable[Kin]:
    """The rows that may be meant, seen from one place of the row before."""
    entries, before = library.entries, own.figure
    asked = _inherited(slots, before)
    weighed = weigh(slots.words, entries.weights)
    if weighed.covered(own.name) >= _SAID_BEFORE:
        slots, weighed = replace(slots, words=""), weigh("", entries.weights)
    near = {entry.figure.id: entry for entry in entries.near(weighed.pairs | own.name, (), [before.report])}
    near |= {entry.figure.id: entry for entry in entries.of(before.report) if _close(entry.figure, before)}
    years = _years(slots, asked, before, library)
    for entry in near.values():
        if entry.figure.id == before.id:
            continue
        if _possible(entry, own, slots, asked, years, library):
            each = _kin(entry, own, asked, weighed, library)
            if _enough(each, slots):
                yield each


def _inherited(slots: Slots, before: Figure) -> Question:
    """The new question with the role of the row before where it names none."""
    roles = slots.asked.roles
    if not roles and not slots.asked.dimensions and before.role in {"target", "growth", "share", "rank"}:
        roles = frozenset({before.role})
    return replace(slots.asked, roles=roles)


def _close(one: Figure, other: Figure) -> bool:
    return one.report == other.report and abs(one.start - other.start) <= _NEAR_CHARACTERS


def _years(slots: Slots, asked: Question, before: Figure, library: Library) -> tuple[int, ...]:
    if slots.year_shift and before.period and before.period[:4].isdigit():
        return (int(before.period[:4]) + slots.year_shift,)
    years = asked_years(asked, library.reports[before.report])
    told = before.period[:4] if before.period else ""
    alone = not slots.words and not slots.asked.roles
    if alone and asked.relative_years and [str(year) for year in years] == [told]:
        return (int(told) - 1,)  # 那去年呢 of a number of last year: the year before that
    return years


def _possible(
    entry: Entry, own: Entry, slots: Slots, asked: Question, years: tuple[int, ...], library: Library
) -> bool:
    """Whether nothing about a row contradicts the question or, where that says nothing, the row before."""
    if role_fit(asked, entry) <= -1 or dimension_fit(asked, entry) <= -1:
        return False
    if not years and plan_fit(asked, entry, library.entries) <= -1:
        return False
    if setter_fit(asked, entry) < 0:
        return False
    if slots.wish in COMPARED and entry.figure.base_unit != own.figure.base_unit:
        return False
    if restates(entry, own) and "actual" not in asked.roles:
        return False
    if years and entry.year not in years:
        return False
    if not years and entry.year != own.year and entry.figure.role != "target":
        return False
    if not slots.asked.roles and not slots.asked.dimensions and not years and not _same_kind(entry, own, slots):
        return False
    if contradicting_terms(asked, entry.name | entry.stretch | entry.around):
        return False
    return covers_places(asked, entry, library.entries) and covers_extent(asked, entry)


def restates(entry: Entry, own: Entry) -> bool:
    """Whether a row says what another says, at another place."""
    one, other = entry.figure, own.figure
    if one.id == other.id or one.base_value != other.base_value:
        return False
    if one.table is not None and one.table == other.table and one.row != other.row:
        return False  # another indicator of that value
    same = (one.base_value, one.base_unit, one.role == "target") == (
        other.base_value,
        other.base_unit,
        other.role == "target",
    )
    return (
        same
        and entry.year == own.year
        and len(entry.name & own.name) >= _SAME_NAME * min(len(entry.name), len(own.name))
    )


def _same_kind(entry: Entry, own: Entry, slots: Slots) -> bool:
    """Whether both are levels, targets or changes alike; of another unit only where other words are asked for."""
    levels = entry.nature in LEVELS and own.nature in LEVELS
    return (levels or entry.nature == own.nature) and (_kind(entry) == _kind(own) or not slots.bare)


def _kind(entry: Entry) -> str:
    return (entry.dimension or "").split("/")[0]


def _kin(entry: Entry, own: Entry, asked: Question, weighed: Weighed, library: Library) -> Kin:
    setter = setter_fit(asked, entry)
    settled = setter > 0 or not weighed.total
    name = 1.0 if settled else weighed.covered(entry.name)
    covered = 1.0 if settled else weighed.covered(entry.name, entry.stretch)
    shared = len(entry.name & own.name)
    alike = shared / max(min(len(entry.name), len(own.name)), _PAIRS_OF_A_NAME)
    alike_all = same_name(entry, own)
    named_before = weighed.covered(own.name)
    beside = _beside(entry.figure, own.figure, library)
    fit = (
        2.0 * (weighed.covered(entry.name) - named_before)
        + weighed.covered(entry.name, entry.stretch)
        + (1.0 if setter > 0 else 0.0)
        + 0.9 * alike
        + 1.0 * alike_all
        + beside
        + 0.6 * dimension_fit(asked, entry)
        + 0.5 * role_fit(asked, entry)
        + 0.5 * plan_fit(asked, entry, library.entries)
        + setter
        + (0.3 if _kind(entry) == _kind(own) else 0.0 if asked.dimensions or asked.roles else -0.6)
        - (0.5 if entry.in_words else 0.0)
    )
    return Kin(
        figure=entry.figure,
        named=name,
        covered=covered,
        alike=alike,
        same_name=alike_all,
        beside=beside,
        next=follows(entry.figure, own.figure, library),
        fit=fit,
    )


def _of_its_own(one: Figure, other: Figure) -> bool:
    """Whether a rank or a change names a thing of its own: 区域创新能力全国排名 behind 研发投入强度."""
    rest = one.name
    for pattern in vocabulary().roles.values():
        rest = pattern.sub("", rest)
    rest = _EXTENT.sub("", rest)
    return len(rest) > 1 and sum(character in other.name for character in rest) < len(rest) / 2


def follows(one: Figure, other: Figure, library: Library) -> bool:
    """Whether a row stands behind another as a rank or a change of it."""
    return behind(one, other, library) and not _of_its_own(one, other)


def behind(one: Figure, other: Figure, library: Library) -> bool:
    """Whether a row stands behind another without a level of something else between them."""
    return other.end <= one.start and not any(
        other.end <= figure.start < one.start and figure.role in LEVELS for figure in library.figures_of(one.report)
    )


def _beside(one: Figure, other: Figure, library: Library) -> float:
    """Nearness in the report: the same row of a table or stretch of a sentence 1, the same sentence or page less."""
    if one.table is not None and (one.table, one.row) == (other.table, other.row):
        return 1.0
    start, end = stretch_of(library.source_text(other.report), other)
    if start <= one.start < end:
        return 1.0
    if (one.sentence_start, one.sentence_end) == (other.sentence_start, other.sentence_end):
        return 0.7
    if one.table is not None and one.table == other.table:
        return 0.4
    return 0.4 if _close(one, other) and one.section == other.section else 0.0


def _enough(each: Kin, slots: Slots) -> bool:
    """Whether a candidate is near enough in name or place, and accounts for the new words."""
    asked = slots.asked
    if slots.bare:
        if slots.refers == "other":
            return each.beside >= 0.7
        if not asked.roles and not asked.dimensions:
            return each.same_name >= _SAME_NAME  # only another year or place
        named = each.alike >= _NAME_HELD or each.same_name >= _SAME_NAME
        if asked.roles & _PLANNED and not asked.roles - _PLANNED:
            return named or (each.beside >= 1.0 and each.alike >= _NAME_ALIKE)
        return named or (each.beside >= 1.0 and (each.next or not asked.roles & _OF_ONE_THING))
    least = _WORDS_COVERED_NEARBY if asked.roles or asked.dimensions or slots.wish else _WORDS_COVERED_ALONE
    if each.beside >= 0.7 or each.alike >= _NAME_ALIKE:
        return each.covered >= least
    return each.covered >= max(least, _WORDS_COVERED) and (
        each.alike > 0.2 or (each.named >= _NAMED and slots.elliptic)
    )
