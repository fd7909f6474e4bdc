"""The rows a draft's figure may speak of, each with how alike the words are and what would be wrong."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.checking.faults import Fault, faults
from assistant.checking.rows import Row, Rows
from assistant.checking.statements import Statement
from assistant.checking.subjects import Subject, coverage, likeness, subject_of
from assistant.questions.place_names import places_in
from corpus.model import Figure
from corpus.trimming import without_dates

Places = frozenset[tuple[str, int]]  # sentences and table rows of reports
_MOST = 80
_BESIDE = 0.15
_CLAUSE = re.compile(r"[，。；：！？]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    row: Row
    likeness: float
    coverage: float  # share of the draft's name that the row's name has
    faults: frozenset[Fault]

    @property
    def figure(self) -> Figure:
        return self.row.figure

    @property
    def statement(self) -> Statement:
        return self.row.statement

    @property
    def order(self) -> tuple[float, bool, int]:
        """Ranks candidates: the likest, then the row of a table, then the earlier."""
        return round(self.likeness, 9), self.figure.table is not None, -self.figure.start


def candidates_for(draft: Statement, rows: Rows) -> list[Candidate]:
    """Rows of the same kind of number."""
    subject = subject_of(draft, rows.weights)
    elsewhere: frozenset[Fault] = frozenset({"place"} if _elsewhere(draft, rows) else ())
    faulty = ((row, faults(draft, row.statement) | elsewhere) for row in _near(draft, rows))
    return [_candidate(subject, row, rows, found) for row, found in faulty if "kind" not in found]


def _elsewhere(draft: Statement, rows: Rows) -> bool:
    """Whether the number is said to be of a place of which the report says nothing: the place opens a clause."""
    clauses = [draft.clause, *_CLAUSE.split(draft.before)[:1]]
    openings = [without_dates(clause).lstrip("，、的") for clause in clauses]
    places = [place for clause in openings for place in places_in(clause) if clause.startswith(place)]
    return any(place not in rows.text for place in places)


def _near(draft: Statement, rows: Rows) -> list[Row]:
    """Rows that state the number, and those that share most with the draft's words."""
    told = draft.own | draft.local
    shared = sorted(rows.near(told), key=lambda row: -(2 * len(row.name & draft.own) + len(row.name & told)))
    picked = {row.figure.id: row for row in shared[:_MOST]}
    for row in rows.rows:
        if row.figure.base_value == draft.figure.base_value and row.figure.text == draft.figure.text:
            picked.setdefault(row.figure.id, row)
    return list(picked.values())


def _candidate(subject: Subject, row: Row, rows: Rows, found: frozenset[Fault]) -> Candidate:
    covered = coverage(subject, row)
    return Candidate(row=row, likeness=likeness(subject, row, rows.weights, covered), coverage=covered, faults=found)


def lifted(candidates: Sequence[Candidate], beside: Places) -> list[Candidate]:
    """The same candidates; those in a sentence or table row of `beside` count for a little more."""
    return [
        replace(each, likeness=each.likeness + _BESIDE) if each.row.place in beside else each for each in candidates
    ]
