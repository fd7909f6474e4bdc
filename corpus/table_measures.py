"""What a column measures where its header does not say: the caption says it for all rows.

表2 2023年主要工业产品产量情况
产品名称 | 计量单位 | 2023年 | 比上年增长（%）
原煤     | 吨       | 412000 | 3.1                 -> 原煤产量 · 原煤产量比上年增长
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.model import Table

_DATA = Path(__file__).parent / "data" / "tables.toml"
_YEAR = re.compile(r"(?:19|20)\d{2}(?:年度?)?")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Words:
    bare: re.Pattern[str]
    growth: re.Pattern[str]
    measure: re.Pattern[str]


def measured(label: str, header: str, table: Table) -> tuple[str, str]:
    """Row label and column header with what the caption says is measured, where neither says it.

    A header that is a year, or a word such as 绝对数, gives way to the measure; the year is the period's business.
    """
    words = _words()
    plain = re.sub(r"\s", "", _YEAR.sub("", _BRACKETS.sub("", header)))
    is_bare = words.bare.fullmatch(plain) is not None
    if not is_bare and words.growth.match(plain) is None:
        return label, header
    said = words.measure.findall(_BRACKETS.sub("", table.lead_in))
    if not said or words.measure.search(label):
        return label, header
    return label + said[-1], "" if is_bare else header


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))["measures"]
    bare, growth, nouns = ("|".join(sorted(data[name], key=len, reverse=True)) for name in ("bare", "growth", "nouns"))
    return _Words(bare=re.compile(f"(?:{bare})?"), growth=re.compile(f"(?:{growth})"), measure=re.compile(nouns))
