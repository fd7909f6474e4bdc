"""`python -m corpus text|outline|tables|figures|audit REPORT`: what the reader makes of a report.

Each command is a row of `COMMANDS`: its name, its help, and the functions that turn a document into
what is printed for people, with --json and, for tables of facts, with --csv. A `view` is a command
that stands behind an option of another: `figures --indicators`.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.audit import audit
from corpus.command_line import Parser
from corpus.coverage import coverage
from corpus.errors import JushiError, ReportError
from corpus.export import Record, as_csv, figure_record, indicator_records
from corpus.findings import Finding
from corpus.ledger import ledger
from corpus.listing import audit_data, audit_lines, coverage_data, coverage_lines, figure_lines, indicator_lines
from corpus.model import Document, Report, Section, Table
from corpus.reading import find_sidecar, read_document
from corpus.source import read_source

USAGE_FAILED = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    help: str
    text: Callable[[Document], str]
    data: Callable[[Document], object]
    csv: Callable[[Document], str] | None = None
    views: Mapping[str, "Command"] = field(default_factory=dict)


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    command = COMMANDS[options.command]
    command = command.views.get(options.view, command)
    try:
        _write(_output(command, _read(options.report), options), options.out)
    except JushiError as error:
        print(error, file=sys.stderr)
        return USAGE_FAILED
    return 0


def _output(command: Command, document: Document, options: argparse.Namespace) -> bytes:
    if options.xlsx is not None:
        _write(_workbook(document), options.xlsx)
        return f"已写入 {options.xlsx}\n".encode()
    if options.csv and command.csv is not None:
        return command.csv(document).encode("utf-8")
    if options.json:
        return (json.dumps(command.data(document), ensure_ascii=False, indent=2) + "\n").encode("utf-8")
    return command.text(document).encode("utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m corpus", description="读报告，看读出了什么")
    commands = parser.add_subparsers(dest="command", required=True, metavar="|".join(COMMANDS))
    for name, command in COMMANDS.items():
        subparser = commands.add_parser(name, help=command.help, description=command.help)
        subparser.add_argument("report", type=Path, metavar="REPORT", help="报告文件")
        form = subparser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="输出 JSON")
        if command.csv is not None:
            form.add_argument("--csv", action="store_true", help="输出 CSV（Excel 可直接打开）")
            form.add_argument("--xlsx", type=Path, metavar="FILE", help="数据项和指标写成 Excel 工作簿")
        view = subparser.add_mutually_exclusive_group()
        for option, shown in command.views.items():
            view.add_argument(f"--{option}", dest="view", action="store_const", const=option, help=shown.help)
        subparser.add_argument("--out", type=Path, metavar="FILE", help="写入文件（UTF-8），不打印")
        subparser.set_defaults(csv=False, xlsx=None, view=None)
    return parser


def _read(path: Path) -> Document:
    # Settings bring pydantic, which nothing else in reading needs.
    from corpus.settings import settings  # noqa: PLC0415

    source = read_source(path, settings().limits())
    return read_document(source, find_sidecar(path), max_table_columns=settings().max_table_columns)


def _write(output: bytes, path: Path | None) -> None:
    if path is None:
        # Bytes, so that line ends reach the reader as they stand in the report.
        sys.stdout.buffer.write(output)
        return
    try:
        path.write_bytes(output)
    except OSError as error:
        raise ReportError(f"不能写入“{path}”：{error.strerror}。请换一个位置。") from error


# --- what each command shows ----------------------------------------------------------------------


def _outline_text(document: Document) -> str:
    lines = [f"{'  ' * (section.level - 1)}{section.id}  {section.title}" for section in document.sections]
    return "\n".join([document.metadata.title, *lines]) + "\n"


def _outline_data(document: Document) -> object:
    return [_section(section) for section in document.sections]


def _section(section: Section) -> dict[str, object]:
    return {
        "id": section.id,
        "title": section.title,
        "level": section.level,
        "path": section.path,
        "start": section.start,
        "end": section.end,
        "body_end": section.body_end,
    }


def _tables_text(document: Document) -> str:
    return "\n".join(_table_text(table) for table in document.tables)


def _table_text(table: Table) -> str:
    rows = ["\t".join(cell.content.text or cell.label for cell in row.cells) for row in table.rows]
    place = " > ".join(table.section_path)
    return "\n".join(filter(None, [f"{table.id}  {place}", table.lead_in, "\t".join(table.header), *rows])) + "\n"


def _tables_data(document: Document) -> object:
    return [_table(table) for table in document.tables]


def _table(table: Table) -> dict[str, object]:
    rows = [
        {
            "cells": [{"text": cell.content.text, "label": cell.label} for cell in row.cells],
            "start": row.start,
            "end": row.end,
        }
        for row in table.rows
    ]
    return {
        "id": table.id,
        "section": table.section_path,
        "lead_in": table.lead_in,
        "header": table.header,
        "rows": rows,
        "start": table.start,
        "end": table.end,
    }


def _workbook(document: Document) -> bytes:
    # Costs 0.2 s to import, and is needed only here.
    from corpus.workbook import as_workbook  # noqa: PLC0415

    return as_workbook(*ledger(document))


def _figures_text(document: Document) -> str:
    return figure_lines(ledger(document)[0])


def _figures_data(document: Document) -> list[Record]:
    return [figure_record(figure) for figure in ledger(document)[0]]


def _audit(document: Document) -> tuple[Finding, ...]:
    figures, indicators = ledger(document)
    return audit(Report(document=document, figures=figures, indicators=indicators))


def _indicators_text(document: Document) -> str:
    figures, indicators = ledger(document)
    return indicator_lines(indicators, figures)


def _indicators_data(document: Document) -> list[Record]:
    figures, indicators = ledger(document)
    return indicator_records(indicators, figures)


COMMANDS = {
    "text": Command(
        help="原文：所有位置都以它为准",
        text=lambda document: document.text,
        data=lambda document: {"report": document.metadata.report, "text": document.text},
    ),
    "outline": Command(help="章节", text=_outline_text, data=_outline_data),
    "tables": Command(help="表格，跨页的已接上", text=_tables_text, data=_tables_data),
    "figures": Command(
        help="数据项：每个数字的含义和位置",
        text=_figures_text,
        data=_figures_data,
        csv=lambda document: as_csv(_figures_data(document), "figures"),
        views={
            "indicators": Command(
                help="改为列出指标：目标值、实际值、完成率",
                text=_indicators_text,
                data=_indicators_data,
                csv=lambda document: as_csv(_indicators_data(document), "indicators"),
            ),
            "coverage": Command(
                help="改为核对：原文每个数字归为数据项、日期、名称或结构，依据哪条规则",
                text=lambda document: coverage_lines(coverage(document)),
                data=lambda document: coverage_data(coverage(document)),
            ),
        },
    ),
    "audit": Command(
        help="自查：完成率、合计、项数、结论和多处出现的数据是否一致",
        text=lambda document: audit_lines(_audit(document), document.text),
        data=lambda document: audit_data(_audit(document), document.text),
    ),
}

if __name__ == "__main__":
    sys.exit(main())
