"""Whether a sentence of a model may be shown. Pure: it knows the material and what was shown before, no model.

Every number is a slot of the material, said of its own subject, role, year and place; every other word is the
report's or adds nothing; every mark is that of the place. A sentence that fails comes back with the reason.
"""

import re
from dataclasses import dataclass, replace

from assistant.language.judgements import without_judgements
from assistant.language.kinds import kind_fault
from assistant.language.known import Known, OfSlot, in_order, own_indicator
from assistant.language.masking import SLOT, Slot, fill
from assistant.language.material import Material
from assistant.language.numerals import number_fault, readings, slot_fault
from assistant.language.regions import Region, regions, without_marks
from assistant.language.support import plain, support
from assistant.language.words import language_words

# Of a sentence without a figure so much has to be the report's; a clause with one may hold nothing else.
_SUPPORTED = 0.85
_SHORTEST_NAME = 2
_MARK = re.compile(r"\[(\d{1,3})\]")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_RELATIVE = re.compile(r"去年|上年|前年|今年|本年|明年|同期|上半年|下半年|季度|\d{1,2}月")
_MARKUP = re.compile(r"\*\*|__|`|^#+\s*|^[-*•]\s+", re.MULTILINE)
_LISTED = re.compile(r"^\s*[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．]\s*")
_ENDED = re.compile(r"[。！？；：!?;][”’」』）)]*(?:\s*\[\d{1,3}\])*$|\]$")
_BARE = re.compile(r"[、和与及，\s]*|(?:以及|分别)?(?:为|是|达|达到)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What of an answer has been shown: the slots in order, and the text."""

    keys: tuple[str, ...] = ()
    text: str = ""

    @property
    def last(self) -> str | None:
        return self.keys[-1] if self.keys else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """`text` is what is shown, digits filled in; empty with a `reason` where the sentence is rejected."""

    text: str = ""
    reason: str = ""
    keys: tuple[str, ...] = ()


def check(sentence: str, material: Material, known: Known, told: Told) -> Verdict:
    """A verdict on one sentence that is to be shown behind what was told."""
    said = _LISTED.sub("", _MARKUP.sub("", sentence)).strip()
    rejected = Verdict(reason="空句")
    for reading in readings(said, material.told) if said else ():
        reason = _fault(reading, material, known, told)
        if reason is None:
            keys = tuple(SLOT.findall(reading))
            return Verdict(text=_shown(reading, material), keys=keys)
        rejected = Verdict(reason=reason) if rejected.reason == "空句" else rejected
    return rejected


def _fault(sentence: str, material: Material, known: Known, told: Told) -> str | None:
    if not SLOT.search(sentence) and not _ENDED.search(sentence):
        return "句子没有写完"
    reason = (
        slot_fault(sentence, material, known) or number_fault(sentence, known) or _mark_fault(sentence, material, known)
    )
    if reason is not None:
        return reason
    main = known.slots.get(material.main.key) if material.main else None
    judged, reason = without_judgements(sentence, known, main)
    return reason or _words_fault(judged, material, known, told)


def _mark_fault(sentence: str, material: Material, known: Known) -> str | None:
    """Marks have to be those of the sentence's figures, or of places that say what it says."""
    marks = {int(number) for number in _MARK.findall(sentence)}
    slots = [known.slots[key].slot for key in SLOT.findall(sentence)]
    if any(slot.figure is None for slot in slots):
        return _unknown_mark(marks, {each.mark for each in material.evidence})
    of_figures = {slot.citation for slot in slots if slot.citation is not None}
    further = marks - of_figures
    said = plain(without_marks(SLOT.sub("，", sentence)))
    saying = {
        each.mark for each in material.evidence
        if each.mark in further and support(said, plain(each.words)).content_characters >= _SHORTEST_NAME
    }  # fmt: skip
    return _unknown_mark(further, saying if not slots else saying - marks)


def _unknown_mark(marks: set[int], known: set[int]) -> str | None:
    wrong = sorted(marks - known)
    return f"出处标号[{wrong[0]}]不对" if wrong else None


def _words_fault(sentence: str, material: Material, known: Known, told: Told) -> str | None:
    matches = list(SLOT.finditer(sentence))
    own, rest = regions(sentence, [match.span() for match in matches])
    last = told.last
    for order, (match, region) in enumerate(zip(matches, own, strict=True)):
        joined = order > 0 and sentence[matches[order - 1].end() : match.start()] == own[order - 1].after != ""
        beside = known.slots[matches[order - 1][1]] if joined else None
        reason = _region_fault(known.slots[match[1]], region, beside, sentence, material, known, last)
        if reason is not None:
            return reason
        last = match[1]
    return _rest_fault(rest, known.slots[matches[-1][1]] if matches else None, material, known)


def _region_fault(
    of: OfSlot, region: Region, beside: OfSlot | None, sentence: str, material: Material, known: Known, last: str | None
) -> str | None:
    name = of.slot.name
    words = language_words()
    own = f"{of.own}\n{beside.own}" if beside else of.own
    said = support(plain(_undated(region.text)), own, with_number=True)
    if said.strange:
        return f"“{said.strange[0]}”不是资料里关于“{name}”的话"
    if (found := words.quantity.search(region.text)) and plain(found[0]) not in own:
        return f"“{found[0]}”没有依据"
    if reason := kind_fault(of.slot, region, plans=of.plans, outline=of.outline):
        return reason
    return _date_fault(of, region.text) or _name_fault(of, region, material, known, last)


def _undated(text: str) -> str:
    return re.sub(r"(?:(?:19|20)\d{2}年?(?:\d{1,2}月(?:\d{1,2}日)?)?[底末初]?|[（）()“”])", "，", text)


def _date_fault(of: OfSlot, text: str) -> str | None:
    """Years and the like of a region have to be the figure's own."""
    held = f"{of.judged}\n{of.own}"
    for found in (*_YEAR.findall(text), *_RELATIVE.findall(text)):
        if found not in held:
            return f"“{of.slot.name}”不是{found}的"
    return None


def _name_fault(of: OfSlot, region: Region, material: Material, known: Known, last: str | None) -> str | None:
    """The words have to mean this figure rather than another of the material."""
    if of.slot.figure is None:
        return None if in_order(region.before, of) else f"“{of.slot.name}”的说法与底稿不同"
    text = plain(_undated(region.text))
    if text.strip() and text == plain(_undated(of.outline)):
        return None  # code's own words
    if any(name in text and name not in of.own for name in known.others):
        return f"这里说的不是“{of.slot.name}”"
    rivals = [each for each in known.slots.values() if _rivals(each, of)]
    own = _named(text, of)
    best = max((_named(text, each) for each in rivals), default=0)
    if best > own:
        return f"这里说的不是“{of.slot.name}”"
    equal = [each for each in rivals if best == own and _named(text, each) == own]
    if own >= _SHORTEST_NAME and all(_whole(text, of) > _whole(text, each) for each in equal):
        return _twin_fault(of, region, known)
    before = known.slots.get(last or "")
    if own < _SHORTEST_NAME and language_words().sizes.search(text):
        carried = False
    elif before is None:
        carried = of.slot is material.main or not rivals
    else:
        carried = before.name == of.name or _follows(before, of, region) or _kin(before.slot, of.slot)
    return None if carried else f"没有说清是“{of.slot.name}”"


def _rivals(one: OfSlot, of: OfSlot) -> bool:
    """Whether two figures may be taken for each other: of other things, with other values."""
    if one.slot.figure is None or one.slot.shown == of.slot.shown or one.name == of.name:
        return False
    return not _kin(one.slot, of.slot)


def _named(text: str, of: OfSlot) -> int:
    """How many characters of a text name a figure, its indicator or scope."""
    return support(text, of.name).content_characters


def _whole(text: str, of: OfSlot) -> float:
    """How much of a figure's name a text has."""
    return max(support(name, text).share for name in of.name.split() if name)


def _twin_fault(of: OfSlot, region: Region, known: Known) -> str | None:
    """Of figures of one name and role, told apart by year or scope, the words have to say which."""
    for each in known.slots.values():
        other = each.slot
        if each is of or other.shown == of.slot.shown or each.name != of.name or other.role != of.slot.role:
            continue
        if each.outline and not of.outline and other.unit != of.slot.unit:
            return f"这里说的不是“{of.slot.name}”"
        apart = {of.slot.period, of.slot.scope} - {other.period, other.scope, None}
        wrong = {other.period, other.scope} - {of.slot.period, of.slot.scope, None}
        if other.required and apart and not any(word and word in region.text for word in apart):
            return f"没有说清是哪一个“{of.slot.name}”"
        if any(word and word in region.text for word in wrong):
            return f"“{of.slot.name}”的年份或范围不对"
    return None


def _follows(before: OfSlot, of: OfSlot, region: Region) -> bool:
    """Numbers side by side in a list, as they stand in the report."""
    return of.order == before.order + 1 and _BARE.fullmatch(without_marks(region.before)) is not None


def _kin(one: Slot, other: Slot) -> bool:
    """Target, outcome and rate of one indicator."""
    alike = one.unit == other.unit or "completion_rate" in {one.role, other.role}
    return alike and bool(own_indicator(one)) and own_indicator(one) == own_indicator(other)


def _rest_fault(rest: str, last: OfSlot | None, material: Material, known: Known) -> str | None:
    """Words without a figure: behind one they have to be said of it, alone they have to be the report's."""
    words = language_words()
    text = known.whole if last is None else f"{last.own}\n{last.behind}"
    said = support(plain(_undated(rest)), text)
    if (found := words.quantity.search(rest)) and plain(found[0]) not in text:
        return f"“{found[0]}”没有依据"
    if last is not None and said.strange:
        return f"“{said.strange[0]}”没有依据"
    denied = any(words.denial.search(run) for run in said.strange)
    if denied or said.share < _SUPPORTED:
        return f"“{said.strange[0]}”没有依据"
    for found in _YEAR.findall(rest):
        if found not in known.raw:
            return f"写了资料里没有的“{found}”"
    return None


def _shown(sentence: str, material: Material) -> str:
    """The sentence as it is shown: slots filled, each figure's mark behind it where its sentence lacks it."""
    slots = {slot.key: slot for slot in material.slots}
    marks = {int(number) for number in _MARK.findall(sentence)}
    pieces: list[str] = []
    at = 0
    for match in SLOT.finditer(sentence):
        mark = slots[match[1]].citation
        pieces.append(sentence[at : match.end()])
        at = match.end()
        if mark is not None and mark not in marks:
            pieces.append(f"[{mark}]")
    return fill("".join((*pieces, sentence[at:])), slots).text


def missing(material: Material, told: Told) -> tuple[Slot, ...]:
    """The slots an answer has to have and has not."""
    return tuple(slot for slot in material.slots if slot.required and slot.key not in told.keys)


def year_missing(material: Material, told: Told) -> bool:
    """Whether the draft names a year and what was told names none of them."""
    years = set(_YEAR.findall(material.outline))
    return bool(years) and not years & set(_YEAR.findall(told.text))


def further(told: Told, verdict: Verdict) -> Told:
    return replace(told, keys=told.keys + verdict.keys, text=told.text + verdict.text)
