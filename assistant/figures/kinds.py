"""The kind features of many rows for one question, those of each sort of row worked out once.

A report of hundreds of rows has some scores of sorts, and most rows of a question's words are of a sort that
contradicts it: they are passed over before anything of their own is looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from assistant.figures.entries import Entries, Entry
from assistant.figures.matching import own_features, sort_features
from assistant.figures.sorts import Sort, is_older
from assistant.questions.question import Question
from assistant.questions.years import asked_years

# Questions, and parts of them, whose sorts are kept.
_QUESTIONS_KEPT = 16
# Features that are -1 where a row is of another kind than asked for.
_KINDS = ("role", "plan", "year", "dimension", "opposed", "beside", "fresh", "part")
_Key = tuple[Sort, bool, tuple[int, ...], int | None]
_KINDS_OF_SORTS = ("role", "plan", "year", "dimension", "fresh")


def contradicts_in_kind(features: Mapping[str, float]) -> bool:
    """Whether a row is of another kind, year or dimension than asked for, or lacks a term the question names."""
    return (
        min(features[kind] for kind in _KINDS) <= -1.0
        or features["terms"] < 1.0
        or max(features["unlike_per"], features["elsewhen"]) > 0
    )


@lru_cache(maxsize=_QUESTIONS_KEPT)
def kinds_of(question: Question, entries: Entries) -> "Kinds":
    """The question's own: it is put to one report after the other."""
    return Kinds(question, entries)


@dataclass(frozen=True, kw_only=True, slots=True)
class _OfSort:
    features: Mapping[str, float]
    contradicts: bool


class Kinds:
    """`kind_features` for one question, put to one report or to several."""

    def __init__(self, question: Question, entries: Entries) -> None:
        self._question = question
        self._entries = entries
        self._of_sorts: dict[_Key, _OfSort] = {}

    def features(self, entry: Entry) -> dict[str, float]:
        """As `kind_features`."""
        return {**self._of_sort(entry).features, **own_features(self._question, entry, self._entries)}

    def fitting(self, entry: Entry) -> dict[str, float] | None:
        """The same; None where they contradict the question."""
        if self._of_sort(entry).contradicts:
            return None
        features = self.features(entry)
        return None if contradicts_in_kind(features) else features

    def _of_sort(self, entry: Entry) -> _OfSort:
        metadata = self._entries.metadata[entry.figure.report]
        years = asked_years(self._question, metadata)
        key = entry.sort, is_older(entry.figure, entry.year, metadata), years, entry.year if years else None
        found = self._of_sorts.get(key)
        if found is None:
            features = sort_features(self._question, entry, self._entries)
            other = min(features[kind] for kind in _KINDS_OF_SORTS) <= -1.0
            found = self._of_sorts[key] = _OfSort(
                features=features, contradicts=other or max(features["unlike_per"], features["elsewhen"]) > 0
            )
        return found
