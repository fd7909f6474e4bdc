"""What may be said of each figure of the material, and of its places as a whole: the vocabulary of a check."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from assistant.language.dates import undated
from assistant.language.kinds import says_planned
from assistant.language.masking import SLOT, Slot
from assistant.language.material import Evidence, Material
from assistant.language.regions import regions, stretch_start, without_marks
from assistant.language.support import plain, support
from assistant.language.titles import names_of, words_of_place
from assistant.language.words import language_words
from corpus.model import Metadata
from corpus.similar import dice

_GAP = "\n"
_NOWHERE = -9
_EXTENT = re.compile(r"全[国省市区县州]|各[省市区县州]|[国省市区县][内属级]")
DIRECTION = re.compile(r"同比|增长|下降|目标值|完成率|[在居]?全[国省市区县州]|排名|位居")
_DOING = re.compile(r"^(?:完成|实现|累计|全年|年度|开展|组织|进行|目标值|的)+(?=..)")
_SCOPE = re.compile(r"^(?:全[国省市区县州]|[我本该](?:[国省市区县州局厅委办]))+")  # it names no subject
# So much of what the draft says of a computed number has to be said, in the same order.
_WHOLE = 0.7
_ONE_NAME = 0.5
_NAME = 4  # characters of a name that cannot be said of another thing by chance
_ROLE_WORDS = {
    "target": "目标值设定为目标 年初确定",
    "completion_rate": "完成率 完成目标值的",
    "rank": "位居第 排名第",
    "growth": "同比",
    "grade": "等次 评定为 评为",
    "actual": "实际完成值 实际值 实际完成数",
    "score": "得分 得",
    "computed": "经计算 计算得出 合计 相差 差额 平均",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class OfSlot:
    """Plain words: `own` may be said of the figure, `name` is what names it; `order` is its place in the evidence."""

    slot: Slot
    own: str
    behind: str  # what the evidence says between it and the next figure
    name: str
    core: str  # the name without what tells role and direction: what is counted
    plans: bool  # whether its own words say right beside it that it was planned
    order: int
    judged: str  # its names and places as printed, where dates and judgements may stand
    outline: str  # words the draft says about it


_Place = tuple[str, str, bool]  # what a text says of a slot, what follows it, whether it says it was planned


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    slots: Mapping[str, OfSlot]
    others: frozenset[str]  # plain names of everything else the reports count
    evidence: str  # the words of all places, a place a line
    ours: frozenset[str]  # words that mean the issuer or the place
    topics: str  # plain headings, titles and names that a clause may be about
    raw: str  # all words of evidence and draft as printed


def known_of(material: Material) -> Known:
    """The vocabulary of a material; titles and headings of the cited places may be said anywhere."""
    headings = (" ".join(each.section) for each in material.evidence)
    around = _GAP.join((*map(_title, material.reports), *headings, *names_of(material.reports)))
    texts = [material.outline, *(each.masked for each in material.evidence)]
    said = [_said(text, with_lead=number > 0) for number, text in enumerate(texts)]
    order = {key: place for place, key in enumerate(dict.fromkeys(SLOT.findall(" ".join(texts[1:]))))}
    keys = SLOT.findall(material.outline)
    own, _ = regions(material.outline, [match.span() for match in SLOT.finditer(material.outline)])
    outlines = {key: region.text for key, region in zip(keys, own, strict=True)}
    slots = {
        slot.key: _of_slot(
            slot, [own[slot.key] for own in said if slot.key in own], around,
            words_of_place(material.reports, slot.scope),
            order=order.get(slot.key, _NOWHERE), outline=outlines.get(slot.key, ""),
        )
        for slot in material.slots
    }  # fmt: skip
    told = _GAP.join(of.own for of in slots.values() if of.outline)
    slots = {
        key: replace(of, own=f"{of.own}{_GAP}{told}") if of.slot.figure is None else of for key, of in slots.items()
    }
    raw = _GAP.join((SLOT.sub(_GAP, material.outline), *_words(material.evidence), around))
    topics = (around, *(of.slot.name for of in slots.values() if of.outline))
    return Known(
        slots=slots, ours=frozenset(names_of(material.reports)), raw=raw,
        others=frozenset(name for other in material.others if len(name := _DOING.sub("", plain(other))) >= _NAME),
        topics=plain(_GAP.join(topics)),
        evidence=_GAP.join(each.words for each in material.evidence),
    )  # fmt: skip


def _words(evidence: Sequence[Evidence]) -> list[str]:
    return [SLOT.sub(_GAP, each.masked) for each in evidence] + [each.words for each in evidence]


def _title(metadata: Metadata) -> str:
    return _GAP.join(filter(None, (metadata.title, metadata.issuer, metadata.place)))


def _said(masked: str, *, with_lead: bool) -> dict[str, "_Place"]:
    """For each slot of a text the words the text says about it, the lead of its stretch among them; what follows."""
    matches = list(SLOT.finditer(masked))
    own, _ = regions(masked, [match.span() for match in matches])
    found: dict[str, _Place] = {}
    for order, (match, region) in enumerate(zip(matches, own, strict=True)):
        start = stretch_start(masked, match.start())
        lead = SLOT.split(masked[start : match.start()])[0] if with_lead else ""
        end = matches[order + 1].start() if order + 1 < len(matches) else len(masked)
        before, behind, planned = found.get(match[1], ("", "", False))
        own_words = _GAP.join((before, lead, region.before, region.after))
        behind = _GAP.join((behind, without_marks(masked[match.end() : end])))
        found[match[1]] = own_words, behind, planned or says_planned(region)
    return found


def _of_slot(
    slot: Slot, said: Sequence["_Place"], around: str, places_said: Sequence[str], *, order: int, outline: str
) -> OfSlot:
    figure = slot.figure
    names = [slot.name, figure.name if figure else "", own_indicator(slot)]
    column = (figure.column or "") if figure else ""
    counted = f"{slot.unit}数 {slot.unit}次" if slot.unit and len(slot.unit) == 1 else ""
    scope = [slot.scope or "", slot.period or "", (figure.target_setter or "") if figure else ""]
    places = _GAP.join((*names, counted, *scope, column, *(own for own, _, _ in said)))
    bound = not slot.scope and _EXTENT.search(places)
    own = _GAP.join((places, _ROLE_WORDS.get(slot.role, ""), around, *(() if bound else places_said)))
    return OfSlot(
        slot=slot, own=plain(own), behind=plain(_GAP.join(behind for _, behind, _ in said)), order=order,
        name=plain(_GAP.join(_SCOPE.sub("", re.sub(r"\s", "", name)) for name in names)),
        core=_core(names),
        plans=any(planned for _, _, planned in said),
        judged=places + _GAP + _GAP.join(behind for _, behind, _ in said),
        outline=outline,
    )  # fmt: skip


def _core(names: Sequence[str]) -> str:
    """What names count, a line each: a name that is all direction and role has none."""
    cores = (_DOING.sub("", DIRECTION.sub("", plain(_SCOPE.sub("", re.sub(r"\s", "", name))))) for name in names)
    return _GAP.join(dict.fromkeys(filter(None, cores)))


def in_order(said: str, of: OfSlot) -> bool:
    """Whether a computed number is said of its operands in the draft's order: 甲比乙多 is not 乙比甲多."""
    drafted = plain(undated(of.outline))
    told = "".join(support(plain(undated(said)), drafted, language_words().stating).content)
    draft = "".join(support(drafted, drafted, language_words().stating).content)
    matched = SequenceMatcher(None, told, draft, autojunk=False).get_matching_blocks()
    common = sum(block.size for block in matched)
    return common == len(told) and common >= _WHOLE * len(draft)


def own_indicator(slot: Slot) -> str:
    """The indicator of a row that states it; a further number told in its cell is something else."""
    figure = slot.figure
    if figure is None or not figure.indicator:
        return ""
    return figure.indicator if dice(figure.name, figure.indicator) >= _ONE_NAME else ""
