"""The figures of an answer as cards: value, what qualifies it, target against actual, the years, a button to copy.

The browser's half (figures.js) puts every text on the page as text and copies without asking for a secure address.
"""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import streamlit as st

from assistant.answer import Answer, AnswerFigure
from assistant.views.attainment import Attainment
from assistant.views.figure_card import FigureCards
from assistant.views.source_view import Sources
from assistant.web.words import DOUBT_NOTE, answer_with_sources, around, facts, quantity, reference

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

MOST_CARDS = 4
_MOST_FILLED = 2  # targets: beyond twice the target the bar is full


class Bar(TypedDict):
    said: str
    met: bool | None
    filled: float | None  # 0 to 1; None where only words say it
    mark: float


class Card(TypedDict):
    name: str
    before: str
    number: str
    unit: str
    after: str
    doubt: str  # why it has to be held against the original; else empty
    facts: list[list[str]]
    bar: Bar | None
    years: list[dict[str, object]]
    copy: str


class Drawn(TypedDict):
    cards: list[Card]
    copy: dict[str, str] | None


def draw(answer: Answer, key: int, cards: FigureCards, sources: Sources) -> None:
    """Up to four figures as cards, and one button that copies the answer with its sources.

    The key says how tall the cards will be: the sheet keeps their place free until the browser has drawn them.
    """
    shown = answer.figures if len(answer.figures) <= MOST_CARDS else ()
    titles = {citation.id: sources.title(citation.report) for citation in answer.citations}
    data: Drawn = {
        "cards": [card(answer, figure, cards, titles) for figure in shown],
        "copy": {"label": "复制回答与出处", "text": answer_with_sources(answer, titles)} if answer.citations else None,
    }
    if data["cards"] or data["copy"]:
        has_years = any(each["years"] for each in data["cards"])
        kind = ("figures-tall" if has_years else "figures") if shown else "copying"
        _component()(key=f"{kind}-{key}", data=data)


def draw_copy(label: str, text: str, key: str) -> None:
    """A button that copies `text`, over plain http too; `label` is ours."""
    _component()(key=key, data={"cards": [], "copy": {"label": label, "text": text}})


def card(answer: Answer, figure: AnswerFigure, cards: FigureCards, titles: dict[int, str]) -> Card:
    number, unit = quantity(figure)
    before, after = around(figure)
    cited = next((citation for citation in answer.citations if citation.id == figure.citation), None)
    attainment = cards.attainment(figure)
    doubtful = cards.is_doubtful(figure)
    return {
        "name": figure.name,
        "before": before,
        "number": number,
        "unit": unit,
        "after": after,
        "doubt": DOUBT_NOTE if doubtful else "",
        "facts": [list(pair) for pair in facts(figure)],
        "bar": None if attainment is None else _bar(attainment),
        "years": [{"year": p.year, "value": p.value, "height": p.height} for p in cards.trend(figure)],
        "copy": reference(figure, cited, titles[cited.id], doubtful=doubtful) if cited else "",
    }


def _bar(attainment: Attainment) -> Bar:
    rate = attainment.percent
    parts = [f"目标 {attainment.target or '未列'}", f"实际 {attainment.actual or '未列'}"]
    if rate is not None:
        parts.append(f"完成率 {rate}%（{'报告所载' if attainment.is_printed else '计算所得'}）")
    elif attainment.met is not None:
        parts.append("达到目标" if attainment.met else "未达到目标")
    filled, mark = _proportions(rate)
    return {"said": " · ".join(parts), "met": attainment.met, "filled": filled, "mark": mark}


def _proportions(rate: Decimal | None) -> tuple[float | None, float]:
    """How much of the bar is filled and where the target stands on it: 125% of a target -> 1.0 and 0.8."""
    if rate is None or rate < 0:
        return None, 0.0
    share = min(float(rate) / 100, _MOST_FILLED)
    whole = max(share, 1.0)
    return share / whole, 1.0 / whole


@st.cache_resource(show_spinner=False)
def _component() -> "ComponentRenderer":
    folder = Path(__file__).parent
    return st.components.v2.component(
        "jushi_figures",
        html='<div class="figures"></div>',
        css=(folder / "figures.css").read_text(encoding="utf-8"),
        js=(folder / "figures.js").read_text(encoding="utf-8"),
    )
