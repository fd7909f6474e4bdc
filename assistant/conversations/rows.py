"""Whom an elliptic question means: the earlier exchange it points back to, and the row it asks for from there."""

from assistant.conversations.kindred import Kin, kin
from assistant.conversations.mentions import LOOK_BACK, Memory, Mention
from assistant.conversations.slots import Slots, read_slots
from assistant.library import Library
from corpus.model import Figure

# Asked of an indicator as a whole, not of one of its rows.
OF_INDICATOR = frozenset({"met", "definition"})


def mention_of(slots: Slots, memory: Memory) -> Mention | None:
    """The exchange a question points back to: the last, the first, or the one that shares its words."""
    if not memory.said:
        return None
    if slots.refers == "earliest":
        return memory.at(0)
    if slots.refers == "earlier" and not slots.bare:
        recent = range(len(memory.said) - 1, max(-1, len(memory.said) - 1 - LOOK_BACK), -1)
        own = set(slots.words)
        shared = {order: len(own & set(memory.said[order].question + memory.said[order].told)) for order in recent}
        return memory.at(max(shared, key=lambda order: (shared[order], order)))
    if slots.refers == "former" and len(memory.said) > 1 and not _told_several(memory.last()):
        return memory.last(2)
    return memory.last()


def row_before(slots: Slots, memory: Memory) -> Figure | None:
    """The row spoken of that a question starts from."""
    mention = mention_of(slots, memory)
    if mention is None:
        return None
    if slots.refers in {"former", "latter"} and _told_several(mention):
        return mention.rows[0] if slots.refers == "former" else mention.rows[1]
    return mention.row


def rows_spoken_of(memory: Memory) -> tuple[Figure, ...]:
    """The rows of the last exchange where it told several of a kind, else those asked for in the last two."""
    last, earlier = memory.last(), memory.last(2)
    if last is not None and _told_several(last):
        return last.rows
    both = [mention.row for mention in (earlier, last) if mention is not None and mention.row is not None]
    return tuple({row.id: row for row in both}.values())


def _told_several(mention: Mention | None) -> bool:
    """Whether an exchange was about several rows of one kind rather than one row with more beside it."""
    if mention is None or len(mention.rows) < 2 or mention.row is None:
        return False
    return "each" in mention.slots.asked.intents or all(row.base_unit == mention.row.base_unit for row in mention.rows)


def kin_of(slots: Slots, memory: Memory, library: Library) -> Kin | None:
    before = row_before(slots, memory)
    return kin(slots, before, library) if before is not None else None


def row_of(slots: Slots, memory: Memory, library: Library) -> Figure | None:
    """The row an elliptic question means: one akin to the row before, or that row itself."""
    before = row_before(slots, memory)
    if before is None or slots.asked.roles & OF_INDICATOR:
        return None
    found = kin(slots, before, library)
    if found is not None:
        return found.figure
    asked = slots.asked
    asks_anew = asked.roles or asked.dimensions or asked.years or asked.relative_years or slots.year_shift
    pointed = slots.refers in {"former", "latter", "earliest", "earlier", "it", "that"}
    return before if slots.bare and pointed and not asks_anew else None


def rows_of_both(slots: Slots, memory: Memory, library: Library) -> tuple[Figure, ...]:
    """The rows asked for from the two spoken of; one row may speak of both."""
    rows = rows_spoken_of(memory)[-2:]
    if not slots.asked.roles and not slots.asked.years and not slots.asked.relative_years:
        return rows
    found = [kin(slots, row, library) for row in rows]
    return tuple({each.figure.id: each.figure for each in found if each is not None}.values())


def last_question(memory: Memory, mention: Mention) -> str:
    """The last question up to an exchange that stands by itself, as it was typed."""
    order = memory.said.index(mention.exchange)
    for back in range(order, max(-1, order - LOOK_BACK), -1):
        slots = read_slots(memory.said[back].question)
        if not slots.elliptic and slots.wish is None:
            return memory.said[back].question
    return mention.exchange.question
