"""Answers given before: the file `python -m assistant batch` writes, or another program that keeps its format.

{"id": "gz-t-001", "question": "…", "status": "answered", …}     {"id": "gz-t-002", "error": {"code", "message"}}
"""

import json
from collections.abc import Mapping
from pathlib import Path

from corpus.errors import InputFileError
from evals.answering import read_answer
from evals.cases import Case
from evals.judging import CaseError, Outcome
from evals.runner import Ask


def ask_file(path: Path) -> Ask:
    """Asks the file instead of a program; a case it does not hold has no answer.

    Raises:
        InputFileError: the file cannot be read, or a line is no JSON object with an id.
    """
    outcomes = _read(path)

    def ask(case: Case) -> Outcome:
        lost = CaseError(kind="invalid", message="回答文件里没有这一题")
        return outcomes.get(case.id, Outcome(error=lost))

    return ask


def _read(path: Path) -> dict[str, Outcome]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
        rows = [json.loads(line) for line in lines if line.strip()]
        return {row["id"]: _outcome(row) for row in rows}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InputFileError(f"读不了回答文件 {path}（{error}）。每行应是 batch 写出的一个对象。") from error


def _outcome(row: Mapping[str, object]) -> Outcome:
    if "error" in row:
        return Outcome(error=CaseError(kind="crash", message=json.dumps(row["error"], ensure_ascii=False)))
    return read_answer(json.dumps({key: value for key, value in row.items() if key != "id"}), 0.0)
