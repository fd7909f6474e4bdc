"""A conversation as it was said: turns of text, from which its state is rebuilt each time."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from corpus.errors import InputFileError


class Turn(BaseModel):
    """One thing said; further keys of a history file are ignored."""

    model_config = ConfigDict(frozen=True)

    role: Literal["user", "assistant"]
    content: str


_TURNS = TypeAdapter(tuple[Turn, ...])


def read_turns(data: str | bytes) -> tuple[Turn, ...]:
    """Turns from JSON: a list of {"role", "content"}.

    Raises:
        InputFileError: not JSON, or not such a list.
    """
    try:
        return _TURNS.validate_json(data)
    except ValidationError as error:
        raise InputFileError(
            "对话历史的格式不对：应为 JSON 列表，每项有 role（user 或 assistant）和 content（文字）。"
            f"第一处问题：{error.errors()[0]['msg']}。"
        ) from error


def said_before(history: Sequence[Turn]) -> tuple[str, ...]:
    """What the user asked before, oldest first."""
    return tuple(turn.content for turn in history if turn.role == "user")
