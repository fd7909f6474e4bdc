"""How well passages are found: recall@1/3/5 and MRR of the evidence, for any way of searching.

Every piece of evidence of every case is one query of its own; it is found at the rank of the first hit that
covers it. Measures by ir-measures: R@k (recall) and RR@10 (reciprocal rank).
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from evals.cases import SPLITS, LoadedCase
from evals.grounds import Grounds, by_ground
from evals.intervals import percentile
from evals.metrics import Share, share_of
from evals.places import covers, texts_about
from evals.titles import ALL
from index.store import Store

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
    """A way of searching, opened over an index when its turn comes."""

    name: str
    title: str  # Chinese
    open: Callable[[Store], Retriever]


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
    """In seconds; `opening` over all indexes together."""

    name: str
    title: str
    opening: float
    p50: float | None
    p95: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Searched:
    case: LoadedCase
    texts: Mapping[str, str]  # of the reports its evidence may stand in
    spans: Sequence[Span]
    seconds: float


def measure_retrieval(
    kind: RetrieverKind, cases: Iterable[LoadedCase], grounds: Grounds
) -> tuple[tuple[RetrievalResult, ...], RetrievalTiming]:
    """Searches with every case's question as it is typed; results over all cases and over each split.

    A follow-up is left out: without its conversation it does not say what to look for. Cases of one ground have to
    stand side by side.
    """
    opening = 0.0
    searched: list[_Searched] = []
    for ground, chosen in by_ground(cases, grounds):
        begun = time.perf_counter()
        retriever = kind.open(ground.store)
        opening += time.perf_counter() - begun
        searched.extend(
            _searched(retriever, one, ground.texts) for one in chosen if one.case.evidence and not one.case.history
        )
    seconds = [one.seconds for one in searched]
    timing = RetrievalTiming(
        name=kind.name, title=kind.title, opening=opening, p50=percentile(seconds, 50), p95=percentile(seconds, 95)
    )
    results = tuple(_result(kind, split, found) for split, found in _by_split(searched))
    return results, timing


def _by_split(searched: Sequence[_Searched]) -> Iterator[tuple[str, Sequence[_Searched]]]:
    present = [split for split in SPLITS if any(one.case.split == split for one in searched)]
    if len(present) != 1:
        yield ALL, searched
    for split in present:
        yield split, [one for one in searched if one.case.split == split]


def _searched(retriever: Retriever, case: LoadedCase, texts: Mapping[str, str]) -> _Searched:
    begun = time.perf_counter()
    spans = retriever.search(case.case.question, DEPTH)
    seconds = time.perf_counter() - begun
    return _Searched(case=case, texts=texts_about(case.report, texts), spans=spans, seconds=seconds)


def _result(kind: RetrieverKind, split: str, searched: Sequence[_Searched]) -> RetrievalResult:
    # a library of the evaluation alone: reading runs and counting answers does without it
    from evals.ranking import recall_at, reciprocal_ranks  # noqa: PLC0415

    ranks = evidence_ranks(searched)
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


def evidence_ranks(searched: Sequence[_Searched]) -> dict[str, int | None]:
    """The rank, from 1, at which each piece of evidence is found; None where it is not."""
    return {
        f"{one.case.case.id}#{number}": _rank(one, evidence)
        for one in searched
        for number, evidence in enumerate(one.case.case.evidence)
    }


def _rank(one: _Searched, evidence: str) -> int | None:
    ranks = (
        rank
        for rank, span in enumerate(one.spans, 1)
        if span.report in one.texts and covers((span.start, span.end), evidence, one.texts[span.report])
    )
    return next(ranks, None)


def _within_budget(searched: Sequence[_Searched], ranks: Mapping[str, int | None]) -> Iterator[bool]:
    """For each piece of evidence whether the hits up to it are together no longer than the budget."""
    for one in searched:
        lengths = [span.end - span.start for span in one.spans]
        for number in range(len(one.case.case.evidence)):
            rank = ranks[f"{one.case.case.id}#{number}"]
            yield rank is not None and sum(lengths[:rank]) <= BUDGET
