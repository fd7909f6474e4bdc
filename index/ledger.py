"""The ledger in a relational database: reports, sections, passages, figures and indicators, as typed tables.

One table per value of `corpus.model`, its columns read off the dataclass, so that a field added there is
kept here. Tuples are kept as JSON text, decimals as the strings they are. Only SQLAlchemy is needed to
read: a question about one figure must not wait for models or search engines.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin
from urllib.parse import quote

import sqlalchemy as sa

from corpus.errors import ReportError
from corpus.model import Figure, Indicator, Metadata, Passage, Report, Section
from index.database import fetched, open_database, reported

Value = TypeVar("Value", Metadata, Section, Passage, Figure, Indicator)

FILE = "ledger.sqlite"
# columns of figures by which a row is looked for in all reports
_SEARCHED = ("value", "base_value")
# as many as a report writes behind a number
_ZEROS = 4
KINDS: dict[str, type] = {
    "reports": Metadata,
    "sections": Section,
    "passages": Passage,
    "figures": Figure,
    "indicators": Indicator,
}


class TupleText(sa.types.TypeDecorator[tuple[object, ...]]):
    """A tuple as a JSON array."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: tuple[object, ...] | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> tuple[object, ...] | None:
        return None if value is None else tuple(json.loads(value))


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceText:
    """A report's source text, into which every offset points, its sha256, and what its file told of it.

    `pages`, `doubtful` and `headings` are as in `corpus.model.Document`.
    """

    text: str
    text_checksum: str
    pages: tuple[int, ...] = ()
    doubtful: tuple[tuple[int, int], ...] = ()
    headings: tuple[tuple[int, int], ...] = ()


class Ledger:
    """The tables of one generation of an index; `prefix` keeps generations apart in a shared database."""

    def __init__(self, database: str | sa.URL | sa.Engine, prefix: str = "") -> None:
        self._engine = database if isinstance(database, sa.Engine) else open_database(sa.make_url(database))
        self._metadata = sa.MetaData()
        self._tables = {name: _table(name, kind, prefix, self._metadata) for name, kind in KINDS.items()}

    def create(self) -> None:
        """Makes empty tables."""
        with reported():
            self._metadata.drop_all(self._engine)
            self._metadata.create_all(self._engine)

    def drop(self) -> None:
        with reported():
            self._metadata.drop_all(self._engine)

    def close(self) -> None:
        self._engine.dispose()

    def write(self, report: Report, source: SourceText) -> None:
        """Adds one report; all of it or, if the database refuses, nothing."""
        document = report.document
        name = document.metadata.report
        with reported(), self._engine.begin() as connection:
            row = _row(document.metadata) | {field.name: getattr(source, field.name) for field in fields(source)}
            connection.execute(sa.insert(self._tables["reports"]), row)
            for table, rows in (
                ("sections", _rows(document.sections, name)),
                ("passages", _rows(document.passages, name)),
                ("figures", _rows(report.figures, name)),
                ("indicators", _rows(report.indicators, name)),
            ):
                if rows:
                    connection.execute(sa.insert(self._tables[table]), rows)

    def drop_reports(self, reports: Sequence[str]) -> None:
        """Takes out these reports, in one transaction."""
        with reported(), self._engine.begin() as connection:
            for table in self._tables.values():
                for report in reports:
                    connection.execute(sa.delete(table).where(table.c.report == report))

    def take_over(self, other: "Ledger") -> None:
        """Copies every row of another ledger of the same database, in the database itself."""
        with reported(), self._engine.begin() as connection:
            for name, table in self._tables.items():
                columns = [column.name for column in table.columns]
                rows = sa.select(*(other._tables[name].c[column] for column in columns))
                connection.execute(sa.insert(table).from_select(columns, rows))

    def reports(self) -> tuple[Metadata, ...]:
        return self._select("reports", Metadata)

    def source_text(self, report: str) -> str:
        """The report's source text.

        Raises:
            ReportError: there is no report of that name.
        """
        return str(self._of_report(report, ["text"])["text"])

    def pages(self, report: str) -> tuple[int, ...]:
        """Offsets at which the report's pages start; empty where its format has none.

        Raises:
            ReportError: there is no report of that name.
        """
        return self.source(report).pages

    def source(self, report: str) -> SourceText:
        """The report's source text with what its file told of it; raises as `source_text`."""
        found = self._of_report(report, [field.name for field in fields(SourceText)])
        pairs = {name: tuple((first, second) for first, second in found[name]) for name in ("doubtful", "headings")}
        return SourceText(**{**found, **pairs})

    def _of_report(self, report: str, columns: Sequence[str]) -> Mapping[str, Any]:
        table = self._tables["reports"]
        query = sa.select(*(table.c[column] for column in columns)).where(table.c.report == report)
        found = next(iter(fetched(self._engine, query)), None)
        if found is None:
            raise no_such_report(report, [metadata.report for metadata in self.reports()])
        return {str(name): value for name, value in found.items()}

    def sections(self, report: str) -> tuple[Section, ...]:
        return self._select("sections", Section, report)

    def passages(self, report: str) -> tuple[Passage, ...]:
        return self._select("passages", Passage, report)

    def passage_counts(self) -> dict[str, int]:
        """How many passages each report has; reports without any are not in it."""
        table = self._tables["passages"]
        query = sa.select(table.c.report, sa.func.count().label("passages")).group_by(table.c.report)
        return {str(row["report"]): int(row["passages"]) for row in fetched(self._engine, query)}

    def figures(self, report: str | None = None) -> tuple[Figure, ...]:
        return self._select("figures", Figure, report)

    def figure_ids(self, report: str) -> list[str]:
        """The ids of a report's figures alone: a few of the many columns of its rows."""
        table = self._tables["figures"]
        query = sa.select(table.c.id).where(table.c.report == report)
        return [str(row["id"]) for row in fetched(self._engine, query)]

    def doubtful_figures(self) -> tuple[Figure, ...]:
        """The rows of all reports that were read from scanned pages and not surely."""
        table = self._tables["figures"]
        return self._selected("figures", Figure, table.c.doubtful.is_(True))

    def figures_stating(self, values: Sequence[Decimal]) -> tuple[Figure, ...]:
        """The rows of all reports with one of these values, as printed or in their base unit, in the ledger's order."""
        table, written = self._tables["figures"], sorted({text for value in values for text in written_as(value)})
        return self._selected("figures", Figure, sa.or_(table.c.value.in_(written), table.c.base_value.in_(written)))

    def indicators(self, report: str | None = None) -> tuple[Indicator, ...]:
        return self._select("indicators", Indicator, report)

    def _select(self, name: str, kind: type[Value], report: str | None = None) -> tuple[Value, ...]:
        of_report = self._tables[name].c.report == report
        return self._selected(name, kind, *([of_report] if report is not None else []))

    def _selected(self, name: str, kind: type[Value], *conditions: sa.ColumnElement[bool]) -> tuple[Value, ...]:
        table = self._tables[name]
        query = sa.select(*(table.c[field.name] for field in fields(kind))).where(*conditions)
        query = query.order_by(table.c.report, *([table.c.position] if "position" in table.c else []))
        return tuple(kind(**row) for row in fetched(self._engine, query))


def no_such_report(report: str, held: Sequence[str]) -> ReportError:
    """What is said of a report that is not there, `held` being those that are."""
    return ReportError(f"索引里没有报告“{report}”。现有的报告：{'、'.join(held) or '（空）'}。")


def written_as(value: Decimal) -> tuple[str, ...]:
    """The texts in which the ledger may hold a value: 12, 12.0, 12.00 …"""
    whole = format(value.normalize(), "f")
    point = "" if "." in whole else "."
    return whole, *(whole + point + "0" * number for number in range(1, _ZEROS + 1))


def sqlite_url(folder: Path, *, read_only: bool) -> sa.URL:
    """Address of the ledger file in a generation's folder."""
    path = (folder / FILE).resolve()
    if read_only:
        return sa.URL.create("sqlite", database=f"file:{quote(str(path))}", query={"mode": "ro", "uri": "true"})
    return sa.URL.create("sqlite", database=str(path))


def _table(name: str, kind: type, prefix: str, metadata: sa.MetaData) -> sa.Table:
    columns = {field.name: _column_type(field.type) for field in fields(kind)}
    if kind is Metadata:
        columns |= {field.name: _column_type(field.type) for field in fields(SourceText)}
        keys = ["report"]
    else:
        columns |= {"report": sa.Text(), "position": sa.Integer()}
        keys = ["report", "id"]  # in this order: rows are asked for by report
    columns["report"] = sa.Text().with_variant(
        sa.Text(collation="C"), "postgresql"
    )  # in the order of SQLite and Python
    indexes = [sa.Index(f"{prefix}{name}_{column}", column) for column in _SEARCHED if kind is Figure]
    return sa.Table(
        prefix + name,
        metadata,
        *(sa.Column(column, typed, nullable=column not in keys) for column, typed in columns.items()),
        sa.PrimaryKeyConstraint(*keys),
        *indexes,
    )


def _column_type(annotation: object) -> sa.types.TypeEngine[Any]:
    choices = get_args(annotation) or (annotation,)
    if bool in choices:
        return sa.Boolean()
    if get_origin(annotation) is tuple or any(get_origin(choice) is tuple for choice in choices):
        return TupleText()
    return sa.Integer() if int in choices else sa.Text()


def _rows(values: Sequence[Section | Passage | Figure | Indicator], report: str) -> list[dict[str, object]]:
    return [_row(value) | {"report": report, "position": i} for i, value in enumerate(values)]


def _row(value: Metadata | Section | Passage | Figure | Indicator) -> dict[str, object]:
    return {field.name: getattr(value, field.name) for field in fields(value)}
