"""What a question asks of a table's rows: the first few, those over a limit, those that fell, those of one kind.

得分前三名的项目            -> top 3, about 得分
收入超过30亿元的有几个县     -> over 30亿元, how many, about 收入
等级是良的项目有哪些        -> of a kind; which one, the table's cells have to say
"""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.computing.phrases import without_count
from assistant.computing.words import compute_words, plainly
from assistant.questions.question import Question
from assistant.tables.words import table_words
from corpus.quantities import Quantity, quantities

Wish = Literal["highest", "lowest", "over", "at_least", "under", "fell", "rose", "all"]
_NUMERALS = {word: value for value, word in enumerate("零一二三四五六七八九十")} | {"两": 2}
_CLASS = re.compile(
    r"(?P<kind>地级市|市州|区县|县区|县（市、区）|省份|城区|园区|街道|乡镇|地方|地区|项目|指标|任务|实事|产品|单位|部门)|(?:哪(?:一?个|些|几个)?|[几两二三四五六七八九十\d]个)(?P<place>[省市区县旗镇乡村])(?!级|的?里)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """`about` is what is left to name a column or a table by; `kind` is what the rows are called, "" where unsaid."""

    wish: Wish
    text: str
    about: str
    kind: str
    count: int | None  # how many of the first, or how many rows there are
    limit: Quantity | None
    how_many: bool
    completion: bool  # by how far a target was reached


def read_asked(question: Question) -> Asked | None:
    """None where the question asks for no rows."""
    words, text = table_words().patterns, plainly(question.text)
    kind = found["kind"] or found["place"] if (found := _CLASS.search(text)) else ""
    which = words["which"].search(text) is not None
    how_many = words["how_many"].search(text) is not None
    ranked = _ranked(text)
    limited = _limited(text) if which or how_many else None
    if ranked is not None and (which or kind):
        wish, count, rest = ranked
        return _asked(wish, text, rest, kind, count=count)
    if limited is not None and (kind or which):
        wish, limit, rest = limited
        return _asked(wish, text, rest, kind, limit=limit, how_many=how_many and not re.search("哪", text))
    if (which or how_many) and (direction := _direction(text)) is not None:
        return _asked(direction, text, words["fell"].sub(" ", words["rose"].sub(" ", text)), kind, how_many=how_many)
    return _asked("all", text, text, kind, how_many=how_many) if which or how_many else None


def _asked(
    wish: Wish, text: str, rest: str, kind: str, *, count: int | None = None, limit: Quantity | None = None,
    how_many: bool = False,
) -> Asked:  # fmt: skip
    words = table_words().patterns
    completion = words["completion"].search(rest) is not None
    rest = words["completion"].sub(" ", rest) if completion else rest
    about = words["drop"].sub(" ", without_count(words["how_many"].sub(" ", rest)))
    return Asked(
        wish=wish, text=text, about=about.strip(), kind=kind, count=count, limit=limit, how_many=how_many,
        completion=completion,
    )  # fmt: skip


def _ranked(text: str) -> tuple[Wish, int | None, str] | None:
    """The direction, how many, and the rest of the words."""
    words = compute_words()
    extremes: list[tuple[Wish, str]] = [("highest", words.any_of("highest")), ("lowest", words.any_of("lowest"))]
    for name, wish in (("first", "highest"), ("last", "lowest")):
        for pattern in table_words().numbered[name]:
            if found := pattern.search(text):
                rest = text[: found.start()] + " " + text[found.end() :]
                low = re.search(words.any_of("lowest"), rest) is not None
                rest = re.sub(words.any_of("highest", "lowest"), " ", rest)
                return "lowest" if low or wish == "lowest" else "highest", _number(found["n"]), rest
    for extreme, pattern_of in extremes:
        if found := re.search(pattern_of, text):
            count, end = 1, found.end()
            for pattern in table_words().numbered["so_many"]:
                if behind := pattern.match(text, end):
                    count, end = _number(behind["n"]), behind.end()
            return extreme, count, text[: found.start()] + " " + text[end:]
    return None


def _number(numeral: str) -> int:
    return int(numeral) if numeral.isdigit() else _NUMERALS[numeral]


def _limited(text: str) -> tuple[Wish, Quantity, str] | None:
    """The limit with its direction: 低于95%, 300亿元以上."""
    patterns = table_words().patterns
    wishes: tuple[Wish, ...] = ("under", "over", "at_least")
    for limit in quantities(text):
        before, behind = text[: limit.start], text[limit.end :]
        for wish in wishes:
            said = patterns[f"{wish}_before"].search(before) or patterns[f"{wish}_behind"].search(behind)
            if limit.arabic and said:
                cut = patterns[f"{wish}_before"].sub("", before)
                return wish, limit, f"{cut} {patterns[f'{wish}_behind'].sub('', behind)}"
    return None


def _direction(text: str) -> Wish | None:
    patterns = table_words().patterns
    if patterns["fell"].search(text):
        return "fell"
    return "rose" if patterns["rose"].search(text) else None
