"""Which of many reports a question is put to at all: those that have its words, the newest first among them.

A question that names no report could be answered by any. All are asked where they are few. Where they are many, an
index of the words of each report (`index/pair_counts.py`) tells which of them can account for the question, and only
the best of these are read: how many there are beside them makes no difference.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from assistant.choice import Choice
from assistant.figures.coverage import Weighed
from index.pair_counts import PairCounts

# So many reports are asked in turn.
MOST_ASKED = 12
# Of one issuer so many, the newest: an older one is asked where the newer do not answer.
_OF_ONE_ISSUER = 4
# Reports that account for so much less of the question than the best are asked only after all others.
_NEAR_BEST = 0.1
# An official word that was not typed counts a little less than the word itself.
_BY_SYNONYM = 0.9

Shares = npt.NDArray[np.float64]


def put_forward(
    choice: Choice, weighed: Weighed, counts: PairCounts, numbers: Mapping[str, int], issuer_of: Mapping[str, str]
) -> Choice:  # fmt: skip
    """The choice, with at most `MOST_ASKED` reports; `numbers` are those of the reports in `counts`."""
    if len(choice.reports) <= MOST_ASKED:
        return choice
    own = shares(weighed, counts)
    held = own[[numbers[report] for report in choice.reports]]
    return replace(choice, reports=_first(choice.reports, held, issuer_of, bands=max(1, round(1 / _NEAR_BEST))))


def shares(weighed: Weighed, counts: PairCounts) -> Shares:
    """The share of the question's weight that each report accounts for, wherever its words stand."""
    found = np.zeros((len(weighed.weights), len(counts.reports)))
    holding = {pair: counts.holding(pair) for pair in weighed.pairs if pair}
    for order, (left, right, weight) in enumerate(zip(weighed.lefts, weighed.rights, weighed.weights, strict=True)):
        for pair in filter(None, (left, right)):
            found[order, holding[pair] if pair in holding else counts.holding(pair)] = weight
    for meant in weighed.meant:
        for word in meant.words:
            having = np.zeros(len(counts.reports), dtype=np.int64)
            for pair in word:
                having[holding[pair]] += 1
            whole = np.flatnonzero(having == len(word))
            for order in meant.orders:
                found[order, whole] = np.maximum(found[order, whole], _BY_SYNONYM * weighed.weights[order])
    total: Shares = found.sum(axis=0) / (weighed.total or 1.0)
    return total


def _first(reports: Sequence[str], held: Shares, issuer_of: Mapping[str, str], *, bands: int) -> tuple[str, ...]:
    """The reports that hold most, those about equal in their order, a few of each issuer."""
    band = np.floor((held.max() - held) * bands)
    chosen: list[int] = []
    of_issuer: dict[str, int] = {}
    for place in np.argsort(band, kind="stable").tolist():
        issuer = issuer_of[reports[place]]
        of_issuer[issuer] = of_issuer.get(issuer, 0) + 1
        if of_issuer[issuer] <= _OF_ONE_ISSUER:
            chosen.append(place)
        if len(chosen) == MOST_ASKED:
            break
    return tuple(reports[place] for place in sorted(chosen))
