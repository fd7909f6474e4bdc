"""What a report says, as values: sections, paragraphs, tables, passages, figures and indicators.

Every value carries `start` and `end`: offsets (Python str indices) into the report's *source text*,
so that `source_text[start:end]` is what the report prints. `text` is the repaired reading of the
same place and is what is parsed, searched and shown.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

Role = Literal[
    "target",
    "actual",
    "completion_rate",
    "rank",
    "score",
    "grade",
    "amount",
    "count",
    "rate",
    "share",
    "growth",
    "standard",
    "threshold",
    "constant",
    "other",
]
Kind = Literal["number", "range", "grade", "text"]
Bound = Literal[">=", ">", "<=", "<", "~"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Mapped:
    """Repaired text with, for each of its characters, the offset it has in the source text."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets of `text[start:end]`; the range must hold at least one character."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def slice(self, start: int, end: int) -> "Mapped":
        return Mapped(text=self.text[start:end], offsets=self.offsets[start:end])


@dataclass(frozen=True, kw_only=True, slots=True)
class Metadata:
    """What a report is: detected from its name and first page, correctable, kept across rebuilds."""

    report: str  # the file's name, unique in a store
    title: str
    issuer: str | None
    place: str | None
    data_year: int | None
    issued_year: int | None
    checksum: str  # sha256 of the file's bytes, hex
    document_kind: Literal["review", "work_report", "bulletin", "budget", "other"] = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A heading and the stretch it governs. `id` is its place in the outline: "2.2.3"."""

    id: str
    title: str  # as printed, repaired: "1. 主要职能"
    level: int  # 1 is the highest
    path: tuple[str, ...]  # titles from the highest level down to this one
    start: int  # the heading's characters
    end: int
    body_end: int  # end of everything below the heading, subsections included


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """A paragraph joined over page breaks. `id` is its place: "2.2.3-p4"; "0-p1" before any heading."""

    id: str
    section_path: tuple[str, ...]
    content: Mapped
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One table cell joined over page breaks.

    `content.text` is "" for an empty cell. A cell cut in two by a page has offsets with a gap in them.
    """

    content: Mapped
    label: str  # the text in force here: its own, or that of the spanning label cell above


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table joined over page breaks; `rows` are data rows, counted from 0. `id`: "2.2.1-t1"."""

    id: str
    section_path: tuple[str, ...]
    header: tuple[str, ...]  # one text per column, multi-row headers joined with a space
    rows: tuple[Row, ...]
    lead_in: str  # caption or the sentence before it, with its unit note: "（单位：万元）"
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """Whole sentences or a table row, at most 260 source characters; what retrieval finds.

    `context` (title, heading path, table header and lead-in) is embedded and indexed along with
    `text` but is not part of it. `id`: "2.2.3-p4-1".
    """

    id: str
    section_path: tuple[str, ...]
    context: str
    text: str  # repaired
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A row of the ledger: one number (or grade) the report states, at one place.

    `source_text[start:end] == printed`: number and unit, without qualifier or following noun.
    Values are decimal strings. `base_value` and `base_unit` are in the unit's base (人, 元, %…).
    """

    id: str
    report: str
    name: str
    indicator: str | None = None
    section: tuple[str, ...] = ()
    kind: Kind = "number"
    role: Role = "other"
    value: str | None = None
    value_high: str | None = None
    text: str | None = None
    unit: str | None = None
    base_value: str | None = None
    base_unit: str | None = None
    printed: str = ""
    qualifier: str | None = None
    bound: Bound | None = None
    period: str | None = None
    scope: str | None = None
    target_setter: str | None = None
    start: int = 0
    end: int = 0
    sentence: str = ""  # the repaired sentence or cell the figure stands in
    sentence_start: int = 0  # source offsets of that sentence
    sentence_end: int = 0
    table: str | None = None
    row: int | None = None
    column: str | None = None
    doubtful: bool = False  # of a scanned page, and to be held against the original


@dataclass(frozen=True, kw_only=True, slots=True)
class Indicator:
    """A row of an indicator table: what was promised, what was done."""

    id: str
    report: str
    name: str
    task: str | None
    definition: str | None
    target_text: str
    actual_text: str
    target_figures: tuple[str, ...]  # figure ids; the first is the one to be held against
    actual_figures: tuple[str, ...]
    rate_figure: str | None  # the printed completion rate
    computed_rate: str | None  # percent, two decimals, rounded half up; None where there is none
    aliases: tuple[str, ...] = ()
    section_path: tuple[str, ...] = ()
    table: str = ""
    row: int = 0
    start: int = 0
    end: int = 0
    target_span: tuple[int, int] | None = None
    actual_span: tuple[int, int] | None = None
    definition_span: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Volume:
    """A further report bound in the same file, from `start` on; years are None where it does not say."""

    start: int
    data_year: int | None
    issued_year: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A report read: its source text and everything found in it before figures."""

    metadata: Metadata
    text: str
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    passages: tuple[Passage, ...]
    pages: tuple[int, ...] = ()  # offsets at which the pages start; empty where the format has none
    doubtful: tuple[tuple[int, int], ...] = ()  # stretches recognised from an image with low confidence
    volumes: tuple[Volume, ...] = ()  # reports behind the first, where several are bound in one file

    def metadata_at(self, offset: int) -> Metadata:
        """The metadata of what stands at `offset`: in a further volume, its own years."""
        begun = [volume for volume in self.volumes if volume.start <= offset]
        if not begun:
            return self.metadata
        return replace(self.metadata, data_year=begun[-1].data_year, issued_year=begun[-1].issued_year)

    headings: tuple[tuple[int, int], ...] = ()  # (start, level) of lines that the file itself marks as headings


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """A document with its ledger; what the index stores."""

    document: Document
    figures: tuple[Figure, ...]
    indicators: tuple[Indicator, ...] = field(default=())
