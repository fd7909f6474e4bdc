"""How likely evidence answers: whether what search finds by meaning, the words and the kind of thing agree.

Method: logistic regression over a few signals (weights in `data/narrative_trust.toml`). None of them decides
alone: a question in everyday words shares few with its answer, one about something else may share many.
"""

import math
import tomllib
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_DATA = Path(__file__).parent.parent / "data" / "narrative_trust.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Signals:
    """What speaks for and against a piece of evidence; weights of words as in `figures/coverage.py`."""

    similarity: float  # of the best window to the question, as the search gives it
    margin: float  # of the best window over the next
    cosine: float  # of the best window's passage
    agrees: bool  # the evidence lies in that window
    covered: float  # share of what is asked that it accounts for
    gap: float  # the heaviest word asked for that the reports use and the evidence lacks
    unknown_gap: float  # the same among words that no report uses
    unknown: float  # share of what is asked that no report uses
    gives: bool  # it has a word that gives the kind of thing asked for
    kind: bool  # a kind of thing is asked for
    items: bool  # it is an enumeration


@dataclass(frozen=True, kw_only=True, slots=True)
class Trust:
    intercept: float
    floor: float
    floor_alike: float
    limits: "Mapping[str, float]"
    weights: "Mapping[str, float]"


def likelihood(signals: Signals) -> float:
    """Between 0 and 1: how often evidence of such signals answered, among the questions learned from."""
    learned = trust()
    values = {name: min(float(value), learned.limits.get(name, math.inf)) for name, value in asdict(signals).items()}
    total = learned.intercept + sum(learned.weights[name] * value for name, value in values.items())
    return 1 / (1 + math.exp(-total))


@lru_cache(maxsize=1)
def trust() -> Trust:
    """The learned weights, and below which likelihood nothing is told."""
    return Trust(**tomllib.loads(_DATA.read_text(encoding="utf-8")))
