"""Numbers that a model wrote itself: taken for the slots they are, or a reason to reject the sentence.

A number of the material as printed becomes its slot again and is then checked like one; any other number, in digits
or in words, a quantity said without a numeral, or a date the material does not have, is a reason.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from assistant.language.known import Known
from assistant.language.masking import SLOT, Slot, names_of, numbered, slots_at
from assistant.language.material import Material
from assistant.language.words import language_words
from corpus.quantities import scan
from corpus.units import match_unit, qualifiers

_MARK = re.compile(r"\[\d{1,3}\]")
_FINANCIAL = re.compile(r"[壹贰叁肆伍陆柒捌玖拾佰仟萬億廿卅〇零○]")
_GLUED = re.compile(r"(?:[\d一二三四五六七八九十百千万亿两第点.\-−－/%％×]|百分之|分之|(?<!减)负)$")
_SAID_OTHERWISE = frozenset({"达", "达到", "前", "共", "为"})
_UNIT_WORD = re.compile(r"[%％‰倍折点余多]|成(?![功立为交果员年人品本效])")
_LIMITING = frozenset({"控制在"})
_MOST_READINGS = 8


def readings(sentence: str, slots: Sequence[Slot]) -> Iterator[str]:
    """The sentence with its own numbers as slots; more than once where a number may be one of several."""
    pending, names = [sentence], [name for slot in slots for name in names_of(slot)]
    for _ in range(_MOST_READINGS):
        if not pending:
            return
        text = pending.pop(0)
        found = _first_own(text, names)
        options = slots_at(text, *found, slots) if found is not None else []
        if not options:
            yield text
        pending += [f"{text[:start]}{{{key}}}{text[end:]}" for start, end, key in options]


def _first_own(text: str, names: Sequence[str]) -> tuple[int, int] | None:
    """The first quantity written out that is no part of a mark, a slot or a name."""
    hidden = _hidden(text, names)
    for numeral in scan(hidden):
        if numeral.numeral_class == "figure":
            return numeral.start, numeral.end
    return None


def _hidden(text: str, names: Sequence[str]) -> str:
    """Slots, marks and numerals inside names as blanks of their length, that no unit is read across."""
    for part in numbered(names):
        text = text.replace(part, "※" * len(part))
    blank = SLOT.sub(lambda match: "※" * len(match[0]), text)
    return _MARK.sub(lambda match: "※" * len(match[0]), blank)


def number_fault(text: str, known: Known) -> str | None:
    """Why the numbers of a sentence that are no slots cannot stand."""
    hidden = _hidden(text, [name for of in known.slots.values() for name in names_of(of.slot)])
    said = re.sub(r"\s", "", known.raw)
    held = [False] * len(hidden)
    for numeral in scan(hidden):
        words = hidden[numeral.start : numeral.end]
        arabic = any(character.isdigit() for character in words)
        if numeral.numeral_class == "figure":
            return f"自己写了数字“{words}”"
        if arabic and words not in said:
            return f"写了资料里没有的“{words}”"
        held[numeral.start : numeral.end] = [True] * (numeral.end - numeral.start)
    for at, character in enumerate(hidden):
        odd = unicodedata.category(character) in {"Nl", "No"} or (character.isdigit() and not held[at])
        if odd or (_FINANCIAL.match(character) and character not in said):
            return f"自己写了数字“{character}”"
    return None


def slot_fault(text: str, material: Material, known: Known) -> str | None:
    """Why a slot cannot stand where it does: a unit, a numeral or a qualifier of the model's own beside it."""
    for match in SLOT.finditer(text):
        of = known.slots.get(match[1])
        if of is None or of.slot not in material.told:
            return f"用了没有的代号“{match[0]}”"
        before, after = text[: match.start()], text[match.end() :]
        if _GLUED.search(before):
            return f"代号{match[0]}前自己写了数字"
        if _unit_behind(after, of.slot):
            return f"代号{match[0]}后自己写了单位"
        for word in _qualifiers_beside(before, after):
            if word in _LIMITING and of.slot.figure is not None and (of.slot.figure.bound or "").startswith("<"):
                continue
            return f"代号{match[0]}旁自己写了“{word}”"
    if re.search(r"[{}]", SLOT.sub("", text)):
        return "代号写错"
    return None


def _unit_behind(after: str, slot: Slot) -> bool:
    words = _MARK.sub("", after).lstrip()
    unit = match_unit(words, 0)
    if _UNIT_WORD.match(words) or words.startswith(("个百分点", "百分点")):
        return True
    if unit is None or slot.figure is None:
        return unit is not None
    printed = re.sub(r"\s", "", slot.figure.printed)
    return f"{printed}{words[:2]}" not in re.sub(r"\s", "", slot.figure.sentence)


def _qualifiers_beside(before: str, after: str) -> Iterator[str]:
    words = language_words()
    for word in (
        *qualifiers("before"),
        "超出",
        "不足",
        "不到",
        "近",
        "接近",
        "约",
        "至少",
        "至多",
        "最多",
        "高达",
        "仅",
        "只有",
    ):
        if word not in _SAID_OTHERWISE and before.endswith(word) and not words.claims["above"].fullmatch(word):
            yield word
    behind = _MARK.sub("", after)
    for word in (*qualifiers("after"), "上下", "开外", "出头", "多", "余"):
        if behind.startswith(word):
            yield word
