"""Features: what speaks for each window of units as the answer to a query.

    dense, passage     cosine of the best sentence in it; of the passages it lies in, by their share
    characters, words  BM25 over the window, the context (title, headings, table header) counted half
    sentence           BM25 over the best sentence
    coverage           share of the query's character pairs it holds, by weight; and with its context
    report_…           the best window of the same report: what its neighbours say of the report's subject
    time, number, …    1 where the query asks for such a thing and the window gives one, -1 where it gives none
Pure but for the characters, which are read from the index.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.answer_kinds import answer_kinds
from index.fusion import Positions, Scale, Values, scale_of
from index.keywords import WeightedTerms
from index.occurrences import Text, occurrences, text_of
from index.units import Units

SCALED = ("dense", "passage", "characters", "words", "sentence", "coverage", "coverage_in_context")
# also taken as the best of the window's report
SHARED = ("dense", "characters", "coverage_in_context")
_K1, _B = 1.5, 0.75
_CONTEXT = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """A query as its features need it; `asked` is its normalised text."""

    asked: str
    characters: WeightedTerms
    words: WeightedTerms


@dataclass(frozen=True, kw_only=True, slots=True)
class Closeness:
    """Cosines to the query, one per unit and one per passage of the index."""

    units: Values
    passages: Values


def feature_names() -> tuple[str, ...]:
    """The columns of `Windows.features`, in order."""
    shared = tuple(f"report_{name}" for name in SHARED)
    return (*SCALED, *shared, "length", "row", "opening", *(kind.name for kind in answer_kinds()))


class Windows:
    """The features of windows over some units of an index; the scale is that of the candidates."""

    def __init__(
        self,
        units: Units,
        context: Callable[[int], str],
        query: Query,
        closeness: Closeness,
        candidates: tuple[Positions, Positions],
    ) -> None:
        """`context` gives the normalised context of each passage; `candidates` the first and last units."""
        self._units = units
        self._closeness = closeness
        self._query = query
        self.numbers = _units_within(len(units), *candidates)
        text = text_of(units, self.numbers.tolist())
        self._passages = units.passage[self.numbers]
        self._context = _Context(context, self._passages, query)
        self._characters = _Counted(occurrences(text, query.characters.terms), query.characters.weights)
        self._words = _Counted(occurrences(text, query.words.terms), query.words.weights)
        self._pairs = np.array([len(term) > 1 for term in query.characters.terms], dtype=np.float64)
        self._given = _given(text, query.asked)
        raw = self._raw(*candidates)
        self._scale: Scale = scale_of(raw)
        self._shared = self._best_of_reports(candidates[0], self._scale(raw))

    def features(self, first: Positions, last: Positions) -> Values:
        """One row per window from unit `first` to unit `last`; columns as `feature_names`."""
        scaled = self._scale(self._raw(first, last))
        shared = np.array([self._shared[int(report)] for report in self._units.report[first]])
        rows = self._units.row[first].astype(np.float64)
        opening = np.where(first > 0, self._units.report[first] != self._units.report[first - 1], 1.0)
        plain = np.stack([self._units.lengths(first, last) / 260, rows, opening], axis=1)
        return np.concatenate([scaled, shared, plain, self._kinds(first, last)], axis=1)

    def _raw(self, first: Positions, last: Positions) -> Values:
        here, there = np.searchsorted(self.numbers, first), np.searchsorted(self.numbers, last)
        lengths = self._units.lengths(first, last).astype(np.float64)
        characters, words = self._characters.within(here, there), self._words.within(here, there)
        own = self._context.number[here]
        context, context_words = self._context.characters[own], self._context.words[own]
        columns = {
            "dense": _most(self._closeness.units[self.numbers], here, there),
            "passage": self._passage_closeness(here, there),
            "characters": self._bm25(characters + _CONTEXT * context, lengths, self._query.characters),
            "words": self._bm25(words + _CONTEXT * context_words, lengths, self._query.words),
            "sentence": _most(self._sentence_bm25(), here, there),
            "coverage": self._covered(characters),
            "coverage_in_context": self._covered(characters + context),
        }
        return np.stack([columns[name] for name in SCALED], axis=1)

    def _passage_closeness(self, here: Positions, there: Positions) -> Values:
        lengths = self._units.lengths(self.numbers, self.numbers).astype(np.float64)
        weighted = np.concatenate([[0.0], np.cumsum(self._closeness.passages[self._passages] * lengths)])
        total = np.concatenate([[0.0], np.cumsum(lengths)])
        mean: Values = (weighted[there + 1] - weighted[here]) / np.maximum(total[there + 1] - total[here], 1.0)
        return mean

    def _bm25(self, counts: Values, lengths: Values, terms: WeightedTerms) -> Values:
        return _bm25(counts, lengths, self._units.mean_window, terms.weights)

    def _sentence_bm25(self) -> Values:
        lengths = self._units.lengths(self.numbers, self.numbers).astype(np.float64)
        return _bm25(self._characters.counts, lengths, self._units.mean_length, self._query.characters.weights)

    def _covered(self, counts: Values) -> Values:
        weights = self._pairs * self._query.characters.weights
        share: Values = ((counts > 0) * weights).sum(axis=1) / max(weights.sum(), 1e-9)
        return share

    def _kinds(self, first: Positions, last: Positions) -> Values:
        here, there = np.searchsorted(self.numbers, first), np.searchsorted(self.numbers, last)
        columns = [
            np.zeros(len(first)) if given is None else 2.0 * _most(given, here, there) - 1.0 for given in self._given
        ]
        return np.stack(columns, axis=1)

    def _best_of_reports(self, first: Positions, scaled: Values) -> dict[int, Values]:
        columns = scaled[:, [SCALED.index(name) for name in SHARED]]
        reports = self._units.report[first]
        return {int(report): columns[reports == report].max(axis=0) for report in np.unique(reports)}


class _Counted:
    """Counts of terms per unit, and summed over runs of units."""

    def __init__(self, counts: Values, weights: Values) -> None:
        self.counts = counts
        self.weights = weights
        self._sums = np.concatenate([np.zeros((1, counts.shape[1])), counts.cumsum(axis=0)])

    def within(self, here: Positions, there: Positions) -> Values:
        summed: Values = self._sums[there + 1] - self._sums[here]
        return summed


class _Context:
    """Which terms stand in the context of each unit's passage; passages of one section share a row."""

    def __init__(self, context: Callable[[int], str], passages: Positions, query: Query) -> None:
        texts = {passage: context(passage) for passage in np.unique(passages).tolist()}
        rows = {text: row for row, text in enumerate(dict.fromkeys(texts.values()))}
        self.number = np.array([rows[texts[passage]] for passage in passages.tolist()], dtype=np.int64)
        self.characters = _held(list(rows), query.characters.terms)
        self.words = _held(list(rows), query.words.terms)


def _held(texts: Sequence[str], terms: Sequence[str]) -> Values:
    return np.array([[float(term in text) for term in terms] for text in texts]).reshape(len(texts), len(terms))


def _units_within(count: int, first: Positions, last: Positions) -> Positions:
    """The numbers of all units of the windows, in order."""
    steps = np.zeros(count + 1, dtype=np.int64)
    np.add.at(steps, first, 1)
    np.add.at(steps, last + 1, -1)
    return np.flatnonzero(np.cumsum(steps[:-1]) > 0)


def _given(text: Text, asked: str) -> tuple[npt.NDArray[np.float64] | None, ...]:
    """For each kind of answer that is asked for, whether each unit gives one."""
    return tuple(
        text.matching(kind.given).astype(np.float64) if kind.asked.search(asked) else None for kind in answer_kinds()
    )


def _most(values: Values, here: Positions, there: Positions) -> Values:
    """The largest value from place `here` to place `there`."""
    bounds = np.stack([here, there + 1], axis=1).ravel()
    return np.maximum.reduceat(np.append(values, -np.inf), bounds)[::2]


def _bm25(counts: Values, lengths: Values, mean: float, weights: Values) -> Values:
    longer = (_K1 * (1 - _B + _B * lengths / mean))[:, None]
    similarity: Values = ((_K1 + 1) * counts / (counts + longer) * weights).sum(axis=1)
    return similarity
