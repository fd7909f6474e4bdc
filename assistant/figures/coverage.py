"""How much of a question's words a text accounts for, character by character through shared pairs.

A character of the question is covered by a text when it and a neighbour stand side by side in that text.
Characters weigh by how rare their pairs are in the reports; what stands in no report at all weighs most,
unless it is a particle. No segmentation is needed, and cross-word pairs do no harm. An everyday word
(`figures/synonyms.py`) is covered as well by any of the official words it may stand for.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.figures.synonyms import synonyms_in
from assistant.questions.asking import asking
from index.canonical import pairs_of

__all__ = ["Meant", "PairWeights", "Weighed", "pairs_of", "weigh"]

_UNKNOWN_WORD_WEIGHT = 1.0
_LONE_UNKNOWN_WEIGHT = 0.25
_PARTICLE_WEIGHT = 0.05
# An official word that the asker did not type covers a little less than the word itself.
_BY_SYNONYM = 0.9
# Questions and their parts are weighed for every report, names of rows for every question.
_WEIGHED_KEPT = 128
TOTALS_KEPT = 1 << 16


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
        self.total_kept = lru_cache(maxsize=TOTALS_KEPT)(self.total)  # for sets that are kept, too

    def __contains__(self, pair: str) -> bool:
        return pair in self._weights

    def of(self, pair: str) -> float:
        """0 for a pair of every text, 1 for one of a single text or of none."""
        return self._weights.get(pair, 1.0)

    def total(self, pairs: frozenset[str]) -> float:
        """The weights of some pairs together: exact, so that the order in which a set gives them tells nothing."""
        return math.fsum(map(self.of, pairs))


@dataclass(frozen=True, kw_only=True, slots=True)
class Meant:
    """Characters of a question, by order, and the words they may stand for, as pairs."""

    orders: range
    words: tuple[frozenset[str], ...]

    def covered(self, pairs: frozenset[str]) -> bool:
        return any(word <= pairs for word in self.words)


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighed:
    """A question's characters with their pairs to the left and right and their weights, ready to be covered.

    What a text accounts for is a mask: a bit for each character, and above them one for each everyday word that
    one of its official words stands for. Masks of several texts are joined with `|`; the shares of a mask are
    worked out once, since many rows account for the same characters.
    """

    text: str
    lefts: tuple[str, ...]
    rights: tuple[str, ...]
    weights: tuple[float, ...]
    known: tuple[bool, ...]  # whether the reports use the character in this word at all
    meant: tuple[Meant, ...]
    total: float
    unknown: float  # weight of the characters no report text accounts for
    pairs: frozenset[str]  # those typed, and those of the words they may stand for
    typed: frozenset[str]  # those typed alone
    bits: Mapping[str, int]  # the characters that each of them accounts for
    _shares_of: dict[int, list[float]] = field(default_factory=dict, compare=False, repr=False)
    _covered_of: dict[int, float] = field(default_factory=dict, compare=False, repr=False)
    _head_of: dict[tuple[int, int], float] = field(default_factory=dict, compare=False, repr=False)
    _gap_of: dict[int, tuple[float, float]] = field(default_factory=dict, compare=False, repr=False)

    def mask(self, pairs: frozenset[str]) -> int:
        """The characters and everyday words that a text with these pairs accounts for."""
        found = 0
        for pair in self.typed & pairs:
            found |= self.bits[pair]
        for order, meant in enumerate(self.meant, len(self.weights)):
            if meant.covered(pairs):
                found |= 1 << order
        return found

    def covered(self, *pair_sets: frozenset[str]) -> float:
        """Share of the question's weight that the texts account for, 0 to 1."""
        return self.covered_by(self._joined(pair_sets))

    def covered_by(self, mask: int) -> float:
        """`covered` of the texts that a mask stands for."""
        found = self._covered_of.get(mask)
        if found is None:
            found = self._covered_of[mask] = sum(self._shares(mask)) / self.total if self.total else 0.0
        return found

    def covered_head(self, length: int, *pair_sets: frozenset[str]) -> float:
        """The same for the last `length` weighty characters alone: what the question is about in the end."""
        return self.head_covered_by(length, self._joined(pair_sets))

    def head_covered_by(self, length: int, mask: int) -> float:
        found = self._head_of.get((length, mask))
        if found is None:
            found = self._head_of[length, mask] = self._head_covered(length, mask)
        return found

    def _head_covered(self, length: int, mask: int) -> float:
        weighty = [order for order, weight in enumerate(self.weights) if weight >= 0.2][-length:]
        total = sum(self.weights[order] for order in weighty)
        shares = self._shares(mask)
        return sum(shares[order] for order in weighty) / total if total else 0.0

    def gap(self, *pair_sets: frozenset[str]) -> tuple[float, float]:
        """Weight of the heaviest word that the texts do not account for: among words the reports use, and others."""
        return self.gap_beside(self._joined(pair_sets))

    def gap_beside(self, mask: int) -> tuple[float, float]:
        """`gap` of the texts that a mask stands for."""
        found = self._gap_of.get(mask)
        if found is None:
            found = self._gap_of[mask] = self._widest_gaps(mask)
        return found

    def _widest_gaps(self, mask: int) -> tuple[float, float]:
        worst = {True: 0.0, False: 0.0}
        run = 0.0
        for order, (share, weight) in enumerate(zip(self._shares(mask), self.weights, strict=True)):
            known = self.known[order]
            joined = order > 0 and bool(self.lefts[order]) and self.known[order - 1] == known
            run = 0.0 if share else (run if joined else 0.0) + weight
            worst[known] = max(worst[known], run)
        return worst[True], worst[False]

    def _joined(self, pair_sets: Sequence[frozenset[str]]) -> int:
        mask = 0
        for pairs in pair_sets:
            mask |= self.mask(pairs)
        return mask

    def _shares(self, mask: int) -> list[float]:
        """The covered weight of each character."""
        shares = self._shares_of.get(mask)
        if shares is None:
            shares = [weight if mask >> order & 1 else 0.0 for order, weight in enumerate(self.weights)]
            for number, meant in enumerate(self.meant, len(self.weights)):
                if mask >> number & 1:
                    for order in meant.orders:
                        shares[order] = max(shares[order], _BY_SYNONYM * self.weights[order])
            self._shares_of[mask] = shares
        return shares


@lru_cache(maxsize=_WEIGHED_KEPT)
def weigh(text: str, known: PairWeights) -> Weighed:
    """Weigh the characters of a question's content against what the reports say at all."""
    characters = _characters(text, known)
    meant, bits = _meant(text, characters, known), _bits(characters)
    weights = [_weight(characters, order, known) for order in range(len(characters))]
    understood = {order for each in meant for order in each.orders}
    for each in meant:
        own = max(max(known.of(pair) for pair in word) for word in each.words) + 0.1
        for order in each.orders:
            weights[order] = own if not characters[order].known else weights[order]
    unknown = sum(
        weight
        for order, (weight, each) in enumerate(zip(weights, characters, strict=True))
        if not each.known and order not in understood
    )
    return Weighed(
        text=text, lefts=tuple(each.left for each in characters), rights=tuple(each.right for each in characters),
        weights=tuple(weights),
        known=tuple(each.known for each in characters),
        meant=meant, total=sum(weights), unknown=unknown / (sum(weights) or 1.0),
        pairs=pairs_of(text).union(*(word for each in meant for word in each.words)),
        typed=frozenset(bits), bits=bits,
    )  # fmt: skip


def _bits(characters: "Sequence[_Character]") -> dict[str, int]:
    bits: dict[str, int] = {}
    for order, each in enumerate(characters):
        for pair in filter(None, (each.left, each.right)):
            bits[pair] = bits.get(pair, 0) | 1 << order
    return bits


def _meant(text: str, characters: "Sequence[_Character]", known: PairWeights) -> tuple[Meant, ...]:
    """The everyday words of the question with those of their official words that the reports use."""
    found = []
    for start, end, words in synonyms_in(text):
        used = tuple(pairs for pairs in map(pairs_of, words) if all(pair in known for pair in pairs))
        orders = [order for order, each in enumerate(characters) if start <= each.at < end]
        if used and orders:
            found.append(Meant(orders=range(orders[0], orders[-1] + 1), words=used))
    return tuple(found)


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
