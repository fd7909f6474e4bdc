"""What is wanted of what was said before: its place, another unit, a reason, a second look, more, a calculation."""

import re
from dataclasses import replace

from assistant.computing.units import value_of
from assistant.conversations.kindred import kin
from assistant.conversations.mentions import Memory, Mention
from assistant.conversations.passages import names_draft, reason_draft
from assistant.conversations.rows import last_question, mention_of, row_before, rows_spoken_of
from assistant.conversations.slots import COMPUTED, Slots
from assistant.conversations.slots_held import words_held, words_of_all
from assistant.conversations.understood import Understood
from assistant.conversations.units import other_unit
from assistant.conversations.wording import about, calculation, named, quantity_named, question_of, wished
from assistant.library import Library
from corpus.model import Figure
from corpus.units import match_unit

_EACH = re.compile(r"每一?|平均(?:下来)?一")
_TURNED = re.compile(r"后者.*前者|后一个.*前一个|后面.*前面")
_BY_MONTH = re.compile(r"每(?:个)?月|月均")
_NAMED_BY_ALL = 0.6
_SAME_SENTENCE = 0.7
_HELD_ENOUGH = 0.7
# So few characters of its own leave a question for a reason or for names hanging on what was said before.
_FEW_CHARACTERS = 5


def wish_understood(slots: Slots, memory: Memory, library: Library) -> Understood | None:
    """The wish as a question that stands by itself, or None where it names something of its own."""
    mention = mention_of(slots, memory)
    if mention is None or slots.wish is None:
        return None
    if slots.wish in COMPUTED:
        return _computed(slots, memory, library)
    if slots.wish in {"source", "convert", "dispute"}:
        return _of_row(slots, memory, mention, library)
    return _of_passage(slots, memory, mention, library)


def _of_row(slots: Slots, memory: Memory, mention: Mention, library: Library) -> Understood | None:
    row = row_before(slots, memory)
    hanging = slots.bare or slots.elliptic or bool(slots.asked.numbers)
    if not hanging and len(slots.plain.replace(" ", "")) > _FEW_CHARACTERS:
        if row is None or words_held(slots, row, library) < _HELD_ENOUGH:
            return None
    elif row is not None and slots.wish != "convert" and not slots.bare:
        found = kin(slots, row, library)
        row = found.figure if found is not None and found.covered >= _HELD_ENOUGH else row
    if row is None:
        return _of_words(slots, memory, mention)
    unit = slots.unit or other_unit(row)
    if slots.wish == "convert":
        text = f"{named(row, library)}换算成{unit.printed if unit is not None else '别的单位'}是多少？"
    else:
        text = wished(quantity_named(row, library), slots.wish or "source")
    return Understood(text=text, rows=(row,), wish=slots.wish, unit=unit, slots=slots)


def _of_words(slots: Slots, memory: Memory, mention: Mention) -> Understood | None:
    """The wish over an earlier question without figures."""
    if slots.wish == "convert" or slots.wish is None:
        return None
    question = last_question(memory, mention)
    return Understood(
        text=wished(about(question), slots.wish),
        wish=slots.wish,
        slots=slots,
        again=question,
        told=mention.exchange.told,
    )


def _of_passage(slots: Slots, memory: Memory, mention: Mention, library: Library) -> Understood | None:
    row = row_before(slots, memory)
    if not slots.bare and slots.refers != "it" and len(slots.plain.replace(" ", "")) > _FEW_CHARACTERS:
        return None
    if not slots.bare and not slots.elliptic and not _told_of(row, slots, library):
        return None
    subject = named(row, library) if row is not None else about(last_question(memory, mention))
    own = slots.rest.strip(" ，,?？。") if not slots.bare else ""
    rows: tuple[Figure, ...] = (row,) if row is not None else ()
    if slots.wish == "more" and row is not None:
        rows = (row, *(each for each in mention.rows if each.id != row.id))
    return Understood(
        text=wished(subject, slots.wish or "more", own), rows=rows, wish=slots.wish, slots=slots,
        told=mention.exchange.told, again="" if row is not None else last_question(memory, mention),
    )  # fmt: skip


def _told_of(row: Figure | None, slots: Slots, library: Library) -> bool:
    """Whether the report's words around a row answer a question that does not point back."""
    if row is None or slots.wish not in {"why", "use", "names"}:
        return False
    return (names_draft if slots.wish == "names" else reason_draft)(row, slots, library) is not None


def _computed(slots: Slots, memory: Memory, library: Library) -> Understood | None:
    """A calculation over rows spoken of, as a question that names them."""
    before = row_before(slots, memory)
    if before is None or slots.wish is None:
        return None
    if slots.wish == "months" or _BY_MONTH.search(slots.text):
        found = kin(slots, before, library) if not slots.bare else None
        row = found.figure if found is not None else before
        ending = "领满一年是多少？" if slots.wish == "months" else "折合到每个月是多少？"
        return Understood(text=quantity_named(row, library) + ending, rows=(row,), wish=slots.wish, slots=slots)
    if slots.wish == "share" and slots.bare and slots.refers is None:
        stated = _stated_share(slots, before, library)
        if stated is not None:
            return stated
    pair = tuple(_of_the_year(row, library) for row in _operands(slots, before, memory, library))
    if len(pair) < 2 or words_of_all(slots, pair, library, by_name=slots.wish == "per") < _NAMED_BY_ALL:
        return None
    if _TURNED.search(slots.text):
        pair = pair[::-1]
    if slots.wish == "per":
        pair = _by_divisor(slots, pair)
    return Understood(text=calculation(slots.wish, pair, library), rows=pair, wish=slots.wish, slots=slots)


def _stated_share(slots: Slots, before: Figure, library: Library) -> Understood | None:
    """占总的百分之几: the share that the report states right behind the row, where it does."""
    asked = replace(slots, wish=None, asked=replace(slots.asked, roles=frozenset({"share"})))
    found = kin(asked, before, library)
    if found is None or not found.next or found.beside < 1.0:
        return None
    return Understood(text=question_of(found.figure, library), rows=(found.figure,), slots=asked)


def share_of_before(slots: Slots, memory: Memory, library: Library) -> Understood | None:
    """The share a part has of the row before, where the report states both and not the share."""
    before = row_before(slots, memory)
    if before is None or slots.bare or "share" not in slots.asked.roles:
        return None
    as_sum = replace(slots, wish="share", asked=replace(slots.asked, roles=frozenset(), dimensions=frozenset()))
    part = kin(as_sum, before, library)
    if part is None or part.named < _HELD_ENOUGH or value_of(part.figure) > value_of(before):
        return None
    pair = (part.figure, before)
    return Understood(text=calculation("share", pair, library), rows=pair, wish="share", slots=slots)


def _by_divisor(slots: Slots, pair: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """平均每场多少个岗位: what is counted in the unit behind 每 divides."""
    each = _EACH.search(slots.text)
    unit = match_unit(slots.text, each.end()) if each is not None else None
    return pair[::-1] if unit is not None and pair[0].base_unit == unit.base != pair[-1].base_unit else pair


def _of_the_year(row: Figure, library: Library) -> Figure:
    """The outcome of a table's indicator, where the same value is told there for a school year too."""
    indicator = library.indicator_of(row) if row.table is not None and row.role == "actual" else None
    first = library.figures[indicator.actual_figures[0]] if indicator and indicator.actual_figures else row
    return first if first.base_value == row.base_value else row


def _operands(slots: Slots, before: Figure, memory: Memory, library: Library) -> tuple[Figure, ...]:
    """The row before and the one named now (its target, another quantity), or the rows spoken of."""
    if slots.wish == "difference" and slots.bare and "超" in slots.text:
        target = kin(replace(slots, asked=replace(slots.asked, roles=frozenset({"target"}))), before, library)
        if target is not None:
            return before, target.figure
    spoken = rows_spoken_of(memory)
    if not slots.bare and len(spoken) == 2 and (named := _in_order(slots, spoken, library)):
        return named
    if slots.wish == "per":
        return _told_together(slots, before, spoken, library)
    if slots.refers != "both" and (slots.asked.roles - {"definition"} or not slots.bare):
        other = kin(slots, before, library)
        return (before, other.figure) if other is not None else ()
    return spoken[::-1] if slots.wish == "share" and slots.refers is None else spoken


def _told_together(slots: Slots, before: Figure, spoken: tuple[Figure, ...], library: Library) -> tuple[Figure, ...]:
    """For an average: the rows spoken of where one is counted in the unit asked for, else a row beside the last."""
    each = _EACH.search(slots.text)
    unit = match_unit(slots.text, each.end()) if each is not None else None
    if len(spoken) == 2 and unit is not None and unit.base in {row.base_unit for row in spoken}:
        return spoken
    other = kin(slots, before, library)
    return (before, other.figure) if other is not None and other.beside >= _SAME_SENTENCE else ()


def _in_order(slots: Slots, spoken: tuple[Figure, ...], library: Library) -> tuple[Figure, ...]:
    """The two rows spoken of where the question names both, in its order; else nothing."""
    held = [words_held(slots, row, library) for row in spoken]
    places = [_first_of(row.name, other.name, slots.text) for row, other in (spoken, spoken[::-1])]
    if min(places) < 0 or min(held) <= 0:
        return ()
    return spoken if places[0] < places[1] else spoken[::-1]


def _first_of(name: str, other: str, text: str) -> int:
    """Where a pair of characters that only one of two names has stands in the text; -1 where none does."""
    own = [name[at : at + 2] for at in range(len(name) - 1) if name[at : at + 2] not in other]
    return min((text.find(pair) for pair in own if pair in text), default=-1)
