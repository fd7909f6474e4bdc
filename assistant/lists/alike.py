"""Several values asked for in everyday words: the parallel sentence that the hybrid search finds.

    三个挑大梁的产业各干出多少  ->  "甲、乙、丙三大主导产业产值分别为6.1亿元、5.3亿元和3.4亿元": its three values

Few words are shared, so the shape of the sentence has to agree with the question: as many values in one row as are
asked for, counted there too, or values all named after the thing asked for, or amounts where it is asked what money
went to. No word that the report uses elsewhere may be missing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from assistant.figures.coverage import weigh
from assistant.figures.entries import Entry
from assistant.library import Library
from assistant.lists.labels import is_asked
from assistant.lists.parts import Parts, list_words
from assistant.narrative.match import prints_count
from assistant.narrative.question import NarrativeQuestion, read_narrative
from assistant.narrative.text import official
from assistant.narrative.trust import core_of
from assistant.questions.question import Question, read_question
from corpus.model import Figure

_LOOKED_AT, _HITS = 2, 6
_LEAST, _MOST = 2, 12
_JOINT = re.compile(r"\s*(?:[、，,]|和|及|与|以及)?\s*")
_NOUN = re.compile(
    r"(?:[几两二三四五六七八九十\d]+|哪)(?:大|个|项|类|种|笔|家|样)*(?P<noun>[\u4e00-\u9fff]{1,4}?)(?:各|分别|都)"
)
# Shares of what is asked that the sentence and its surroundings have to hold.
_COVERED_IF_COUNTED, _COVERED = 0.15, 0.5
# A word that the report uses and the sentence lacks is another thing.
_LACKING = 0.7


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    """Values of one kind in one sentence; `bare` where they stand side by side, their labels before them."""

    entries: tuple[Entry, ...]
    sentence: str
    pairs: frozenset[str]
    bare: bool
    rank: int


def values_alike(asked: Question, parts: Parts, report: str, library: Library) -> Sequence[Figure]:
    """The values of the sentence that is meant, in its order; none where its shape does not agree."""
    question = read_narrative(asked)
    kind = read_question("，".join(map(_own_ask, parts.asks)))
    rows = [row for row in _rows(asked, kind, report, library) if _agrees(question, row, library, report)]
    best = min(rows, key=lambda row: (row.rank, not row.bare), default=None)
    return tuple(entry.figure for entry in best.entries) if best else ()


def _own_ask(ask: str) -> str:
    """What is asked of each: of 几个大税各收了多少 the part from 各 on, 几个 asks for no number of things."""
    found = list_words().each.search(ask)
    return ask[found.start() :] if found else ask


def _rows(asked: Question, kind: Question, report: str, library: Library) -> Iterator[_Row]:
    text = library.source_text(report)
    hits = library.store.searcher().search(asked.text, k=_HITS, reports=[report])
    for rank, hit in enumerate(hits[:_LOOKED_AT]):
        inside = [
            entry
            for entry in library.entries.of(report)
            if hit.start <= entry.figure.start < hit.end and not entry.in_words and entry.figure.table is None
        ]
        for _, members in groupby(inside, key=lambda entry: entry.figure.sentence_start):
            sentence = sorted((each for each in members if is_asked(kind, each)), key=lambda each: each.figure.start)
            for bare, entries in _series(sentence, text):
                pairs = frozenset().union(*(each.name | each.stretch | each.around | each.before for each in entries))
                yield _Row(entries=entries, sentence=entries[0].figure.sentence, pairs=pairs, bare=bare, rank=rank)


def _series(sentence: Sequence[Entry], text: str) -> Iterator[tuple[bool, tuple[Entry, ...]]]:
    """Values side by side, and all values of one dimension where none stand so."""
    runs: list[list[Entry]] = [[each] for each in sentence[:1]]
    for one, other in pairwise(sentence):
        joined = _JOINT.fullmatch(text[one.figure.end : other.figure.start]) and one.dimension == other.dimension
        if joined:
            runs[-1].append(other)
        else:
            runs.append([other])
    bare = [tuple(run) for run in runs if _LEAST <= len(run) <= _MOST]
    yield from ((True, run) for run in bare)
    if not bare and _LEAST <= len(sentence) <= _MOST and len({each.dimension for each in sentence}) == 1:
        yield False, tuple(sentence)


def _agrees(question: NarrativeQuestion, row: _Row, library: Library, report: str) -> bool:
    pairs = row.pairs | library.entries.titles[report]
    core = weigh(core_of(question.content, pairs), library.entries.weights)
    if core.gap(pairs)[0] >= _LACKING or len({each.figure.base_value for each in row.entries}) < len(row.entries):
        return False
    if question.count is not None:
        counted = len(row.entries) == question.count and prints_count(question, row.sentence)
        return counted and core.covered(pairs) >= _COVERED_IF_COUNTED
    spent = "purpose" in question.kinds and row.entries[0].dimension == "money" and core.covered(pairs) >= _COVERED
    return row.rank == 0 and (spent or _named_after(question, row))


def _named_after(question: NarrativeQuestion, row: _Row) -> bool:
    """几个大税 and 增值税, 所得税: every value is named after the last character of the noun."""
    found = _NOUN.search(question.asked.text)
    noun = found["noun"] if found else ""
    names = [official(each.figure.name) for each in row.entries]
    return bool(noun) and all(name.endswith(noun[-1:]) for name in names)
