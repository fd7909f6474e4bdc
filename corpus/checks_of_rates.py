"""Printed completion rates held against actual ÷ target.

完成指标任务（2.55万人）的200.39%, target 2.55万人, actual 5.11万人 -> 5.11 ÷ 2.55 = 200.39%: agrees
"""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from corpus.findings import Finding, Reason, places_of, rounding_of, shown
from corpus.model import Figure, Indicator, Report


def rate_findings(report: Report) -> Iterator[Finding]:
    """One finding for each printed completion rate whose indicator has a number as target and as actual."""
    figures = {figure.id: figure for figure in report.figures}
    for indicator in report.indicators:
        for rate in _printed_rates(report, indicator):
            target, actual = (figures[ids[0]] for ids in (indicator.target_figures, indicator.actual_figures))
            yield _compare(indicator, rate, target, actual)


def _printed_rates(report: Report, indicator: Indicator) -> list[Figure]:
    """In the indicator's row, and in prose that names the indicator."""
    if indicator.computed_rate is None:
        return []
    names = (indicator.name, *indicator.aliases)
    return [
        figure
        for figure in report.figures
        if figure.role == "completion_rate" and figure.value is not None
        if figure.id == indicator.rate_figure or (figure.table is None and any(name in figure.name for name in names))
    ]


def _compare(indicator: Indicator, rate: Figure, target: Figure, actual: Figure) -> Finding:
    printed = Decimal(rate.value or 0)
    exact = Decimal(actual.base_value or 0) * 100 / Decimal(target.base_value or 1)
    computed = exact.quantize(_unit(printed), rounding=ROUND_HALF_UP)
    agrees = computed == printed
    reason: Reason | None = None if agrees else "rounding" if _within(printed, target, actual) else "contradiction"
    sum_shown = f"{shown(actual)} ÷ {shown(target)} = {computed}%"
    message = f"“{indicator.name}”的完成率印为 {shown(rate)}，按 {sum_shown}，"
    return Finding(
        check="rate", verdict="agrees" if agrees else "differs", subject=indicator.name, reason=reason,
        message=message + ("一致。" if agrees else "不一致。"), places=places_of((rate, actual, target)),
    )  # fmt: skip


def _unit(value: Decimal) -> Decimal:
    """One of the last printed digit: 122.2 -> 0.1."""
    return Decimal(1).scaleb(int(value.as_tuple().exponent))


def _within(printed: Decimal, target: Figure, actual: Figure) -> bool:
    """Whether the rate is possible for values that were rounded to what is printed."""
    (low, high), (least, most) = _bounds(actual), _bounds(target)
    return low * 100 / most <= printed + _unit(printed) / 2 and printed - _unit(printed) / 2 <= high * 100 / least


def _bounds(figure: Figure) -> tuple[Decimal, Decimal]:
    base, half = Decimal(figure.base_value or 0), rounding_of(figure) / 2
    return base - half, base + half
