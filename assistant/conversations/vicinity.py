"""Where a quantity is told, and what stands around it: its row of a table, stretch, sentence and paragraph."""

from collections.abc import Iterable, Sequence

from assistant.conversations.kindred import restates
from assistant.conversations.slots_held import same_name
from assistant.figures.entries import Entry
from assistant.library import Library
from assistant.places import stretch_of
from corpus.model import Figure

# Of several rows that fit one is meant where its name is so much more like that of the quantity.
_BY_FAR = 0.15
# Numbers of so many digits are no other quantity's by chance.
_TELLING_DIGITS = 4
_MOST_TOLD = 2


def places_of(own: Entry, library: Library) -> tuple[Entry, ...]:
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


def told_with(entry: Entry, place: Entry) -> bool:
    """Whether two rows stand in one sentence, or in one row of a table."""
    one, other = entry.figure, place.figure
    if one.table is not None or other.table is not None:
        return (one.table, one.row) == (other.table, other.row)
    return one.sentence_start == other.sentence_start


def only_one(rows: Iterable[Entry], own: Entry) -> tuple[Figure, ...]:
    """The row where all state one value, or the one named like the quantity by far; else none."""
    by_value: dict[tuple[str | None, str | None], Entry] = {}
    for entry in rows:
        by_value.setdefault((entry.figure.base_value, entry.figure.base_unit), entry)
    alike = sorted(by_value.values(), key=lambda entry: -same_name(entry, own))
    if len(alike) > 1 and same_name(alike[0], own) - same_name(alike[1], own) < _BY_FAR:
        return ()
    return tuple(entry.figure for entry in alike[:1])


def at_most_two(rows: Sequence[Entry], own: Entry) -> tuple[Figure, ...]:
    """The row that is meant, else the two that may be, each to be told by its name; those behind the quantity first."""
    behind = [entry for entry in rows if entry.figure.start > own.figure.end]
    for some in (rows, behind):
        if found := only_one(some, own):
            return found
    some = behind or rows
    return tuple(entry.figure for entry in some) if len(some) <= _MOST_TOLD else ()


def same_row(entry: Entry, place: Entry, library: Library) -> bool:
    one, other = entry.figure, place.figure
    return one.table is not None and (one.table, one.row) == (other.table, other.row)


def same_stretch(entry: Entry, place: Entry, library: Library) -> bool:
    if place.figure.table is not None:
        return False
    start, end = stretch_of(library.source_text(place.figure.report), place.figure)
    return start <= entry.figure.start < end


def same_sentence(entry: Entry, place: Entry, library: Library) -> bool:
    return place.figure.table is None and entry.figure.sentence_start == place.figure.sentence_start


def same_paragraph(entry: Entry, place: Entry, library: Library) -> bool:
    """Whether no line ends between two rows outside tables, in the text of the report."""
    one, other = entry.figure, place.figure
    if one.table is not None or other.table is not None:
        return False
    start, end = sorted((one.start, other.start))
    return "\n" not in library.source_text(other.report)[start:end]
