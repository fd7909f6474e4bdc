"""Checking a draft (核稿): each of its figures agrees with the report, differs from it, or is not in it.

城镇新增就业18.5万人   (the report: 18.6万)   -> differs, with the report's figure and its place
"""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from assistant.answer import AnswerFigure, Citation
from assistant.checking.alignment import Alignment, Verdict
from assistant.checking.candidates import Candidate
from assistant.checking.file import read_draft
from assistant.checking.reasons import reason
from assistant.checking.reports import held_against
from assistant.checking.rows import Rows
from assistant.figures.answer import answer_figure
from assistant.library import Library
from assistant.places import Citations
from corpus.model import Report
from corpus.settings import Settings
from index.store import Store


class CheckedFigure(BaseModel):
    """A figure of a draft with its verdict; what `check --json` prints is a list of these, in order of place.

    `draft_text[start:end] == printed`, where `draft_text` is what `python -m corpus text DRAFT` prints.
    `figure` is what the report says: the same statement (agrees), the one the draft gets wrong (differs), the
    nearest one or null (absent). `citations[0]` is its place. A number that stands in the report for another
    subject has that place as a further citation, which `reason` names by its [number].
    """

    model_config = ConfigDict(frozen=True)

    start: int
    end: int
    printed: str
    sentence: str
    verdict: Verdict
    reason: str
    figure: AnswerFigure | None
    citations: tuple[Citation, ...]


class Checker:
    """Checks drafts against the reports of an index. Opens no model."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @classmethod
    def open(cls, settings: Settings) -> "Checker":
        """The checker over the store of the settings.

        Raises:
            StoreError: there is no index, or it is out of date.
        """
        store = Store.open(
            settings.store, embedding_model=settings.embedding_model, database_url=settings.database_url,
            chroma_url=settings.chroma_url,
        )  # fmt: skip
        return cls(Library(store))

    def check_file(self, path: Path, report: str | None = None) -> tuple[CheckedFigure, ...]:
        """The figures of the draft in a file, held against one report or against all of the index.

        Raises:
            InputFileError: the draft cannot be read.
            ReportError: the index holds no report of that name.
        """
        return self.check(read_draft(path), report)

    def check(self, draft: Report, report: str | None = None) -> tuple[CheckedFigure, ...]:
        """The figures of a draft that was read as reports are."""
        reports = self._rows if report is None else {report: self._named(report)}
        if not reports:
            return ()
        return tuple(self._checked(alignment) for alignment in held_against(draft, reports))

    @cached_property
    def _rows(self) -> Mapping[str, Rows]:
        return {name: self._named(name) for name in self._library.reports}

    def _named(self, report: str) -> Rows:
        store = self._library.store
        text = store.source_text(report)
        return Rows(
            metadata=self._library.reports[report], text=text, figures=store.figures(report),
            indicators=store.indicators(report), passages=store.passages(report),
        )  # fmt: skip

    def _checked(self, alignment: Alignment) -> CheckedFigure:
        told, citations = alignment.draft.figure, Citations(self._library)
        row = alignment.row
        figure = None if row is None else self._shown(row, citations)
        further = alignment.derived_from or alignment.owner
        number = None if further is None or further is row else citations.of_figure(further.figure)
        return CheckedFigure(
            start=told.start, end=told.end, printed=told.printed, sentence=told.sentence, verdict=alignment.verdict,
            reason=reason(alignment, number), figure=figure, citations=citations.all(),
        )  # fmt: skip

    def _shown(self, row: Candidate, citations: Citations) -> AnswerFigure:
        """The figure as answers show it; one that is said without a numeral has no row of the ledger."""
        shown = answer_figure(row.figure, citations).model_copy(update={"name": row.statement.name})
        return shown if row.figure.id in self._library.figures else shown.model_copy(update={"id": None})
