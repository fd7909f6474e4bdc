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
    characters = _characters(text, known)
    weights = tuple(_weight(characters, order, known) for order in range(len(characters)))
    unknown = sum(weight for weight, each in zip(weights, characters, strict=True) if not each.known)
    return Weighed(
        text=text, lefts=tuple(each.left for each in characters), rights=tuple(each.right for each in characters),
        weights=weights, total=sum(weights), unknown=unknown / (sum(weights) or 1.0), pairs=pairs_of(text),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Character:
    at: int
    character: str
    left: str  # the pair with the character before; "" at the start of a word
    right: str
    known: bool  # one of its pairs stands in a report


def _characters(text: str, known: PairWeights) -> tuple[_Character, ...]:
    found = []
    for at, character in enumerate(text):
        if character != " ":
            left = text[at - 1 : at + 1] if at and text[at - 1] != " " else ""
            right = text[at : at + 2] if text[at + 1 : at + 2].strip() else ""
            found.append(_Character(at, character, left, right, left in known or right in known))
    return tuple(found)


def _weight(characters: Sequence[_Character], order: int, known: PairWeights) -> float:
    own = characters[order]
    if own.known:
        return max(known.of(pair) for pair in (own.left, own.right) if pair in known) + 0.1
    if own.character in asking().particles:
        return _PARTICLE_WEIGHT
    beside = (characters[other] for other in (order - 1, order + 1) if 0 <= other < len(characters))
    in_a_word = any(
        abs(other.at - own.at) == 1 and not other.known and other.character not in asking().particles
        for other in beside
    )
    return _UNKNOWN_WORD_WEIGHT if in_a_word else _LONE_UNKNOWN_WEIGHT
