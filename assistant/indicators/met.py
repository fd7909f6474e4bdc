"""Whether an outcome reaches its target, under the target's own bound."""

import re
from decimal import Decimal

from assistant.computing.words import compute_words
from corpus.model import Figure

_EXCEEDS = {">=": "__ge__", ">": "__gt__", "<=": "__le__", "<": "__lt__"}


def met(target: Figure, actual: Figure) -> bool | None:
    """Whether the actual value reaches the target under its bound (不超10次: 0 does); None for unlike units."""
    if target.base_value is None or actual.base_value is None or target.base_unit != actual.base_unit:
        return None
    wanted, got = Decimal(target.base_value), Decimal(actual.base_value)
    bound = target.bound or ("<=" if _less_is_better(target) else ">=")
    return bool(getattr(got, _EXCEEDS.get(bound, "__ge__"))(wanted))


def _less_is_better(target: Figure) -> bool:
    """Whether a target without a bound of its own is one not to be exceeded: 事故死亡率, 投诉率."""
    name = re.sub(r"[（(].*?[）)]", "", target.indicator or target.name.removesuffix(target.column or ""))
    return name.endswith(compute_words().indicator["less_is_better"])
