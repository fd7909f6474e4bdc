"""What ran and how long it took: facts a run's folder keeps, so that two runs can be told apart.

No secret and no path of the machine is among them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from evals.product import Setting
from evals.retrieval import RetrievalTiming


@dataclass(frozen=True, kw_only=True, slots=True)
class Provenance:
    commit: str | None  # None outside a clone
    changed_files: int  # tracked files that differ from the commit
    python: str
    settings: Mapping[str, Setting]
    reports: Mapping[str, str]  # name -> sha256 of the file's bytes
    indexes: tuple["IndexFacts", ...]
    case_files: Mapping[str, str]  # name -> sha256
    split: str | None
    revealed: bool
    timeout_seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class IndexFacts:
    """An index that cases were asked over."""

    reports: tuple[str, ...]
    format: int
    embedding_model: str
    lexicon: str  # sha256
    passages: int
    cases: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Timings:
    """In seconds; None where it was not measured."""

    finished_at: str
    cold_start: float | None  # until the program can answer
    first_answer: float | None
    p50: float | None
    p95: float | None
    p99: float | None
    total: float
    retrieval: tuple[RetrievalTiming, ...] = ()
