"""What a question means in its conversation: follow-ups become questions that stand by themselves.

The state is rebuilt from the text of the turns each time; nothing is kept between calls. A question that stands
by itself is passed on as it is: a change of subject is no follow-up.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.conversation import Turn
from assistant.draft import Draft
from assistant.follow_up_answers import again_draft, converted_draft, rows_draft, source_draft
from assistant.follow_up_wording import about, named, quantity_named, question_of, wished, with_slots
from assistant.kindred import Kin, kin, precision, words_held
from assistant.library import Library
from assistant.mentions import Memory, Mention, exchanges
from assistant.slots import COMPUTED, Slots, Wish, read_slots
from corpus.model import Figure
from corpus.units import Unit

# A row found without the conversation is taken where the question names so much of its name.
_NAMED_ENOUGH = 0.55
_HELD_ENOUGH = 0.7

DraftOf = Callable[[str], Draft]


@dataclass(frozen=True, kw_only=True, slots=True)
class Understood:
    """`text` is the question as it stands by itself, shown to the user, and is looked up unless rows are known."""

    text: str
    rows: tuple[Figure, ...] = ()
    wish: Wish | None = None
    unit: Unit | None = None
    doubt: str = ""  # the words of a dispute
    again: str = ""  # the earlier question, where no row is known for it


def understand(question: str, history: Sequence[Turn], library: Library, draft_of: DraftOf) -> Understood:
    """The question in its conversation; `draft_of` answers a question that stands by itself."""
    alone = Understood(text=question.strip())
    slots, said = read_slots(question), exchanges(history)
    if not said or slots.new_topic:
        return alone
    memory = Memory(said, library, lambda earlier, before: _row(earlier, before, library))
    if slots.wish is not None:
        understood = _wished(slots, memory, library)
        if understood is not None:
            return understood
    if not slots.elliptic and not slots.asked.wants_quantity:
        return alone
    if not slots.elliptic and _stands_alone(slots, draft_of(question), memory, library):
        return alone
    return _asked(slots, memory, library) or alone


def fulfil(understood: Understood, draft_of: DraftOf, library: Library) -> Draft:
    """The answer to a question that was understood."""
    rows = understood.rows
    if not rows:
        return draft_of(understood.again or understood.text)
    if understood.wish == "source":
        return source_draft(rows, library)
    if understood.wish == "convert":
        return converted_draft(rows[0], understood.unit, library)
    if understood.wish == "dispute":
        return again_draft(rows[0], understood.doubt, library)
    return rows_draft(rows, library)


def _stands_alone(slots: Slots, draft: Draft, memory: Memory, library: Library) -> bool:
    """Whether a question is answered without the conversation, by a row it names, better than within it."""
    if draft.status == "clarify":
        return False
    row = library.figures.get(draft.figures[0].id or "") if draft.figures else None
    if draft.status == "answered" and row is None:
        return True
    if row is not None and precision(slots, row, library) >= _NAMED_ENOUGH:
        return True
    here = _kin(slots, memory, library)
    if here is None:
        return row is not None
    held = words_held(slots, here.figure, library)
    return held < (words_held(slots, row, library) if row is not None else _HELD_ENOUGH)


def _asked(slots: Slots, memory: Memory, library: Library) -> Understood | None:
    """An elliptic question for figures, by the row it means or in words."""
    if slots.refers == "both":
        rows = _of_both(slots, memory, library)
        if rows:
            return Understood(text=_joined(rows, library), rows=rows)
    mention = _mention(slots, memory)
    if mention is None:
        return None
    row = _row(slots, memory, library)
    if row is not None:
        return Understood(text=question_of(row, library), rows=(row,))
    words = not slots.bare
    return Understood(text=with_slots(slots, mention.row, mention.exchange.question, library, words=words))


def _joined(rows: Sequence[Figure], library: Library) -> str:
    if len(rows) == 1:
        return question_of(rows[0], library)
    return "和".join(quantity_named(row, library) for row in rows) + "各是多少？"


def _mention(slots: Slots, memory: Memory) -> Mention | None:
    """The exchange a question points back to: the last, the first, or the one that shares its words."""
    if slots.refers == "earliest":
        return memory.at(0)
    if slots.refers == "earlier" and not slots.bare:
        own = set(slots.words)
        recent = range(len(memory.said) - 1, max(-1, len(memory.said) - 7), -1)
        shared = {order: len(own & set(memory.said[order].question + memory.said[order].told)) for order in recent}
        return memory.at(max(shared, key=lambda order: (shared[order], order)))
    return memory.last()


def _before(slots: Slots, memory: Memory) -> Figure | None:
    """The row spoken of that a question starts from."""
    mention = _mention(slots, memory)
    if mention is None:
        return None
    if slots.refers in {"former", "latter"}:
        rows = _spoken_of(memory)
        if len(rows) > 1:
            return rows[0] if slots.refers == "former" else rows[1] if len(mention.rows) > 1 else rows[-1]
    return mention.row


def _spoken_of(memory: Memory) -> tuple[Figure, ...]:
    """The rows of the last exchange, or, where it told one, those asked for in the last two."""
    last, earlier = memory.last(), memory.last(2)
    if last is not None and len(last.rows) > 1 and last.row is not None:
        return last.rows
    both = [mention.row for mention in (earlier, last) if mention is not None and mention.row is not None]
    return tuple({row.id: row for row in both}.values())


def _kin(slots: Slots, memory: Memory, library: Library) -> Kin | None:
    before = _before(slots, memory)
    return kin(slots, before, library) if before is not None else None


def _row(slots: Slots, memory: Memory, library: Library) -> Figure | None:
    """The row an elliptic question means: one akin to the row before, or that row itself."""
    before = _before(slots, memory)
    if before is None:
        return None
    found = kin(slots, before, library)
    if found is not None:
        return found.figure
    asks_anew = slots.asked.roles or slots.asked.dimensions or slots.asked.years or slots.asked.relative_years
    same = slots.bare and not asks_anew and slots.refers in {"former", "latter", "earliest", "pronoun", "earlier"}
    return before if same else None


def _of_both(slots: Slots, memory: Memory, library: Library) -> tuple[Figure, ...]:
    rows = _spoken_of(memory)[:2]
    if not slots.asked.roles and not slots.asked.years:
        return rows
    found = [kin(slots, row, library) for row in rows]
    return tuple({each.figure.id: each.figure for each in found if each is not None}.values())


def _wished(slots: Slots, memory: Memory, library: Library) -> Understood | None:
    """What is wanted of what was said before, or None where the wish names something of its own."""
    mention = _mention(slots, memory)
    if mention is None or slots.wish is None:
        return None
    before = _before(slots, memory)
    if slots.wish in COMPUTED:
        return _computed(slots, memory, library)
    if slots.wish in {"source", "convert", "dispute"} and before is not None:
        row = before
        if not slots.bare and slots.wish != "convert":
            found = kin(slots, before, library)
            row = found.figure if found is not None and found.covered >= _HELD_ENOUGH else before
        text = f"{named(row, library)}换算成{slots.unit.printed if slots.unit else '个位'}是多少？"
        text = text if slots.wish == "convert" else wished(quantity_named(row, library), slots.wish)
        return Understood(text=text, rows=(row,), wish=slots.wish, unit=slots.unit, doubt=slots.text)
    if slots.wish in {"why", "how", "more", "names"} and (slots.bare or slots.elliptic):
        subject = named(before, library) if before is not None else about(mention.exchange.question)
        return Understood(text=wished(subject, slots.wish))
    return None


def _computed(slots: Slots, memory: Memory, library: Library) -> Understood | None:
    """A calculation over rows spoken of, as a question that names them."""
    before = _before(slots, memory)
    if before is None:
        return None
    other = kin(slots, before, library) if slots.asked.roles or not slots.bare else None
    pair = (before, other.figure) if other is not None else _spoken_of(memory)
    if len(pair) < 2:
        return None
    one, two = (quantity_named(row, library) for row in pair[-2:])
    if slots.wish == "sum":
        return Understood(text=f"{'、'.join(quantity_named(row, library) for row in pair)}合计多少？")
    if slots.wish == "multiple":
        return Understood(text=f"{one}是{two}的多少倍？")
    if slots.wish == "difference":
        return Understood(text=f"{one}与{two}相差多少？")
    return Understood(text=f"{one}平均每{two}是多少？")
