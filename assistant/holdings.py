"""The reports of a store with what finds them: by the place, issuer and year a question names, whatever their number.

It is a mapping of metadata by report. What a question names is looked up by its words: no report is looked at that
shares none of them with the question.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from assistant.report_names import bare_issuer, issuer_of, pairs_of_name, place_of
from corpus.model import Metadata


class Holdings(Mapping[str, Metadata]):
    """Metadata by report, in the order it is given."""

    def __init__(self, reports: Iterable[Metadata]) -> None:
        self._held = {each.report: each for each in reports}

    def __getitem__(self, report: str) -> Metadata:
        return self._held[report]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    @cached_property
    def newest(self) -> tuple[Metadata, ...]:
        """All reports, the newest first."""
        return tuple(sorted(self._held.values(), key=lambda each: (-(each.data_year or 0), each.report)))

    @cached_property
    def newest_names(self) -> tuple[str, ...]:
        return tuple(each.report for each in self.newest)

    @cached_property
    def issuer(self) -> Mapping[str, str]:
        """Who issued each report."""
        return {report: issuer_of(each) for report, each in self._held.items()}

    @cached_property
    def places(self) -> "Names":
        return Names(self.newest, place_of)

    @cached_property
    def bodies(self) -> "Names":
        """Issuers without their places."""
        return Names(self.newest, bare_issuer)


class Names:
    """The names reports go by, and which of them could be meant by a text."""

    def __init__(self, held: Sequence[Metadata], name_of: Callable[[Metadata], str]) -> None:
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, metadata in enumerate(held):
            numbers[name_of(metadata)].append(number)
        self._held = held
        self._numbers = numbers

    def those(self, names: Iterable[str]) -> list[Metadata]:
        """The reports of these names, the newest first."""
        found = sorted(number for name in set(names) for number in self._numbers.get(name, ()))
        return [self._held[number] for number in found]

    def having(self, part: str) -> Sequence[str]:
        """The names with this part of a name in them."""
        return self._by_part.get(part, ())

    def beginning(self, text: str) -> Iterator[str]:
        """The names whose beginning, all but their last character, stands in a text."""
        for at in range(len(text)):
            for length in self._lengths:
                yield from self._by_beginning.get(text[at : at + length], ())

    def sharing(self, asked: frozenset[str]) -> Iterator[str]:
        """The names of which a text with these pairs has at least half, and three pairs."""
        having = [self._by_pair[pair] for pair in asked if pair in self._by_pair]
        if having:
            shared = np.bincount(np.concatenate(having), minlength=len(self._sizes))
            enough = (self._sizes > 3) & (shared >= np.maximum(3, self._sizes // 2))
            yield from (self._in_order[number] for number in np.flatnonzero(enough).tolist())

    def with_first(self, character: str) -> Sequence[str]:
        """The names that begin with a character."""
        return self._by_first.get(character, ())

    @cached_property
    def _by_part(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._numbers:
            parts = {name[low:high] for low in range(len(name)) for high in range(low + 2, len(name) + 1)}
            for part in parts:
                found[part].append(name)
        return found

    @cached_property
    def _by_beginning(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._numbers:
            if len(name) > 2:
                found[name[:-1]].append(name)
        return found

    @cached_property
    def _lengths(self) -> Sequence[int]:
        return sorted({len(beginning) for beginning in self._by_beginning})

    @cached_property
    def _by_pair(self) -> Mapping[str, npt.NDArray[np.intp]]:
        """The places in order of the names that have a pair."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self._numbers):
            for pair in pairs_of_name(name):
                found[pair].append(number)
        return {pair: np.array(numbers, dtype=np.intp) for pair, numbers in found.items()}

    @cached_property
    def _in_order(self) -> Sequence[str]:
        return tuple(self._numbers)

    @cached_property
    def _sizes(self) -> npt.NDArray[np.intp]:
        """How many pairs each name has."""
        return np.array([len(pairs_of_name(name)) for name in self._numbers], dtype=np.intp)

    @cached_property
    def _by_first(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in self._numbers:
            found[name[:1]].append(name)
        return found
