"""Writes keyword search report after report; what has not changed comes from the index before.

A passage is cut into words anew where a word that an indicator's name added, or no longer adds, may stand in it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.kept_terms import KeptTerms, Numbers, TermsWriter
from index.keywords import CHARACTERS, KEYS_FILE, WORDS, WORDS_FILE
from index.terms import WordTerms, character_terms, normalise

NAMES_FILE = "names.json"


class KeptKeywords:
    """Keyword search as an index before holds it."""

    def __init__(self, folder: Path) -> None:
        self.names: dict[str, list[str]] = _read(folder / NAMES_FILE)
        self.keys: list[str] = _read(folder / KEYS_FILE)
        self.terms = {kind: KeptTerms(folder / kind) for kind in (WORDS, CHARACTERS)}
        self.words = frozenset(_read(folder / WORDS_FILE))

    def cut_otherwise(self, words: Iterable[str]) -> frozenset[int]:
        """Positions of the passages that may be cut otherwise if these are the words added to the dictionary."""
        changed = self.words.symmetric_difference(words)
        held = [self.terms[CHARACTERS].holding(character_terms(word)) for word in changed]
        return frozenset(np.concatenate([np.zeros(0, dtype=np.int64), *held]).tolist())


class KeywordsWriter:
    """`names` are the indicators' names of every report to come, by report; `kept` is the index before, if any."""

    def __init__(self, folder: Path, names: Mapping[str, Sequence[str]], kept: KeptKeywords | None = None) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._names = {report: [normalise(name) for name in of_report] for report, of_report in sorted(names.items())}
        self._words = WordTerms(name for of_report in names.values() for name in of_report)
        self._keys: list[str] = []
        self._writers = {kind: TermsWriter(folder / kind) for kind in (WORDS, CHARACTERS)}
        self._kept = kept
        self._numbers: dict[str, Numbers] = {}
        self.cut_otherwise: frozenset[int] = frozenset()
        if kept:
            self._numbers = {kind: np.full(len(terms.vocabulary), -1, np.int32) for kind, terms in kept.terms.items()}
            self.cut_otherwise = kept.cut_otherwise(self._words.words)

    def add(self, texts: Mapping[str, str]) -> None:
        """The passages of the next report by key, as they are searched."""
        for key, text in texts.items():
            self._keys.append(key)
            self._writers[WORDS].add(self._words(text))
            self._writers[CHARACTERS].add(character_terms(text))

    def take_over(self, first: int, end: int, texts: Mapping[int, str]) -> None:
        """The next report's passages from the index before, at its positions `first` up to `end`.

        `texts` are those of them that are `cut_otherwise`.
        """
        assert self._kept
        for at in range(first, end):
            self._keys.append(self._kept.keys[at])
            self._take_over(CHARACTERS, at)
            if at in texts:
                self._writers[WORDS].add(self._words(texts[at]))
            else:
                self._take_over(WORDS, at)

    def save(self) -> None:
        for name, content in ((KEYS_FILE, self._keys), (WORDS_FILE, self._words.words), (NAMES_FILE, self._names)):
            (self._folder / name).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        for writer in self._writers.values():
            writer.save()

    def _take_over(self, kind: str, at: int) -> None:
        assert self._kept
        self._writers[kind].take_over(self._kept.terms[kind], at, self._numbers[kind])


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
