"""Learns how the assistant ranks ledger rows and when it trusts the best one, from cases with known figures.

Ranking: conditional logit (McFadden 1974) over the rows of a case, the probability of the rows that are
right against all others. Trust: logistic regression on whether the best row is right. Both with an L2
penalty, and both judged with each report held out in turn, since what matters is reports nobody has seen.
Trust is learned as well from every case with its right rows taken away: what is left has to be refused.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from assistant.figures.coverage import Weighed, weigh
from assistant.figures.entries import Entries, Entry
from assistant.figures.lookup import Lookup, Weights, acceptance_features, candidates, contradicts, open_weights, ranked
from assistant.figures.matching import Candidate
from assistant.figures.scope_check import covers
from assistant.questions.question import read_question
from corpus.model import Figure
from evals.cases import Case, GoldFigure
from evals.gold import base_value

Vector = npt.NDArray[np.float64]
PENALTY = 0.02
KINDS = ("lexical", "dense")
# A case whose right rows are taken away is one that the report does not answer; it counts this much.
_TAKEN_AWAY = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A case beside the rows of its report that share words or meaning with it, with their features."""

    case: Case
    report: str
    weighed: Weighed
    candidates: Mapping[str, tuple[Candidate, ...]]  # by kind

    def rows(self, kind: str, weights: Weights) -> Lookup:
        return ranked(self.candidates[kind], self.weighed, weights, with_similarity=kind == "dense")

    def without_answer(self, kind: str, weights: Weights) -> Lookup:
        """The rows as they would be if the report did not answer the case."""
        others = [each for each in self.candidates[kind] if not is_right(self.case, each.entry.figure)]
        return ranked(others, self.weighed, weights, with_similarity=kind == "dense")


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldOut:
    """How the weights learned without a report do on its cases, summed over the reports."""

    kind: str
    first_right: int
    rankable: int
    trusted_right: int
    trusted_wrong: int
    trusted_unanswerable: int


def example(case: Case, report: str, entries: Entries, similarities: Mapping[str, float]) -> Example:
    question = read_question(case.question)
    weighed = weigh(question.content, entries.weights)

    def allowed(entry: Entry) -> bool:
        return covers(question, entry, entries)

    return Example(
        case=case,
        report=report,
        weighed=weighed,
        candidates={
            kind: candidates(
                question, weighed, entries, similarities=similarities if kind == "dense" else None, allowed=allowed
            )
            for kind in KINDS
        },
    )


def train(examples: Sequence[Example], *, trust: float) -> tuple[dict[str, dict[str, float]], tuple[HeldOut, ...]]:
    """Weights from all examples, and what each report held out gives (nothing where there is only one).

    `trust` is the probability from which a row counts as given.
    """
    several = len({each.report for each in examples}) > 1
    judged = tuple(_held_out(examples, kind, trust) for kind in KINDS) if several else ()
    return _learn(examples), judged


def _learn(examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    weights = {name: dict(table) for name, table in open_weights().items()}
    for kind in KINDS:
        weights[kind] = _learn_ranking(examples, kind, weights)
        weights[f"{kind}_acceptance"] = _learn_trust(examples, kind, weights)
    return weights


def _held_out(examples: Sequence[Example], kind: str, trust: float) -> HeldOut:
    counts = {"first_right": 0, "rankable": 0, "trusted_right": 0, "trusted_wrong": 0, "trusted_unanswerable": 0}
    for report in sorted({each.report for each in examples}):
        weights = _learn([each for each in examples if each.report != report])
        for each in examples:
            if each.report == report:
                _count(counts, each, kind, weights, trust)
    return HeldOut(kind=kind, **counts)


def _count(counts: dict[str, int], each: Example, kind: str, weights: Weights, trust: float) -> None:
    found = each.rows(kind, weights)
    right = bool(found.groups) and is_right(each.case, found.groups[0].best.entry.figure)
    if each.case.figure is not None and any(
        is_right(each.case, match.entry.figure) for group in found.groups for match in group.matches
    ):
        counts["rankable"] += 1
        counts["first_right"] += right
    if found.confidence >= trust:
        unanswerable = each.case.expected_status == "refused"
        counts["trusted_unanswerable" if unanswerable else "trusted_right" if right else "trusted_wrong"] += 1


def is_right(case: Case, figure: Figure) -> bool:
    """Whether a row states the figure a case asks for: value, and target or not."""
    gold: GoldFigure | None = case.figure
    if gold is None or case.expected_status == "refused":
        return False
    if (gold.role == "target") != (figure.role == "target"):
        return False
    wanted = base_value(gold)
    if wanted is None or figure.base_value is None:
        return figure.text is not None and figure.text == gold.value
    return Decimal(figure.base_value) == wanted


def _learn_ranking(examples: Sequence[Example], kind: str, weights: Weights) -> dict[str, float]:
    names = [name for name in weights[kind] if kind == "dense" or name != "similarity"]
    cases = []
    for each in examples:
        matches = [match for group in each.rows(kind, weights).groups for match in group.matches]
        right = np.array([is_right(each.case, match.entry.figure) for match in matches], dtype=np.float64)
        if right.any():
            rows = np.array([[match.features[name] for name in names] for match in matches], dtype=np.float64)
            cases.append((rows, right))

    def loss(vector: Vector) -> tuple[float, Vector]:
        total, slope = PENALTY * float(vector @ vector), 2 * PENALTY * vector
        for rows, right in cases:
            chances = _softmax(rows @ vector)
            mass = float(chances @ right) + 1e-12
            total -= 5 * np.log(mass) / len(cases)
            slope = slope + 5 * rows.T @ (chances - chances * right / mass) / len(cases)
        return total, slope

    return _minimised(loss, names)


def _learn_trust(examples: Sequence[Example], kind: str, weights: Weights) -> dict[str, float]:
    rows, right, counts, names = [], [], [], list[str]()
    for each in examples:
        for found, count in ((each.rows(kind, weights), 1.0), (each.without_answer(kind, weights), _TAKEN_AWAY)):
            if found.groups and not contradicts(found.groups[0].best.features):
                features = acceptance_features(found.groups, found.weighed)
                names = list(features)
                rows.append(list(features.values()))
                right.append(is_right(each.case, found.groups[0].best.entry.figure))
                counts.append(count)
    table, truth = np.array(rows, dtype=np.float64), np.array(right, dtype=np.float64)
    weight = np.array(counts, dtype=np.float64)

    def loss(vector: Vector) -> tuple[float, Vector]:
        logits = table @ vector
        total = float(weight @ (np.logaddexp(0, logits) - truth * logits)) + 0.5 * float(vector @ vector)
        return total, table.T @ (weight * (1 / (1 + np.exp(-logits)) - truth)) + vector

    return _minimised(loss, names)


def _softmax(values: Vector) -> Vector:
    powers = np.exp(values - values.max())
    normalised: Vector = powers / powers.sum()
    return normalised


def _minimised(loss: Callable[[Vector], tuple[float, Vector]], names: Sequence[str]) -> dict[str, float]:
    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    return {name: round(float(value), 4) for name, value in zip(names, found.x, strict=True)}
