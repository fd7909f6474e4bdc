"""Learns the weights of the search's features: a conditional logit over the candidates of each question.

The probability of the windows that hold what is wanted against all others (McFadden 1974), with an L2 penalty.
A question with several pieces of evidence counts once, its pieces by equal shares. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

Vector = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
PENALTY = 0.01


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """A question's candidates: `features` has a row per window, `right` a row per piece of evidence."""

    group: str
    features: npt.NDArray[np.float32]
    right: npt.NDArray[np.bool_]


def learn(examples: Sequence[Example], penalty: float = PENALTY) -> Vector:
    """One weight per feature; the same for the same examples in the same order."""
    choices = [
        (example.features.astype(np.float64), right.astype(np.float64), 1.0 / len(example.right))
        for example in examples
        for right in example.right
        if right.any() and not right.all()
    ]
    rows = np.concatenate([features for features, _, _ in choices])
    right = np.concatenate([right for _, right, _ in choices])
    shares = np.array([share for *_, share in choices])
    sizes = np.array([len(features) for features, _, _ in choices], dtype=np.intp)
    starts = np.cumsum(sizes) - sizes
    weighing = (starts, np.repeat(np.arange(len(choices)), sizes), shares / shares.sum())

    def loss(weights: Vector) -> tuple[float, Vector]:
        return _loss(weights, rows, right, weighing, penalty)

    found: Vector = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x
    return found


def _loss(
    weights: Vector, rows: Vector, right: Vector, weighing: tuple[Places, Places, Vector], penalty: float
) -> tuple[float, Vector]:
    starts, choice, shares = weighing
    utility = rows @ weights
    lifted = np.exp(utility - np.maximum.reduceat(utility, starts)[choice])
    every, wanted = np.add.reduceat(lifted, starts), np.add.reduceat(lifted * right, starts)
    slope = (lifted / every[choice] - lifted * right / wanted[choice]) * shares[choice]
    value = (shares * (np.log(every) - np.log(wanted))).sum() + penalty * weights @ weights
    return float(value), rows.T @ slope + 2 * penalty * weights
