"""Finds the words of a large list in a text: at each place the longest, none overlapping.

    谁家厂子多  with  厂子 厂  ->  (2, 4, 厂子)
A regular expression of ten thousand alternatives tries them one by one at every character; this looks up a few lengths.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Spotter:
    """Words by their first character, with the lengths they have, longest first."""

    lengths: dict[str, tuple[int, ...]]
    words: frozenset[str]

    def spotted(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and word of each word of the list in `text`, from left to right."""
        at = 0
        while at < len(text):
            found = next((size for size in self.lengths.get(text[at], ()) if text[at : at + size] in self.words), 0)
            if found:
                yield at, at + found, text[at : at + found]
            at += found or 1


def spotter(words: Iterable[str]) -> Spotter:
    """A spotter of these words, empty ones left out."""
    known = frozenset(filter(None, words))
    lengths: dict[str, set[int]] = defaultdict(set)
    for word in known:
        lengths[word[0]].add(len(word))
    return Spotter(lengths={first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}, words=known)
