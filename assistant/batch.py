"""Many questions, a JSON object a line in and out; a bad line fails alone."""

import json
from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.assistant import Assistant
from assistant.conversations.conversation import Turn
from corpus.errors import InputFileError, JushiError


class _Line(BaseModel):
    """A question of a batch; other keys are ignored and never read."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str | int
    question: str
    history: tuple[Turn, ...] = Field(default=())


def answer_lines(assistant: Assistant, lines: Iterable[str], *, use_model: bool = True) -> Iterator[tuple[str, bool]]:
    """For every line that is not blank, in order, the line to write and whether it was answered."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answer_line(assistant, line, number, use_model=use_model)


def _answer_line(assistant: Assistant, line: str, number: int, *, use_model: bool) -> tuple[str, bool]:
    try:
        asked = _parse(line, number)
        answer = assistant.answer(asked.question, asked.history, use_model=use_model)
    except JushiError as error:
        report = {"id": _id_of(line), "error": {"code": error.code, "message": str(error)}}
        return json.dumps(report, ensure_ascii=False), False
    return json.dumps({"id": asked.id, **answer.model_dump(mode="json")}, ensure_ascii=False), True


def _parse(line: str, number: int) -> _Line:
    try:
        return _Line.model_validate_json(line)
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"])) or "整行"
        raise InputFileError(
            f"第 {number} 行读不了（{where}：{fault['msg']}）。每行应为含 id 和 question 的 JSON。"
        ) from error


def _id_of(line: str) -> str | int | None:
    """The id of a line that could not be answered, where it can still be told."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):  # nested too deeply
        return None
    found = data.get("id") if isinstance(data, dict) else None
    return found if isinstance(found, str | int) else None
