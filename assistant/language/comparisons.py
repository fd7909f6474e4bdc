"""Words that point back or count: 前者, 后者, 两者相差, 以下三方面问题, read as what they stand for.

甲为{F2}，乙为{F3}，前者比后者多{F1}   ->   甲为{F2}，乙为{F3}，甲比乙多{F1}
"""

import re

from assistant.language.dates import undated
from assistant.language.known import Known, OfSlot
from assistant.language.masking import SLOT
from assistant.language.support import support

_POINTING = {"前者": 0, "后者": 1}
_APART = re.compile(r"(?:(?:两|二)者|两项|二项)?(?:之间)?(?:相差|的?差额|的?差距)(?:为|是|达|达到|了)?(?=\{)")
_MORE = re.compile(r"(?:高出|多出|超出|高|多)(?:了|达)?(?=\{)")
_LESS = re.compile(r"(?:少了|低了|低|少)(?=\{)")
_ITEM = re.compile(r"^（[一二三四五六七八九十]+）", re.MULTILINE)
_TWO = 2
_NUMERALS = "零一二三四五六七八九十"
_COUNTED = (
    r"(?:个|项|点|条|类|大)?(?:方面)?"
    r"(?=的?(?:主要)?(?:\w{2,4}情况|问题|措施|方面|工作|任务|内容|做法)|[：:，。；]|如下|$)"
)


def resolved(sentence: str, known: Known) -> str:
    """The sentence with the names of what is compared in place of words that point to them."""
    computed = [known.slots[key] for key in SLOT.findall(sentence) if key in known.slots]
    computed = [of for of in computed if of.slot.figure is None]
    if len(computed) != 1:
        return sentence
    names = _operands(sentence, known)
    if len(names) == len(_POINTING):
        for word, order in _POINTING.items():
            sentence = sentence.replace(word, names[order])
        if re.search(r"比.+[多少]", computed[0].outline):
            sentence = _APART.sub(undated(computed[0].outline).strip("，"), sentence)
    return _LESS.sub("少", _MORE.sub("多", _compared(sentence, computed[0])))


def _compared(sentence: str, computed: OfSlot) -> str:
    """较 read as 比 in the clause of a computed number."""
    at = sentence.find(f"{{{computed.slot.key}}}")
    start = max(sentence.rfind(mark, 0, at) for mark in "，。；：") + 1
    return sentence[:start] + sentence[start:at].replace("相较于", "比").replace("较", "比") + sentence[at:]


def _operands(sentence: str, known: Known) -> list[str]:
    """The names of the two numbers that a computed one is of, in the order in which the sentence names them."""
    told = [of for of in known.slots.values() if of.slot.figure is not None and of.outline]
    found: list[tuple[int, str]] = []
    for of in told:
        slot = f"{{{of.slot.key}}}"
        before = sentence[: sentence.find(slot)] if slot in sentence else ""
        bare = re.sub(r"^全[国省市区县州]", "", of.slot.name)
        at = sentence.find(bare)
        if at < 0 and before and support(before, of.core).content_characters:
            at = len(before)
        if at >= 0:
            found.append((at, of.slot.name))
    return [name for _, name in sorted(found)] if len(found) == len(told) else []


def without_counts(sentence: str, outline: str) -> str:
    """The sentence without a true count of the items that the draft lists, or of its figures."""
    counts = {len(_ITEM.findall(outline)), len(set(SLOT.findall(outline)))}
    numerals = [f"{_NUMERALS[count]}|{count}" for count in counts if 1 < count < len(_NUMERALS)]
    if _TWO in counts:
        numerals.append("两")
    return re.sub(rf"(?:{'|'.join(numerals)}){_COUNTED}", "", sentence) if numerals else sentence
