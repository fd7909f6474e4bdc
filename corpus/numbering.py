"""Numbering marks at the start of a line: 一、 （一） 1. （1） 第二章 and their like.

Raw lines and what is found:
    "（十一）全面推进平安建设"  -> style "（一）", number 11
    "1．主要职能"                  -> style "1.", number 1
    "2024年是…" "1.5万人" "2022. " -> none: a year, a decimal number
Whether a marked line is a heading or an item of a list is decided in `outline`.
"""

import re
from dataclasses import dataclass

from corpus.chinese_numerals import parse_numeral

_HAN = r"[一二三四五六七八九十百]{1,5}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_UNITS = ("编", "篇", "章", "节", "条")
_NO_UNIT = r"(?=\s*[^\s\d.．%％‰万亿千百个元倍年月日])"

# style -> pattern; the first that matches counts. Arabic marks of three digits or more are quantities.
_STYLES = {
    **{f"第{unit}": rf"第\s*({_HAN}|\d{{1,3}})\s*{unit}(?=[\s：:\u4e00-\u9fff])" for unit in _UNITS},
    "第部分": rf"第\s*({_HAN}|\d{{1,2}})\s*部分",
    "一、": rf"({_HAN})\s*[、．.]",
    "（一）": rf"[（(]\s*({_HAN})\s*[）)]、?",
    "1.1.1": r"\d{1,2}[.．]\d{1,2}[.．](\d{1,2})[.．、]?\s+" + _NO_UNIT,
    "1.1": r"\d{1,2}[.．](\d{1,2})[.．、]?\s+" + _NO_UNIT,
    "1.": r"(\d{1,2})\s*[.．](?=\s*\D)",
    "1、": r"(\d{1,2})\s*、(?=\s*\D)",
    "（1）": r"[（(]\s*(\d{1,2})\s*[）)]、?",
    "1）": r"(\d{1,2})\s*[）)]",
    "①": f"([{_CIRCLED}])",
}
_MARK = re.compile("|".join(f"(?:{pattern})" for pattern in _STYLES.values()))
_STYLE_OF_GROUP = tuple(_STYLES)
# Chinese numerals head chapters; a stray one is a heading whose forerunner was lost.
_HEAD_STYLES = frozenset(style for style in _STYLES if style[0] in "第一（" and style != "（1）")


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A numbering mark. `length` counts the characters it takes, the white space behind it too."""

    style: str
    number: int
    length: int

    @property
    def heads(self) -> bool:
        return self.style in _HEAD_STYLES


def find_mark(text: str) -> Mark | None:
    """The numbering mark that `text` begins with."""
    match = _MARK.match(text)
    if match is None or match.lastindex is None:
        return None
    style = _STYLE_OF_GROUP[match.lastindex - 1]
    length = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
    return Mark(style=style, number=_number(match.group(match.lastindex)), length=length)


def unmarked(text: str) -> str:
    """The text without the numbering mark it begins with, unless it is nothing but a mark."""
    mark = find_mark(text)
    return text[mark.length :] or text if mark else text


def _number(printed: str) -> int:
    if printed in _CIRCLED:
        return _CIRCLED.index(printed) + 1
    return int(printed) if printed.isdigit() else int(parse_numeral(printed))
