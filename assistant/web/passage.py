"""Text with marks in it: an answer with its clickable [1], a quotation with its highlighted figure.

The browser's half (passage.js) puts every piece on the page as text, never as HTML or Markdown.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import streamlit as st

from assistant.answer import Answer
from assistant.places import Surroundings

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

_MARK = re.compile(r"\[(\d+)\]")


class Piece(TypedDict, total=False):
    text: str
    kind: str  # "plain" | "faint" | "highlight" | "citation"
    citation: int


def draw_working(sentence: str) -> None:
    """A sign that the answer is on its way; Streamlit's own spinner waits half a second."""
    _draw("working", "working", _pieces("plain", sentence), scroll="end")


def draw_answer(
    answer: Answer, key: str, *, opened: int | None, fresh: bool, open_source: Callable[[int], None]
) -> None:
    """The answer's text; a click on its [1] calls `open_source(1)`. A fresh answer is scrolled to."""

    def clicked() -> None:
        open_source(int(st.session_state[key]["source"]))

    scroll = "start" if fresh else None
    _draw("answer", key, answer_pieces(answer), opened=opened, scroll=scroll, on_source_change=clicked)


def draw_quotation(surroundings: Surroundings, key: str) -> None:
    """A quotation in its paragraph, its figures highlighted."""
    _draw("quotation", key, quotation_pieces(surroundings), scroll="center")


def answer_pieces(answer: Answer) -> list[Piece]:
    """The text cut at its marks; a [n] that is no citation of this answer stays plain text."""
    known = {citation.id for citation in answer.citations}
    pieces: list[Piece] = []
    start = 0
    for mark in _MARK.finditer(answer.answer):
        number = int(mark[1])
        if number in known:
            pieces += _pieces("plain", answer.answer[start : mark.start()])
            pieces.append({"text": mark[0], "kind": "citation", "citation": number})
            start = mark.end()
    return pieces + _pieces("plain", answer.answer[start:])


def quotation_pieces(surroundings: Surroundings) -> list[Piece]:
    """The paragraph in order: what comes before (faint), the quotation with its highlights, what comes after."""
    pieces = _pieces("faint", surroundings.before)
    start = 0
    for begin, end in sorted(surroundings.highlights):
        pieces += _pieces("plain", surroundings.quote[start:begin])
        pieces += _pieces("highlight", surroundings.quote[begin:end])
        start = end
    return pieces + _pieces("plain", surroundings.quote[start:]) + _pieces("faint", surroundings.after)


def _pieces(kind: str, text: str) -> list[Piece]:
    return [{"text": text, "kind": kind}] if text else []


def _draw(
    kind: str,
    key: str,
    pieces: list[Piece],
    *,
    opened: int | None = None,
    scroll: str | None = None,
    on_source_change: Callable[[], None] | None = None,
) -> None:
    data = {"pieces": pieces, "open": opened, "scroll": scroll}
    _component(kind)(key=key, data=data, on_source_change=on_source_change)


@st.cache_resource(show_spinner=False)
def _component(kind: str) -> "ComponentRenderer":
    folder = Path(__file__).parent
    return st.components.v2.component(
        f"jushi_{kind}",
        html=f'<div class="passage {kind}" tabindex="-1"></div>',
        css=(folder / "passage.css").read_text(encoding="utf-8"),
        js=(folder / "passage.js").read_text(encoding="utf-8"),
    )
