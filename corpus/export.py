"""The ledger and the indicators as JSON records, as CSV that Excel opens with Chinese intact.

Figure(name="预算执行率", value="97.3", unit="%", …)
  -> {"name": "预算执行率", "value": "97.3", "unit": "%", "section": ["一、基本情况", …], …}
  -> 名称,…,数值,…,单位  /  预算执行率,…,97.3,…,%
"""

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Literal

from corpus.model import Figure, Indicator

Record = Mapping[str, object]
Sheet = Literal["figures", "indicators"]
_DATA = Path(__file__).parent / "data" / "export.toml"
_NOT_EXPORTED = {"sentence_start", "sentence_end"}
# Excel takes a text that begins so for a formula.
_FORMULA = re.compile(r"[=@\t\r]|[+\-−](?![\d.,]+%?\Z)")


def figure_record(figure: Figure) -> Record:
    """The figure's fields as the command line and other programs read them."""
    names = [field.name for field in fields(figure) if field.name not in _NOT_EXPORTED]
    record = {name: getattr(figure, name) for name in names}
    return {**record, "section": list(figure.section)}


def indicator_record(indicator: Indicator, figures: Mapping[str, Figure]) -> Record:
    """An indicator with the values of its main target and actual; `figures` are the ledger's rows by id."""
    target, actual, rate = (
        figures[place[0]] if place else None
        for place in (indicator.target_figures, indicator.actual_figures, _one(indicator.rate_figure))
    )
    return {
        "id": indicator.id, "report": indicator.report, "name": indicator.name, "aliases": list(indicator.aliases),
        "task": indicator.task, "section": list(indicator.section_path), "definition": indicator.definition,
        "target_text": indicator.target_text, "actual_text": indicator.actual_text,
        "target": target and target.value, "target_unit": target and (target.unit or target.base_unit),
        "actual": actual and actual.value, "actual_unit": actual and (actual.unit or actual.base_unit),
        "printed_rate": rate and rate.value, "computed_rate": indicator.computed_rate,
        "table": indicator.table, "row": indicator.row, "start": indicator.start, "end": indicator.end,
    }  # fmt: skip


def _one(place: str | None) -> tuple[str, ...]:
    return (place,) if place is not None else ()


def indicator_records(indicators: Sequence[Indicator], figures: Sequence[Figure]) -> list[Record]:
    by_id = {figure.id: figure for figure in figures}
    return [indicator_record(indicator, by_id) for indicator in indicators]


def as_csv(records: Sequence[Record], sheet: Sheet) -> str:
    """A table with Chinese column names; the byte order mark in front tells Excel that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(words()[sheet].values())
    writer.writerows([_harmless(text) for text in texts(record, sheet)] for record in records)
    return "\ufeff" + out.getvalue()


def texts(record: Record, sheet: Sheet) -> Iterator[str]:
    """The record's values as they are shown, in the order of the columns."""
    for name in words()[sheet]:
        value = record[name]
        if isinstance(value, list):
            yield (" > " if name == "section" else "；").join(value)
        elif name in {"role", "kind"}:
            yield words()[f"{name}s"][str(value)]
        elif isinstance(value, bool):
            yield words()["marks"][name] if value else ""
        else:
            yield "" if value is None else str(value)


def _harmless(text: str) -> str:
    return "'" + text if _FORMULA.match(text) else text


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, str]]:
    """Column names of each sheet, and the words for roles and kinds."""
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))
