"""Whether two ledger rows speak of one quantity: the same report, unit and year, and names of the same characters.

参加失业保险人数 520.1万人 (table) · 全市失业保险参保人数 512.3万人 (prose)   -> one quantity, two values
失业保险参保人数 · 工伤保险参保人数                                            -> two quantities
"""

import re
from collections import Counter
from decimal import Decimal

from assistant.questions.lexicon import canonical
from corpus.model import Figure
from corpus.periods import year_of

_SAME_NAME = 0.85
# 在现有…的基础上, 组建…, 共有…: the thing itself is what both speak of.
_THERE_IS = re.compile(r"^(?:在?现有?(?=..)|组建|建有|设有|拥有|共有|实有)|的?基础上.*$")
_MOST_APART = Decimal("0.25")
_LEVELS = frozenset({"actual", "count", "amount", "rate", "standard"})


def same_quantity(figure: Figure, first: Figure) -> bool:
    if figure.report != first.report or figure.base_unit != first.base_unit or figure.base_unit is None:
        return False
    if {figure.kind, first.kind} != {"number"} or figure.role not in _LEVELS or first.role not in _LEVELS:
        return False
    if year_of(figure.period) != year_of(first.period):
        return False
    one, other = Decimal(figure.base_value or 0), Decimal(first.base_value or 0)
    near = bool(other) and abs(one / other - 1) <= _MOST_APART
    names = (_bare(_THERE_IS.sub("", each.name) or each.name) for each in (figure, first))
    return near and max(names_alike(figure, first), _characters_alike(*names)) >= _SAME_NAME


def _bare(name: str) -> str:
    """A name in official terms without asides and the scope in front."""
    return canonical(re.sub(r"[（(].*?[）)]|^(?:全[市省国区县局]|[我本][市省区县局])", "", name))


def _characters_alike(one: str, other: str) -> float:
    """Sørensen-Dice coefficient over characters: 参加失业保险人数 and 失业保险参保人数 are one quantity."""
    shared = sum((Counter(one) & Counter(other)).values())
    return 2 * shared / ((len(one) + len(other)) or 1)


def names_alike(one: Figure, other: Figure) -> float:
    """How alike the names of two rows are, 0 to 1, whatever the order of their characters."""
    return _characters_alike(_bare(one.name), _bare(other.name))
