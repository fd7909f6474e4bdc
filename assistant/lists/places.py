"""Where values stand together: the sentences, paragraphs or tables, and sections of a report with several figures."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.figures.entries import Entry
from assistant.library import Library
from assistant.questions.question import Question
from assistant.questions.years import asked_years

# A section of more figures is no place where things stand together.
_MOST_FIGURES = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    entries: tuple[Entry, ...]
    pairs: frozenset[str]  # of the sentences, headings and names there
    breadth: int  # 0 a sentence, 1 a paragraph or table, 2 a section


def places_of(asked: Question, report: str, library: Library) -> list[Place]:
    """Sentences, paragraphs or tables, and sections of a report with at least two figures that may be meant."""
    years = asked_years(asked, library.reports[report])
    titles = library.entries.titles[report]
    grouped: dict[tuple[int, object], list[Entry]] = defaultdict(list)
    starts = [
        (block.content.offsets[0], block.id.rpartition("-r")[0] or block.id) for block in library.told(report).blocks
    ]
    for entry in library.entries.of(report):
        figure = entry.figure
        if entry.in_words or (years and entry.year is not None and entry.year not in years):
            continue
        grouped[0, figure.sentence_start].append(entry)
        grouped[1, _block_of(figure.start, starts)].append(entry)
        grouped[2, figure.section].append(entry)
    return [
        Place(
            entries=tuple(members), breadth=breadth,
            pairs=titles.union(*(entry.name | entry.stretch | entry.around for entry in members)),
        )
        for (breadth, _), members in grouped.items()
        if len(members) > 1 and len(members) < _MOST_FIGURES
    ]  # fmt: skip


def _block_of(start: int, starts: Sequence[tuple[int, str]]) -> str:
    at = bisect_right(starts, start, key=lambda each: each[0])
    return starts[at - 1][1] if at else ""
