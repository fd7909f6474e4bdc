"""Whether the words around a figure name that figure and no other of the material or the report."""

import re
from collections.abc import Iterable

from assistant.language.dates import undated
from assistant.language.known import DIRECTION, Known, OfSlot, in_order, own_indicator
from assistant.language.masking import Slot
from assistant.language.material import Material
from assistant.language.regions import Region, without_marks
from assistant.language.support import plain, support
from assistant.language.words import language_words

_SHORTEST_NAME = 2
_SHORTEST_RIVAL = 3
_WHOLE = 0.99
# 企业 is not 新增规模以上工业企业.
_ENOUGH = 0.4
_ROLE = re.compile(r"目标值|完成率|实际完成|实际|完成|年度|全年|数值|值")
# Their names are those of what they are a change, share or rank of.
_OF_ANOTHER = frozenset({"growth", "share", "rank"})
_BARE = re.compile(r"[、和与及，\s]*|(?:以及|分别)?(?:为|是|达|达到)?")


def name_fault(of: OfSlot, region: Region, material: Material, known: Known, last: str | None) -> str | None:
    """Why the words do not mean this figure rather than another; `last` is the figure told before it."""
    if of.slot.figure is None:
        said, drafted = plain(undated(region.before)), plain(undated(of.outline))
        strange = any(name in said and name not in drafted for name in known.others)
        return None if in_order(region.before, of) and not strange else f"“{of.slot.name}”的说法与底稿不同"
    text = plain(undated(region.text))
    if text.strip() and text == plain(undated(of.outline)):
        return None  # code's own words
    whole = _whole(text, of) >= _WHOLE
    others = (name for name in known.others if name in text and name not in of.name)
    if any(name not in of.own or not whole for name in others) or _extent_fault(of, region):
        return f"这里说的不是“{of.slot.name}”"
    rivals = [each for each in known.slots.values() if _rivals(each, of)]
    own = _named(text, of.core)
    best = max((_named(text, each.core) for each in rivals), default=0)
    if best > own or any(_is_told(text, each.core, of) for each in rivals):
        return f"这里说的不是“{of.slot.name}”"
    equal = [each for each in rivals if best == own and _named(text, each.core) == own]
    if (
        own >= _SHORTEST_NAME
        and _whole(text, of) >= _ENOUGH
        and all(_whole(text, of) > _whole(text, each) for each in equal)
    ):
        return _twin_fault(of, region, known)
    return None if _is_carried(of, region, text, own, rivals, material, known, last) else f"没有说清是“{of.slot.name}”"


def _is_carried(
    of: OfSlot, region: Region, text: str, own: int, rivals: Iterable[OfSlot], material: Material, known: Known,
    last: str | None,
) -> bool:  # fmt: skip
    """Whether words that name nothing are of the subject that was told before, or of the only one there is."""
    before = known.slots.get(last or "")
    if own < _SHORTEST_NAME and language_words().sizes.search(DIRECTION.sub("", text)):
        return False
    if before is None:
        else_named = bool(of.core) and _named(_ROLE.sub("，", text), plain(of.judged)) > _SHORTEST_NAME
        return (of.slot is material.main or not rivals) and not else_named
    return before.core == of.core or _follows(before, of, region) or _kin(before.slot, of.slot)


def _rivals(one: OfSlot, of: OfSlot) -> bool:
    """Whether two figures may be taken for each other: of other things, with other values."""
    if one.slot.figure is None or one.slot.shown == of.slot.shown or one.core == of.core:
        return False
    for share, whole in ((of, one), (one, of)):
        if share.slot.role in _OF_ANOTHER and whole.core and all(name in share.core for name in whole.core.split()):
            return False
    return not _kin(one.slot, of.slot)


def _named(text: str, name: str) -> int:
    """How many characters of a text name a figure, its indicator or scope."""
    return support(text, name).content_characters


def _is_told(text: str, core: str, of: OfSlot) -> bool:
    """Whether a text has the whole name of another thing, and not the whole of this one's."""
    names = [name for name in core.split() if len(name) >= _SHORTEST_RIVAL and name not in of.core]
    return any(name in text for name in names) and _whole(text, of) < _WHOLE


def _whole(text: str, of: OfSlot) -> float:
    """How much of a figure's name a text has."""
    return max((support(name, text).share for name in of.core.split() if name), default=1.0)


def _extent_fault(of: OfSlot, region: Region) -> bool:
    """全省 right before a name whose figure is of 全市."""
    scope = of.slot.scope
    if not scope or not re.fullmatch(r"全[国省市区县州局]", scope):
        return False
    return any(
        match[0][:2] != scope
        for name in of.core.split()
        for match in re.finditer(rf"全[国省市区县州局]的?{re.escape(name[:2])}", plain(region.text))
    )


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
