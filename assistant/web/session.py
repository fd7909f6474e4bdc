"""What the page remembers for one window: the conversation as shown, and what lies open on it.

It knows nothing of the archive (keeping.py): an exchange is shown first and kept afterwards.
"""

import secrets
from dataclasses import dataclass, replace

import streamlit as st

from assistant.archive.exchange import Exchange
from assistant.conversations.conversation import Turn

PENDING = "已停止，这个问题还没有答完。可以重试，也可以改问。"


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenSource:
    exchange: int  # index into the conversation
    citation: int  # id of a citation of that exchange's answer


def conversation() -> str:
    """The key of the conversation in this window."""
    key: str = st.session_state.setdefault("conversation", secrets.token_hex(12))
    return key


def exchanges() -> list[Exchange]:
    said: list[Exchange] = st.session_state.setdefault("exchanges", [])
    return said


def show(key: str, said: list[Exchange]) -> None:
    """Puts a conversation in the place of the one shown."""
    if key != st.session_state.get("conversation"):
        close_all()
    st.session_state["conversation"] = key
    st.session_state["exchanges"] = said


def begin(question: str) -> Exchange:
    """Adds a question that is being answered; stopped now, it stays as it is."""
    exchange = Exchange(question=question, fault=PENDING)
    exchanges().append(exchange)
    return exchange


def finish(exchange: Exchange) -> None:
    """Puts the answered exchange in the place of the begun one; until the next run it counts as fresh."""
    said = exchanges()
    said[:] = [exchange if each.key == exchange.key else each for each in said]
    st.session_state["fresh"] = exchange.key


def fresh() -> str | None:
    """The key of the exchange that was answered in the run before, once."""
    key: str | None = st.session_state.pop("fresh", None)
    return key


def history(before: str | None = None) -> tuple[Turn, ...]:
    """The conversation as the assistant reads it, up to an exchange; questions that failed leave no trace."""
    turns: list[Turn] = []
    for exchange in exchanges():
        if exchange.key == before:
            break
        if exchange.answer is not None:
            turns.append(Turn(role="user", content=exchange.question))
            turns.append(Turn(role="assistant", content=exchange.answer.answer))
    return tuple(turns)


def ask(question: str) -> None:
    """Called by a button: the question is answered in the run that the click starts."""
    st.session_state["asked"] = question


def asked() -> str | None:
    """The question a button has put, once."""
    question: str | None = st.session_state.pop("asked", None)
    return question


def update(key: str, **changed: object) -> None:
    said = exchanges()
    said[:] = [replace(each, **changed) if each.key == key else each for each in said]  # type: ignore[arg-type]


def open_source(exchange: int, citation: int) -> None:
    st.session_state["source"] = OpenSource(exchange=exchange, citation=citation)


def close_source() -> None:
    st.session_state.pop("source", None)


def source() -> OpenSource | None:
    opened: OpenSource | None = st.session_state.get("source")
    return opened


def edit(key: str | None) -> None:
    """Opens an exchange's question for editing; None closes it."""
    st.session_state["editing"] = key


def editing() -> str | None:
    key: str | None = st.session_state.get("editing")
    return key


def say(notice: str) -> None:
    """A sentence for the reader, shown once at the next opportunity."""
    st.session_state["notice"] = notice


def notice() -> str:
    sentence: str = st.session_state.pop("notice", "")
    return sentence


def close_all() -> None:
    close_source()
    edit(None)
