"""How well passages are found: recall@1/3/5 and MRR of the evidence, for any way of searching.

Every piece of evidence of every case is one query of its own; it is found at the rank of the first hit that
covers it. Measures by ir-measures: R@k (recall) and RR@10 (reciprocal rank).
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from evals.cases import SPLITS, LoadedCase
from evals.intervals import percentile
from evals.metrics import Share, share_of
from evals.places import covers
from evals.titles import ALL

DEPTH = 10
CUTS = (1, 3, 5)
BUDGET = 1000  # characters
SHOWN = 5  # hits a user or a model would be given


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A hit: characters of a report's source text."""

    report: str
    start: int
    end: int


class Retriever(Protocol):
    def search(self, query: str, k: int) -> Sequence[Span]: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class RetrieverKind:
    """A way of searching, opened when its turn comes."""

    name: str
    title: str  # Chinese
    open: Callable[[], Retriever]


@dataclass(frozen=True, kw_only=True, slots=True)
class RetrievalResult:
    """One way of searching over one split, or "all": the product's is tuned on the tuning split, no baseline is."""

    split: str
    name: str
    title: str
    recall: dict[str, Share]  # "1", "3", "5"
    within: Share  # found before `BUDGET` characters are read: fair to short hits and long ones
    mrr: float | None
    characters: float | None  # mean length of the first five hits together


@dataclass(frozen=True, kw_only=True, slots=True)
class RetrievalTiming:
    """In seconds."""

    name: str
    title: str
    opening: float
    p50: float | None
    p95: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Searched:
    case: LoadedCase
    spans: Sequence[Span]
    seconds: float


def measure_retrieval(
    kind: RetrieverKind, cases: Iterable[LoadedCase], texts: Mapping[str, str]
) -> tuple[tuple[RetrievalResult, ...], RetrievalTiming]:
    """Searches with every case's question as it is typed; results over all cases and over each split."""
    begun = time.perf_counter()
    retriever = kind.open()
    opening = time.perf_counter() - begun
    searched = [_searched(retriever, case) for case in cases if case.case.evidence and case.report in texts]
    seconds = [one.seconds for one in searched]
    timing = RetrievalTiming(
        name=kind.name, title=kind.title, opening=opening, p50=percentile(seconds, 50), p95=percentile(seconds, 95)
    )
    results = tuple(_result(kind, split, chosen, texts) for split, chosen in _by_split(searched))
    return results, timing


def _by_split(searched: Sequence[_Searched]) -> Iterator[tuple[str, Sequence[_Searched]]]:
    present = [split for split in SPLITS if any(one.case.split == split for one in searched)]
    if len(present) != 1:
        yield ALL, searched
    for split in present:
        yield split, [one for one in searched if one.case.split == split]


def _searched(retriever: Retriever, case: LoadedCase) -> _Searched:
    begun = time.perf_counter()
    spans = retriever.search(case.case.question, DEPTH)
    return _Searched(case=case, spans=spans, seconds=time.perf_counter() - begun)


def _result(
    kind: RetrieverKind, split: str, searched: Sequence[_Searched], texts: Mapping[str, str]
) -> RetrievalResult:
    # a library of the evaluation alone: reading runs and counting answers does without it
    from evals.ranking import recall_at, reciprocal_ranks  # noqa: PLC0415

    ranks = evidence_ranks(searched, texts)
    reciprocal = reciprocal_ranks(ranks, DEPTH)
    lengths = [sum(span.end - span.start for span in one.spans[:SHOWN]) for one in searched]
    return RetrievalResult(
        split=split,
        name=kind.name,
        title=kind.title,
        recall={str(cut): share_of(recall_at(ranks, cut, DEPTH)) for cut in CUTS},
        within=share_of(_within_budget(searched, ranks)),
        mrr=round(sum(reciprocal) / len(reciprocal), 4) if reciprocal else None,
        characters=round(sum(lengths) / len(lengths), 1) if lengths else None,
    )


def evidence_ranks(searched: Sequence[_Searched], texts: Mapping[str, str]) -> dict[str, int | None]:
    """The rank, from 1, at which each piece of evidence is found; None where it is not."""
    return {
        f"{one.case.case.id}#{number}": _rank(one, evidence, texts)
        for one in searched
        for number, evidence in enumerate(one.case.case.evidence)
    }


def _rank(one: _Searched, evidence: str, texts: Mapping[str, str]) -> int | None:
    report = one.case.report or ""
    ranks = (
        rank
        for rank, span in enumerate(one.spans, 1)
        if span.report == report and covers((span.start, span.end), evidence, texts[report])
    )
    return next(ranks, None)


def _within_budget(searched: Sequence[_Searched], ranks: Mapping[str, int | None]) -> Iterator[bool]:
    """For each piece of evidence whether the hits up to it are together no longer than the budget."""
    for one in searched:
        lengths = [span.end - span.start for span in one.spans]
        for number in range(len(one.case.case.evidence)):
            rank = ranks[f"{one.case.case.id}#{number}"]
            yield rank is not None and sum(lengths[:rank]) <= BUDGET
