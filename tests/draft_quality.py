"""How well drafts are checked: recall over planted changes and false alarms, on `tests/drafts/paragraphs.jsonl`.

A line is a paragraph as an official writes it over one report: `text`, the `report`, its `split`, `own` (numbers of
the writer's own, of which nothing is asked) and `changes`. A change plants one fault: `from` becomes `to`, and the
numbers of `figures` are then wrong (#2 behind one: its second occurrence); of those in `also` nothing is asked, nor
of any ("*") where a year changes. Of the splits, "tuning" was looked at while the mechanism was made; "unseen" and
"fresh" were run once before anything was mended by them, and what they gave then is in docs/lab.md.
`python -m tests.draft_quality` prints both measures for each split.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from assistant.checking.alignment import Alignment
from assistant.checking.reports import held_against, rows_of
from assistant.checking.rows import Rows
from corpus.ledger import read_report, report_of
from corpus.source import Source

DRAFTS = Path(__file__).parent / "drafts"
BUNDLED = Path(__file__).parent.parent / "corpus" / "reports" / "gz-hrss-2022.txt"
PARAGRAPHS = DRAFTS / "paragraphs.jsonl"


@dataclass(slots=True)
class Quality:
    """Counts; `faults` tells each miss and false alarm."""

    planted: int = 0
    found: int = 0
    sound: int = 0
    alarms: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.planted

    @property
    def false_alarms(self) -> float:
        return self.alarms / self.sound


def paragraphs(split: str) -> list[dict]:
    lines = PARAGRAPHS.read_text(encoding="utf-8").splitlines()
    return [each for each in map(json.loads, lines) if each["split"] == split]


@lru_cache(maxsize=1)
def reports() -> Mapping[str, Rows]:
    return rows_of([read_report(path) for path in (BUNDLED, *sorted(DRAFTS.glob("*-20??.*")))])


def checked(text: str, report: str | None = None) -> tuple[Alignment, ...]:
    """A text held against one report or all."""
    draft = report_of(Source(name="draft.txt", text=text, checksum="0" * 64))
    return held_against(draft, reports() if report is None else {report: reports()[report]})


def measure(split: str, *, all_reports: bool = False) -> Quality:
    quality = Quality()
    for paragraph in paragraphs(split):
        report = None if all_reports else paragraph["report"]
        _count_alarms(quality, paragraph, checked(paragraph["text"], report), paragraph["own"])
        for change in paragraph["changes"]:
            found = checked(paragraph["text"].replace(change["from"], change["to"]), report)
            _count_change(quality, paragraph, change, found)
            if "*" not in change["also"]:
                _count_alarms(quality, paragraph, found, [*paragraph["own"], *change["also"], *change["figures"]])
    return quality


def _count_change(quality: Quality, paragraph: dict, change: dict, found: Sequence[Alignment]) -> None:
    places = [place_of(label, found) for label in change["figures"]]
    told = all(place is not None and found[place].verdict != "agrees" for place in places)
    quality.planted += 1
    quality.found += told
    if not told:
        quality.faults.append(f"missed {paragraph['id']}: {change['from']} > {change['to']}")


def _count_alarms(quality: Quality, paragraph: dict, found: Sequence[Alignment], passed: Sequence[str]) -> None:
    skipped = {place_of(label, found) for label in passed}
    for place, alignment in enumerate(found):
        if place in skipped:
            continue
        quality.sound += 1
        if alignment.verdict != "agrees":
            quality.alarms += 1
            quality.faults.append(f"false alarm {paragraph['id']}: {alignment.draft.figure.printed}")


def place_of(label: str, found: Sequence[Alignment]) -> int | None:
    """Where a number stands among those found: 25万人#2 is the second 25万人."""
    printed, _, occurrence = label.partition("#")
    places = list(_places(printed, found))
    return places[int(occurrence or 1) - 1] if len(places) >= int(occurrence or 1) else None


def _places(printed: str, found: Sequence[Alignment]) -> Iterator[int]:
    told = [alignment.draft.figure.printed for alignment in found]
    exact = [place for place, each in enumerate(told) if each == printed]
    yield from exact or [
        place for place, each in enumerate(told) if each.startswith(printed) or printed.startswith(each)
    ]


if __name__ == "__main__":
    for name in ("tuning", "unseen", "fresh"):
        result = measure(name)
        told = f"{name}: recall {result.found}/{result.planted}, false alarms {result.alarms}/{result.sound}"
        sys.stdout.write("\n  ".join([told, *result.faults]) + "\n")
