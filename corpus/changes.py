"""From A to B: the number a change starts from is not the one that holds.

高新技术企业从2.2万家增加到4.9万家   -> 2.2万家 is what it was before the change
比重由1985年的6.6％上升到1995年的15.0％
"""

import re

from corpus.quantities import Quantity

BEFORE_CHANGE = "（变化前）"
_FROM = re.compile(r"(?:从|由)(?:[^，。；、]{0,12}的)?(?:约|近|超过|超)?$")
_TO = re.compile(
    r"^[^，。；\d]{0,4}(?:增加|增长|提高|提升|上升|扩大|下降|降低|减少|缩小|压缩|跃升|跃增|攀升|回升|升|增|降|减|缩|跃|调整|变)"
    r"(?:到|至|为)"
)


def changes_from(text: str, quantity: Quantity) -> bool:
    """Whether `quantity` is the starting value of a change stated in `text`."""
    return bool(_FROM.search(text[: quantity.start]) and _TO.match(text[quantity.end :]))
