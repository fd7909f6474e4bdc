"""Which role a number plays: target, growth, share, rank, amount, count … Rules first in the table win."""

import re

from corpus.model import Role
from corpus.names import Named
from corpus.quantities import Quantity
from corpus.wording import wording

# What a number is by its dimension alone, when no word says otherwise.
_BY_DIMENSION: dict[str, Role] = {
    "percent": "rate", "permille": "rate", "points": "score", "percentage-points": "growth",
    "multiple": "other", "tenths": "rate", "share": "share", "ratio": "share", "money": "amount",
    "money-usd": "amount", "money-hkd": "amount", "money-eur": "amount", "money-jpy": "amount",
    "years": "other", "months": "other", "days": "other", "hours": "other", "minutes": "other", "seconds": "other",
    "age": "other", "workdays": "threshold", "temperature": "other", "concentration": "other",
}  # fmt: skip
_SHARES = frozenset({"percent", "permille", "share", "ratio", "tenths", "multiple", None})
_SHARE_OF = re.compile(r"(?:以上|以下|左右|多)?的")  # 60%的年轻人
_WORDED: tuple[Role, ...] = ("completion_rate", "score", "standard", "threshold", "target")
# A word proves its role only for numbers of these dimensions (None: any).
_DIMENSIONS_OF: dict[str, frozenset[str] | None] = {
    "completion_rate": frozenset({"percent"}),
    "score": frozenset({"points"}),
    "standard": frozenset({"money"}),
    "threshold": None,
    "target": None,
}


def role_of(quantity: Quantity, named: Named, *, before: str, after: str, planned: bool) -> Role:
    """The role of a number in prose. `before` and `after` are its clause; `planned`: it tells of what is to come."""
    if before.endswith(("*", "×")):
        return "constant"
    if quantity.rank:
        return "rank"
    if quantity.dimension == "age" and quantity.qualifier:
        return "threshold"
    if planned:
        return "target"
    if named.derived == "growth" or quantity.dimension == "percentage-points":
        return "growth"
    part = named.derived == "share" or wording().share.match(before.lstrip("其中，、"))
    if part and quantity.dimension in _SHARES:
        return "share"
    if quantity.dimension == "percent" and _SHARE_OF.match(after):
        return "share"
    if "/" in (quantity.dimension or "") and (quantity.dimension or "").startswith("money"):
        return "standard"
    for role in _WORDED:
        allowed = _DIMENSIONS_OF[role]
        if (allowed is None or quantity.dimension in allowed) and _says(role, before, named.name, after):
            return role
    if re.search("占|比重", named.name) and quantity.dimension == "percent":
        return "share"
    return _BY_DIMENSION.get(quantity.dimension or "", "count" if quantity.base_unit else "other")


def _says(role: Role, before: str, name: str, after: str) -> bool:
    words = wording().roles[role]
    before, name = (wording().no_standard.sub("", text) for text in (before, name))
    if role == "threshold":
        return any(after.startswith(word) for word in words) or any(word in name for word in words if "的" not in word)
    if role == "target":
        stated = any(before.startswith(word) or before.endswith(word) for word in words)
        return stated or bool(wording().planned.search(before))
    return any(word in before or word in name for word in words)
