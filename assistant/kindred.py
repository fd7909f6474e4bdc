"""The ledger row that an elliptic question means, next to a row spoken of before.

失业保险参保人数 + 目标       -> the target of that indicator
养老保险参保人数 + 失业保险    -> the row named like it, with the new words in place of the old
扩岗补助 + 几家企业           -> the row of that kind of number in the same stretch of the sentence

Method: candidates share words with the new question or with the row before, or its place; they are ordered by a
fixed sum of how far they account for the new words, how near in name and place they are, and whether role, kind of
number, year and place agree. Weights are set by hand; what contradicts is no candidate.
"""

from dataclasses import dataclass, replace

from assistant.coverage import Weighed, pairs_of, weigh
from assistant.entries import Entry
from assistant.library import Library
from assistant.matching import LEVELS, dimension_fit, plan_fit, role_fit, setter_fit
from assistant.places import stretch_of
from assistant.question import Question
from assistant.scope_check import covers_extent, covers_places
from assistant.slots import Slots
from assistant.years import asked_years
from corpus.model import Figure

_NEAR_CHARACTERS = 260
# What a candidate needs at least.
_WORDS_COVERED = 0.5
_WORDS_COVERED_NEARBY = 0.3
_NAME_ALIKE = 0.6


@dataclass(frozen=True, kw_only=True, slots=True)
class Kin:
    """A candidate with what makes it one; shares from 0 to 1."""

    figure: Figure
    covered: float  # of the new words, by name and stretch
    alike: float  # of the shorter name's pairs in the other's
    beside: float  # nearness in place
    fit: float


def kin(slots: Slots, before: Figure, library: Library) -> Kin | None:
    """The best row for the new question next to `before`, or None where nothing fits."""
    entries = library.entries
    asked = _inherited(slots, before)
    weighed = weigh(slots.words, entries.weights)
    own = next(entry for entry in entries.entries if entry.figure.id == before.id)
    near = {entry.figure.id: entry for entry in entries.near(weighed.pairs | own.name)}
    near |= {entry.figure.id: entry for entry in entries.entries if _close(entry.figure, before)}
    years = _years(slots, asked, before, library)
    found = [
        _kin(entry, own, asked, weighed, library)
        for entry in near.values()
        if entry.figure.report == before.report
        and entry.figure.id != before.id
        and _possible(entry, own, slots, asked, years, library)
    ]
    good = [each for each in found if _enough(each, slots)]
    return max(good, key=lambda each: (round(each.fit, 6), -each.figure.start), default=None)


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
    return asked_years(asked, library.reports[before.report])


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
    if years and entry.year not in years:
        return False
    if not years and entry.year != own.year and entry.figure.role != "target":
        return False
    if not slots.asked.roles and not slots.asked.dimensions and not _same_kind(entry, own) and not years:
        return False
    return covers_places(asked, entry, library.entries) and covers_extent(asked, entry)


def _same_kind(entry: Entry, own: Entry) -> bool:
    levels = entry.nature in LEVELS and own.nature in LEVELS
    return entry.dimension == own.dimension and (levels or entry.nature == own.nature)


def _kin(entry: Entry, own: Entry, asked: Question, weighed: Weighed, library: Library) -> Kin:
    name = weighed.covered(entry.name)
    covered = weighed.covered(entry.name, entry.stretch) if weighed.total else 0.0
    alike = len(entry.name & own.name) / (min(len(entry.name), len(own.name)) or 1)
    beside = _beside(entry.figure, own.figure, library)
    fit = (
        2.0 * name
        + covered
        + 1.2 * alike
        + 0.4 * len(entry.name & own.name) / (len(entry.name | own.name) or 1)
        + beside
        + 0.6 * dimension_fit(asked, entry)
        + 0.5 * role_fit(asked, entry)
        + 0.5 * plan_fit(asked, entry, library.entries)
        + setter_fit(asked, entry)
        + (0.3 if entry.dimension == own.dimension else 0.0)
        - (0.5 if entry.in_words else 0.0)
    )
    return Kin(figure=entry.figure, covered=covered, alike=alike, beside=beside, fit=fit)


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
    if slots.bare:
        return each.alike >= _NAME_ALIKE or each.beside >= 1.0
    if each.beside >= 0.7 or each.alike >= _NAME_ALIKE:
        return each.covered >= _WORDS_COVERED_NEARBY
    return each.covered >= _WORDS_COVERED and each.alike > 0.2


def words_held(slots: Slots, figure: Figure, library: Library) -> float:
    """The share of a question's own words that a row's name and stretch account for; 1 where it has none."""
    if slots.bare:
        return 1.0
    entry = next((each for each in library.entries.entries if each.figure.id == figure.id), None)
    weighed = weigh(slots.words, library.entries.weights)
    return weighed.covered(entry.name, entry.stretch) if entry is not None else 0.0


def precision(slots: Slots, figure: Figure, library: Library) -> float:
    """The share of a row's name that the question's own words mention."""
    entry = next((each for each in library.entries.entries if each.figure.id == figure.id), None)
    if entry is None or not entry.name:
        return 0.0
    said = pairs_of(slots.asked.content)
    weights = library.entries.weights
    total = sum(weights.of(pair) for pair in entry.name)
    return sum(weights.of(pair) for pair in entry.name & said) / total if total else 0.0
