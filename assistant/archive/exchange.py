"""What is kept of a conversation: its exchanges, what the reader thought of them, and a line for the list."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from assistant.answer import Answer

Rating = Literal["up", "down"]

TITLE_CHARACTERS = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """A question with its answer, or with the sentence that says why there is none.

    `checksums` holds the sha256 of the text of every report the answer cites, as it was when it was cited; `scope`
    names what could be seen when it was asked, where people log in (assistant.people.scopes).
    """

    question: str
    answer: Answer | None = None
    fault: str = ""
    key: str = field(default_factory=lambda: secrets.token_hex(8))
    checksums: Mapping[str, str] = field(default_factory=dict)
    rating: Rating | None = None
    reason: str = ""
    scope: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """A conversation in the list of its owner's."""

    key: str
    title: str
    changed: datetime  # UTC


def title_of(question: str) -> str:
    """The title a conversation begins with: its first question, shortened."""
    words = " ".join(question.split())
    return words if len(words) <= TITLE_CHARACTERS else words[: TITLE_CHARACTERS - 1] + "…"
