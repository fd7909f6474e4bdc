"""Whether a sentence of a model may be shown. Pure: it knows the material and what was shown before, no model.

Every number is a slot of the material, said of its own subject, role, year and place; every other word is the
report's or adds nothing; every mark is that of the place. A sentence that fails comes back with the reason.
"""

import re
from dataclasses import dataclass, replace

from assistant.language.comparisons import resolved, without_counts
from assistant.language.dates import undated
from assistant.language.judgements import without_judgements
from assistant.language.kinds import kind_fault
from assistant.language.known import Known, OfSlot
from assistant.language.masking import SLOT, Slot, fill
from assistant.language.material import Material
from assistant.language.naming import name_fault
from assistant.language.numerals import number_fault, readings, slot_fault
from assistant.language.periods import last_year, period_fault, year_ends
from assistant.language.regions import Region, regions, without_marks
from assistant.language.statements import statement_fault
from assistant.language.support import plain, support
from assistant.language.titles import misdated, without_titles
from assistant.language.words import language_words

_SHORTEST_NAME = 2
_MARK = re.compile(r"\[(\d{1,3})\]")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_MARKUP = re.compile(r"\*\*|__|`|^#+\s*|^[-*•]\s+", re.MULTILINE)
_LISTED = re.compile(r"^\s*[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)、.．]\s*")
_ENDED = re.compile(r"[。！？；：!?;][”’」』）)]*(?:\s*\[\d{1,3}\])*$|\]$")
_STRETCH = re.compile(r"[；;。！？!?\n]")
_CLAUSE = re.compile(r"[，,：:、（）()]")
# 上年的{F1}: a number of something else, but for a share or a part of what was aimed at.
_OWNED = re.compile(r"的$")
# 降幅减少: the change of a change.
_TWICE = re.compile(r"(?:增长|下降)的?(?:增长|下降)")
_PARTS = frozenset({"completion_rate", "share", "rate"})
# 实现同比增长 says no more than the growth.
_GROWN = re.compile(r"实现了?(?=(?:同比|较上年|比上年)?(?:增长|下降|提高|上升|减少|增加))")
_OF_WHOLE = re.compile(r"(?:占|完成|目标|任务|计划|相当于|实现)(?:(?!为|是|达).)*的$")


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
    sentence = year_ends(without_titles(sentence, material.reports), known)
    sentence = without_counts(resolved(sentence, known), material.outline)
    if misdated(sentence, material.reports):
        return "报告的年份不对"
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
    return _unknown_mark(marks - of_figures, _saying(sentence, material))


def _saying(sentence: str, material: Material) -> set[int]:
    """The marks that stand behind words without a figure, where their place says those words."""
    found: set[int] = set()
    words = {each.mark: plain(each.words) for each in material.evidence}
    start = 0
    for match in _MARK.finditer(sentence):
        stretch = sentence[start : match.start()]
        if not stretch and int(match[1]) in words:
            stretch = sentence[: match.start()]
        start = match.end()
        said = support(plain(without_marks(stretch)), words.get(int(match[1]), ""))
        if not SLOT.search(stretch) and said.content_characters >= _SHORTEST_NAME:
            found.add(int(match[1]))
    return found


def _unknown_mark(marks: set[int], known: set[int]) -> str | None:
    wrong = sorted(marks - known)
    return f"出处标号[{wrong[0]}]不对" if wrong else None


def _words_fault(sentence: str, material: Material, known: Known, told: Told) -> str | None:
    matches = list(SLOT.finditer(sentence))
    own, rest = regions(sentence, [match.span() for match in matches])
    last, said = told.last, [told.text]
    for order, (match, region) in enumerate(zip(matches, own, strict=True)):
        joined = order > 0 and sentence[matches[order - 1].end() : match.start()] == own[order - 1].after != ""
        beside = known.slots[matches[order - 1][1]] if joined else None
        of = known.slots[match[1]]
        said.append(sentence[(matches[order - 1].end() if order else 0) : match.start()])
        before, part = _parted(region)
        reason = statement_fault(undated(before), known.evidence, known.topics, known.ours) if before else None
        reason = reason or _region_fault(of, part, beside, last_year(said))
        reason = reason or name_fault(of, part, material, known, last)
        if reason is not None:
            return reason
        last = match[1]
    return _rest_fault(rest, known.slots[matches[-1][1]] if matches else None, known)


def _parted(region: Region) -> tuple[str, Region]:
    """The sentences before a figure's own, and the region without them."""
    cut = max((match.end() for match in _STRETCH.finditer(region.before)), default=0)
    return region.before[:cut], replace(region, before=region.before[cut:])


def _region_fault(of: OfSlot, region: Region, beside: OfSlot | None, year: str) -> str | None:
    """Why the words of a figure's own stretch cannot be said of it."""
    name, words = of.slot.name, language_words()
    own = f"{of.own}\n{beside.own}" if beside else of.own
    free = words.planning if of.slot.role == "target" else words.stating
    *leading, clause = _CLAUSE.split(region.before.rstrip("：: “"))
    before = _GROWN.sub("", "，".join(leading))
    told = support(plain(undated(before)), own).content_characters >= _SHORTEST_NAME
    planned = words.planning if of.slot.role == "target" else words.leading if told else words.free
    for text, allowed in ((f"{clause}，{region.after}", free), (before, planned)):
        said = support(plain(undated(text)), own, allowed)
        if said.strange:
            return f"“{said.strange[0]}”不是资料里关于“{name}”的话"
    if reason := _weight_fault(region.text, own):
        return reason
    if (found := _TWICE.search(plain(region.text))) and found[0] not in own:
        return f"“{found[0]}”没有依据"
    if _OWNED.search(region.before) and not (of.slot.role in _PARTS and _OF_WHOLE.search(clause)):
        return f"“{name}”前的“的”没有依据"
    if reason := kind_fault(of.slot, region, plans=of.plans, outline=of.outline):
        return reason
    return period_fault(of, region.text, year)


def _names(known: Known) -> str:
    return "\n".join(of.slot.name for of in known.slots.values() if of.outline)


def _weight_fault(said: str, own: str) -> str | None:
    """Words that say something have to be the report's about the figure, and not all that a clause says."""
    words = language_words()
    for clause in _CLAUSE.split(said):
        weighty = [*(match[0] for match in words.quantity.finditer(clause)), *words.weighty_in(clause)]
        if wrong := next((found for found in weighty if plain(found) not in own), None):
            return f"“{wrong}”没有依据"
        rest = re.sub("|".join(map(re.escape, weighty)), "，", clause) if weighty else ""
        named = [piece for piece in support(plain(undated(rest)), own).content if piece not in words.stating]
        if weighty and not SLOT.search(clause) and not named:
            return f"“{weighty[0]}”没有依据"
    return None


def _rest_fault(rest: str, last: OfSlot | None, known: Known) -> str | None:
    """Words without a figure: right behind one they have to be said of it, else they are a statement by themselves."""
    if last is None:
        about = f"{plain(known.evidence)}\n{plain(_names(known))}"
        other = next((name for name in known.others if name in plain(rest) and name not in about), None)
        return f"“{other}”没有依据" if other else statement_fault(rest, known.evidence, known.topics, known.ours)
    cut = _STRETCH.search(rest)
    behind, further = (rest[: cut.end()], rest[cut.end() :]) if cut else (rest, "")
    text = f"{last.own}\n{last.behind}"
    said = support(plain(undated(behind)), text)
    if said.strange:
        return f"“{said.strange[0]}”没有依据"
    return (
        _weight_fault(behind, text)
        or period_fault(last, behind, "")
        or statement_fault(undated(further), known.evidence, known.topics, known.ours)
    )


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
    years = years_of(material)
    return bool(years) and not set(years) & set(_YEAR.findall(told.text))


def years_of(material: Material) -> tuple[str, ...]:
    """The years of the figures that the draft tells with their years."""
    named = set(_YEAR.findall(material.outline))
    years = (year for slot in material.told for year in _YEAR.findall(slot.period or "") if year in named)
    return tuple(dict.fromkeys(years))


def further(told: Told, verdict: Verdict) -> Told:
    return replace(told, keys=told.keys + verdict.keys, text=told.text + verdict.text)
