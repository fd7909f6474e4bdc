"""An answer in the making: what a route decided, before question and timing are put around it."""

from dataclasses import dataclass

from assistant.answer import Answer, AnswerFigure, Citation, Computation, ModelUsed, Route, Status


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    status: Status
    route: Route
    text: str
    figures: tuple[AnswerFigure, ...] = ()
    computation: Computation | None = None
    citations: tuple[Citation, ...] = ()
    warnings: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    model: ModelUsed | None = None  # that worded it, or was asked to

    def answer(self, question: str, understood: str, timing_ms: dict[str, float]) -> Answer:
        return Answer(
            question=question, standalone_question=understood, status=self.status, route=self.route, answer=self.text,
            figures=self.figures, computation=self.computation, citations=self.citations, warnings=self.warnings,
            suggestions=self.suggestions, model=self.model, timing_ms=timing_ms,
        )  # fmt: skip
