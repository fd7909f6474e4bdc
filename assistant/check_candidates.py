"""The rows a draft's figure may speak of, each with how alike the words are and what would be wrong."""

from dataclasses import dataclass

from assistant.check_faults import Fault, faults
from assistant.check_rows import Row, Rows
from assistant.check_statements import Statement
from assistant.check_subjects import Subject, coverage, likeness, subject_of
from assistant.place_names import places_in
from corpus.model import Figure

Places = frozenset[tuple[str, int]]  # sentences and table rows of reports
_MOST = 80


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


def candidates_for(draft: Statement, rows: Rows, beside: Places) -> list[Candidate]:
    """Rows of the same kind of number; those in a sentence of `beside` count for a little more."""
    subject = subject_of(draft, rows.weights)
    elsewhere: frozenset[Fault] = frozenset({"place"} if _elsewhere(draft, rows) else ())
    found = [_candidate(subject, row, rows, beside, elsewhere) for row in _near(draft, rows)]
    return [each for each in found if "kind" not in each.faults]


def _elsewhere(draft: Statement, rows: Rows) -> bool:
    """Whether the draft's sentence names a place of which the report says nothing."""
    return any(place not in rows.text for place in places_in(draft.before))


def _near(draft: Statement, rows: Rows) -> list[Row]:
    """Rows that state the number, and those that share most with the draft's words."""
    told = draft.own | draft.local
    shared = sorted(rows.near(told), key=lambda row: -(2 * len(row.name & draft.own) + len(row.name & told)))
    picked = {row.figure.id: row for row in shared[:_MOST]}
    for row in rows.rows:
        if row.figure.base_value == draft.figure.base_value and row.figure.text == draft.figure.text:
            picked.setdefault(row.figure.id, row)
    return list(picked.values())


def _candidate(subject: Subject, row: Row, rows: Rows, beside: Places, elsewhere: frozenset[Fault]) -> Candidate:
    neighbour = row.place in beside
    return Candidate(
        row=row, likeness=likeness(subject, row, rows.weights, neighbour=neighbour),
        coverage=coverage(subject, row), faults=faults(subject.statement, row.statement) | elsewhere,
    )  # fmt: skip
