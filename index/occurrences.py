"""How often each term of a query occurs in each of some units.

    units 0 "新增就业", 1 "就业补贴"; terms 就业, 补  ->  [[1, 0], [1, 1]]
Single characters and pairs are counted by their code points, longer terms by searching: for the few hundred
units that a query weighs this takes about a millisecond.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.units import Characters, Units

Counts = npt.NDArray[np.float64]
_SEPARATOR = np.array([ord("\n")], dtype=np.uint32)
# code points stay below this
_SHIFT = np.uint64(21)


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """The normalised characters of some units, a line end behind each."""

    characters: Characters
    starts: npt.NDArray[np.int64]  # where each unit begins
    string: str

    def units_at(self, positions: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The unit, counted from 0, in which each position lies."""
        return np.searchsorted(self.starts, positions, side="right") - 1

    def matching(self, pattern: re.Pattern[str]) -> npt.NDArray[np.bool_]:
        """Whether the pattern matches within each unit."""
        found = np.zeros(len(self.starts), dtype=np.bool_)
        found[self.units_at(np.array([match.start() for match in pattern.finditer(self.string)], dtype=np.int64))] = (
            True
        )
        return found


def text_of(units: Units, numbers: Sequence[int]) -> Text:
    """The characters of the units of these numbers."""
    pieces = [piece for number in numbers for piece in (units.characters(number, number), _SEPARATOR)]
    characters = np.concatenate(pieces) if pieces else _SEPARATOR[:0]
    lengths = np.array([len(piece) for piece in pieces[::2]], dtype=np.int64) + 1
    starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(lengths)[:-1]]) if pieces else lengths
    return Text(characters=characters, starts=starts, string=characters.tobytes().decode("utf-32-le"))


def occurrences(text: Text, terms: Sequence[str]) -> Counts:
    """One row per unit, one column per term."""
    counts = np.zeros((len(text.starts), len(terms)))
    codes = text.characters.astype(np.uint64)
    pairs = (codes[:-1] << _SHIFT) | codes[1:]
    for length, found in ((1, codes), (2, pairs)):
        columns = [column for column, term in enumerate(terms) if len(term) == length]
        _count(counts, text, found, columns, [_code(terms[column]) for column in columns])
    for column, term in enumerate(terms):
        if len(term) > 2:
            np.add.at(counts[:, column], text.units_at(np.array(list(_places(text.string, term)), dtype=np.int64)), 1)
    return counts


def _count(
    counts: Counts, text: Text, found: npt.NDArray[np.uint64], columns: Sequence[int], codes: Sequence[int]
) -> None:
    if not columns or not found.size:
        return
    order = np.argsort(codes)
    wanted = np.array(codes, dtype=np.uint64)[order]
    slots = np.minimum(np.searchsorted(wanted, found), len(wanted) - 1)
    positions = np.flatnonzero(wanted[slots] == found)
    np.add.at(counts, (text.units_at(positions), np.array(columns)[order][slots[positions]]), 1)


def _code(term: str) -> int:
    code = 0
    for character in term:
        code = (code << int(_SHIFT)) | ord(character)
    return code


def _places(string: str, term: str) -> Iterable[int]:
    place = string.find(term)
    while place >= 0:
        yield place
        place = string.find(term, place + 1)
