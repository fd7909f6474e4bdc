"""Answerers for the tests of the evaluation: one that knows every answer, and broken ones made from it.

They are importable by the answering process, which opens them by name.
"""

import json
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from assistant.answer import Answer, AnswerFigure, Citation
from assistant.conversations.conversation import Turn
from corpus.errors import StoreError
from corpus.units import match_unit
from evals.cases import Case, LoadedCase
from index.store import Store

REPORT = "gz-hrss-2022.txt"


def parrot_answer(loaded: LoadedCase, text: str) -> Answer:
    """The gold answer as an answer object: its evidence cited, its figure first."""
    case = loaded.case
    citations = tuple(_citation(number, evidence, text) for number, evidence in enumerate(case.evidence, 1))
    figure = _figure(case, citations)
    return Answer(
        question=case.question,
        standalone_question=case.question,
        status=case.expected_status,
        route="figure" if figure else "none",
        answer=case.answer,
        figures=(figure,) if figure else (),
        citations=citations,
        timing_ms={"total": time.perf_counter()},
    )


def _citation(number: int, evidence: str, text: str) -> Citation:
    start = text.index(evidence)
    return Citation(
        id=number, report=REPORT, section=(), start=start, end=start + len(evidence),
        line=text.count("\n", 0, start) + 1, quote=evidence,
    )  # fmt: skip


def _figure(case: Case, citations: Sequence[Citation]) -> AnswerFigure | None:
    gold = case.figure
    if gold is None or case.expected_status != "answered":
        return None
    unit = match_unit(gold.unit, 0) if gold.unit else None
    number = gold.decimal()
    base = None if number is None else str(number * (unit.factor if unit else Decimal(1)))
    cited = next((one for one in citations if gold.value in one.quote), None)
    return AnswerFigure(
        id=f"{case.id}-figure", name=case.question, value=gold.value, unit=gold.unit, base_value=base,
        base_unit=unit.base if unit else gold.unit, printed=gold.value if cited else citations[0].quote,
        qualifier=None, role=gold.role, period=gold.period, scope=gold.scope,
        citation=cited.id if cited else citations[0].id,
    )  # fmt: skip


def with_figure(answer: Answer, **changes: str | None) -> Answer:
    """The answer with its first figure changed; as it is where it has none."""
    if not answer.figures:
        return answer
    return answer.model_copy(update={"figures": (answer.figures[0].model_copy(update=changes), *answer.figures[1:])})


@dataclass(frozen=True)
class Written:
    """Answers as they are written in a file, by question."""

    answers: dict[str, Answer]

    def answer(self, question: str, history: Sequence[Turn]) -> Answer:
        return self.answers[question].model_copy(update={"timing_ms": {"total": time.perf_counter()}})


def write_answers(path: Path, answers: Iterable[Answer]) -> Path:
    path.write_text("".join(answer.model_dump_json() + "\n" for answer in answers), encoding="utf-8")
    return path


def open_written(path: Path, folder: Path | None = None) -> Written:
    answers = [Answer.model_validate(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    return Written({answer.question: answer for answer in answers})


@dataclass(frozen=True)
class Faulty:
    """Answers everything but one question, at which something happens instead."""

    written: Written
    question: str
    fault: Callable[[], None]

    def answer(self, question: str, history: Sequence[Turn]) -> Answer:
        if question == self.question:
            self.fault()
        return self.written.answer(question, history)


class Echo:
    """Says what was said before."""

    def answer(self, question: str, history: Sequence[Turn]) -> Answer:
        said = "；".join(f"{turn.role}：{turn.content}" for turn in history)
        return Answer(question=question, standalone_question=question, status="answered", route="none", answer=said)


def raise_error() -> None:
    raise ZeroDivisionError("坏了")


def hang() -> None:
    time.sleep(600)


def die() -> None:
    os._exit(9)


def open_faulty(path: Path, question: str, fault: Callable[[], None], folder: Path | None = None) -> Faulty:
    return Faulty(open_written(path), question, fault)


@dataclass(frozen=True)
class Inventory:
    """Says which reports its index holds, and which process it is in."""

    reports: tuple[str, ...]

    def answer(self, question: str, history: Sequence[Turn]) -> Answer:
        said = "、".join(self.reports)
        return Answer(
            question=question, standalone_question=question, status="answered", route="none", answer=said,
            warnings=(str(os.getpid()),),
        )  # fmt: skip


class Marked:
    """Says what no one is to see, or fails with it."""

    def answer(self, question: str, history: Sequence[Turn]) -> Answer:
        if question == "隐崩":
            raise ValueError("隐错")
        return Answer(question=question, standalone_question=question, status="answered", route="none", answer="隐说")


def open_marked(folder: Path) -> Marked:
    return Marked()


def open_inventory(folder: Path) -> Inventory:
    return Inventory(tuple(metadata.report for metadata in Store.open(folder).reports()))


def open_nothing(folder: Path | None = None) -> Written:
    raise StoreError("还没有索引。请运行：make build。")
