"""A standard per year asked per month, or the other way: what is stated stays, the conversion is shown beside it.

农村低保每月多少  ->  6362.2元/人·年  +  折合每月530.18元（6362.2÷12）
"""

import re
from collections.abc import Sequence
from decimal import Decimal

from assistant.questions.question import Question
from corpus.model import Figure

_ASKED = {"月": re.compile(r"每个?月|一个月|按月|月均"), "年": re.compile(r"每年|一年[能领拿给发]|按年")}
_STATED = re.compile(r"^(.*)[/每].*([年月])$")
_MONTHS = Decimal(12)
_CENT = Decimal("0.01")


def per_other_span(question: Question, figure: Figure) -> Sequence[str]:
    """A warning with the converted value where the question asks for the other span of time; else none."""
    stated = _STATED.match(figure.unit or "")
    asked = [span for span, said in _ASKED.items() if said.search(question.text)]
    if stated is None or figure.value is None or len(asked) != 1 or asked[0] == stated[2]:
        return ()
    value = Decimal(figure.value)
    sign, converted = ("÷", value / _MONTHS) if asked[0] == "月" else ("×", value * _MONTHS)
    told = f"{converted.quantize(_CENT):f}".rstrip("0").rstrip(".")
    return (f"报告按{stated[2]}写明；折合每{asked[0]}{told}{stated[1]}（{figure.value}{sign}12）。",)
