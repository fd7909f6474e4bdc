"""What a question wants of the rows of an indicator table: all, the best, those over a threshold, how many were met.

就业那张表里哪个指标超得最多   -> most
完成率低于100%的指标有哪些     -> below 100, of completion rates
四项指标的目标分别是多少       -> all, targets only
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.computing.words import compute_words, plainly
from assistant.questions.question import Question

Wish = Literal["all", "most", "least", "order", "over", "at_least", "under", "met", "unmet", "exactly"]
Side = Literal["target", "actual"]
_HUNDRED = re.compile(r"百分百|百分之百|百分之一百")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|个?百分点)|百分之(\d+(?:\.\d+)?)")
_ORDINAL = re.compile(
    r"第\s*(?P<n>[一二三四五六七八九十]|\d{1,2})\s*[项个张]?(?:重点)?(?:任务|表)"
    r"|(?:任务|表)\s*(?P<m>[一二三四五六七八九十]|\d{1,2})(?!\s*[\d个项大张种类条])"
)
_COUNTED = re.compile(r"(?:[二三四五六七八九十两]|\d{1,2})(?:个|项|大)(?:绩效|考核)?(?:指标|考核|任务指标|目标)")


@dataclass(frozen=True, kw_only=True, slots=True)
class RowsAsked:
    """`sides` are the numbers of each row to tell; `words` name the task, "" where none is named."""

    wish: Wish
    sides: frozenset[Side]
    rates: bool
    how_many: bool
    threshold: Decimal | None
    rising: bool
    ordinal: str | None
    words: str


def rows_asked(question: Question) -> RowsAsked | None:
    """None where the question is about one indicator, or about something else."""
    words, text = compute_words(), plainly(question.text)
    text = _HUNDRED.sub("100%", text)
    wish = _wish(question, text)
    if wish is None:
        return None
    percent = _PERCENT.search(text)
    return RowsAsked(
        wish=wish, sides=sides_asked(question),
        rates=re.search(words.of_table("rate"), text) is not None,
        how_many=re.search(words.of_table("how_many"), question.text) is not None,
        threshold=Decimal(percent[1] or percent[2]) if percent else None,
        rising=re.search(words.of_table("rising"), text) is not None or wish == "least",
        ordinal=found["n"] or found["m"] if (found := _ORDINAL.search(text)) else None, words=_task_words(text),
    )  # fmt: skip


def row_words(question: Question) -> str:
    """The words by which a question names a task, its years aside."""
    return re.sub(
        r"(?:19|20)?\d{2}年?度?|没有|无|冇|而|但|比|新增|取消|什么|哪", " ", _task_words(plainly(question.text))
    )


def sides_asked(question: Question) -> frozenset[Side]:
    """Target, outcome, or both where the question names both or neither."""
    words = compute_words()
    target = "target" in question.roles or re.search(words.of_table("target"), question.text) is not None
    actual = "actual" in question.roles or re.search(words.of_table("actual"), question.text) is not None
    if target == actual:
        return frozenset({"target", "actual"})
    return frozenset({"target"}) if target else frozenset({"actual"})


def _wish(question: Question, text: str) -> Wish | None:
    words = compute_words()
    rows = re.search(words.of_table("rows"), text) is not None
    which = re.search(words.of_table("which", "all"), text) is not None or _COUNTED.search(text) is not None
    rate = re.search(words.of_table("rate"), text) is not None
    if not (rows or rate):
        return None
    if re.search(words.of_table("order"), text) and (rate or which):
        return "order"
    if not which:
        return None
    if re.search(words.of_table("most"), text):
        return "most"
    if re.search(words.of_table("least"), text) or (rate and re.search(words.any_of("lowest"), text)):
        return "least"
    if rate and re.search(words.any_of("highest"), text):
        return "most"
    if re.search(words.of_table("exactly"), text):
        return "exactly"
    return _threshold_wish(text, rate) or _met_wish(question, text) or _all_wish(question, text)


def _threshold_wish(text: str, rate: bool) -> Wish | None:
    """Over or under a percentage: 超过120%的, 做到100%的, 不到95%的."""
    words = compute_words()
    found = _PERCENT.search(text)
    if found is None:
        return None
    before, after = text[: found.start()], text[found.end() :]
    if re.search(words.of_table("under") + "(?:了)?$", before) or after.startswith(("以下", "以内")):
        return "under"
    if re.search(words.of_table("at_least") + "(?:了)?$", before) or after.startswith(("以上", "及以上")):
        return "at_least"
    return "over" if re.search(words.of_table("over") + "(?:了)?$", before) else None


def _met_wish(question: Question, text: str) -> Wish | None:
    words = compute_words()
    if not re.search(words.of_table("which"), text) or not re.search(words.of_table("rows"), text):
        return None
    if re.search(words.of_table("unmet"), text):
        return "unmet"
    return "met" if re.search(words.of_table("met"), text) else None


def _all_wish(question: Question, text: str) -> Wish | None:
    """All rows, with their numbers: 四个指标各做到多少, 把任务3那张表的完成数报一遍."""
    words = compute_words()
    counted = _COUNTED.search(text) or re.search(r"(?:几|哪些|所有|各|全部)(?:个|项|大)?(?:绩效)?(?:指标|考核)", text)
    table = re.search(r"[张个份]表", text) and re.search(words.of_table("all"), text)
    numbers = re.search(r"多少|目标|实际|完成|做到|数|定|设|是什么|有哪", text)
    each = "each" in question.intents or re.search(words.of_table("all"), text)
    return "all" if (counted or table) and numbers and each else None


def _task_words(text: str) -> str:
    """What is left to name a task by."""
    words = compute_words()
    listed = [
        name
        for name in words.indicator
        if not name.startswith(("column", "said"))
        and name not in {"rows", "target", "actual", "rate", "over", "at_least", "under", "met", "asking"}
    ]
    bare = re.sub(words.of_table(*listed), " ", _COUNTED.sub(" ", _PERCENT.sub(" ", _ORDINAL.sub(" ", text))))
    bare = re.sub(words.any_of("highest", "lowest", "group"), " ", bare)
    bare = re.sub(words.of_table("asking", "over", "at_least", "under", "met", "actual", "target", "rate"), " ", bare)
    return re.sub(
        r"多少|哪里|的|是|有|了|把|在|最|和|与|那|这|里|中|吗|呢|都|报|列|些|按|麻烦|年初|[,，。?？!！、:：]", " ", bare
    )
