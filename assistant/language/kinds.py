"""Whether the words about a number are those of its kind: a rate for a rate, a rank for a rank, people for people.

招生人数为 | 20所       -> 人数 counts people, 20所 does not
预算执行率为 | 第38名   -> nothing says that it is a rank
"""

import re
from dataclasses import replace

from assistant.checking.words import check_words
from assistant.figures.entries import COUNTS, dimension_of
from assistant.language.masking import Slot
from assistant.language.regions import Region
from assistant.language.words import language_words
from corpus.units import dimension_of_noun

_CLAUSE = re.compile(r"[，。；：！？、\n]")
_VERBS = re.compile(
    r"(?:分别|一共|总共|共计|合计|最终|实际|已|共|约)*(?:为|是|有|达到|达|实现|完成|做到|的数值为|数值为|共)?了?$"
)
_GOAL_RATE = re.compile(r"(?:目标|任务|计划)值?的?(?:完成率|完成比例|完成程度|完成进度)")
_CHANGE = re.compile(r"增长|下降")
_REACHED = re.compile(r"(?:增长|下降)了?[到至]$")
_CHANGED = re.compile(r"(?:增长|下降)(?:了|为|达|达到|是|共|约|值为)*$")
_RATE = re.compile(r"完成率|完成比例|完成程度|完成进度")
_RATE_SAID = re.compile(r"率|完成|相当于|进度|占|比")
_RANK_SAID = re.compile(r"排|居|列|名次|位次|名列|跻身|第|首位|榜")
_ACTUAL = re.compile(r"实际(?!增长)|已完成|完成了")
_AMONG = re.compile(r"中[，,]?(?:共?有)?$")
_SHARE_NAME = re.compile(r"率|占|比重|比例|份额")


def says_planned(region: Region) -> bool:
    """Whether the words right beside a number say that it was aimed at."""
    words, clause = check_words(), last_clause(region)
    before = words.planned_noun.search(clause) or words.planned_verb.search(clause)
    return bool(before or words.planned_after.match(region.after))


def _without_goal(region: Region) -> Region:
    """目标完成率 is the rate of completion."""
    return replace(region, before=_GOAL_RATE.sub("完成率", region.before))


def last_clause(region: Region) -> str:
    return _CLAUSE.split(region.before)[-1]


def kind_fault(slot: Slot, region: Region, *, plans: bool, outline: str) -> str | None:
    """Why words and number are of different kinds; `plans`: the report's own words beside it speak of plans."""
    if slot.figure is None or (region.text.strip() and region.text.strip() == outline.strip()):
        return None
    clause = last_clause(region)
    if slot.role == "target":
        planned = language_words().planned.search(region.text) or not clause.strip("和与及、 ")
        if not planned or _ACTUAL.search(clause):
            return f"没有写明“{slot.name}”是目标"
    elif says_planned(_without_goal(region) if slot.role == "completion_rate" else region) and not plans:
        return f"“{slot.name}”不是目标"
    if slot.role == "rank" and not _RANK_SAID.search(region.text):
        return f"没有写明“{slot.name}”是排名"
    return _change_fault(slot, region) or _rate_fault(slot, region) or _counted_fault(slot, clause)


def _change_fault(slot: Slot, region: Region) -> str | None:
    """A change is said to be one, in its direction, and nothing else is: 增长为|1280亿元 of what grew to that."""
    read = language_words().read
    own = set(_CHANGE.findall(read(slot.name)))
    if slot.role == "growth" and own and not own & set(_CHANGE.findall(read(region.text))):
        return f"没有写明“{slot.name}”是增减"
    if slot.role == "growth" and _REACHED.search(read(last_clause(region))):
        return f"“{slot.name}”是增减，不是水平"
    if slot.role != "growth" and not own and _CHANGED.search(read(last_clause(region))):
        return f"“{slot.name}”不是增减"
    return None


def _rate_fault(slot: Slot, region: Region) -> str | None:
    is_percent = slot.unit in {"%", "百分点", "‰"}
    named = _RATE_SAID.search(slot.name) and _RATE_SAID.search(region.text)
    if slot.role == "completion_rate" and not named and not _RATE_SAID.search(region.text.replace(slot.name, "")):
        return f"没有写明“{slot.name}”是完成率"
    if _RATE.search(last_clause(region)) and slot.role != "completion_rate" and not _RATE.search(slot.name):
        return f"“{slot.name}”不是完成率"
    if is_percent and slot.role != "growth" and _SHARE_NAME.search(slot.name) and not _share_said(region):
        return f"没有写明“{slot.name}”是比率"
    return None


def _share_said(region: Region) -> bool:
    """…率, 占…, or 在学生中，有|: words that make a number a part of a whole."""
    return bool(_SHARE_NAME.search(region.text) or _AMONG.search(region.before))


def _counted_fault(slot: Slot, clause: str) -> str | None:
    """The noun a clause ends with has to be counted in the number's unit."""
    noun = _VERBS.sub("", clause.strip("“”（） "))
    if slot.figure is None or slot.role in {"growth", "rank", "grade", "completion_rate"}:
        return None
    own = (dimension_of(slot.figure) or "").split("/")[0]
    told = "percent" if noun.endswith("率") else dimension_of_noun(noun)
    if not told or not own or told == own or {told, own} <= COUNTS - {"people", "person-times"}:
        return None
    named = _VERBS.sub("", slot.name)
    as_named = "percent" if named.endswith("率") else dimension_of_noun(named)
    return None if as_named == told else f"“{slot.name}”的单位与“{noun}”不符"
