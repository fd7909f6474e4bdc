"""The source of one mark: report, section, place, and the quotation in its paragraph or in the rows of its table."""

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import streamlit as st

from assistant.answer import Citation
from assistant.archive.anchoring import Anchored
from assistant.places import Surroundings
from assistant.views.source_view import SourceCell, Sources, SourceTable
from assistant.web import faults, frame, session
from assistant.web.markup import plain, text_block
from assistant.web.words import place

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer


class Piece(TypedDict):
    text: str
    kind: str  # "plain" | "faint" | "quoted" | "highlight"


def draw(sources: Sources, shown: Anchored, number: int, opened: int) -> None:
    """The panel for citation `opened` of an answer, which is exchange `number` of the conversation."""
    answer = shown.answer
    citation = next(citation for citation in answer.citations if citation.id == opened)
    with st.container(key="source-panel", border=True), faults.shown():
        _draw_head(citation, sources.title(citation.report))
        if reason := shown.stale.get(opened):
            st.warning(plain(reason), icon=":material/history:")
            data: dict[str, object] = {"pieces": [_piece("quoted", citation.quote)]}
        else:
            asked = [figure.id for figure in answer.figures if figure.citation == opened]
            data = source_data(sources.view(citation, asked))
            _draw_link(citation)
        place_of = f"{number}-{citation.report}-{citation.start}"
        _component()(key=f"quotation-{number}-{opened}", data={**data, "place": place_of})


def source_data(view: Surroundings | SourceTable) -> dict[str, object]:
    """A view in pieces of text, as source.js draws it."""
    if isinstance(view, SourceTable):
        return {
            "header": list(view.header),
            "rows": [[{"pieces": _cell_pieces(cell), "cited": cell.is_cited} for cell in row] for row in view.rows],
        }
    quoted = _pieces(view.quote, view.highlights, "quoted")
    return {"pieces": [_piece("faint", view.before), *quoted, _piece("faint", view.after)]}


def _cell_pieces(cell: SourceCell) -> list[Piece]:
    return _pieces(cell.text, cell.highlights, "plain")


def _pieces(text: str, highlights: tuple[tuple[int, int], ...], kind: str) -> list[Piece]:
    """The text in order, its highlights cut out; highlights that overlap become one."""
    pieces: list[Piece] = []
    start = 0
    for begin, end in sorted(highlights):
        if end <= start:
            continue
        pieces += [_piece(kind, text[start:begin]), _piece("highlight", text[max(start, begin) : end])]
        start = end
    return [piece for piece in [*pieces, _piece(kind, text[start:])] if piece["text"]]


def _piece(kind: str, text: str) -> Piece:
    return {"text": text, "kind": kind}


def _draw_head(citation: Citation, title: str) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.html(text_block(f"出处 [{citation.id}]", "jushi-panel-title"), width="content")
        st.button("关闭", key="close_source", type="tertiary", on_click=session.close_source)
    st.html(text_block(f"《{title}》", "jushi-panel-report"))
    st.html(text_block(" › ".join((*citation.section, place(citation))), "jushi-note"))


def _draw_link(citation: Citation) -> None:
    if frame.exists("report"):
        at = {"report": citation.report, "at": f"{citation.start}-{citation.end}"}
        st.page_link(frame.link("report"), label="在原文中查看", query_params=at)


@st.cache_resource(show_spinner=False)
def _component() -> "ComponentRenderer":
    folder = Path(__file__).parent
    return st.components.v2.component(
        "jushi_source",
        html='<div class="source" tabindex="0" role="region" aria-label="原文"></div>',
        css=(folder / "source.css").read_text(encoding="utf-8"),
        js=(folder / "source.js").read_text(encoding="utf-8"),
    )
