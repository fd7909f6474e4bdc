"""An answer's first figure held against the figure that was asked for.

    gold 18.6 万人, actual, 2022年, 全市   answer 186000 人, actual, 2022年, 全市   -> nothing differs

Values are compared in base units, units by dimension, periods by year and text, scopes leniently: one holds
the other. What the gold leaves open is not checked; what the answer leaves open is missing, not wrong.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from assistant.answer import AnswerFigure
from corpus.periods import year_of
from corpus.quantities import quantities
from corpus.units import match_unit
from evals.cases import GoldFigure
from evals.matching import normalise

Part = Literal["value", "unit", "role", "period", "scope"]
Agreement = Literal["same", "different", "absent"]
RANK = "rank"
_YEAR_ONLY = re.compile(r"\d{4}年?度?")
_PERIOD_WORDS = {"年底": "年末", "月底": "月末", "年度": "年", "全年": "", "-": "至", "—": "至", "–": "至"}
_PUNCTUATION = re.compile(r"[^\w]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """How each part of a figure agrees with the gold."""

    parts: dict[Part, Agreement]

    @property
    def exact(self) -> bool:
        return all(agreement == "same" for agreement in self.parts.values())

    @property
    def value_exact(self) -> bool:
        return self.parts["value"] == "same" and self.parts["unit"] == "same"

    @property
    def different(self) -> tuple[Part, ...]:
        return tuple(part for part, agreement in self.parts.items() if agreement == "different")


def compare_figure(gold: GoldFigure, figure: AnswerFigure) -> Comparison:
    return Comparison(
        parts={
            "value": "same" if _value_agrees(gold, figure) else "different",
            "unit": _unit_agrees(gold, figure),
            "role": "same" if figure.role == gold.role else "different",
            "period": period_agrees(gold.period, figure.period),
            "scope": _scope_agrees(gold.scope, figure),
        }
    )


def base_value(gold: GoldFigure) -> Decimal | None:
    """The gold value in its base unit: 18.6 万人 is 186000; None for a grade."""
    value, unit = gold.decimal(), match_unit(gold.unit, 0) if gold.unit else None
    return value if value is None or unit is None else value * unit.factor


def _value_agrees(gold: GoldFigure, figure: AnswerFigure) -> bool:
    wanted = base_value(gold)
    if wanted is None:
        return normalise(gold.value) in {normalise(figure.value or ""), normalise(figure.printed)}
    return wanted == figure_base_value(figure)


def figure_base_value(figure: AnswerFigure) -> Decimal | None:
    """The figure's base value; where none is given, its value times its unit's magnitude."""
    try:
        if figure.base_value is not None:
            return Decimal(figure.base_value)
        unit = match_unit(figure.unit, 0) if figure.unit else None
        return None if figure.value is None else Decimal(figure.value) * (unit.factor if unit else 1)
    except InvalidOperation:
        return None  # a grade: its value is a word


def _unit_agrees(gold: GoldFigure, figure: AnswerFigure) -> Agreement:
    if gold.unit is None or RANK in {gold.role, figure.role}:  # a rank's unit (名, 位) says nothing more
        return "same"
    wanted, given = _dimension(gold.unit), _dimension(figure.base_unit or figure.unit)
    if wanted is None or wanted == given:
        return "same"
    return "absent" if given is None else "different"


def _dimension(unit: str | None) -> str | None:
    known = match_unit(unit, 0) if unit else None
    if unit and known is None and unit[0] == "个":  # 个工作日
        known = match_unit(unit, 1)
    return known.dimension if known else None


def period_agrees(gold: str | None, period: str | None) -> Agreement:
    if gold is None:
        return "same"
    if period is None:
        return "absent"
    if year_of(gold) != year_of(period):
        return "different"
    texts = _period_text(gold), _period_text(period)
    only_years = any(_YEAR_ONLY.fullmatch(text) for text in texts)
    return "same" if only_years or texts[0] == texts[1] or texts[0] in texts[1] or texts[1] in texts[0] else "different"


def _period_text(period: str) -> str:
    text = normalise(period)
    for word, plain in _PERIOD_WORDS.items():
        text = text.replace(word, plain)
    return text


def _scope_agrees(gold: str | None, figure: AnswerFigure) -> Agreement:
    if gold is None:
        return "same"
    wanted, scope, name = (_bare(text) for text in (gold, figure.scope or "", figure.name))
    if wanted in scope + name or (scope and scope in wanted):
        return "same"
    return "different" if scope else "absent"


def _bare(text: str) -> str:
    return _PUNCTUATION.sub("", unicodedata.normalize("NFKC", text))


def value_follows(texts: Iterable[str], figure: AnswerFigure) -> bool | None:
    """Whether the figure is one that these texts of a case state; None where they state none.

    For cases without a gold figure: 新增就业比任务多 "5.55万" -> 55500 is what is asked for.
    """
    stated = [normalise(text) for text in texts]
    values = {quantity.base_value for text in stated for quantity in quantities(text)}
    if not values:
        return None
    return figure_base_value(figure) in values or normalise(figure.printed) in stated
