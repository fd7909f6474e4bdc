"""Questions with what a passage has to hold to answer them: from evaluation cases, or from paragraphs with answers.

Paragraphs with answers come as one JSON file in the shape of SQuAD, as CMRC 2018 has it:
{"data": [{"paragraphs": [{"context": "…", "qas": [{"question": "…", "answers": [{"text": "…"}]}]}]}]}
Each paragraph becomes a report of its own in an index made for the purpose.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ValidationError

from corpus.errors import InputFileError
from evals.cases import LoadedCase, load_cases
from evals.places import covers
from evals.product import read_reports
from index.build import Progress, build
from index.place import Place
from index.search import WindowPlace
from index.store import Store


@dataclass(frozen=True, kw_only=True, slots=True)
class Sought:
    """A question; `wanted` are the pieces that have to be found, each by the characters that are held to hold it."""

    question: str
    group: str  # questions of one group are never both learned from and judged by
    report: str
    within: tuple[str, ...] | None  # reports searched; None is all of the index
    wanted: tuple[str, ...] | None  # pieces of evidence, each to be covered; None: one of `accepted` is enough
    accepted: tuple[str, ...] = ()

    def found_by(self, place: WindowPlace, text: str) -> tuple[bool, ...]:
        """For each piece whether this stretch of the report's text holds it."""
        if place.report != self.report:
            return (False,) * (1 if self.wanted is None else len(self.wanted))
        if self.wanted is None:
            return (any(answer in text[place.start : place.end] for answer in self.accepted),)
        return tuple(covers((place.start, place.end), piece, text) for piece in self.wanted)


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionSet:
    """Questions and the index they are searched in."""

    name: str
    store: Store
    texts: Mapping[str, str]
    questions: tuple[Sought, ...]


class _Answer(BaseModel):
    text: str


class _Question(BaseModel):
    question: str
    answers: list[_Answer]


class _Paragraph(BaseModel):
    context: str
    qas: list[_Question]


class _Article(BaseModel):
    paragraphs: list[_Paragraph]


class _Squad(BaseModel):
    data: list[_Article]


def questions_of_cases(store: Store, files: Sequence[Path], report: str | None, *, tuning_only: bool) -> QuestionSet:
    """Every case with evidence that stands by itself: a follow-up cannot be searched without its conversation.

    A case is searched in its own report; `report` is for those that name none.
    """
    texts = dict(read_reports(store).texts)
    loaded: dict[str, LoadedCase] = {}
    for file in files:
        own = load_cases([file], texts).cases
        if report is not None and any(one.report is None for one in own):
            own = load_cases([file], {report: texts[report]}).cases
        loaded |= {one.case.id: one for one in own if one.split == "tuning" or not tuning_only}
    questions = [_of_case(one) for one in loaded.values() if one.case.evidence and not one.case.history]
    found = tuple(question for question in questions if question is not None)
    if not found:
        raise InputFileError("没有可以用的用例：需要写明 evidence，且索引里有它们的报告。")
    return QuestionSet(name="用例", store=store, texts=texts, questions=found)


def _of_case(one: LoadedCase) -> Sought | None:
    if one.report is None:
        return None
    return Sought(
        question=one.case.question, group=one.report, report=one.report, within=(one.report,),
        wanted=one.case.evidence,
    )  # fmt: skip


def questions_of_paragraphs(file: Path, folder: Path, progress: Progress) -> QuestionSet:
    """The questions of a file in the shape of SQuAD, over an index of its paragraphs in `folder`.

    Raises:
        InputFileError: the file cannot be read or is of another shape.
    """
    try:
        squad = _Squad.model_validate(json.loads(file.read_text(encoding="utf-8-sig")))
    except (OSError, ValueError, ValidationError) as error:
        raise InputFileError(f"读不了 {file}（{error}）。文件应是 SQuAD 形式的 JSON。") from error
    paragraphs = [paragraph for article in squad.data for paragraph in article.paragraphs]
    reports = folder / "reports"
    reports.mkdir(parents=True, exist_ok=True)
    texts = {f"{file.stem}-{number:05}.txt": paragraph.context for number, paragraph in enumerate(paragraphs)}
    for name, text in texts.items():
        _write_once(reports / name, text)
    place = Place(folder=folder / "store")
    build(place, [reports], update=True, progress=progress)
    store = Store.at(place)
    known = read_reports(store).texts
    questions = tuple(_of_paragraphs(zip(texts, paragraphs, strict=True), known.__contains__))
    return QuestionSet(name=file.stem, store=store, texts=known, questions=questions)


def _write_once(path: Path, text: str) -> None:
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def _of_paragraphs(paragraphs: Iterable[tuple[str, _Paragraph]], known: Callable[[str], bool]) -> Iterable[Sought]:
    for name, paragraph in paragraphs:
        for one in paragraph.qas:
            if one.question.strip() and known(name):
                accepted = tuple(dict.fromkeys(answer.text for answer in one.answers))
                yield Sought(
                    question=one.question, group=name, report=name, within=None, wanted=None, accepted=accepted
                )
