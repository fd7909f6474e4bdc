"""How much each character pair tells, from the counts that are kept with an index: the same as counted from its texts.

The counts of thousands of reports are not read at once; of the pairs that questions and rows have, so many are kept.
"""

import math
from functools import lru_cache

from assistant.figures.coverage import TOTALS_KEPT, PairWeights
from index.pair_counts import PairCounts

# Pairs that are kept; where all reports together have no more, they are read when opened.
_PAIRS_KEPT = 1 << 17


class CountedWeights(PairWeights):
    """As `PairWeights`, over the counts of an index."""

    def __init__(self, counts: PairCounts) -> None:
        self.counts = counts
        self._texts = counts.total()
        self._scale = math.log(self._texts + 1) or 1.0
        self._few = counts.all_texts_with() if len(counts.codes) <= _PAIRS_KEPT else None
        self._weight = lru_cache(maxsize=2 * _PAIRS_KEPT)(self._counted)
        self.total_kept = lru_cache(maxsize=TOTALS_KEPT)(self.total)

    def __contains__(self, pair: str) -> bool:
        return self._weight(pair) is not None

    def of(self, pair: str) -> float:
        weight = self._weight(pair)
        return 1.0 if weight is None else weight

    def _counted(self, pair: str) -> float | None:
        """None for a pair of no text."""
        count = self.counts.texts_with(pair) if self._few is None else self._few.get(pair, 0)
        return math.log((self._texts + 1) / count) / self._scale if count else None
