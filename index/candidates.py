"""Candidates: the passages worth a look, by cheap signals, and the windows in and around them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from index.features import Closeness, Windows, feature_names
from index.fusion import Positions, Values, best, filled, scale_of
from index.selection import Rate, Window

# the best of each signal are compared; of these, so many are looked at
PUT_FORWARD = 100
LOOKED_AT = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Signals:
    """What is known of every unit and passage at once; NaN where the vector store did not return it."""

    units: Values  # cosine
    passages: Values  # cosine
    sentences: Values  # cosine of each passage's best unit
    words: Values  # BM25 of each passage
    characters: Values  # BM25 of each passage

    def closeness(self) -> Closeness:
        return Closeness(units=filled(self.units), passages=filled(self.passages))


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidates:
    """Windows from unit `first` to unit `last`, and what their features are taken from."""

    first: Positions
    last: Positions
    windows: Windows
    signals: Signals

    def pairs(self) -> list[Window]:
        return list(zip(self.first.tolist(), self.last.tolist(), strict=True))

    def features(self) -> Values:
        """One row per window; columns as `feature_names`."""
        return self.windows.features(self.first, self.last)


def rate_by(found: Candidates, weights: Mapping[str, float]) -> Rate:
    """The weighted sum of features, as a rating of windows."""
    column = np.array([weights.get(name, 0.0) for name in feature_names()])

    def rate(first: Positions, last: Positions) -> Values:
        similarity: Values = found.windows.features(first, last) @ column
        return similarity

    return rate


def worth_a_look(signals: Signals, allowed: Positions, weights: Mapping[str, float]) -> Positions:
    """The passages with the best weighted sum of standard scores, among those that lead in any signal."""
    dense = allowed[~np.isnan(signals.passages[allowed])]
    leading = [best(values, allowed, PUT_FORWARD) for values in (signals.sentences, signals.characters, signals.words)]
    forward = np.unique(np.concatenate([dense, *leading]))
    if not forward.size:  # a query that shares nothing with anything
        forward = allowed[:PUT_FORWARD]
    values = {
        "sentences": signals.sentences, "passages": filled(signals.passages),
        "words": signals.words, "characters": signals.characters,
    }  # fmt: skip
    columns = np.stack([values[name][forward] for name in weights], axis=1)
    similarity = scale_of(columns)(columns) @ np.array(list(weights.values()))
    return np.sort(forward[np.argsort(-similarity, kind="stable")[:LOOKED_AT]])
