"""The answer object: what `ask --json`, `batch` and the page all receive. A contract; fields stay."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

Status = Literal["answered", "refused", "clarify"]
Route = Literal["figure", "table", "list", "compute", "compare", "passage", "none"]


class Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class AnswerFigure(Value):
    """A ledger row as an answer shows it; `citation` is the id of the citation that holds it."""

    id: str | None
    name: str
    value: str | None
    unit: str | None
    base_value: str | None
    base_unit: str | None
    printed: str
    qualifier: str | None
    role: str
    period: str | None
    scope: str | None
    citation: int | None


class Computation(Value):
    formula: str
    inputs: tuple[str, ...]
    result: str
    unit: str | None


class Citation(Value):
    """A place in a report: `source_text[start:end] == quote`; `line` counts from 1."""

    id: int
    report: str
    section: tuple[str, ...]
    start: int
    end: int
    line: int
    page: int | None = None
    quote: str


class ModelUsed(Value):
    name: str
    prompt_version: str


class Answer(Value):
    question: str
    standalone_question: str
    status: Status
    route: Route
    answer: str
    figures: tuple[AnswerFigure, ...] = ()
    computation: Computation | None = None
    citations: tuple[Citation, ...] = ()
    warnings: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    model: ModelUsed | None = None
    timing_ms: dict[str, float] = {}
