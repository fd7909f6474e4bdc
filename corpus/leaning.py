"""Names that lean on words before them: ranks, attributes of an owner, the head of a list.

持卡人数1800万，居全省第一               -> 持卡人数全省排名
娱乐场所4.5万个，从业人员41.8万人        -> 娱乐场所从业人员
销售额占全国的比重分别为：华东36.3%      -> 销售额占全国的比重华东
"""

import re

from corpus.quantities import Quantity
from corpus.trimming import trim
from corpus.wording import Wording

_HEAD = re.compile(r"(?:^|[，。；！？])([^，。；：！？]+?)(?:分别为|依次为|分别是)：")
_COUNTED = frozenset({"organisations", "households", "items"})


def rank_name(left: str, subject: str, words: Wording) -> str:
    """What is ranked, and where: the subject before, unless `left` names one of its own."""
    found = words.rank_tail.match(left)
    core = found["core"] if found else left
    scope = words.any_scope.search(left, len(core))
    field = scope[0] if scope else (found["field"] or "") if found else ""
    ranked = subject + core if not core or core in words.measures else core
    return f"{ranked}{field}排名"


def owner_of(subject: str, quantity: Quantity, words: Wording) -> str:
    """Who the attributes that follow belong to: what was counted, or the owner of the attribute before."""
    attribute = words.attribute_end.search(subject)
    if attribute and attribute.start() > 1:
        return subject[: attribute.start()]
    return subject if quantity.dimension in _COUNTED else ""


def head_of(sentence: str, at: int, words: Wording) -> str:
    """The measure before the last colon that opens a list of its values (…比重分别为：)."""
    heads = _HEAD.findall(sentence[:at])
    head = trim(heads[-1], words) if heads else ""
    return head if head.endswith(words.tails) else ""


def overlapping(first: str, second: str) -> str:
    """The two joined, what they share at the joint once: 国有工业 + 工业增加值 -> 国有工业增加值."""
    for length in range(min(len(first), len(second)), 1, -1):
        if first.endswith(second[:length]):
            return first + second[length:]
    return first + second
