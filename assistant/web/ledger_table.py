"""The table of ledger rows on the page: sorted by its headings, a row opened by a click or Enter.

The browser's half (ledger_table.js) puts every cell on the page as text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from assistant.views.ledger_rows import Column, LedgerRow
from assistant.web.words import DOUBT, ROLE_WORDS

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

COLUMNS: dict[Column, str] = {
    "name": "名称", "value": "数值", "role": "角色", "period": "期间", "scope": "口径", "task": "任务或章节",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Sorting:
    column: Column = "place"
    descending: bool = False

    def clicked(self, column: Column) -> "Sorting":
        """Up, then down, then back to the order of the report."""
        if column != self.column:
            return Sorting(column=column)
        return Sorting() if self.descending else Sorting(column=column, descending=True)


def draw_table(
    rows: Sequence[LedgerRow], key: str, *, view: str, sorting: Sorting, opened: str | None,
    open_row: Callable[[str], None], sort_by: Callable[[Column], None],
) -> None:  # fmt: skip
    """The rows in their order; `view` names what is shown, and another one starts at the top."""
    data = {
        "columns": [{"key": name, "title": title, "number": name == "value"} for name, title in COLUMNS.items()],
        "rows": [{"id": row.id, "cells": [cell(row, name) for name in COLUMNS]} for row in rows],
        "sort": {"key": sorting.column, "descending": sorting.descending},
        "open": opened,
        "view": view,
    }

    def opened_row() -> None:
        open_row(str(st.session_state[key]["open"]))

    def sorted_column() -> None:
        sort_by(st.session_state[key]["sort"])

    _component()(key=key, data=data, on_open_change=opened_row, on_sort_change=sorted_column)


def cell(row: LedgerRow, column: Column) -> str:
    if column == "value" and row.figure.doubtful:
        return f"{row.value}（{DOUBT}）"
    return ROLE_WORDS[row.figure.role] if column == "role" else str(getattr(row, column))


@st.cache_resource(show_spinner=False)
def _component() -> "ComponentRenderer":
    folder = Path(__file__).parent
    return st.components.v2.component(
        "jushi_ledger_table",
        html='<div class="ledger" tabindex="-1"></div>',
        css=(folder / "ledger_table.css").read_text(encoding="utf-8"),
        js=(folder / "ledger_table.js").read_text(encoding="utf-8"),
    )
