"""Which ledger rows a question is about: all rows ranked, equal values brought together, and how sure that is."""

import json
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from pathlib import Path

from assistant.figures.coverage import Weighed, pairs_of, weigh
from assistant.figures.entries import Entries, Entry
from assistant.figures.kinds import contradicts_in_kind, kinds_of
from assistant.figures.matching import Candidate, Match, candidate, fitted, in_words
from assistant.figures.same_quantity import names_alike, same_quantity
from assistant.questions.question import Question
from corpus.model import Figure

_DATA = Path(__file__).parent.parent / "data" / "matching.json"


# Question and name account for each other this far: the row was asked for by name.
_NAMED = 0.9
_RATE_NAMED = 0.6
# From so much on embeddings are trusted where words alone would have found another row.
_SURE_BY_MEANING = 0.6
# Rows fit equally within so much, where each accounts for so much of the question.
_AS_GOOD = 0.5
_WHOLE = 0.85
_MOST_EQUAL = 3
_ASKED_WHOLE = 0.95
_ONE_NAME = 0.85
Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Rows that state one value for one kind of number; `probability` is among all groups for the question."""

    matches: tuple[Match, ...]  # best first
    probability: float

    @property
    def best(self) -> Match:
        return self.matches[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class Lookup:
    """`confidence` is the estimated probability that the first group answers the question at all."""

    weighed: Weighed
    groups: tuple[Group, ...]
    confidence: float
    with_similarity: bool


def look_up(
    question: Question,
    entries: Entries,
    *,
    similarities: Mapping[str, float] | None = None,
    reports: Collection[str] | None = None,
    allowed: Callable[[Entry], bool] | None = None,
    weights: Weights | None = None,
    only_fitting: bool = False,
) -> Lookup:
    """Ledger rows for a question, best first.

    `similarities` holds cosines of the question with figures by id, where they were asked for; `reports` and
    `allowed` narrow what is looked through; `weights` are the learned ones unless others are to be tried.
    Where every row contradicts the question, none of them is trusted: with `only_fitting` none is returned either.
    """
    weighed, kinds = weigh(question.content, entries.weights), kinds_of(question, entries)
    standard = _standardised(similarities or {})
    near, mask = entries.near(weighed.pairs, standard, reports), _kept(weighed.mask)

    def of_words(features_of: Callable[[Entry], Mapping[str, float] | None]) -> list[Candidate]:
        rows = ((entry, features) for entry in near if (features := features_of(entry)) is not None)
        return [
            in_words(weighed, entry, entries, features, standard.get(entry.figure.id, 0.0), mask)
            for entry, features in rows
            if allowed is None or allowed(entry)
        ]

    # Words are compared only where the kind of number fits; rows of other kinds count only where no row does.
    found = of_words(kinds.fitting)
    if not only_fitting and all(contradicts(each.features) for each in found):
        found = of_words(kinds.features)
    return ranked(found, weighed, weights or open_weights(), with_similarity=similarities is not None)


def _kept(mask: Callable[[frozenset[str]], int]) -> Callable[[frozenset[str]], int]:
    """The same function, its results kept: the rows of a sentence share most of their words."""
    known: dict[frozenset[str], int] = {}

    def of(pairs: frozenset[str]) -> int:
        found = known.get(pairs)
        if found is None:
            found = known[pairs] = mask(pairs)
        return found

    return of


def candidates(
    question: Question,
    weighed: Weighed,
    entries: Entries,
    *,
    similarities: Mapping[str, float] | None = None,
    reports: Collection[str] | None = None,
    allowed: Callable[[Entry], bool] | None = None,
) -> tuple[Candidate, ...]:
    """The rows that share words or meaning with the question, with their features."""
    standard = _standardised(similarities or {})
    return tuple(
        candidate(question, weighed, entry, entries, standard.get(entry.figure.id, 0.0))
        for entry in entries.near(weighed.pairs, standard, reports)
        if allowed is None or allowed(entry)
    )


def ranked(found: Sequence[Candidate], weighed: Weighed, weights: Weights, *, with_similarity: bool) -> Lookup:
    """The candidates in order under `weights`; those that contradict the question only where there are no others."""
    kind = "dense" if with_similarity else "lexical"
    fitting = [each for each in found if not contradicts(each.features)]
    groups = _grouped([fitted(each, weights[kind]) for each in fitting or found])
    confidence = _confidence(groups, weighed, weights[kind + "_acceptance"]) if groups and fitting else 0.0
    return Lookup(weighed=weighed, groups=groups, confidence=confidence, with_similarity=with_similarity)


def agreed(by_words: Lookup, by_meaning: Lookup) -> Lookup:
    """The rows found with embeddings: trusted where words alone find the same value, elsewhere only if quite sure."""
    if not by_words.groups or not by_meaning.groups:
        return replace(by_meaning, confidence=0.0)
    one, other = by_words.groups[0].best.entry.figure, by_meaning.groups[0].best.entry.figure
    same = _value(one) == _value(other) or same_quantity(one, other)
    together = (by_words.confidence + by_meaning.confidence) / 2 if same else 0.0
    alone = by_meaning.confidence if by_meaning.confidence >= _SURE_BY_MEANING else 0.0
    return replace(by_meaning, confidence=max(together, alone))


def equally_fitting(found: Lookup) -> tuple[Match, ...]:
    """Two or three different quantities that each account for the whole question, alike in kind and in fit; or none.

    A row whose name says much beyond the question is not what was asked for, only as near as others.
    """
    if not found.groups:
        return ()
    best = found.groups[0].best
    near = [
        group.best for group in found.groups if group.best.fit > best.fit - _AS_GOOD and not group.best.entry.in_words
    ]
    kinds = {(each.entry.dimension, each.entry.nature) for each in near}
    whole = all(each.features["all"] >= _WHOLE and _is_named(each) and not contradicts(each.features) for each in near)
    apart = all(names_alike(one.entry.figure, other.entry.figure) < _ONE_NAME for one, other in combinations(near, 2))
    return tuple(near) if len(kinds) == 1 and whole and apart and 1 < len(near) <= _MOST_EQUAL else ()


def _is_named(each: Match) -> bool:
    return each.features["name"] >= _ASKED_WHOLE or each.features["unasked"] < 1.0


def _value(figure: Figure) -> tuple[str | None, ...]:
    return figure.report, figure.base_value, figure.base_unit, figure.text


@lru_cache(maxsize=1)
def open_weights() -> Weights:
    """The learned weights: of ranking and of trust, each for words alone and with embeddings."""
    return {
        name: {feature: float(value) for feature, value in table.items()}
        for name, table in json.loads(_DATA.read_text(encoding="utf-8")).items()
    }


def _standardised(similarities: Mapping[str, float]) -> dict[str, float]:
    """Similarities as distances from their mean in standard deviations: cosines of one model lie close together."""
    if not similarities:
        return {}
    mean = sum(similarities.values()) / len(similarities)
    spread = math.sqrt(sum((value - mean) ** 2 for value in similarities.values()) / len(similarities)) or 1.0
    return {key: (value - mean) / spread for key, value in similarities.items()}


def _grouped(matches: Sequence[Match]) -> tuple[Group, ...]:
    """Rows of one value, unit, kind and year together, the groups with a softmax over their best fits."""
    by_value: dict[tuple[object, ...], list[Match]] = {}
    for each in sorted(matches, key=_order):
        figure = each.entry.figure
        value = figure.base_value if figure.value is not None else figure.text
        key = (
            figure.report,
            value,
            figure.base_unit,
            figure.role == "target",
            each.entry.nature == "growth",
            each.entry.year,
        )
        by_value.setdefault(key, []).append(each)
    rows = list(by_value.values())
    if not rows:
        return ()
    top = rows[0][0].fit
    masses = [math.exp(row[0].fit - top) for row in rows]
    total = sum(masses)
    return tuple(Group(matches=tuple(row), probability=mass / total) for row, mass in zip(rows, masses, strict=True))


def _order(each: Match) -> tuple[float, int, int]:
    """Best fit first; among equals the indicator table's row, then the earlier place."""
    return (-round(each.fit, 9), each.entry.figure.table is None, each.entry.figure.start)


def acceptance_features(groups: Sequence[Group], weighed: Weighed) -> dict[str, float]:
    """What tells whether the best row answers the question at all."""
    best = groups[0]
    features = best.best.features
    return {
        "bias": 1.0,
        "probability": best.probability,
        "all": features["all"],
        "paragraph": features["paragraph"],
        "precision": features["precision"],
        "unasked": features["unasked"],
        "per": min(features["per"], 0.0),
        "beside": features["beside"],
        "elsewhen": features["elsewhen"],
        "gap": features["gap"],
        "fresh": min(features["fresh"], 0.0),
        "unused": features["unused"],
        "other_rate": features["other_rate"],
        "alone": best.probability * features["paragraph"] * (1.0 - features["gap"]),
        "stretch": features["stretch"],
        "name": features["name"],
        "head": features["head"],
        "unknown": weighed.unknown,
        "terms": features["terms"],
        "role": min(features["role"], 0.0),
        "plan": min(features["plan"], 0.0),
        "year": min(features["year"], 0.0),
        "dimension": min(features["dimension"], 0.0),
        "similarity": features["similarity"],
    }


def contradicting_terms(question: Question, held: frozenset[str]) -> bool:
    """Whether the question names a particular term that these words lack."""
    return any(not pairs_of(term) <= held for term in question.terms if len(term) > 1)


def contradicts(features: Mapping[str, float]) -> bool:
    """Whether a row is of another kind, year or dimension than asked for, or lacks a term the question names.

    A completion rate belongs to its indicator alone: the question has to name it.
    """
    return (features["rate"] > 0 and features["name"] < _RATE_NAMED) or contradicts_in_kind(features)


def _confidence(groups: Sequence[Group], weighed: Weighed, weights: Mapping[str, float]) -> float:
    features = groups[0].best.features
    if features["name"] >= _NAMED and features["precision"] >= _NAMED:
        return 1.0  # the question is the row's name and nothing else
    if features["spelled"] and features["all"] >= _NAMED:
        return 1.0  # the name as it stands, and the row accounts for the rest of the question
    logit = sum(weights.get(name, 0.0) * value for name, value in acceptance_features(groups, weighed).items())
    return 1.0 / (1.0 + math.exp(-logit))
