"""Two runs held against each other by `python -m evals compare`, read from what it prints."""

import subprocess
import sys
from pathlib import Path

from pydantic import BaseModel, ValidationError

from corpus.errors import InputFileError
from corpus.settings import PROJECT

_PATIENCE_SECONDS = 120


class Count(BaseModel):
    criterion: str
    category: str
    wins: int
    ties: int
    losses: int
    p: float


class Changed(BaseModel):
    id: str
    question: str
    gold: str
    result: str  # win, tie or loss
    before: str
    after: str


class RunComparison(BaseModel):
    """`changed` are the cases that may be shown; `changed_count` counts hidden ones too."""

    shared: int
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    counts: tuple[Count, ...]
    changed_count: int
    changed: tuple[Changed, ...]


def compare(before: Path, after: Path) -> RunComparison:
    """What the second run does differently from the first.

    Raises:
        InputFileError: the runs cannot be compared.
    """
    command = [sys.executable, "-m", "evals", "compare", str(before), str(after), "--json"]
    try:
        done = subprocess.run(
            command, cwd=PROJECT, capture_output=True, encoding="utf-8", timeout=_PATIENCE_SECONDS, check=False
        )
        return RunComparison.model_validate_json(done.stdout)
    except (subprocess.TimeoutExpired, ValidationError) as error:
        raise InputFileError("这两次结果比较不了：可能有一次没有跑完。请换一次结果，或重新跑评测。") from error
