"""Cases: questions with known answers, one JSON object a line.

    {"id": "gz-t-001", "question": "…", "history": [], "category": "figure", "answer": "…", "must": [["18.6万"]],
     "must_not": [], "evidence": ["城镇新增就业人数 18.6 万"], "section": "…", "note": "…"}

A line that is no case is refused with its number and the rest are used. A file's split is in its name:
`NAME.test.jsonl` is the test split, every other file is tuning; ids listed in `revealed.txt` beside it have
been looked at and count as tuning.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from assistant.answer import Status
from assistant.conversations.conversation import Turn
from corpus.errors import InputFileError
from corpus.model import Role
from evals.matching import normalise
from evals.refusals import explained, redacted

Category = Literal["figure", "table", "list", "compute", "conflict", "narrative", "followup", "unanswerable"]
Split = Literal["tuning", "test"]
CATEGORIES: tuple[Category, ...] = get_args(Category)
SPLITS: tuple[Split, ...] = get_args(Split)
GoldRole = Literal[Role, "computed"]  # "computed": a result, which no row of a ledger is
# The reports a case is asked over, by its file and the report it names itself.
AskedOver = Callable[[Path, str | None], tuple[str, ...]]
REVEALED = "revealed.txt"


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("是空的")
    return text


def _matchable(text: str) -> str:
    if not normalise(text):
        raise ValueError("没有可以比对的字（空白和 [1] 这样的出处标记不算）")
    return text


Filled = Annotated[str, AfterValidator(_not_blank)]
Variant = Annotated[str, AfterValidator(_matchable)]


class Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StrictTurn(Turn):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GoldFigure(Strict):
    """The figure asked for. `value` is a decimal string in `unit`, or a grade's text; null is not checked."""

    value: Filled
    unit: str | None = None
    role: GoldRole
    period: str | None = None
    scope: str | None = None

    def decimal(self) -> Decimal | None:
        """The value as a number; None for a grade."""
        try:
            return Decimal(self.value.replace(",", ""))
        except InvalidOperation:
            return None


class Case(Strict):
    id: Filled
    question: Filled
    history: tuple[StrictTurn, ...] = ()
    category: Category
    answer: str
    must: tuple[Annotated[tuple[Variant, ...], Field(min_length=1)], ...] = ()
    must_not: tuple[Variant, ...] = ()
    evidence: tuple[Filled, ...] = ()
    section: str = ""
    note: str = ""
    report: str | None = None
    status: Status | None = None
    figure: GoldFigure | None = None

    @property
    def expected_status(self) -> Status:
        if self.status is not None:
            return self.status
        return "refused" if self.category == "unanswerable" else "answered"


@dataclass(frozen=True, kw_only=True, slots=True)
class LoadedCase:
    """A case with the split it counts in, the report it is about, and all reports it is asked over.

    `report` is None where a case is about any of them: its evidence stands in one or another.
    """

    case: Case
    split: Split
    report: str | None
    reports: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class RefusedLine:
    """A line that is no case; `message` says why, in Chinese."""

    file: str
    line: int
    message: str

    def hidden(self) -> "RefusedLine":
        """The same without what its message quotes."""
        return replace(self, message=redacted(self.message))

    def __str__(self) -> str:
        return f"{self.file} 第 {self.line} 行：{self.message}"


@dataclass(frozen=True, kw_only=True, slots=True)
class LoadedCases:
    cases: tuple[LoadedCase, ...]
    refused: tuple[RefusedLine, ...]


def load_cases(paths: Iterable[Path], texts: Mapping[str, str], asked_over: AskedOver | None = None) -> LoadedCases:
    """The cases of these files and the lines that are none; `texts` are the reports' source texts by name.

    Without `asked_over` every case is asked over all of them.

    Raises:
        InputFileError: a file cannot be read, or none of them holds a single line.
    """
    cases: dict[str, LoadedCase] = {}
    refused: list[RefusedLine] = []
    for path in paths:
        revealed = _revealed(path)
        for number, line in _lines(path):
            try:
                case = Case.model_validate(_object(line))
                over = asked_over(path, case.report) if asked_over else tuple(texts)
                found = grounded(case, path, texts, over, revealed)
                if found.case.id in cases:
                    raise ValueError(f"编号“{found.case.id}”前面已经用过。请换一个不重复的编号。")
                cases[found.case.id] = found
            except ValueError as error:
                refused.append(RefusedLine(file=path.name, line=number, message=explained(error)))
    if not cases and not refused:
        raise InputFileError("用例文件里没有一行内容。请检查 --cases 给出的文件。")
    return LoadedCases(cases=tuple(cases.values()), refused=tuple(refused))


def split_of(path: Path) -> Split:
    return "test" if path.stem.endswith(".test") else "tuning"


def _lines(path: Path) -> list[tuple[int, str]]:
    try:
        content = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputFileError(f"读不了用例文件 {path}（{error}）。请检查路径，文件应是 UTF-8 文本。") from error
    return [(number, line) for number, line in enumerate(content.split("\n"), 1) if line.strip()]


def grounded(
    case: Case, path: Path, texts: Mapping[str, str], over: tuple[str, ...], revealed: Collection[str] = ()
) -> LoadedCase:
    """The case with its report, its evidence checked.

    Raises:
        ValueError: its report is not there, or its evidence is not literally in it; with a Chinese message.
    """
    report = case.report or report_named_by(path, over) or (over[0] if len(over) == 1 else None)
    _check_evidence(case, report, texts, over)
    split = "tuning" if case.id in revealed else split_of(path)
    return LoadedCase(case=case, split=split, report=report, reports=over)


def _object(line: str) -> object:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"不是 JSON（第 {error.colno} 个字符附近）。每行应是一个用例对象。") from error


def report_named_by(path: Path, reports: Iterable[str]) -> str | None:
    """The one of these reports that a case file is named after: gz-hrss-2022.test.jsonl, gz-hrss-2022.txt."""
    return next((report for report in reports if Path(report).stem == path.name.split(".")[0]), None)


def _check_evidence(case: Case, report: str | None, texts: Mapping[str, str], over: tuple[str, ...]) -> None:
    """Refuses a case whose report is not there, or whose evidence no report it can be about prints."""
    if report is not None and report not in texts:
        raise ValueError(f"索引里没有报告“{report}”，有：{'、'.join(texts) or '（空）'}。请先把它加入索引。")
    about = over if report is None else (report,)
    for evidence in case.evidence:
        if not any(evidence in texts[one] for one in about):
            raise ValueError(
                f"原文依据“{evidence}”不在报告“{'、'.join(about)}”里。请从报告原文逐字复制，空格换行也要一致。"
            )


def _revealed(path: Path) -> frozenset[str]:
    listed = path.parent / REVEALED
    return frozenset(listed.read_text(encoding="utf-8").split()) if listed.is_file() else frozenset()


def record_revealed(files: Iterable[Path], identities: Collection[str]) -> None:
    """Lists cases of the test split that have been looked at; from the next run on they count as tuning."""
    if not identities:
        return
    for folder in sorted({path.parent for path in files if split_of(path) == "test"}):
        known = _revealed(folder / REVEALED)
        (folder / REVEALED).write_text("".join(f"{one}\n" for one in sorted(known | set(identities))), encoding="utf-8")
