"""What readers thought of answers, turned into cases: an answer held to be right becomes what is expected.

👍 新增就业多少？ -> 18.6万人[1]   {"question", "answer": "18.6万人", "must": [["18.6万人"]], "evidence": ["…"], …}
👎 新增就业多少？                  the same without an answer: whoever evaluates writes it, the note says what came
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer, AnswerFigure
from assistant.archive.exchange import Exchange
from assistant.evaluations.words import word

_MARK = re.compile(r"\[\d+\]")


@dataclass(frozen=True, kw_only=True, slots=True)
class FeedbackCase:
    """`is_complete` is false where a person has to write the answer before the case can be run."""

    question: str
    answer: str  # what was given
    rating: str
    reason: str
    record: dict[str, object]
    is_complete: bool


def feedback_cases(rated: Sequence[Exchange]) -> tuple[FeedbackCase, ...]:
    """One for each judged exchange that has an answer, the newest first."""
    return tuple(_case(each, each.answer) for each in reversed(rated) if each.answer is not None and each.rating)


def as_lines(cases: Sequence[FeedbackCase]) -> str:
    """The cases as JSON lines, the form of the evaluation's files."""
    return "".join(json.dumps(case.record, ensure_ascii=False) + "\n" for case in cases)


def _case(exchange: Exchange, answer: Answer) -> FeedbackCase:
    is_right = exchange.rating == "up"
    refused = answer.status == "refused"
    record: dict[str, object] = {
        "id": f"feedback-{exchange.key}",
        "question": answer.standalone_question or exchange.question,
        "history": [],
        "category": "unanswerable" if refused else word("routes", answer.route),
        "answer": _MARK.sub("", answer.answer) if is_right else "",
        "must": _must(answer) if is_right and not refused else [],
        "must_not": [],
        "evidence": _evidence(answer) if is_right and not refused else [],
        "note": _note(exchange, answer),
    }
    if is_right:
        record["status"] = answer.status
        if answer.figures and not refused:
            record["figure"] = _gold(answer.figures[0])
    return FeedbackCase(
        question=exchange.question, answer=answer.answer, rating=exchange.rating or "", reason=exchange.reason,
        record=record, is_complete=is_right,
    )  # fmt: skip


def _must(answer: Answer) -> list[list[str]]:
    """Each figure of the answer in its printed form; a narrative is expected word for word by nobody."""
    printed = ("".join(figure.printed.split()) for figure in answer.figures if figure.printed)
    said = "".join(_MARK.sub("", answer.answer).split())
    return [[text] for text in dict.fromkeys(printed) if text in said]


def _evidence(answer: Answer) -> list[str]:
    return list(dict.fromkeys(citation.quote for citation in answer.citations))


def _gold(figure: AnswerFigure) -> dict[str, object]:
    return {
        "value": figure.value or figure.printed, "unit": figure.unit or figure.base_unit, "role": figure.role,
        "period": figure.period, "scope": figure.scope,
    }  # fmt: skip


def _note(exchange: Exchange, answer: Answer) -> str:
    if exchange.rating == "up":
        return "读者认为回答正确" + (f"：{exchange.reason}" if exchange.reason else "")
    told = f"读者认为回答有误{'：' + exchange.reason if exchange.reason else ''}。当时的回答：{answer.answer}"
    return f"{told}（待填：标准答案、必含）"
