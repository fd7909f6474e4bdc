"""Numerals in repaired text and what each of them is: a quantity, a date, a name or structure.

    帮助7.3万城镇登记失业人员        -> 7.3, unit 万, base 73000 人
    不少于3,200名                      -> >= 3200 名, base 3200 人
    第38名 / 五分之四 / 百分之九十八    -> rank 38 / 0.8 / 98 %

It knows units and numerals (`data/units.tsv`, `data/quantities.toml`), not what a number measures:
that is `names.py`. Values are exact decimals.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal

from corpus.chinese_numerals import NUMERAL, parse_numeral
from corpus.measures import ARABIC, measure_at, qualifier_around
from corpus.model import Bound, Kind
from corpus.not_quantities import AT_NUMERAL, AT_WORDS, BEFORE_NUMERAL, LIST_NUMERAL, NumeralClass
from corpus.units import MAGNITUDES, match_unit, qualifiers

_EXACT = Context(prec=80)  # more digits than any value has; the default of 28 would round


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """A number with its unit at `text[start:end]`; `number_end` is where the bare number ends."""

    start: int
    end: int
    number_end: int
    kind: Kind
    value: Decimal
    value_high: Decimal | None
    magnitude: Decimal
    unit: str | None  # as printed, magnitude included: "万人"
    base_unit: str | None
    dimension: str | None
    qualifier: str | None
    bound: Bound | None
    rank: bool = False
    arabic: bool = True

    @property
    def base_value(self) -> Decimal:
        return _EXACT.multiply(self.value, self.magnitude)


@dataclass(frozen=True, kw_only=True, slots=True)
class Numeral:
    """Any numeral of the text with the class that accounts for it; `rule` names the reason."""

    start: int
    end: int
    numeral_class: NumeralClass
    rule: str
    quantity: Quantity | None = None


_SIGN = r"(?<![\d.A-Za-z])[-−](?=\d)"

_SHORT = "[一二三四五六七八九十][零〇一二三四五六七八九十百千]{0,9}"
_RANK = re.compile(rf"(?:第|前)(?P<number>\d{{1,9}}|{_SHORT})(?P<unit>名|位|强)(?!(?:书记|副|院士))")
_RANK_WORD = re.compile(r"首位|榜首|之首|第[一二三四五六七八九十]+(?:(?![一-龥])|(?=大))")
_RANK_CUE = re.compile(
    r"(?:排名?|位居|位列|名列|居|列|全[国省市区县球]|[省市国区]|世界|亚洲|跻身)(?:在|为)?(?:全[国省市区县球]|世界|亚洲)?$"
)
_RATIO = re.compile(r"(?P<low>\d+(?:\.\d+)?)(?:∶|:(?=\d+\.))(?P<high>\d+(?:\.\d+)?)(?::\d+(?:\.\d+)?)?")
_FRACTION = re.compile(rf"(?P<low>{NUMERAL})分之(?P<high>{_SHORT}(?:点[零〇一二三四五六七八九]{{1,20}})?)(?!{NUMERAL})")
# 12分40秒, 1小时25分: one duration, in its smaller unit.
_DURATION = re.compile(
    r"(?:(?P<hours>\d{1,3})(?:个)?小时)?(?P<minutes>\d{1,2})分钟?(?P<seconds>\d{1,2})秒"
    r"|(?P<only_hours>\d{1,3})(?:个)?小时(?P<rest>\d{1,2})分钟?"
)
_QUOTED_NAME = re.compile(r"[“‘「《]([^”’」》]{1,14})[”’」》]")


def scan(text: str) -> tuple[Numeral, ...]:
    """Every numeral of `text` in order, each accounted for exactly once."""
    return tuple(_share_qualifiers(text, tuple(_scan(text))))


def _share_qualifiers(text: str, numerals: Sequence[Numeral]) -> Iterator[Numeral]:
    """In 达860万人、706万人、722万人 the first number's qualifier is that of all."""
    last: Quantity | None = None
    for numeral in numerals:
        quantity = numeral.quantity
        if quantity is None:
            yield numeral
            continue
        if last and text[last.end : quantity.start].strip() == "、" and _shares(last, quantity):
            quantity = replace(quantity, qualifier=last.qualifier, bound=last.bound)
        yield replace(numeral, quantity=quantity)
        last = quantity


def _shares(last: Quantity, quantity: Quantity) -> bool:
    before = qualifiers("before")
    alike = quantity.dimension == last.dimension and not quantity.rank
    return alike and quantity.qualifier is None and last.qualifier in before


def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of `text` in order."""
    return tuple(numeral.quantity for numeral in scan(text) if numeral.quantity is not None)


_START = re.compile(rf"[第前](?=\d|{NUMERAL})|首位|榜首|之首|{_SIGN}|\d|{NUMERAL}")


def _scan(text: str) -> Iterator[Numeral]:
    names = [match.span(1) for match in _QUOTED_NAME.finditer(text)]
    position = 0
    while (match := _START.search(text, position)) is not None:
        numeral = _numeral_at(text, match.start(), names)
        if numeral is None:
            position = match.end()
            continue
        yield numeral
        position = max(numeral.end, match.start() + 1)


def _numeral_at(text: str, at: int, names: list[tuple[int, int]]) -> Numeral | None:
    if rank := _rank(text, at):
        return _figure(rank, "rank")
    if text[at] in "第前首榜之":
        return _ordinal(text, at)
    if ratio := _RATIO.match(text, at):
        return _figure(_ratio_quantity(ratio), "ratio")
    if lasts := _DURATION.match(text, at):
        return _figure(_duration_quantity(text, lasts), "duration")
    if text[at].isdigit() or text[at] in "-−":
        return _not_quantity(text, at, names) or _figure(_arabic(text, at), "number")
    for numeral_class, rule, pattern in AT_WORDS:
        if found := pattern.match(text, at):
            return Numeral(start=at, end=found.end(), numeral_class=numeral_class, rule=rule)
    if fraction := _FRACTION.match(text, at):
        return _figure(_fraction_quantity(text, fraction), "fraction")
    quantity = _chinese(text, at)
    if quantity is None:
        return None
    if _within(at, names):
        return Numeral(start=at, end=quantity.end, numeral_class="name", rule="quoted name")
    return _figure(quantity, "number in words")


def _ordinal(text: str, at: int) -> Numeral | None:
    numeral = re.compile(rf"第(?:\d+|{NUMERAL})").match(text, at)
    if numeral is None:
        return None
    return Numeral(start=at, end=numeral.end(), numeral_class="structure", rule="ordinal")


def _figure(quantity: Quantity, rule: str) -> Numeral:
    return Numeral(start=quantity.start, end=quantity.end, numeral_class="figure", rule=rule, quantity=quantity)


def _within(at: int, names: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in names)


def _not_quantity(text: str, at: int, names: list[tuple[int, int]]) -> Numeral | None:
    if item := LIST_NUMERAL.match(text, at - (1 if at and text[at - 1] in "（(" else 0)):
        return Numeral(start=at, end=item.end(), numeral_class="structure", rule="list numeral")
    for numeral_class, rule, pattern in AT_NUMERAL:
        if found := pattern.match(text, at):
            return Numeral(start=at, end=max(found.end(), at + 1), numeral_class=numeral_class, rule=rule)
    number = re.compile(ARABIC).match(text, at + (text[at] in "-−"))
    end = number.end() if number else at + 1
    for numeral_class, rule, pattern in BEFORE_NUMERAL:
        if pattern.search(text[max(0, at - 4) : at]) and not _scaled_unit(text, end):
            return Numeral(start=at, end=end, numeral_class=numeral_class, rule=rule)
    if _within(at, names) and not _quantity_in_quotes(text, end, names):
        return Numeral(start=at, end=end, numeral_class="name", rule="quoted name")
    return None


def _scaled_unit(text: str, at: int) -> bool:
    """A magnitude and a unit follow, so even a number glued to Latin letters is one: B2C129亿元."""
    unit = match_unit(text, at)
    return unit is not None and unit.base is not None and unit.factor >= 10_000


def _quantity_in_quotes(text: str, end: int, names: list[tuple[int, int]]) -> bool:
    """A quoted number keeps its meaning when the quotation is a clause with a decimal or percent."""
    return text[end : end + 1] in {"%", "％"} and not any(stop == end + 1 for _, stop in names)


def _rank(text: str, at: int) -> Quantity | None:
    """A rank: 第38名, 前10位, 首位, or 第一 after a word of ranking (排名第一)."""
    if numbered := _RANK.match(text, at):
        printed, top = numbered["number"], text[at] == "前"
        return _rank_quantity(
            at, numbered.end("number"), numbered.end(), printed, unit=numbered["unit"], bound="<=" if top else None
        )
    worded = _RANK_WORD.match(text, at)
    if worded is None or (text[at] == "第" and not _RANK_CUE.search(text[max(0, at - 8) : at])):
        return None
    printed = worded[0][1:] if text[at] == "第" else "一"
    return _rank_quantity(at, worded.end(), worded.end(), printed, unit=None, bound=None)


def _rank_quantity(
    start: int, number_end: int, end: int, printed: str, *, unit: str | None, bound: Bound | None
) -> Quantity:
    return Quantity(
        start=start, end=end, number_end=number_end, kind="number",
        value=Decimal(printed) if printed.isdigit() else parse_numeral(printed), value_high=None,
        magnitude=Decimal(1), unit=unit, base_unit="名", dimension="rank",
        qualifier="前" if bound else None, bound=bound, rank=True, arabic=printed.isdigit(),
    )  # fmt: skip


def _ratio_quantity(match: re.Match[str]) -> Quantity:
    return Quantity(
        start=match.start(), end=match.end(), number_end=match.end(), kind="text", value=Decimal(match["low"]),
        value_high=Decimal(match["high"]), magnitude=Decimal(1), unit=None, base_unit=None, dimension="ratio",
        qualifier=None, bound=None,
    )  # fmt: skip


def _duration_quantity(text: str, match: re.Match[str]) -> Quantity:
    hours, minutes, seconds = (int(match[name] or 0) for name in ("hours", "minutes", "seconds"))
    unit, dimension, value = "秒", "seconds", (hours * 60 + minutes) * 60 + seconds
    if match["only_hours"]:
        unit, dimension, value = "分钟", "minutes", int(match["only_hours"]) * 60 + int(match["rest"])
    qualifier, bound = qualifier_around(text, match.start(), match.end())
    return Quantity(
        start=match.start(), end=match.end(), number_end=match.end(), kind="number", value=Decimal(value),
        value_high=None, magnitude=Decimal(1), unit=unit, base_unit=unit, dimension=dimension,
        qualifier=qualifier, bound=bound,
    )  # fmt: skip


def _fraction_quantity(text: str, match: re.Match[str]) -> Quantity:
    low, high = parse_numeral(match["low"]), parse_numeral(match["high"])
    percent = match["low"] == "百"
    qualifier, bound = qualifier_around(text, match.start(), match.end())
    return Quantity(
        start=match.start(), end=match.end(), number_end=match.end(), kind="number",
        value=high if percent else high / low, value_high=None, magnitude=Decimal(1),
        unit="%" if percent else None, base_unit="%" if percent else None,
        dimension="percent" if percent else "share", qualifier=qualifier, bound=bound, arabic=False,
    )  # fmt: skip


def _arabic(text: str, at: int) -> Quantity:
    sign = text[at] in "-−"
    number = re.compile(ARABIC).match(text, at + sign)
    if number is None:  # the caller has seen a digit here
        raise ValueError(f"no number at {at} in {text!r}")
    value = Decimal(number[0].replace(",", "")) * (-1 if sign else 1)
    return _with_unit(text, start=at, number_end=number.end(), value=value, arabic=True)


def _chinese(text: str, at: int) -> Quantity | None:
    match = re.compile(NUMERAL).match(text, at)
    if match is None:
        return None
    printed, magnitude = match[0], ""
    value = parse_numeral(printed)
    tail = printed.lstrip("一二三四五六七八九两零〇十百千")
    if tail in MAGNITUDES and len(tail) < len(printed):  # 三千二百万 keeps 万 in its unit, as 3200万 does
        magnitude, value = tail, parse_numeral(printed[: -len(tail)])
    number_end = match.end() - len(magnitude)
    quantity = _with_unit(text, start=at, number_end=number_end, value=value, arabic=False)
    # A bare 一, 十 or 三 without a unit, or 一个, is grammar, not a quantity.
    if value < 2 or (quantity.dimension is None and not magnitude and len(printed) < 3):
        return None
    return quantity


def _with_unit(text: str, *, start: int, number_end: int, value: Decimal, arabic: bool) -> Quantity:
    found = measure_at(text, start, number_end)
    return Quantity(
        start=start, end=found.end, number_end=found.number_end, kind="range" if found.high is not None else "number",
        value=value, value_high=found.high, magnitude=found.factor, unit=found.unit, base_unit=found.base,
        dimension=found.dimension, qualifier=found.qualifier, bound=found.bound, arabic=arabic,
    )  # fmt: skip
