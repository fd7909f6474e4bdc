"""Totals held against their parts, and stated counts against the items listed behind them.

共18个。其中，行政单位1个、事业单位17个        -> 1 + 17 = 18
共包含4个绩效指标，分别为：甲、乙、丙、丁        -> 4 items
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from corpus.findings import Finding, FoundAt, places_of, rounding_of, shown
from corpus.model import Figure, Report
from corpus.repair import repair

_OPENS_PARTS = re.compile(r"其中|包含|包括")
_NOT_PARTS = frozenset({"growth", "share", "rank", "rate"})
_LIST = re.compile(r"^[^，。；：、\d]{0,14}[，,]?(?:分别为|分别是|即|包括|具体为)[：:]?|^[^，。；：、\d]{0,14}[：:]")
_ASIDE = re.compile(r"[（(“‘《][^（）()“”‘’《》]*[）)”’》]")
_MAX_LEAD, _MAX_PARTS = 40, 20


def part_findings(report: Report) -> Iterator[Finding]:
    """Totals with 其中 or 包含 behind them whose parts add up to them, or to more than them."""
    prose = [
        figure for figure in report.figures if figure.table is None and figure.base_value and not figure.value_high
    ]
    for index, total in enumerate(prose):
        if total.role in _NOT_PARTS or total.base_unit == "%":
            continue
        parts = _parts(report.document.text, total, prose[index + 1 : index + 1 + _MAX_PARTS])
        if len(parts) > 1:
            finding = _sum(total, parts)
            if finding is not None:
                yield finding


def _parts(text: str, total: Figure, following: Sequence[Figure]) -> list[Figure]:
    """The figures of the total's kind behind the word that opens its parts, up to the end of that sentence."""
    parts: list[Figure] = []
    position = total.end
    for figure in following:
        between = text[position : figure.start]
        opened = _OPENS_PARTS.search(between)
        sentence_over = "。" in between and (parts or len(between) > _MAX_LEAD)
        if bool(opened) == bool(parts) or sentence_over or len(between) > 2 * _MAX_LEAD:
            break  # no parts open, or parts of a part do
        if figure.base_unit == total.base_unit and figure.role not in _NOT_PARTS:
            if Decimal(figure.base_value or 0) > Decimal(total.base_value or 0):
                break
            parts.append(figure)
        position = figure.end
    return parts


def _sum(total: Figure, parts: Sequence[Figure]) -> Finding | None:
    whole, added = Decimal(total.base_value or 0), sum(Decimal(part.base_value or 0) for part in parts)
    exact, rounded = added == whole, abs(added - whole) <= max(map(rounding_of, (total, *parts)))
    if added < whole and not rounded:  # 其中 may name some parts only
        return None
    shown_sum = " + ".join(shown(part) for part in parts)
    verdict = "相符" if exact else "取整后相符" if rounded else "超过总数，各项可能互有包含，请核实"
    return Finding(
        check="parts", verdict="agrees" if rounded else "open", subject=total.name,
        reason=None if exact else "rounding" if rounded else "scope", places=places_of((total, *parts)),
        message=f"“{total.name}”{shown(total)}，其中 {shown_sum}，{verdict}。",
    )  # fmt: skip


def item_findings(report: Report) -> Iterator[Finding]:
    """Stated counts with a list of items behind them."""
    text = report.document.text
    for figure in report.figures:
        if figure.base_unit in {"个", "项", "类", "种"} and figure.value and figure.table is None:
            stop = text.find("。", figure.end, figure.sentence_end)
            end = stop if stop >= 0 else figure.sentence_end
            rest = repair(text, figure.end, end).text
            opening = _LIST.match(rest)
            items = _items(rest[opening.end() :]) if opening else []
            if len(items) > 1:
                listed = FoundAt(
                    start=figure.end, end=end, printed=text[figure.end : end], name="所列各项", figure=None
                )
                yield _count(figure, items, listed)


def _items(listed: str) -> list[str]:
    plain = _ASIDE.sub("", listed)
    return [item for item in re.split(r"[、；;]", plain) if item] if not re.search(r"[，,\d]", plain) else []


def _count(figure: Figure, items: Sequence[str], listed: FoundAt) -> Finding:
    # The last two items may be joined by a word that also stands inside items: 甲、乙和丙.
    possible = {len(items), len(items) + len(re.findall(r"[和及与]", items[-1]))}
    agrees = Decimal(figure.value or 0) in possible
    return Finding(
        check="items", verdict="agrees" if agrees else "differs", subject=figure.name,
        reason=None if agrees else "contradiction", places=(*places_of((figure,)), listed),
        message=f"“{figure.name}”写为 {shown(figure)}，所列 {len(items)} 项，{'相符' if agrees else '不符'}。",
    )  # fmt: skip
