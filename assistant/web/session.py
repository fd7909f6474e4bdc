"""What the page remembers for one visitor: the conversation, and which source lies open."""

from dataclasses import dataclass

import streamlit as st

from assistant.answer import Answer
from assistant.conversations.conversation import Turn


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """A question with its answer, or with the sentence that says why there is none."""

    question: str
    answer: Answer | None = None
    fault: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenSource:
    exchange: int  # index into the conversation
    citation: int  # id of a citation of that exchange's answer


def exchanges() -> list[Exchange]:
    conversation: list[Exchange] = st.session_state.setdefault("exchanges", [])
    return conversation


def add(exchange: Exchange) -> None:
    """Adds to the conversation; until the next run the exchange counts as fresh."""
    exchanges().append(exchange)
    st.session_state["fresh"] = len(exchanges()) - 1


def fresh() -> int | None:
    """Which exchange came in the run before, once."""
    number: int | None = st.session_state.pop("fresh", None)
    return number


def history() -> tuple[Turn, ...]:
    """The conversation so far as the assistant reads it; questions that failed leave no trace."""
    turns: list[Turn] = []
    for exchange in exchanges():
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


def open_source(exchange: int, citation: int) -> None:
    st.session_state["source"] = OpenSource(exchange=exchange, citation=citation)


def close_source() -> None:
    st.session_state.pop("source", None)


def source() -> OpenSource | None:
    opened: OpenSource | None = st.session_state.get("source")
    return opened


def start_over() -> None:
    st.session_state.clear()
