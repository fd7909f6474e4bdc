"""When a number holds: the date stated nearest before it, else its section's or its report's year.

2022年12月基本养老保险参保人数851.7万人   -> 2022年12月
门店39万家，比2021年末增加1万家             -> not 2021年末: that is what it is compared with
今年安排300亿元 (work report of 2025)       -> 2025年
"""

import re

from corpus.model import Metadata
from corpus.quantities import Numeral

_YEAR = re.compile(r"((?:1[89]|20)\d{2})(?:年|-)")
_COMPARED = re.compile(r"(?:比|较|与|同|由|从|按)$")
_NEXT_TO = re.compile(r"^[的末底初，]{0,2}(?:[达为是约近超]|达到)?$")
_RELATIVE = re.compile(r"今年|本年|去年|上年(?!末)|明年")
_STOCK = re.compile(r"年(?:末|底)")
_SHIFT = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "明年": 1}
_YEAR_KINDS = frozenset({"year", "span of years", "full date"})


def period_of(
    sentence: str, at: int, numerals: tuple[Numeral, ...], inherited: str | None, this_year: int | None
) -> str | None:
    """The period in force at `at` of a sentence; `inherited` comes from what stands around the sentence."""
    found: tuple[int, str] | None = None
    for numeral in numerals:
        if numeral.numeral_class != "date" or numeral.rule not in _YEAR_KINDS or numeral.start > at:
            continue
        compared = _COMPARED.search(sentence[: numeral.start])
        if not compared or _NEXT_TO.match(sentence[numeral.end : at]):
            found = numeral.start, sentence[numeral.start : numeral.end]
    relative = _last_relative(sentence, at, this_year)
    if relative is not None and (found is None or relative[0] > found[0]):
        found = relative
    period = found[1] if found else inherited
    if period and _STOCK.search(period) and sentence.rfind("全年", 0, at) > (found[0] if found else -1):
        return over_the_year(period)  # 2023年末…，全年演出254万场: a flow of the whole year
    return period


def over_the_year(period: str | None) -> str | None:
    """2023年末 -> 2023年, for what flows over a year though its sentence began with the year's end."""
    return _STOCK.sub("年", period) if period else None


def _last_relative(sentence: str, at: int, this_year: int | None) -> tuple[int, str] | None:
    if this_year is None:
        return None
    for match in reversed(list(_RELATIVE.finditer(sentence[:at]))):
        if not _COMPARED.search(sentence[: match.start()]):
            return match.start(), f"{this_year + _SHIFT[match[0]]}年"
    return None


def year_of(period: str | None) -> int | None:
    """The year a period ends in: 2021-2022学年 -> 2022."""
    years = re.findall(r"(?:1[89]|20)\d{2}", period or "")
    return int(years[-1]) if years else None


def section_period(path: tuple[str, ...]) -> str | None:
    """The year of the nearest heading that names exactly one (二、2025年主要目标任务 -> 2025年)."""
    for title in reversed(path):
        years: set[str] = set(_YEAR.findall(title))
        if len(years) == 1:
            return years.pop() + "年"
    return None


def this_year(metadata: Metadata) -> int | None:
    """The year a report means by 今年: a work report's is the year it was issued, a review's its data year."""
    return metadata.issued_year if metadata.document_kind == "work_report" else metadata.data_year


def results_period(metadata: Metadata) -> str | None:
    """The year whose results a report tells where nothing else says: a work report's is the one before its own."""
    if metadata.document_kind == "work_report":
        return f"{metadata.issued_year - 1}年" if metadata.issued_year else None
    return f"{metadata.data_year}年" if metadata.data_year else None
