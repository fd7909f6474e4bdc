"""One ledger row in full: the number with what qualifies it, the sentence that states it, and the way to the report."""

from collections.abc import Callable

import streamlit as st

from assistant.figures.answer import answer_figure
from assistant.library import Library
from assistant.places import Citations, surroundings
from assistant.web import figures, frame, passage
from assistant.web.markup import figure_card, text_block
from assistant.web.words import place, reference
from corpus.model import Figure


def draw(library: Library, figure: Figure, *, close: Callable[[], None], to: str) -> None:
    """The panel of a figure; `to` is where it leads on: "report" to its place, "indicators" to its ledger row."""
    citations = Citations(library)
    shown = answer_figure(figure, citations)
    citation = citations.all()[0]
    title = library.reports[figure.report].title
    with st.container(key="figure-panel", border=True):
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            st.html(text_block("数据项", "jushi-panel-title"), width="content")
            st.button("关闭", key="close_figure", type="tertiary", on_click=close)
        st.html(figure_card(shown, doubtful=figure.doubtful))
        st.html(text_block(f"《{title}》", "jushi-panel-report"))
        st.html(text_block(" › ".join((*citation.section, place(citation))), "jushi-note"))
        passage.draw_quotation(surroundings(library, citation, [figure.id]), f"figure-quotation-{figure.id}")
        draw_link(figure, to)
        said = reference(shown, citation, title, doubtful=figure.doubtful)
        st.html(text_block(said, "jushi-said"))
        figures.draw_copy("复制数字与出处", said, f"copy-{figure.id}")


def draw_link(figure: Figure, to: str) -> None:
    if to == "report":
        place_of = {"report": figure.report, "at": f"{figure.start}-{figure.end}"}
        st.page_link(frame.link("report"), label="在原文中查看", query_params=place_of)
    else:
        st.page_link(frame.link("indicators"), label="在指标表中查看", query_params={"indicator": figure.id})
