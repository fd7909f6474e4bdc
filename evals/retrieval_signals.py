"""How well each signal of the search finds what is wanted, alone and fused: R@1, R@3, R@5 and MRR at depth 10.

A question counts at the rank by which all it wants has been found. Each signal alone ranks the candidates that all
of them have put forward together, which flatters it a little; the fusion is the search as it is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals.retrieval_questions import QuestionSet, Sought
from index.candidates import Candidates
from index.filters import Filters
from index.fusion import load_fusion_weights
from index.search import Searcher, WindowPlace

DEPTH = 10
SIGNALS: Mapping[str, Mapping[str, float]] = {
    "向量：段落": {"passage": 1.0},
    "向量：最佳句": {"dense": 1.0},
    "jieba BM25": {"words": 1.0},
    "字符 BM25": {"characters": 1.0},
    "最佳句字符 BM25": {"sentence": 1.0},
    "词对覆盖": {"coverage": 1.0},
}
FUSED = "融合"

Each = Callable[[str, Sequence[Sought]], Iterable[Sought]]


@dataclass(frozen=True, kw_only=True, slots=True)
class SignalResult:
    """Over one set of questions."""

    questions: str
    total: int
    signal: str
    recall_at_1: float
    recall_at_3: float
    recall_at_5: float
    reciprocal: float


def measure_signals(questions: QuestionSet, each: Each) -> tuple[SignalResult, ...]:
    """A result per signal and for the fusion; `each` yields the questions and may show how far it has come."""
    searcher = questions.store.searcher()
    weights = dict(SIGNALS) | {FUSED: load_fusion_weights().windows}
    ranks: dict[str, list[int | None]] = {name: [] for name in weights}
    for sought in each(questions.name, questions.questions):
        found = searcher.candidates(sought.question, Filters(reports=sought.within))
        for name, table in weights.items():
            ranks[name].append(rank(sought, places_by(searcher, found, table), questions.texts))
    return tuple(result(questions.name, name, found) for name, found in ranks.items())


def places_by(searcher: Searcher, found: Candidates | None, weights: Mapping[str, float]) -> Sequence[WindowPlace]:
    return () if found is None else searcher.ranked(found, weights, DEPTH)


def rank(sought: Sought, places: Sequence[WindowPlace], texts: Mapping[str, str]) -> int | None:
    """The rank, from 1, by which all that is wanted has been found; None where something is missing."""
    held = [sought.found_by(place, texts[place.report]) for place in places]
    firsts = [
        next((at for at, pieces in enumerate(held, 1) if pieces[piece]), None) for piece in range(_pieces(sought))
    ]
    return None if None in firsts else max(first for first in firsts if first is not None)


def result(questions: str, signal: str, ranks: Sequence[int | None]) -> SignalResult:
    total = len(ranks)
    return SignalResult(
        questions=questions,
        total=total,
        signal=signal,
        recall_at_1=_share_within(1, ranks),
        recall_at_3=_share_within(3, ranks),
        recall_at_5=_share_within(5, ranks),
        reciprocal=sum(1 / found for found in ranks if found is not None) / total,
    )


def _share_within(cut: int, ranks: Sequence[int | None]) -> float:
    return sum(found is not None and found <= cut for found in ranks) / len(ranks)


def _pieces(sought: Sought) -> int:
    return 1 if sought.wanted is None else len(sought.wanted)
