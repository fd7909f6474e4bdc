"""One question with its answer: text, figures, warnings, sources, what to do with it, what to ask next."""

from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from assistant.answer import Answer, Citation
from assistant.archive.anchoring import Anchored, anchored
from assistant.archive.exchange import Exchange
from assistant.web import feedback, figures, keeping, passage, session, source_panel
from assistant.web.markup import figure_table, plain, text_block
from assistant.web.opener import Opened
from assistant.web.words import place

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

_MOST_SOURCES = 4
_STATUS_NOTES = {"answered": "", "refused": "报告中没有查到", "clarify": "请先选定要问的是哪一项"}
_SUGGESTION_NOTES = {"answered": "还可以问：", "refused": "相近的内容：", "clarify": "可选："}


def draw(opened: Opened, number: int, exchange: Exchange, *, fresh: bool) -> None:
    """Draws exchange `number` of the conversation: the answer, its sources beside it, one of them opened."""
    with st.container(key=f"exchange-{number}"):
        beside, sources = st.columns([3, 2], gap="large")
        with beside:
            _draw_question(number, exchange)
            if exchange.answer is None:
                draw_unanswered(number, exchange)
                return
            shown = anchored(exchange, opened.sources)
            source = session.source()
            here = source.citation if source is not None and source.exchange == number else None
            _draw_answer(opened, number, exchange, shown, here=here, fresh=fresh)
        with sources:
            if here is not None:
                source_panel.draw(opened.sources, shown, number, here)
            _draw_sources(number, shown.answer, here)


def draw_under_way(number: int, exchange: Exchange) -> "DeltaGenerator":
    """The same place while the answer is sought; returns where its first sentences can be shown."""
    with st.container(key=f"exchange-{number}"):
        beside, _ = st.columns([3, 2], gap="large")
        with beside:
            draw_question(exchange.question)
            with st.container(key="under-way"):
                passage.draw_working("正在查报告……")
                sentences = st.empty()
            with st.container(key="stopped"):
                draw_unanswered(number, exchange)
    return sentences


def _draw_question(number: int, exchange: Exchange) -> None:
    if session.editing() == exchange.key:
        _draw_editor(number, exchange)
    else:
        draw_question(exchange.question)


def draw_question(question: str) -> None:
    st.html(text_block(question, "jushi-question"))


def _draw_editor(number: int, exchange: Exchange) -> None:
    with st.form(key=f"edit-{number}", border=False):
        typed = st.text_area("改问", value=exchange.question, label_visibility="collapsed", key=f"edited-{number}")
        st.html(text_block("改问之后，这个问题和它后面的问答会被新的回答取代。", "jushi-note"))
        with st.container(horizontal=True, gap="small"):
            if st.form_submit_button("提问", type="primary") and typed.strip():
                keeping.ask_again(exchange.key, typed.strip())
                st.rerun()
            if st.form_submit_button("取消"):
                session.edit(None)
                st.rerun()


def _draw_answer(
    opened: Opened, number: int, exchange: Exchange, shown: Anchored, *, here: int | None, fresh: bool
) -> None:
    answer = shown.answer
    if note := _STATUS_NOTES[answer.status]:
        st.html(text_block(note, f"jushi-status jushi-{answer.status}"))
    if _differs(answer):
        st.html(text_block(f"理解为：{answer.standalone_question}", "jushi-note jushi-understood"))
    open_source = partial(session.open_source, number)
    passage.draw_answer(answer, f"answer-{number}", opened=here, fresh=fresh, open_source=open_source)
    _draw_figures(opened, number, answer)
    for warning in (*answer.warnings, *(f"出处 [{mark}]：{reason}" for mark, reason in shown.stale.items())):
        st.warning(plain(warning), icon=":material/info:")
    _draw_actions(number, exchange)
    _draw_suggestions(number, answer)


def _differs(answer: Answer) -> bool:
    """Whether what was understood is more than what was typed."""
    return "".join(answer.standalone_question.split()) != "".join(answer.question.split())


def _draw_figures(opened: Opened, number: int, answer: Answer) -> None:
    if answer.computation is not None:
        computation = answer.computation
        st.html(text_block(f"算式：{computation.formula} = {computation.result}{computation.unit or ''}", "jushi-note"))
    if len(answer.figures) > figures.MOST_CARDS:
        doubtful = {figure.id for figure in answer.figures if opened.cards.is_doubtful(figure)}
        st.html(figure_table(answer.figures, doubtful))
    figures.draw(answer, number, opened.cards, opened.sources)


def _draw_sources(number: int, answer: Answer, here: int | None) -> None:
    if not answer.citations:
        return
    st.html(text_block("出处", "jushi-note jushi-sources"))
    many = len(answer.citations) > _MOST_SOURCES
    frame = st.expander(f"出处 {len(answer.citations)} 处") if many else nullcontext()
    with frame, st.container(key=f"sources-{number}", gap=None):
        for citation in answer.citations:
            _draw_source(number, citation, is_open=citation.id == here)


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


def _draw_actions(number: int, exchange: Exchange) -> None:
    with st.container(key=f"actions-{number}", horizontal=True, gap="small", vertical_alignment="center"):
        feedback.draw(number, exchange)
        _again_buttons(number, exchange)


def draw_unanswered(number: int, exchange: Exchange) -> None:
    """Why there is no answer, and the ways on."""
    st.error(plain(exchange.fault))
    with st.container(key=f"actions-{number}", horizontal=True, gap="small"):
        _again_buttons(number, exchange)


def _again_buttons(number: int, exchange: Exchange) -> None:
    again = (exchange.key, exchange.question)
    st.button("改问", key=f"change-{number}", type="tertiary", on_click=session.edit, args=(exchange.key,))
    if number == len(session.exchanges()) - 1:
        st.button("重试", key=f"retry-{number}", type="tertiary", on_click=keeping.ask_again, args=again)


def _draw_suggestions(number: int, answer: Answer) -> None:
    if not answer.suggestions:
        return
    st.html(text_block(_SUGGESTION_NOTES[answer.status], "jushi-note jushi-suggested"))
    with st.container(key=f"suggestions-{number}", horizontal=True, gap="small"):
        for position, suggestion in enumerate(answer.suggestions):
            st.button(
                plain(suggestion),
                key=f"suggestion-{number}-{position}",
                on_click=session.ask,
                args=(suggestion,),
                wrap=True,
            )
