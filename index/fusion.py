"""Fusion: one similarity from three, by a weighted sum of standard scores over the candidates.

Pure: arrays in, arrays out. The weights are data (`data/fusion.toml`).
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

WEIGHTS_FILE = Path(__file__).parent / "data" / "fusion.toml"

Values = npt.NDArray[np.float64]
Positions = npt.NDArray[np.intp]


@dataclass(frozen=True, kw_only=True, slots=True)
class FusionWeights:
    candidates: int
    dense: float
    words: float
    characters: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Similarities:
    """One value per passage in each array; NaN in `dense` where the vector store did not return it."""

    dense: Values
    words: Values
    characters: Values


def load_fusion_weights() -> FusionWeights:
    content = tomllib.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return FusionWeights(candidates=content["candidates"], **content["weights"])


def candidates(similarities: Similarities, allowed: Positions, n: int) -> Positions:
    """Positions of the passages worth comparing: the best `n` of each kind, and all the vector store returned."""
    dense = allowed[~np.isnan(similarities.dense[allowed])]
    return np.unique(
        np.concatenate([dense, _best(similarities.words, allowed, n), _best(similarities.characters, allowed, n)])
    )


def fuse(similarities: Similarities, chosen: Positions, weights: FusionWeights) -> Values:
    """Fused similarities of the chosen passages: larger is closer, 0 is the average candidate."""
    return (
        weights.dense * _standard(_filled(similarities.dense[chosen]))
        + weights.words * _standard(similarities.words[chosen])
        + weights.characters * _standard(similarities.characters[chosen])
    )


def _best(values: Values, allowed: Positions, n: int) -> Positions:
    order = np.argsort(-values[allowed], kind="stable")[:n]
    best = allowed[order]
    return best[values[best] > 0]


def _filled(values: Values) -> Values:
    # a passage beyond the vector store's answer is no closer than the last one in it
    known = values[~np.isnan(values)]
    return np.where(np.isnan(values), known.min() if known.size else 0.0, values)


def _standard(values: Values) -> Values:
    spread = values.std() if values.size else 0.0
    return (values - values.mean()) / spread if spread > 0 else np.zeros_like(values)
