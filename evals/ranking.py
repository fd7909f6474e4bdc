"""Ranking measures by ir-measures, from the rank at which each query's one answer is found."""

from collections.abc import Mapping

import ir_measures
from ir_measures import RR, Qrel, R, ScoredDoc

_FOUND, _OTHER = "found", "other"


def recall_at(ranks: Mapping[str, int | None], cut: int, depth: int) -> list[bool]:
    """For each query whether it is found among the first `cut`; ranks count from 1, None is not found."""
    return [value > 0 for value in _values(R @ cut, ranks, depth)]


def reciprocal_ranks(ranks: Mapping[str, int | None], depth: int) -> list[float]:
    return _values(RR @ depth, ranks, depth)


def _values(measure: ir_measures.Measure, ranks: Mapping[str, int | None], depth: int) -> list[float]:
    """The measure of each query, in the order of `ranks`; trec_eval itself sorts by query."""
    qrels = [Qrel(query, _FOUND, 1) for query in ranks]
    found = {metric.query_id: float(metric.value) for metric in measure.iter_calc(qrels, _run(ranks, depth))}
    return [found[query] for query in ranks]


def _run(ranks: Mapping[str, int | None], depth: int) -> list[ScoredDoc]:
    return [
        ScoredDoc(query, _FOUND if place == rank else f"{_OTHER}{place}", -place)
        for query, rank in ranks.items()
        for place in range(1, depth + 1)
    ]
