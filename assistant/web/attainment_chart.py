"""Targets beside what was reached, as bars: text escaped, colours that differ in lightness too.

A bar is as long as what was reached, in percent of the target; the tick at 100% is the target.
"""

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from assistant.views.attainment import Attainment

_LONGEST = Decimal(200)  # percent; a longer bar is cut and says so
_SHORTEST_SCALE = Decimal(120)
_MET = {True: "√ 达到", False: "× 未达到", None: ""}


def chart(attainments: Sequence[Attainment]) -> str:
    """Bars for those with a percentage, text for the others, in their order."""
    known = [each.percent for each in attainments if each.percent is not None]
    scale = min(max([_SHORTEST_SCALE, *known]), _LONGEST)
    rows = "".join(_row(each, scale) for each in attainments)
    return (
        '<div class="jushi-chart-key"><span class="jushi-bar-sample"></span>实际值（占目标值的百分比）'
        '<span class="jushi-tick-sample"></span>目标值（100%）</div>'
        f'<div class="jushi-chart" role="table" aria-label="目标值与实际值">{rows}</div>'
    )


def _row(each: Attainment, scale: Decimal) -> str:
    percent = "" if each.percent is None else f"{_shown(each.percent)}%{'' if each.is_printed else '（计算）'}"
    state = " ".join(part for part in (percent, _MET[each.met]) if part)
    said = f"目标 {each.target or '无'}　实际 {each.actual or '无'}"
    return (
        '<div class="jushi-chart-row" role="row">'
        f'<div class="jushi-chart-name" role="rowheader">{escape(each.indicator.name)}</div>'
        f'<div class="jushi-chart-bar" role="cell">{_bar(each.percent, scale)}'
        f'<div class="jushi-chart-said">{escape(said)}</div></div>'
        f'<div class="jushi-chart-state" role="cell">{escape(state)}</div></div>'
    )


def _bar(percent: Decimal | None, scale: Decimal) -> str:
    if percent is None:
        return ""
    length, tick = (min(max(value, Decimal(0)), scale) / scale * 100 for value in (percent, Decimal(100)))
    cut = " jushi-bar-cut" if percent > scale else ""
    return (
        '<div class="jushi-bar">'
        f'<div class="jushi-bar-reached{cut}" style="width:{length:.2f}%"></div>'
        f'<div class="jushi-bar-target" style="left:{tick:.2f}%"></div></div>'
    )


def _shown(percent: Decimal) -> str:
    text = f"{percent:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
