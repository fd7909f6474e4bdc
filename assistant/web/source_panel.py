"""The source of one mark: report, section, place, and the quotation in its paragraph."""

import streamlit as st

from assistant.answer import Answer, Citation
from assistant.assistant import Assistant
from assistant.web import faults, passage, session
from assistant.web.markup import text_block
from assistant.web.words import place, reference


def draw(assistant: Assistant, answer: Answer, number: int, opened: int) -> None:
    """The panel for citation `opened` of `answer`, which is exchange `number` of the conversation."""
    citation = next(citation for citation in answer.citations if citation.id == opened)
    title = _title(assistant, citation)
    with st.container(key="source-panel", border=True), faults.shown():
        _draw_head(citation, title)
        asked = [figure.id for figure in answer.figures if figure.citation == opened]
        passage.draw_quotation(assistant.surroundings(citation, asked), f"quotation-{number}-{opened}")
        _draw_reference(answer, citation, title)


def _draw_head(citation: Citation, title: str) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.html(text_block(f"出处 [{citation.id}]", "jushi-panel-title"), width="content")
        st.button("关闭", key="close_source", type="tertiary", on_click=session.close_source)
    st.html(text_block(f"《{title}》", "jushi-panel-report"))
    st.html(text_block(" › ".join((*citation.section, place(citation))), "jushi-note"))


def _draw_reference(answer: Answer, citation: Citation, title: str) -> None:
    stated = [figure for figure in answer.figures if figure.citation == citation.id]
    if stated:
        st.html(text_block("连同出处复制：", "jushi-note"))
        references = "\n".join(reference(figure, citation, title) for figure in stated)
        st.code(references, language=None, wrap_lines=True)


def _title(assistant: Assistant, citation: Citation) -> str:
    return next((report.title for report in assistant.reports() if report.report == citation.report), citation.report)
