"""The rows beside a quantity just told that a short question asks for: its target, its change, a part of it.

改造老旧小区216个，惠及居民4.37万户 + 多少家跟着沾光   -> 惠及居民 4.37万户
执业药师81.43万人，同比增加2.5万人   + 比前一年多了几个  -> 同比增加 2.5万人
公务接待费 | 预算 33.60 | 决算 13.51   + 原来批了多少      -> 预算 33.60

Method: the places that state the quantity are gone through from near to far: the row of the table, the stretch of the
sentence, the sentence, the paragraph. In the first of them with rows of the kind asked for, exactly one has to fit;
of several the one whose name is like that of the quantity by far. A target may stand anywhere in the report, under
the name of the quantity.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.conversations.kindred import behind, follows
from assistant.conversations.mentions import Memory, Mention
from assistant.conversations.neighbours import Neighbour
from assistant.conversations.rows import mention_of, row_before
from assistant.conversations.slots import Slots
from assistant.conversations.slots_held import entry_of
from assistant.conversations.vicinity import (
    at_most_two,
    only_one,
    places_of,
    same_paragraph,
    same_row,
    same_sentence,
    same_stretch,
    told_with,
)  # fmt: skip
from assistant.figures.coverage import pairs_of, weigh
from assistant.figures.entries import Entry
from assistant.figures.matching import LEVELS, dimension_fit
from assistant.library import Library
from assistant.questions.years import asked_years
from corpus.model import Figure
from corpus.statements import run_up

# A target stands for the quantity where so much of the quantity's name is said there, and so much of its own name.
_NAME_HELD = 0.6
_NAME_ALIKE = 0.6
_OWN_WORDS_HELD = 0.7
_LONGEST_UNHELD = 1
_PAIRS_OF_ONE_SUBJECT = 2


def nearby(slots: Slots, memory: Memory, library: Library) -> tuple[Figure, ...]:
    """The rows that the neighbours asked for mean, in their order; empty where one of them is not to be told."""
    mention, before = mention_of(slots, memory), row_before(slots, memory)
    if mention is None or before is None or not said_of(slots, before, library):
        return ()
    found: list[Figure] = []
    for neighbour in slots.neighbours:
        own = entry_of(found[-1] if found else before, library)
        rows = _rows(neighbour, own, slots, mention, library) if own is not None else ()
        if not rows:
            return ()
        found += rows
    return tuple(found)


def said_of(slots: Slots, before: Figure, library: Library) -> bool:
    """Whether what a question says beside its target or change is of the name of the quantity: 今年想更新多少."""
    own = entry_of(before, library)
    if own is None or len(slots.beside) <= _LONGEST_UNHELD or slots.for_companion:
        return own is not None
    return pairs_of(slots.beside) <= own.name


def _rows(neighbour: Neighbour, own: Entry, slots: Slots, mention: Mention, library: Library) -> tuple[Figure, ...]:
    if neighbour.by == "target":
        return _target(own, slots, mention, library)
    places = places_of(own, library)
    if neighbour.by == "change":
        return _change(neighbour, places, slots, library)
    if neighbour.by == "column":
        return only_one(_in_column(neighbour, places, library), own)
    return _companion(neighbour, places, slots, library)


def _target(own: Entry, slots: Slots, mention: Mention, library: Library) -> tuple[Figure, ...]:
    """The target of the year asked for, else of the next one, of the first row told that has one."""
    told = (entry_of(row, library) for row in mention.rows)
    for each in (own, *(entry for entry in told if entry is not None)):
        report = library.reports[each.figure.report]
        years = asked_years(slots.asked, report)
        named = [
            entry
            for entry in library.entries.of(each.figure.report)
            if _in_years(entry, each, years) and _names(entry, each)
        ]
        aims = [entry for entry in named if entry.figure.role == "target"]
        like = [entry for entry in aims if entry.figure.base_unit == each.figure.base_unit]
        if found := only_one(like or aims or [entry for entry in named if _is_planned(entry, each)], each):
            return found
    return ()


def _is_planned(entry: Entry, own: Entry) -> bool:
    """Whether a level of a year after that of the quantity, told as none of its targets, can only be planned."""
    later = entry.year is not None and own.year is not None and entry.year > own.year
    return later and entry.nature in LEVELS and entry.figure.base_unit == own.figure.base_unit


def _in_years(entry: Entry, own: Entry, years: Sequence[int]) -> bool:
    if years:
        return entry.year in years
    return entry.year is not None and own.year is not None and entry.year > own.year


def _names(aim: Entry, own: Entry) -> bool:
    """Whether a target speaks of the quantity: it says its name, and has no other name of its own."""
    name = {pair for pair in own.name if pair.isalnum()}
    held = len(name & (aim.name | aim.stretch)) / (len(name) or 1)
    alike = len(name & aim.name) / (min(len(name), len(aim.name)) or 1)
    return held >= _NAME_HELD and alike >= _NAME_ALIKE


def _change(neighbour: Neighbour, places: Sequence[Entry], slots: Slots, library: Library) -> tuple[Figure, ...]:
    """The changes told right behind the number, the kind asked for first: 减少9381.48万元，下降8.38%."""
    for place in places:
        rows = [
            entry
            for entry in library.entries.of(place.figure.report)
            if told_with(entry, place) and _is_change(neighbour, entry, place, library)
        ]
        if rows:
            percent = slots.asked.percent_change or "percent" in slots.asked.dimensions
            rows.sort(key=lambda entry: (entry.dimension == "percent") != percent)
            return tuple(entry.figure for entry in rows[: 1 if percent else 2])
    return ()


def _is_change(neighbour: Neighbour, entry: Entry, place: Entry, library: Library) -> bool:
    figure, other = entry.figure, place.figure
    if neighbour.told is not None and neighbour.told.search(figure.name) and entry.nature in LEVELS:
        return behind(figure, other, library)
    against_else = _is_told(neighbour.told_not, entry)
    return figure.role == "growth" and follows(figure, other, library) and not against_else


def _in_column(neighbour: Neighbour, places: Sequence[Entry], library: Library) -> list[Entry]:
    """The rows of the same table row, or sentence, whose column or name is of the kind asked for."""
    for place in places:
        rows = [
            entry
            for entry in library.entries.of(place.figure.report)
            if entry.figure.id != place.figure.id and told_with(entry, place)
            and entry.figure.base_unit == place.figure.base_unit and entry.figure.role != "growth"
            and _is_told(neighbour.told, entry, by_column=True)
            and not _is_told(neighbour.told_not, entry, by_column=True)
        ]  # fmt: skip
        if rows:
            return rows
    return []


def _is_told(pattern: re.Pattern[str] | None, entry: Entry, *, by_column: bool = False) -> bool:
    figure = entry.figure
    text = (figure.column or figure.name) if by_column else f"{figure.name}{figure.column or ''}{run_up(figure)}"
    return pattern is not None and pattern.search(text) is not None


def _companion(neighbour: Neighbour, places: Sequence[Entry], slots: Slots, library: Library) -> tuple[Figure, ...]:
    """The row of the kind asked for in the nearest stretch of text around the quantity that has one."""
    asked = replace(slots.asked, roles=frozenset())
    years = asked_years(asked, library.reports[places[0].figure.report])
    for near in (same_row, same_stretch, same_sentence, same_paragraph):
        for place in places:
            fitting = [
                entry
                for entry in library.entries.of(place.figure.report)
                if entry.figure.id != place.figure.id and near(entry, place, library)
                and _is_kind(neighbour, entry, place) and dimension_fit(asked, entry) >= 0
                and _own_words(slots, entry, library) and (not years or entry.year in years)
                and (near is not same_paragraph or not neighbour.bound or _of_one_subject(entry, place))
            ]  # fmt: skip
            if fitting:
                best = max(dimension_fit(asked, entry) for entry in fitting)
                return at_most_two([entry for entry in fitting if dimension_fit(asked, entry) == best], place)
    return ()


def _is_kind(neighbour: Neighbour, entry: Entry, place: Entry) -> bool:
    """Whether a row is told as such a neighbour is, and is of such a kind of number, or of that of the quantity."""
    if neighbour.same_kind:
        named = f"{entry.figure.name}{entry.figure.column or ''}{entry.figure.period or ''}"
        levels = entry.nature in LEVELS and place.nature in LEVELS
        told = neighbour.told is not None and neighbour.told.search(named) is not None
        return told and entry.figure.base_unit == place.figure.base_unit and (levels or entry.nature == place.nature)
    dimension = (entry.dimension or "").split("/")[0]
    fitting = not neighbour.dimensions or dimension in neighbour.dimensions
    again = entry.figure.base_value == place.figure.base_value
    return entry.nature in LEVELS and fitting and not again and _is_told(neighbour.told, entry)


def _of_one_subject(entry: Entry, place: Entry) -> bool:
    """Whether the names of two rows share a word of more than two characters, or two."""
    return len(entry.name & place.name) >= _PAIRS_OF_ONE_SUBJECT


def _own_words(slots: Slots, entry: Entry, library: Library) -> bool:
    """Whether a row has the words that the question adds to the kind of neighbour."""
    if len(slots.beside) <= _LONGEST_UNHELD:
        return True
    return weigh(slots.beside, library.entries.weights).covered(entry.name, entry.stretch) >= _OWN_WORDS_HELD
