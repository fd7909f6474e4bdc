"""问答, the chat page: who answers, the conversation, the line to type in."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from assistant.answer import Answer
from assistant.archive.exchange import Exchange
from assistant.assistant import Assistant
from assistant.language.events import Sentence
from assistant.operations import observing
from assistant.operations.work import work
from assistant.web import conversations_menu, exchange_view, faults, identity, keeping, session, visitor, watching
from assistant.web.markup import plain, text_block
from assistant.web.opener import Opened
from corpus.model import Metadata

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

_SHOWN_AT_ONCE = 10
_MORE = 50
_STEP = 5  # by which the first one shown moves on: seldom, for then the browser draws all of them anew
_LATER = "shown_exchanges"
_TITLES = 50


def draw(opened: Opened) -> None:
    """The whole page. A question that was typed or clicked is answered in this run, below the rest."""
    keeping.resume()
    keeping.keep(opened.sources)
    typed = st.chat_input(
        "输入问题，如：某项指标完成了多少？", max_chars=opened.max_question_characters, submit_mode="stop"
    )
    question = typed or session.asked()
    with st.container(key="header", gap="small"):
        with st.container(key="top", horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            _draw_preparation(opened)
            conversations_menu.draw(opened.sources)
        _draw_reports(opened.assistant.reports())
    visitor.draw_keeper()
    if notice := session.notice():
        st.warning(plain(notice), icon=":material/info:")
    if not session.exchanges() and question is None:
        _draw_examples(opened.assistant.examples())
    _draw_conversation(opened)
    if question is not None:
        _answer(opened, question)


def _draw_reports(reports: Sequence[Metadata]) -> None:
    st.html('<h1 class="jushi-unseen">问答</h1>')
    if len(reports) == 1:
        st.html(text_block(f"依据《{reports[0].title}》作答，每个数字都注明出处。", "jushi-note"))
        return
    if not reports:
        st.html(text_block("现在没有您能看的报告。", "jushi-note"))
        return
    with st.expander(f"依据 {len(reports)} 份报告作答，每个数字都注明出处"):
        # one drawing, and not ten thousand titles, for it is made with every run of every window
        titles = [f"《{report.title}》" for report in reports[:_TITLES]]
        more = [f"……其余 {len(reports) - _TITLES} 份见“报告”页。"] if len(reports) > _TITLES else []
        st.html("".join(text_block(line, "jushi-note") for line in (*titles, *more)))


def _draw_preparation(opened: Opened) -> None:
    """A note while the models load; it looks again every second until they are there."""

    @st.fragment(run_every="1s" if not opened.preparation.done() else None)
    def note() -> None:
        if not opened.preparation.done():
            st.html('<div class="jushi-note jushi-preparing">正在准备语义检索……现在就可以提问。</div>')
        elif opened.preparation.exception() is not None:
            st.html('<div class="jushi-note">语义检索没有准备好，原因已记入日志。</div>')

    with st.container(key="preparation", width="content"):
        note()


def _draw_examples(examples: Sequence[str]) -> None:
    st.html('<div class="jushi-note">可以这样问：</div>')
    with st.container(key="examples"):
        for number, example in enumerate(examples):
            key = f"example-{number}"
            st.button(plain(example), key=key, on_click=session.ask, args=(example,), width="stretch", wrap=True)


def _draw_conversation(opened: Opened) -> None:
    """The latest exchanges; earlier ones on request, so that a long conversation stays quick."""
    said = session.exchanges()
    most = st.session_state.get(_LATER, _SHOWN_AT_ONCE)
    first = max(0, -(-(len(said) - most) // _STEP) * _STEP)
    if first:
        st.button(f"显示前面的问答（还有 {first} 条）", key="earlier", type="tertiary", on_click=_show_more)
    fresh = session.fresh()
    for number, exchange in list(enumerate(said))[first:]:
        with faults.shown():
            exchange_view.draw(opened, number, exchange, fresh=exchange.key == fresh)


def _show_more() -> None:
    st.session_state[_LATER] = st.session_state.get(_LATER, _SHOWN_AT_ONCE) + _MORE


def _answer(opened: Opened, question: str) -> None:
    """Shows a sign at once, verified sentences as they come, and then the whole page again with the answer.

    Stopped on the way, the script ends at its next drawing: the question stays, with a way to ask it again.
    """
    session.close_all()
    begun = session.begin(question)
    sentences = exchange_view.draw_under_way(len(session.exchanges()) - 1, begun)
    with work().doing():  # a server that is stopping waits for it
        session.finish(_answered(opened, begun, sentences))
        keeping.keep(opened.sources)
    st.rerun()


def _answered(opened: Opened, begun: Exchange, sentences: "DeltaGenerator") -> Exchange:
    try:
        work().require_running()
        watching.before_question()
        answer = _streamed(opened.assistant, begun, sentences)
        watching.asked(begun.question, answer)
        observing.answered(begun.question, answer)
        return replace(begun, answer=answer, fault="", scope=identity.scope())
    except Exception as error:  # noqa: BLE001 - the page's edge
        observing.failed(begun.question, error)
        return replace(begun, fault=faults.sentence(error))


def _streamed(assistant: Assistant, begun: Exchange, sentences: "DeltaGenerator") -> Answer:
    """The answer; a language model's sentences are shown as each is verified. Every drawing is a place to stop."""
    said = ""
    for event in assistant.stream(begun.question, session.history(before=begun.key)):
        if isinstance(event, Answer):
            return event
        if isinstance(event, Sentence):
            said += event.text
        sentences.html(text_block(said, "jushi-streamed"))
    raise RuntimeError("the stream of an answer ended without the answer")
