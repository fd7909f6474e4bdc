"""A text whose figures are taken out: for each a slot such as {F1}, filled again by code and by nothing else.

2022年，养老机构为1286家[1]。   ->   2022年，养老机构为{F1}[1]。
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.figures.phrases import printed_value, with_unit
from corpus.model import Figure
from corpus.quantities import scan
from corpus.units import qualifiers

SLOT = re.compile(r"\{([A-Z]\d{1,3})\}")
_MARK = re.compile(r"\[(\d{1,3})\]")
_NOUN = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """A placeholder for a ledger row, or for words of a computation (figure None) that only code can write."""

    key: str
    figure: Figure | None
    shown: str  # what it is filled with
    name: str
    role: str
    period: str | None
    scope: str | None
    unit: str | None
    citation: int | None  # the answer's mark of the place that states it
    required: bool  # whether the answer is incomplete without it


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its slots filled; `spans` are the ranges of the fillings in it, in order."""

    text: str
    spans: tuple[tuple[int, int, Slot], ...]


def fill(text: str, slots: Mapping[str, Slot]) -> Filled:
    """The text with every known slot filled; an unknown one stays as it stands."""
    pieces: list[str] = []
    spans: list[tuple[int, int, Slot]] = []
    last = length = 0
    for match in SLOT.finditer(text):
        slot = slots.get(match[1])
        if slot is None:
            continue
        shown = _shown(slot, text[match.end() :])
        pieces += [text[last : match.start()], shown]
        at = length + match.start() - last
        spans.append((at, at + len(shown), slot))
        last, length = match.end(), at + len(shown)
    return Filled("".join((*pieces, text[last:])), tuple(spans))


def _shown(slot: Slot, following: str) -> str:
    """The unit a report leaves to the noun is left to it here too, where the noun follows: 7.3万|城镇登记失业人员."""
    if slot.figure is None or len(following) < _NOUN:
        return slot.shown
    sentence = re.sub(r"\s", "", slot.figure.sentence)
    printed = re.sub(r"\s", "", slot.figure.printed)
    return printed_value(slot.figure) if printed + following[:_NOUN] in sentence else slot.shown


def mask(text: str, slots: Sequence[Slot]) -> str | None:
    """The text with its figures as slots; None where a number is left that no slot accounts for."""
    covered: list[tuple[int, int, str]] = []
    named = _spans(text, numbered([name for slot in slots for name in names_of(slot)]))
    for start, end in _words_of_code(text, slots):
        covered.append((start, end, next(slot.key for slot in slots if slot.shown == text[start:end])))
    for numeral in scan(text):
        if numeral.numeral_class != "figure" or any(low <= numeral.start < high for low, high, _ in covered):
            continue
        if _is_mark(text, numeral.start) or any(low <= numeral.start < high for low, high in named):
            continue
        found = _slot_at(text, numeral.start, slots)
        if found is None:
            return None
        covered.append(found)
    for start, end, key in sorted(covered, reverse=True):
        text = f"{text[:start]}{{{key}}}{text[end:]}"
    return text


def _words_of_code(text: str, slots: Sequence[Slot]) -> list[tuple[int, int]]:
    """Where the fillings that are no ledger rows stand."""
    fixed = [slot.shown for slot in slots if slot.figure is None and slot.shown]
    if not fixed:
        return []
    pattern = "|".join(re.escape(words) for words in sorted(fixed, key=len, reverse=True))
    return [match.span() for match in re.finditer(pattern, text)]


def _is_mark(text: str, at: int) -> bool:
    return any(match.start() <= at < match.end() for match in _MARK.finditer(text))


def _slot_at(text: str, at: int, slots: Sequence[Slot]) -> tuple[int, int, str] | None:
    """The longest filling that covers a place; among equals the one whose citation follows."""
    following = _MARK.search(text, at)
    mark = int(following[1]) if following else None
    found = [
        (end - start, slot.citation == mark, start, end, slot.key)
        for slot in slots
        if slot.figure is not None
        for start, end in _occurrences(text, at, slot)
    ]
    if not found:
        return None
    _, _, start, end, key = max(found, key=lambda each: each[:2])
    return start, end, key


def names_of(slot: Slot) -> tuple[str, ...]:
    """What a slot's figure is called, as printed."""
    figure = slot.figure
    return (slot.name,) if figure is None else (slot.name, figure.name, figure.indicator or "")


def numbered(names: Sequence[str]) -> tuple[str, ...]:
    """The parts of names where a numeral stands that is no figure by itself: 九年义务|教育巩固率."""
    return tuple(dict.fromkeys(part for name in names for part in _numbered(name)))


@lru_cache(maxsize=1024)
def _numbered(name: str) -> tuple[str, ...]:
    parts = ((numeral, name[numeral.start : numeral.end + _NOUN]) for numeral in scan(name))
    return tuple(part for numeral, part in parts if len(part) == numeral.end - numeral.start + _NOUN)


def _spans(text: str, parts: Sequence[str]) -> list[tuple[int, int]]:
    return [match.span() for part in parts for match in re.finditer(re.escape(part), text)]


def slots_at(text: str, start: int, end: int, slots: Sequence[Slot]) -> list[tuple[int, int, str]]:
    """The slots that a quantity at `text[start:end]` may be, each with the range it says; no other number, no unit
    and no half of one."""
    found: dict[str, tuple[int, int, str]] = {}
    for slot in slots:
        for low, high in _occurrences(text, start, slot):
            if end <= high:
                found[slot.key] = max(found.get(slot.key, (low, low, "")), (low, high, slot.key), key=_length)
    return list(found.values())


def _length(span: tuple[int, int, str]) -> int:
    return span[1] - span[0]


def _occurrences(text: str, at: int, slot: Slot) -> list[tuple[int, int]]:
    """Ranges around `at` that say the slot: its value in any of its forms, with the qualifier beside it."""
    found = []
    for words in _forms(slot):
        pattern = r"\s*".join(map(re.escape, words))
        found += [match.span() for match in re.finditer(pattern, text) if match.start() <= at < match.end()]
    return [_with_qualifier(text, span, slot.figure.qualifier if slot.figure else None) for span in found]


def _forms(slot: Slot) -> set[str]:
    if slot.figure is None:
        return {slot.shown, slot.shown.split("（", maxsplit=1)[0]}
    return {with_unit(slot.figure), printed_value(slot.figure), re.sub(r"\s", "", slot.figure.printed)}


def _with_qualifier(text: str, span: tuple[int, int], qualifier: str | None) -> tuple[int, int]:
    start, end = span
    if not qualifier or qualifier in qualifiers("inside"):
        return span
    if text.endswith(qualifier, 0, start):
        return start - len(qualifier), end
    return (start, end + len(qualifier)) if text.startswith(qualifier, end) else span
