"""One question with its answer: text, figures, warnings, sources, what to ask next."""

from contextlib import nullcontext
from functools import partial

import streamlit as st

from assistant.answer import Answer, Citation
from assistant.assistant import Assistant
from assistant.web import passage, session, source_panel
from assistant.web.markup import cards, figure_table, plain, text_block
from assistant.web.words import place

_MOST_CARDS = 4
_MOST_SOURCES = 4
_STATUS_NOTES = {"answered": "", "refused": "报告中没有查到", "clarify": "请先选定要问的是哪一项"}
_SUGGESTION_NOTES = {"answered": "还可以问：", "refused": "相近的内容：", "clarify": "可选："}


def draw(assistant: Assistant, number: int, exchange: session.Exchange, *, fresh: bool) -> None:
    """Draws exchange `number` of the conversation, with its source beside it where one lies open."""
    draw_question(exchange.question)
    if exchange.answer is None:
        st.error(plain(exchange.fault))
        return
    source = session.source()
    if source is None:
        _draw_answer(number, exchange.answer, opened=None, fresh=fresh)
        return
    here = source.citation if source.exchange == number else None
    beside, panel = st.columns([3, 2], gap="medium")
    with beside:
        _draw_answer(number, exchange.answer, opened=here, fresh=fresh)
    if here is not None:
        with panel:
            source_panel.draw(assistant, exchange.answer, number, here)


def draw_question(question: str) -> None:
    st.html(text_block(question, "jushi-question"))


def _draw_answer(number: int, answer: Answer, *, opened: int | None, fresh: bool) -> None:
    if note := _STATUS_NOTES[answer.status]:
        st.html(text_block(note, f"jushi-status jushi-{answer.status}"))
    open_source = partial(session.open_source, number)
    passage.draw_answer(answer, f"answer-{number}", opened=opened, fresh=fresh, open_source=open_source)
    _draw_figures(answer)
    for warning in answer.warnings:
        st.warning(plain(warning), icon=":material/info:")
    _draw_sources(number, answer, opened)
    _draw_suggestions(number, answer)


def _draw_figures(answer: Answer) -> None:
    if answer.figures:
        draw_all = cards if len(answer.figures) <= _MOST_CARDS else figure_table
        st.html(draw_all(answer.figures))
    if answer.computation is not None:
        computation = answer.computation
        st.html(text_block(f"算式：{computation.formula} = {computation.result}{computation.unit or ''}", "jushi-note"))


def _draw_sources(number: int, answer: Answer, opened: int | None) -> None:
    many = len(answer.citations) > _MOST_SOURCES
    frame = st.expander(f"出处 {len(answer.citations)} 处") if many else nullcontext()
    with frame, st.container(key=f"sources-{number}", gap=None):
        for citation in answer.citations:
            _draw_source(number, citation, is_open=citation.id == opened)


def _draw_source(number: int, citation: Citation, *, is_open: bool) -> None:
    heading = citation.section[-1] if citation.section else ""
    st.button(
        plain(f"[{citation.id}] {heading}（{place(citation)}）"),
        key=f"source-{number}-{citation.id}",
        type="tertiary",
        icon=":material/menu_book:",
        on_click=session.close_source if is_open else session.open_source,
        args=() if is_open else (number, citation.id),
    )


def _draw_suggestions(number: int, answer: Answer) -> None:
    if not answer.suggestions:
        return
    st.html(text_block(_SUGGESTION_NOTES[answer.status], "jushi-note"))
    with st.container(key=f"suggestions-{number}", horizontal=True, gap="small"):
        for position, suggestion in enumerate(answer.suggestions):
            st.button(
                plain(suggestion),
                key=f"suggestion-{number}-{position}",
                on_click=session.ask,
                args=(suggestion,),
                wrap=True,
            )
