"""The filter box: which ledger rows account for every word that was typed, in everyday words too.

"退休金 目标"  -> rows that speak of 养老金 (the lexicon reads the two as one) and are targets
"18.6"         -> rows that print 18.6 or say it in their sentence
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from assistant.figures.synonyms import synonyms_in
from assistant.questions.asking import asking
from assistant.questions.lexicon import canonical
from assistant.questions.normalise import normalise
from assistant.views.ledger_rows import LedgerRow
from corpus.export import words

_DATA = Path(__file__).parent.parent / "data" / "views.toml"
_APART = re.compile(r"[\s，、;；。？?！!]+|,(?!\d)")
_SHORTEST_WORD = 2


class RowFilter:
    """Rows ready to be filtered; their words are read once."""

    def __init__(self, rows: Sequence[LedgerRow], titles: Mapping[str, str]) -> None:
        """`titles` are the reports' titles by name."""
        self._rows = tuple(rows)
        self._texts = tuple(_text(row, titles.get(row.figure.report, "")) for row in rows)

    def matching(self, typed: str) -> tuple[LedgerRow, ...]:
        """The rows that account for every word typed; all of them where nothing was typed."""
        wanted = [_Word(normalise(part)) for part in _APART.split(typed) if normalise(part)]
        return tuple(
            row
            for row, text in zip(self._rows, self._texts, strict=True)
            if all(word.stands_in(text) for word in wanted)
        )


class _Word:
    """A typed word with the official words it may stand for."""

    def __init__(self, typed: str) -> None:
        official = canonical(typed)
        self._forms = {typed, official}
        for start, end, meant in synonyms_in(official):
            self._forms.update(official[:start] + word + official[end:] for word in meant)

    def stands_in(self, text: str) -> bool:
        return any(form in text or _accounted(form, text) for form in self._forms)


def _accounted(word: str, text: str) -> bool:
    """Whether each character stands beside a neighbour of its own in the text: 失业再就业 in 失业人员再就业."""
    if len(word) <= _SHORTEST_WORD or any(character.isdigit() for character in word):
        return False
    for at, character in enumerate(word):
        beside = [word[at - 1 : at + 1]] if at else []
        beside += [word[at : at + 2]] if at + 1 < len(word) else []
        if character not in asking().particles and not any(pair in text for pair in beside):
            return False
    return True


def _text(row: LedgerRow, title: str) -> str:
    figure = row.figure
    parts = (
        row.name, figure.indicator, row.task, words()["roles"][figure.role],
        _role_words()[figure.role], row.value, figure.value, figure.base_value, row.period, row.scope,
        figure.target_setter, figure.sentence, title, words()["marks"]["doubtful"] if figure.doubtful else None,
    )  # fmt: skip
    joined = " ".join(part for part in parts if part)
    plain = normalise(joined)
    return f"{plain} {canonical(plain)}"


@lru_cache(maxsize=1)
def _role_words() -> dict[str, str]:
    return dict(tomllib.loads(_DATA.read_text(encoding="utf-8"))["roles"])
