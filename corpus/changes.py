"""From A to B: the number a change starts from is not the one that holds.

高新技术企业从2.2万家增加到4.9万家        -> 2.2万家 is what it was before the change
比重由1985年的6.6％上升到1995年的15.0％
标准分别由800元、600元提高到900元、700元  -> 800元 and 600元
比上年的36.7万元下降13.8%                 -> 36.7万元 is what it was the year before
"""

import re

from corpus.quantities import Quantity

BEFORE_CHANGE = "（变化前）"
_EARLIER_VALUES = r"(?:\d[\d,.]*[^，。；、\d]{1,6}、[^，。；、\d]{0,8})*"
_OWN = r"(?P<own>(?:[^，。；、]{0,12}的)?|[^，。；、\d从由]{0,12})"
_FROM = re.compile(rf"(?:分别)?(?:从|由){_OWN}{_EARLIER_VALUES}(?:约|近|超过|超)?$")
_TO = re.compile(
    r"^(?:、[^，。；、\d]{0,8}\d[\d,.]*[^，。；、\d]{1,6}?)*"
    r"[^，。；\d]{0,4}?(?P<change>增加|增长|提高|提升|上升|扩大|下降|降低|减少|缩小|缩短|压缩|压减|延长|跃升|跃增|攀升|回升|升|增|降|减|缩|跃|调整|变)"
    r"(?:到|至|为)"
)
_THAN = re.compile(r"(?:比|较)(?P<when>上年同期|去年同期|上年末|上年|去年|(?:19|20)\d{2}年(?:末|底)?)的(?:约)?$")
_THEN = re.compile(r"^[^，。；\d]{0,4}?(?:增加|增长|提高|提升|上升|扩大|下降|降低|减少|缩小|缩短|压缩|压减|多|少)")
_PER = re.compile(r"(?:每[人生户亩床件]每?[年月日次]?|每学[年期]|每[年月日次])+$")

_WHEN = re.compile(r"^(?:上年度?|去年|年初)(?:同期|末|底)?的?|^[^，。；、]*(?:前|时|初|期|末)的$")


def changes_from(text: str, quantity: Quantity) -> bool:
    """Whether `quantity` is the starting value of a change stated in `text`."""
    before, after = text[: quantity.start], text[quantity.end :]
    if _THAN.search(before):
        return bool(_THEN.match(after))
    return bool(_FROM.search(before) and _TO.match(after))


def changes_to(between: str) -> bool:
    """Whether the words between two numbers say that the second is what the first became: …元|提高到|…元."""
    return bool(_TO.match(between))


def without_change(before: str) -> str:
    """The words before a number that a change starts from, without those that only lead to it.

    甲标准分别由每人每月|800元 -> 甲标准;  比上年的|36.7万元 -> nothing
    """
    if than := _THAN.search(before):
        return before[: than.start()]
    found = _FROM.search(before)
    return before[: found.start()] + _WHEN.sub("", _PER.sub("", found["own"])) if found else before
