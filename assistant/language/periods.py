"""Whether the years and other dates that a sentence says of its figures are theirs.

2022年，农业用水为{F1}，工业用水为{F2}。   2022年 holds for both, until another year is said
"""

import re
from collections.abc import Sequence

from assistant.language.known import Known, OfSlot
from assistant.language.words import language_words

_YEAR = re.compile(r"(?:19|20)\d{2}(?!\d)")
# A year that something is compared with or reckoned from is not the figure's own.
_ASIDE = re.compile(r"(?:比|较|与|同|自|从)(?:19|20)\d{2}年?")
_RELATIVE = re.compile(r"去年|上年|前年|今年|明年|次年|同期|上半年|下半年|[一二三四1-4]?季度|\d{1,2}月|月份|期初|年初")
_YEAR_END = re.compile(r"((?:19|20)\d{2})年?(?:年)?(?:末|底|12月末|12月底|12月31日)")


def years_of(text: str) -> list[str]:
    """The years a text speaks of, those aside that others are compared with."""
    return _YEAR.findall(_ASIDE.sub("", text))


def period_fault(of: OfSlot, text: str, year: str) -> str | None:
    """Why the dates of the words about a figure are not its own; `year` was said last before them, else empty."""
    own = set(_YEAR.findall(of.slot.period or "")) or set(_YEAR.findall(of.judged))
    span = re.findall(r"\d{4}", of.slot.period or "")
    if len(span) == 2:  # 2021—2025年
        own |= {str(each) for each in range(int(span[0]), int(span[1]) + 1)}
    for found in {*years_of(text), *filter(None, [year])}:
        if own and found not in own:
            return f"“{of.slot.name}”不是{found}年的"
        if not own:
            return f"“{of.slot.name}”没有写明是{found}年的"
    for found in (*_YEAR.findall(text), *_RELATIVE.findall(language_words().read(text))):
        if found == "年初" and of.slot.role == "target":
            continue
        if found not in own and found not in of.judged:
            return f"“{of.slot.name}”不是{found}的"
    return None


def year_ends(text: str, known: Known) -> str:
    """The text where the end of a year that figures are of stands as that year: what a year comes to, it is then."""
    years = {year for of in known.slots.values() for year in _YEAR.findall(of.slot.period or "")}
    return _YEAR_END.sub(lambda match: f"{match[1]}年" if match[1] in years else match[0], text)


def last_year(texts: Sequence[str]) -> str:
    """The year said last before a place; empty where none was."""
    return next((found[-1] for text in reversed(texts) if (found := years_of(text))), "")
