"""Fusion: one similarity from many features, by learned weights.

Features that differ in scale from query to query are put on one scale first: their distance from the mean of the
candidates, in standard deviations. Pure: arrays in, arrays out. The weights are data (`data/fusion.toml`),
written by `python -m evals train-retrieval`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

WEIGHTS_FILE = Path(__file__).parent / "data" / "fusion.toml"

Values = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True)
class FusionWeights:
    """`passages` are weighed for which windows are looked at, `windows` (by feature) for the result.

    `beside` is what standing right beside a hit adds to a window.
    """

    beside: float
    passages: Mapping[str, float]
    windows: Mapping[str, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """Means and standard deviations of some features over the candidates."""

    mean: Values
    spread: Values

    def __call__(self, values: Values) -> Values:
        return (values - self.mean) / self.spread


def load_fusion_weights() -> FusionWeights:
    content = tomllib.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return FusionWeights(
        beside=content["selection"]["beside"], passages=content["passages"], windows=content["windows"]
    )


def scale_of(values: Values) -> Scale:
    """The scale of the columns; one that does not vary stays 0."""
    spread = values.std(axis=0)
    return Scale(mean=values.mean(axis=0), spread=np.where(spread > 1e-9, spread, 1.0))


def filled(values: Values) -> Values:
    """`values` with NaN, what the vector store did not return, made no closer than the last it did."""
    known = values[~np.isnan(values)]
    return np.where(np.isnan(values), known.min() if known.size else 0.0, values)


def best(values: Values, allowed: Positions, n: int) -> Positions:
    """The up to `n` allowed positions of the largest positive values, in order of place."""
    chosen = values[allowed]
    if allowed.size > n:
        # stable: of equal ones at the edge, the first
        edge = np.partition(chosen, allowed.size - n)[allowed.size - n]
        above, level = np.flatnonzero(chosen > edge), np.flatnonzero(chosen == edge)
        chosen_places = np.sort(np.concatenate([above, level[: n - above.size]]))
        allowed, chosen = allowed[chosen_places], chosen[chosen_places]
    return allowed[chosen > 0]
