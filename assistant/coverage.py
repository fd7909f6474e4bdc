"""How much of a question's words a text accounts for, character by character through shared pairs.

A character of the question is covered by a text when it and a neighbour stand side by side in that text.
Characters weigh by how rare their pairs are in the reports; what stands in no report at all weighs most,
unless it is a particle. No segmentation is needed, and cross-word pairs do no harm.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.asking import asking

_UNKNOWN_WORD_WEIGHT = 1.0
_LONE_UNKNOWN_WEIGHT = 0.25
_PARTICLE_WEIGHT = 0.05


def pairs_of(text: str) -> frozenset[str]:
    """Adjacent character pairs of a text, none across a space."""
    return frozenset(text[i : i + 2] for i in range(len(text) - 1) if " " not in text[i : i + 2])


class PairWeights:
    """How much each character pair tells, from the number of texts it stands in (inverse document frequency)."""

    def __init__(self, texts: Iterable[frozenset[str]]) -> None:
        counts: Counter[str] = Counter()
        total = 0
        for pairs in texts:
            counts.update(pairs)
            total += 1
        self._scale = math.log(total + 1) or 1.0
        self._weights = {pair: math.log((total + 1) / count) / self._scale for pair, count in counts.items()}

    def __contains__(self, pair: str) -> bool:
        return pair in self._weights

    def of(self, pair: str) -> float:
        """0 for a pair of every text, 1 for one of a single text or of none."""
        return self._weights.get(pair, 1.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighed:
    """A question's characters with their pairs to the left and right and their weights, ready to be covered."""

    text: str
    lefts: tuple[str, ...]
    rights: tuple[str, ...]
    weights: tuple[float, ...]
    total: float
    unknown: float  # weight of the characters no report text accounts for
    pairs: frozenset[str]

    def covered(self, *pair_sets: frozenset[str]) -> float:
        """Share of the question's weight that the texts account for, 0 to 1."""
        if not self.total:
            return 0.0
        got = 0.0
        for left, right, weight in zip(self.lefts, self.rights, self.weights, strict=True):
            if any(left in pairs or right in pairs for pairs in pair_sets):
                got += weight
        return got / self.total

    def covered_head(self, length: int, *pair_sets: frozenset[str]) -> float:
        """The same for the last `length` weighty characters alone: what the question is about in the end."""
        weighty = [index for index, weight in enumerate(self.weights) if weight >= 0.2][-length:]
        total = sum(self.weights[index] for index in weighty)
        got = sum(
            self.weights[index]
            for index in weighty
            if any(self.lefts[index] in pairs or self.rights[index] in pairs for pairs in pair_sets)
        )
        return got / total if total else 0.0


def weigh(text: str, known: PairWeights) -> Weighed:
    """Weigh the characters of a question's content against what the reports say at all."""
    characters = [index for index, character in enumerate(text) if character != " "]
    lefts = tuple(text[i - 1 : i + 1] if i and text[i - 1] != " " else "" for i in characters)
    rights = tuple(text[i : i + 2] if i + 1 < len(text) and text[i + 1] != " " else "" for i in characters)
    known_flags = [left in known or right in known for left, right in zip(lefts, rights, strict=True)]
    weights = tuple(_weights(text, characters, lefts, rights, known_flags, known))
    unknown = sum(weight for weight, flag in zip(weights, known_flags, strict=True) if not flag)
    return Weighed(
        text=text, lefts=lefts, rights=rights, weights=weights, total=sum(weights),
        unknown=unknown / (sum(weights) or 1.0), pairs=pairs_of(text),
    )  # fmt: skip


def _weights(
    text: str,
    characters: Sequence[int],
    lefts: Sequence[str],
    rights: Sequence[str],
    flags: Sequence[bool],
    known: PairWeights,
) -> Iterable[float]:
    particles = asking().particles
    for order, index in enumerate(characters):
        if flags[order]:
            yield max(known.of(pair) for pair in (lefts[order], rights[order]) if pair in known) + 0.1
        elif text[index] in particles:
            yield _PARTICLE_WEIGHT
        else:
            alone = not any(
                0 <= other < len(characters)
                and abs(characters[other] - index) == 1
                and not flags[other]
                and text[characters[other]] not in particles
                for other in (order - 1, order + 1)
            )
            yield _LONE_UNKNOWN_WEIGHT if alone else _UNKNOWN_WORD_WEIGHT
