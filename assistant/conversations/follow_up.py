"""What a question means in its conversation: follow-ups become questions that stand by themselves.

The state is rebuilt from the text of the turns each time; nothing is kept between calls. A question that stands
by itself is passed on as it is: a change of subject is no follow-up.
"""

from collections.abc import Callable, Sequence

from assistant.conversations.answers import again_draft, rows_draft, source_draft
from assistant.conversations.calculations import calculation_draft
from assistant.conversations.conversation import Turn
from assistant.conversations.kindred import in_table
from assistant.conversations.mentions import Memory, exchanges
from assistant.conversations.nearby import nearby, said_of
from assistant.conversations.passages import more_draft, names_draft, reason_draft, source_of_words_draft
from assistant.conversations.rows import (
    OF_INDICATOR,
    kin_of,
    last_question,
    mention_of,
    row_before,
    row_of,
    rows_of_both,
)
from assistant.conversations.slots import COMPUTED, Slots, read_slots
from assistant.conversations.slots_held import names_shared, place_held, precision, words_held
from assistant.conversations.understood import Understood
from assistant.conversations.units import converted_draft
from assistant.conversations.wishes import share_of_before, wish_understood
from assistant.conversations.wording import asked_of, beside_question, joined, question_of, with_slots
from assistant.draft import Draft
from assistant.figures.matching import dimension_fit
from assistant.library import Library
from corpus.model import Figure

# A row found without the conversation is taken where the question names so much of its name.
_NAMED_ENOUGH = 0.55
# An answer in words has to account for so much of what a follow-up adds.
_HELD_ENOUGH = 0.5
_SAME_NAME = 0.6
# A row found within the conversation for a question that does not point back: its share of the words, its nearness.
_COVERED = 0.7
_NEAR = 0.6
_SAME_STRETCH = 1.0
_TALK = frozenset({"thanks", "greeting", "ability", "about"})
NOTHING_MORE = "报告这一处没有更多内容了，不能再列出。可以换个说法，或问别的事项。"

DraftOf = Callable[[str], Draft]


def understand(question: str, history: Sequence[Turn], library: Library, draft_of: DraftOf) -> Understood:
    """The question in its conversation; `draft_of` answers a question that stands by itself."""
    alone = Understood(text=question.strip())
    slots, said = read_slots(question), exchanges(history)
    if not said or slots.new_topic or _small_talk(slots):
        return alone
    memory = Memory(said, library, lambda earlier, before: row_of(earlier, before, library))
    if slots.wish is not None:
        understood = wish_understood(slots, memory, library)
        if understood is not None:
            return understood
        if slots.wish in COMPUTED and slots.bare:
            return alone
    before = row_before(slots, memory) if slots.neighbours else None
    if before is not None:
        if near := nearby(slots, memory, library):
            return Understood(text=beside_question(near, before, library), rows=near, slots=slots)
        if not slots.for_companion and said_of(slots, before, library):
            slots = slots.without_words()
    if not slots.elliptic and (not slots.asked.wants_quantity or _stands_alone(slots, draft_of, memory, library)):
        return alone
    return _asked(slots, memory, library) or alone


def fulfil(understood: Understood, draft_of: DraftOf, library: Library) -> Draft:
    """The answer to a question that was understood."""
    slots, rows = understood.slots, understood.rows
    if understood.wish is None or slots is None:
        return rows_draft(rows, library) if rows else _held(understood, draft_of, library)
    if understood.wish == "more":
        further = more_draft(understood.told, rows, lambda: draft_of(understood.again), library)
        return further or Draft(status="refused", route="none", text=NOTHING_MORE)
    if not rows and understood.wish == "source":
        found = source_of_words_draft(understood.told, lambda: draft_of(understood.again), library)
        return found or draft_of(understood.again)
    if not rows:
        return draft_of(understood.again or understood.text)
    if understood.wish in COMPUTED:
        return calculation_draft(understood.wish, understood.text, rows, library)
    if understood.wish == "source":
        return source_draft(rows, library)
    if understood.wish == "convert":
        return converted_draft(rows[0], understood.unit, library)
    if understood.wish == "dispute":
        return again_draft(rows[0], slots.text, library)
    told = reason_draft if understood.wish in {"why", "use"} else names_draft
    found = told(rows[0], slots, library)
    return found or draft_of(understood.text)


def _small_talk(slots: Slots) -> bool:
    """Thanks, a greeting, a question about the assistant, and nothing else."""
    asked = slots.asked
    wanted = asked.roles or asked.dimensions or asked.years or slots.wish or slots.refers or slots.opens
    return bool(asked.intents & _TALK) and not wanted and not asked.wants_quantity


def _held(understood: Understood, draft_of: DraftOf, library: Library) -> Draft:
    """The answer by words alone; refused where its figure is not what the follow-up added to what was before."""
    draft = draft_of(understood.text)
    slots, before = understood.slots, understood.before
    row = library.figures.get(draft.figures[0].id or "") if draft.figures else None
    if slots is None or row is None:
        return draft
    if slots.is_bound or not _of_kind(slots, row, before, library):
        return _not_stated(understood)
    of_before = before is None or not slots.bare or names_shared(row, before, library) >= _SAME_NAME
    least = _HELD_ENOUGH if slots.asked.roles or slots.asked.dimensions else _COVERED
    if of_before and place_held(slots, row, library) and words_held(slots, row, library) >= least:
        return draft
    return _not_stated(understood)


def _not_stated(understood: Understood) -> Draft:
    text = f"报告没有写明“{understood.text.rstrip('？?')}”，不能作答。"
    return Draft(status="refused", route="none", text=text)


def _of_kind(slots: Slots, row: Figure, before: Figure | None, library: Library) -> bool:
    """Whether a row found by words is of the kind of number asked for, and not the one just told once more."""
    entry = library.entries.of_figure(row)
    told = before is not None and (row.base_value, row.base_unit) == (before.base_value, before.base_unit)
    return not told and (entry is None or dimension_fit(slots.asked, entry) >= 0)


def _stands_alone(slots: Slots, draft_of: DraftOf, memory: Memory, library: Library) -> bool:
    """Whether a question is answered without the conversation, and not better within it.

    Only a short question (岗位有多少) gives way to a row beside the one spoken of that fits it as well.
    """
    draft = draft_of(slots.text)
    row = library.figures.get(draft.figures[0].id or "") if draft.figures else None
    if draft.status == "answered" and (row is None or not slots.short):
        return True
    settled = len({(figure.value, figure.unit) for figure in draft.figures}) == 1
    if row is not None and settled and precision(slots, row, library) >= _NAMED_ENOUGH:
        return True
    here = kin_of(slots, memory, library)
    if here is None or here.named < _COVERED or max(here.beside, here.alike) < _NEAR:
        return draft.status == "answered" or share_of_before(slots, memory, library) is None
    return here.covered < (words_held(slots, row, library) if row is not None else _HELD_ENOUGH)


def _row_of(slots: Slots, memory: Memory, library: Library) -> Figure | None:
    """The row an elliptic question means; what names no subject at all is asked of the same stretch of the sentence."""
    if not slots.is_bound:
        return row_of(slots, memory, library)
    here = kin_of(slots, memory, library) if slots.asked.dimensions else None
    return here.figure if here is not None and here.beside >= _SAME_STRETCH else None


def _asked(slots: Slots, memory: Memory, library: Library) -> Understood | None:
    """An elliptic question for figures, by the row it means or in words."""
    if slots.refers == "both":
        rows = rows_of_both(slots, memory, library)
        if rows:
            return Understood(text=joined(rows, library), rows=rows, slots=slots)
    mention = mention_of(slots, memory)
    if mention is None:
        return None
    row = _row_of(slots, memory, library)
    whole = mention.slots.asked.roles & OF_INDICATOR if not slots.asked.roles else frozenset()
    if row is not None and whole:
        return Understood(text=asked_of(row, whole, library))
    if row is not None:
        return Understood(text=question_of(row, library), rows=(row,), slots=slots)
    if (share := share_of_before(slots, memory, library)) is not None:
        return share
    before = in_table(mention.row, library) if mention.row is not None else None
    text = with_slots(slots, before, last_question(memory, mention), library)
    return Understood(text=text, slots=slots, before=before)
