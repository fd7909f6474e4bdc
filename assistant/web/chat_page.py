"""问答, the chat page: who answers, the conversation, the line to type in."""

from collections.abc import Sequence

import streamlit as st

from assistant.web import exchange_view, faults, passage, session
from assistant.web.markup import plain, text_block
from assistant.web.opener import Opened
from corpus.model import Metadata


def draw(opened: Opened) -> None:
    """The whole page. A question that was typed or clicked is answered in this run, below the rest."""
    reports = opened.assistant.reports()
    typed = st.chat_input(
        "输入问题，如：某项指标完成了多少？", max_chars=opened.max_question_characters, submit_mode="disable"
    )
    question = typed or session.asked()
    with st.container(key="header"):
        _draw_header(reports)
        _draw_preparation(opened)
    if not session.exchanges() and question is None:
        _draw_examples(opened.assistant.examples())
    fresh = session.fresh()
    for number, exchange in enumerate(session.exchanges()):
        with faults.shown():
            exchange_view.draw(opened.assistant, number, exchange, fresh=number == fresh)
    if question is not None:
        _answer(opened, question)


def _draw_header(reports: Sequence[Metadata]) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        if session.exchanges():
            st.button("新对话", key="start_over", on_click=session.start_over, type="tertiary")
    if len(reports) == 1:
        st.html(text_block(f"依据《{reports[0].title}》作答，每个数字都注明出处。", "jushi-note"))
        return
    with st.expander(f"依据 {len(reports)} 份报告作答，每个数字都注明出处"):
        for report in reports:
            st.html(text_block(f"《{report.title}》", "jushi-note"))


def _draw_preparation(opened: Opened) -> None:
    """A note while the models load; it looks again every second until they are there."""

    @st.fragment(run_every="1s" if not opened.preparation.done() else None)
    def note() -> None:
        if not opened.preparation.done():
            st.html('<div class="jushi-note jushi-preparing">正在准备语义检索……现在就可以提问。</div>')
        elif opened.preparation.exception() is not None:
            st.html('<div class="jushi-note">语义检索没有准备好，原因已记入日志。</div>')

    note()


def _draw_examples(examples: Sequence[str]) -> None:
    st.html('<div class="jushi-note">可以这样问：</div>')
    with st.container(key="examples"):
        for number, example in enumerate(examples):
            key = f"example-{number}"
            st.button(plain(example), key=key, on_click=session.ask, args=(example,), width="stretch", wrap=True)


def _answer(opened: Opened, question: str) -> None:
    exchange_view.draw_question(question)
    passage.draw_working("正在查报告……")
    session.close_source()
    session.add(_exchange(opened, question))
    st.rerun()


def _exchange(opened: Opened, question: str) -> session.Exchange:
    try:
        answer = opened.assistant.answer(question, session.history())
    except Exception as error:  # noqa: BLE001 - the page's edge
        return session.Exchange(question=question, fault=faults.sentence(error))
    return session.Exchange(question=question, answer=answer)
