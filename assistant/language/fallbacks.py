"""How it came that code answered in the place of the language model, read off an answer."""

from typing import Literal

from assistant.answer import Answer
from assistant.language.composing import NO_REPLY, NOT_VERIFIED, PARTLY

Fallback = Literal["no_reply", "not_verified", "partly"]

_BEGINNINGS: dict[str, Fallback] = {
    NO_REPLY.partition("{")[0]: "no_reply",
    NOT_VERIFIED: "not_verified",
    PARTLY: "partly",
}


def fallback_of(answer: Answer) -> Fallback | None:
    """None where no model was asked, or what it wrote was shown whole."""
    said = (reason for warning in answer.warnings for start, reason in _BEGINNINGS.items() if warning.startswith(start))
    return next(said, None)
