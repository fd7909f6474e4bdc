"""One quantity stated in several places: the same value, or different ones and the likely reason.

基本养老保险参保人数860.4万人 · 基本养老保险参保人数达860万人          -> rounding
基本养老保险参保人数860.4万人 · 基本养老保险参保人数（含离退休）851.7万人 -> scope
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from corpus.findings import Finding, Reason, last_digit, places_of, shown
from corpus.model import Figure, Report
from corpus.periods import year_of
from corpus.wording import alternatives, wording

_DATA = Path(__file__).parent / "data" / "audit.toml"
_ASIDE = re.compile(r"[（(][^（）()]*[）)]")
# Targets stand apart from what was done; the rest are ways of stating a fact.
_STATED = frozenset({"actual", "count", "amount", "rate", "share", "standard", "score", "rank"})
# The graver, the later.
_REASONS: dict[Reason, str] = {
    "rounding": "取整", "context": "上下文不同，所指可能不是同一数量", "date": "时点不同", "scope": "口径不同",
    "contradiction": "可能矛盾，请核实",
}  # fmt: skip
_MIN_NAME = 4


def repeat_findings(report: Report) -> Iterator[Finding]:
    """One finding for each quantity of one year that stands in at least two places."""
    groups: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in report.figures:
        if figure.role in _STATED and figure.base_value is not None and (key := quantity_key(figure)):
            groups[key, figure.base_unit, year_of(figure.period)].append(figure)
    for figures in groups.values():
        # Columns of one row that bear one name are different columns.
        rows = {(figure.table, figure.row) if figure.table else figure.start for figure in figures}
        if len(rows) > 1:
            yield _compare(figures)


def quantity_key(figure: Figure) -> str:
    """What is measured, without scope, asides and words that leave it the same; "" where the name is too bare."""
    name = figure.indicator if figure.indicator and figure.role == "actual" else figure.name
    plain = "".join(sorted(_light().sub("", _ASIDE.sub("", name))))
    if len(name) < _MIN_NAME or len(plain) < 2 or wording().attribute.match(name):
        return ""
    return plain if figure.role == "actual" or figure.indicator is None else f"{plain} {figure.indicator}"


@lru_cache(maxsize=1)
def _words() -> dict[str, list[str]]:
    words: dict[str, list[str]] = tomllib.loads(_DATA.read_text(encoding="utf-8"))["names"]
    return words


@lru_cache(maxsize=1)
def _light() -> re.Pattern[str]:
    return re.compile(alternatives(_words()["light"]))


def _compare(figures: Sequence[Figure]) -> Finding:
    values = {figure.base_value: figure for figure in reversed(figures)}
    different = sorted(values.values(), key=lambda figure: figure.start)
    subject = different[0].name
    if len(different) == 1:
        message = f"“{subject}”在 {len(figures)} 处都是 {shown(figures[0])}。"
        return Finding(check="repeat", verdict="agrees", subject=subject, message=message, places=places_of(figures))
    reasons = [(one, other, _reason(one, other)) for one, other in pairwise(different)]
    worst = max((reason for _, _, reason in reasons), key=list(_REASONS).index)
    stated = "；".join(
        f"{one.name} {shown(one)}，{other.name} {shown(other)}（{_REASONS[reason]}）" for one, other, reason in reasons
    )
    return Finding(
        check="repeat", verdict="open" if worst == "context" else "differs", subject=subject, reason=worst,
        message=f"“{subject}”有 {len(different)} 个值：{stated}。", places=places_of(figures),
    )  # fmt: skip


def _reason(one: Figure, other: Figure) -> Reason:
    """The likeliest reason that two values of one name differ."""
    if _rounded(one, other):
        return "rounding"
    if _asides(one) != _asides(other) or (one.scope and other.scope and one.scope != other.scope):
        return "scope"
    if one.period != other.period:
        return "date"
    bare = one.name.startswith(tuple(_words()["bare_starts"]))
    return "context" if bare or one.sentence_start == other.sentence_start else "contradiction"


def _asides(figure: Figure) -> list[str]:
    return _ASIDE.findall(figure.indicator or figure.name)


def _rounded(one: Figure, other: Figure) -> bool:
    """Whether the less precise of two values is the other, rounded or cut."""
    coarse, fine = sorted((one, other), key=last_digit, reverse=True)
    distance = abs(Decimal(coarse.base_value or 0) - Decimal(fine.base_value or 0))
    return last_digit(coarse) > last_digit(fine) and distance < last_digit(coarse)
