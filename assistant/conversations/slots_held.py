"""How far a ledger row has what a question of a conversation says: its words, its places, another row's name."""

from collections.abc import Iterable

from assistant.conversations.slots import Slots
from assistant.figures.coverage import pairs_of, weigh
from assistant.figures.entries import Entry
from assistant.figures.scope_check import covers_places
from assistant.library import Library
from corpus.model import Figure


def same_name(one: Entry, other: Entry) -> float:
    """Sørensen-Dice of two names, over pairs and over characters alike: 参加失业保险人数 and 失业保险参保人数."""
    pairs = 2 * len(one.name & other.name) / ((len(one.name) + len(other.name)) or 1)
    mine, theirs = set("".join(one.name)), set("".join(other.name))
    return (pairs + 2 * len(mine & theirs) / ((len(mine) + len(theirs)) or 1)) / 2


def names_shared(one: Figure, other: Figure, library: Library) -> float:
    """How alike two rows are named, 0 to 1."""
    mine, theirs = (entry_of(figure, library) for figure in (one, other))
    if mine is None or theirs is None:
        return 0.0
    return same_name(mine, theirs)


def words_held(slots: Slots, figure: Figure, library: Library) -> float:
    """The share of a question's own words that a row's name and stretch account for; 1 where it has none."""
    entry = entry_of(figure, library)
    if slots.bare:
        return 1.0
    weighed = weigh(slots.words, library.entries.weights)
    return weighed.covered(entry.name, entry.stretch) if entry is not None else 0.0


def words_of_all(slots: Slots, figures: Iterable[Figure], library: Library, *, by_name: bool) -> float:
    """The share of a question's own words that several rows account for, by name or also by their stretches."""
    if slots.bare:
        return 1.0
    entries = [entry for figure in figures if (entry := entry_of(figure, library)) is not None]
    return weigh(slots.words, library.entries.weights).covered(
        *(entry.name if by_name else entry.name | entry.stretch for entry in entries)
    )


def place_held(slots: Slots, figure: Figure, library: Library) -> bool:
    """Whether a row, or the title of its report, has the places that a question names."""
    entry = entry_of(figure, library)
    return entry is None or covers_places(slots.asked, entry, library.entries)


def precision(slots: Slots, figure: Figure, library: Library) -> float:
    """The share of a row's name that the question's own words mention."""
    entry = entry_of(figure, library)
    if entry is None:
        return 0.0
    said = pairs_of(slots.asked.content)
    weights = library.entries.weights
    total = weights.total(entry.name)
    return weights.total(entry.name & said) / total if total else 0.0


def entry_of(figure: Figure, library: Library) -> Entry | None:
    return library.entries.of_figure(figure)
