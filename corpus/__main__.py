"""`python -m corpus text|outline|tables REPORT`: what the reader makes of a report.

Each command is a row of `COMMANDS`: its name, its help, and the function that turns a document into
what is printed for people and what is printed with --json.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import JushiError, ReportError
from corpus.model import Document, Section, Table
from corpus.reading import find_sidecar, read_document
from corpus.source import read_source

USAGE_FAILED = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    help: str
    text: Callable[[Document], str]
    data: Callable[[Document], object]


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    command = COMMANDS[options.command]
    try:
        document = _read(options.report)
        if options.json:
            output = json.dumps(command.data(document), ensure_ascii=False, indent=2) + "\n"
        else:
            output = command.text(document)
        _write(output, options.out)
    except JushiError as error:
        print(error, file=sys.stderr)
        return USAGE_FAILED
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m corpus", description="读报告，看读出了什么")
    commands = parser.add_subparsers(dest="command", required=True, metavar="|".join(COMMANDS))
    for name, command in COMMANDS.items():
        subparser = commands.add_parser(name, help=command.help, description=command.help)
        subparser.add_argument("report", type=Path, metavar="REPORT", help="报告文件")
        subparser.add_argument("--json", action="store_true", help="输出 JSON")
        subparser.add_argument("--out", type=Path, metavar="FILE", help="写入文件（UTF-8），不打印")
    return parser


def _read(path: Path) -> Document:
    # Settings bring pydantic, which nothing else in reading needs.
    from corpus.settings import settings  # noqa: PLC0415

    limits = settings()
    source = read_source(path, max_bytes=limits.max_report_bytes, max_line_characters=limits.max_line_characters)
    return read_document(source, find_sidecar(path), max_table_columns=limits.max_table_columns)


def _write(output: str, path: Path | None) -> None:
    encoded = output.encode("utf-8")
    if path is None:
        # Bytes, so that line ends reach the reader as they stand in the report.
        sys.stdout.buffer.write(encoded)
        return
    try:
        path.write_bytes(encoded)
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


COMMANDS = {
    "text": Command(
        help="原文：所有位置都以它为准",
        text=lambda document: document.text,
        data=lambda document: {"report": document.metadata.report, "text": document.text},
    ),
    "outline": Command(help="章节", text=_outline_text, data=_outline_data),
    "tables": Command(help="表格，跨页的已接上", text=_tables_text, data=_tables_data),
}

if __name__ == "__main__":
    sys.exit(main())
