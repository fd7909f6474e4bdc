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
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.conversations.kindred import behind, follows, restates
from assistant.conversations.mentions import Memory, Mention
from assistant.conversations.neighbours import Neighbour
from assistant.conversations.rows import mention_of, row_before
from assistant.conversations.slots import Slots
from assistant.conversations.slots_held import entry_of, same_name
from assistant.figures.coverage import weigh
from assistant.figures.entries import Entry
from assistant.figures.matching import LEVELS, dimension_fit
from assistant.library import Library
from assistant.places import stretch_of
from assistant.questions.years import asked_years
from corpus.model import Figure
from corpus.statements import run_up

# A target stands for the quantity where so much of the quantity's name is said there, and so much of its own name.
_NAME_HELD = 0.6
_NAME_ALIKE = 0.6
# Of several rows that fit one is meant where its name is so much more like that of the quantity.
_BY_FAR = 0.15
# Numbers of so many digits are no other quantity's by chance.
_TELLING_DIGITS = 4
_OWN_WORDS_HELD = 0.7
_LONGEST_UNHELD = 1
_MOST_TOLD = 2


def nearby(slots: Slots, memory: Memory, library: Library) -> tuple[Figure, ...]:
    """The rows that the neighbours asked for mean, in their order; empty where one of them is not to be told."""
    mention, before = mention_of(slots, memory), row_before(slots, memory)
    if mention is None or before is None:
        return ()
    found: list[Figure] = []
    for neighbour in slots.neighbours:
        own = entry_of(found[-1] if found else before, library)
        rows = _rows(neighbour, own, slots, mention, library) if own is not None else ()
        if not rows:
            return ()
        found += rows
    return tuple(found)


def _rows(neighbour: Neighbour, own: Entry, slots: Slots, mention: Mention, library: Library) -> tuple[Figure, ...]:
    if neighbour.by == "target":
        return _target(own, slots, mention, library)
    places = _places(own, library)
    if neighbour.by == "change":
        return _change(neighbour, places, slots, library)
    if neighbour.by == "column":
        return _only(_in_column(neighbour, places, library), own)
    return _companion(neighbour, places, slots, library)


def _target(own: Entry, slots: Slots, mention: Mention, library: Library) -> tuple[Figure, ...]:
    """The target of the year asked for, else of the next one, of the first row told that has one."""
    told = (entry_of(row, library) for row in mention.rows)
    for each in (own, *(entry for entry in told if entry is not None)):
        report = library.reports[each.figure.report]
        years = asked_years(slots.asked, report)
        aims = [
            entry
            for entry in library.entries.of(each.figure.report)
            if entry.figure.role == "target" and _in_years(entry, each, years) and _names(entry, each)
        ]
        like = [entry for entry in aims if entry.figure.base_unit == each.figure.base_unit]
        found = _only(like or aims, each)
        if found:
            return found
    return ()


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


def _places(own: Entry, library: Library) -> tuple[Entry, ...]:
    """The row and the others that state the same number of it, elsewhere in the report."""
    others = library.entries.of(own.figure.report)
    return (own, *(entry for entry in others if restates(entry, own) or _same_number(entry, own)))


def _same_number(entry: Entry, own: Entry) -> bool:
    one, other = entry.figure, own.figure
    digits = sum(character.isdigit() for character in other.printed)
    return (
        one.id != other.id
        and digits >= _TELLING_DIGITS
        and (one.base_value, one.base_unit, entry.year) == (other.base_value, other.base_unit, own.year)
        and (one.table is None or one.table != other.table)
    )


def _change(neighbour: Neighbour, places: Sequence[Entry], slots: Slots, library: Library) -> tuple[Figure, ...]:
    """The changes told right behind the number, the kind asked for first: 减少9381.48万元，下降8.38%."""
    for place in places:
        rows = [
            entry
            for entry in library.entries.of(place.figure.report)
            if _told_with(entry, place) and _is_change(neighbour, entry, place, library)
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


def _told_with(entry: Entry, place: Entry) -> bool:
    """Whether two rows stand in one sentence, or in one row of a table."""
    one, other = entry.figure, place.figure
    if one.table is not None or other.table is not None:
        return (one.table, one.row) == (other.table, other.row)
    return one.sentence_start == other.sentence_start


def _in_column(neighbour: Neighbour, places: Sequence[Entry], library: Library) -> list[Entry]:
    """The rows of the same table row, or sentence, whose column or name is of the kind asked for."""
    for place in places:
        rows = [
            entry
            for entry in library.entries.of(place.figure.report)
            if entry.figure.id != place.figure.id and _told_with(entry, place)
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
    for near in (_same_row, _same_stretch, _same_sentence, _same_paragraph):
        for place in places:
            fitting = [
                entry
                for entry in library.entries.of(place.figure.report)
                if entry.figure.id != place.figure.id and entry.nature in LEVELS and near(entry, place, library)
                and _is_kind(neighbour, entry) and dimension_fit(asked, entry) >= 0
                and _own_words(slots, entry, library)
            ]  # fmt: skip
            if fitting:
                best = max(dimension_fit(asked, entry) for entry in fitting)
                return _few([entry for entry in fitting if dimension_fit(asked, entry) == best], place)
    return ()


def _is_kind(neighbour: Neighbour, entry: Entry) -> bool:
    dimension = (entry.dimension or "").split("/")[0]
    return _is_told(neighbour.told, entry) and (not neighbour.dimensions or dimension in neighbour.dimensions | {""})


def _own_words(slots: Slots, entry: Entry, library: Library) -> bool:
    """Whether a row has the words that the question adds to the kind of neighbour."""
    if len(slots.beside) <= _LONGEST_UNHELD:
        return True
    return weigh(slots.beside, library.entries.weights).covered(entry.name, entry.stretch) >= _OWN_WORDS_HELD


def _only(rows: Iterable[Entry], own: Entry) -> tuple[Figure, ...]:
    """The row where all state one value, or the one named like the quantity by far; else none."""
    by_value: dict[tuple[str | None, str | None], Entry] = {}
    for entry in rows:
        by_value.setdefault((entry.figure.base_value, entry.figure.base_unit), entry)
    alike = sorted(by_value.values(), key=lambda entry: -same_name(entry, own))
    if len(alike) > 1 and same_name(alike[0], own) - same_name(alike[1], own) < _BY_FAR:
        return ()
    return tuple(entry.figure for entry in alike[:1])


def _few(rows: Sequence[Entry], own: Entry) -> tuple[Figure, ...]:
    """The row that is meant, else the two that may be, each to be told by its name."""
    return _only(rows, own) or (tuple(entry.figure for entry in rows) if len(rows) <= _MOST_TOLD else ())


def _same_row(entry: Entry, place: Entry, library: Library) -> bool:
    one, other = entry.figure, place.figure
    return one.table is not None and (one.table, one.row) == (other.table, other.row)


def _same_stretch(entry: Entry, place: Entry, library: Library) -> bool:
    if place.figure.table is not None:
        return False
    start, end = stretch_of(library.source_text(place.figure.report), place.figure)
    return start <= entry.figure.start < end


def _same_sentence(entry: Entry, place: Entry, library: Library) -> bool:
    return place.figure.table is None and entry.figure.sentence_start == place.figure.sentence_start


def _same_paragraph(entry: Entry, place: Entry, library: Library) -> bool:
    """Whether no line ends between two rows outside tables, in the text of the report."""
    one, other = entry.figure, place.figure
    if one.table is not None or other.table is not None:
        return False
    start, end = sorted((one.start, other.start))
    return "\n" not in library.source_text(other.report)[start:end]
