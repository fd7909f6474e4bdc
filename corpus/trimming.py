"""Words around a number cut down to a name: dates, list marks, verbs, half brackets and adverbs go.

一是2022年末社保卡累计持卡人数达到  -> 社保卡累计持卡人数
仲裁结案率=当期审结案件数/…*       -> 仲裁结案率
"""

import re

from corpus.quantities import Numeral, scan
from corpus.wording import JOINTS, Wording

HIDDEN = "\0"  # stands for a bracketed aside that has numbers of its own
COMPARED = ("比", "较", "与", "同")
_LIST_MARK = re.compile(
    r"^(?:[一二三四五六七八九十]是|[（(][\d一二三四五六七八九十]+[）)]|\d+[.．、]|[\[［〔]\d{1,2}[\]］〕])"
)
_SURPLUS = re.compile(r"分别|(?<=.)(?:共有|共拥有|共计)")
# 粮食产量连续九年稳定在250万吨以上: how long is no part of a name.
_STREAK = re.compile(r"(?:已经|已)?连续[\d一二两三四五六七八九十]+[余多]?个?(?:年|季度|月|届)来?")
_OPEN_BRACKET = re.compile(r"[（(][^（）()]*$")
_CLOSE_BRACKET = re.compile(r"^[^（）()]*[）)]")
_MAX_NAME = 60


def trim(words_before: str, words: Wording) -> str:
    """The words before a number without marks, dates and adverbs in front, verbs and qualifiers behind."""
    text = _LIST_MARK.sub("", without_dates(_STREAK.sub("", _unquoted(words_before.replace(HIDDEN, "").strip()))))
    for pattern in (words.leading, words.trailing):
        while (cut := pattern.sub("", text, count=1)) != text:
            text = cut
    return text + "比" if text.endswith("占") and len(text) > 1 else text


def without_dates(text: str) -> str:
    """Dates out, but for those a number is compared with (比1985年末增长) and 2022届毕业生."""
    for numeral in reversed(scan(text)):
        before = text[: numeral.start]
        if _is_date(numeral) and not before.endswith(COMPARED):
            text = before + text[numeral.end :].removeprefix("度")  # 2030年|度
    return text


def first_date(text: str) -> int:
    """Where the first date of `text` begins; its length without one."""
    return next((numeral.start for numeral in scan(text) if _is_date(numeral)), len(text))


def _is_date(numeral: Numeral) -> bool:
    return numeral.numeral_class == "date" and numeral.rule != "year with holder"


def tidy(name: str) -> str:
    """A name without what belongs to the sentence only, and not longer than a name is."""
    name = name.replace(HIDDEN, "").split("=")[0]
    name = _CLOSE_BRACKET.sub("", _OPEN_BRACKET.sub("", name))
    name = _SURPLUS.sub("", name).strip(" 、，的：")
    if len(name) <= _MAX_NAME:
        return name
    name = name[-_MAX_NAME:]
    joint = JOINTS.search(name)
    return name[joint.end() :] if joint and joint.end() < _MAX_NAME // 2 else name


def _unquoted(text: str) -> str:
    """A quotation mark without its partner, at either end, goes."""
    if text.count("“") != text.count("”"):
        text = text.removeprefix("”").removesuffix("“")
    return text
