"""What an answer owes to words of one report: the lists without entries whose words only one report has.

An entry of the lexicon, the synonyms or the contrasts is general vocabulary. Where its words stand in one of the
supplied reports and in no other, it may have been put there for that report's questions; without all such entries
the answers over that report have to be as good.
"""

import functools
import gc
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.figures import contrasts
from assistant.library import Library
from assistant.questions.normalise import normalise
from corpus.ledger import read_report
from evals.cases import LoadedCase
from evals.judging import Outcome, judge
from evals.shelf import COMPOSED
from index import word_lists
from index.store import Store
from tests.reports import BUNDLED

_CONTRASTS = contrasts._DATA
_LISTS = (word_lists._DATA / "lexicon.tsv", word_lists._DATA / "synonyms.tsv", _CONTRASTS)
# Modules whose caches hold what was read through the lists.
_READERS = ("assistant.", "index.word_lists", "index.canonical", "index.expansion")


def supplied_texts() -> dict[str, str]:
    """The texts of the bundled and the composed reports, by name, as they are matched."""
    return {
        path.name: normalise(read_report(path).document.text) for path in (BUNDLED, *sorted(COMPOSED.glob("*.txt")))
    }


def of_one_report(line: str, texts: Mapping[str, str]) -> str | None:
    """The one report that has a word of this entry, or None where none or several have."""
    words = [word for word in re.split(r"[\s/]+", "\t".join(line.lstrip("!").split("\t")[:-1]).lower()) if word]
    having = [report for report, text in texts.items() if any(word in text for word in words)]
    return having[0] if len(having) == 1 else None


def write_lists(folder: Path, *, without: Mapping[str, str] | None = None, planted: Sequence[str] = ()) -> int:
    """The lists in a folder, without the entries of one report where texts are given; how many those were."""
    deleted = 0
    for path in _LISTS:
        kept = []
        lines = path.read_text(encoding="utf-8").splitlines()
        for line in (*lines, *(planted if path.name == "lexicon.tsv" else ())):
            if line and not line.startswith("#") and without is not None and of_one_report(line, without):
                deleted += 1
            else:
                kept.append(line)
        (folder / path.name).write_text("\n".join(kept) + "\n", encoding="utf-8")
    return deleted


@contextmanager
def lists_in(folder: Path) -> Iterator[None]:
    """Questions and rows are read through the lists of a folder."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(word_lists, "_DATA", folder)
        patched.setattr(contrasts, "_DATA", folder / _CONTRASTS.name)
        _forget()
        yield
    _forget()


def _forget() -> None:
    """Empties what was cached of the lists; not the models."""
    for cached in gc.get_objects():
        if type(cached) is functools._lru_cache_wrapper and str(cached.__module__).startswith(_READERS):
            cached.cache_clear()


def right(store: Store, cases: Sequence[LoadedCase]) -> int:
    """How many of these cases are answered right."""
    assistant = Assistant(Library(store), max_question_characters=1000)
    texts = {metadata.report: store.source_text(metadata.report) for metadata in store.reports()}
    verdicts = (
        judge(one, Outcome(answer=assistant.answer(one.case.question, one.case.history), seconds=0.0), texts)
        for one in cases
    )
    return sum(verdict.correct for verdict in verdicts)
