"""A page of the bench alone: 500 ledger rows in the table, and a long report with tables, both composed."""

from pathlib import Path

import streamlit as st

from assistant.views.ledger_rows import LedgerRow
from assistant.views.report_text import outline, report_text
from assistant.web.ledger_table import Sorting, draw_table
from assistant.web.report_view import draw_report
from corpus.ledger import report_of
from corpus.source import Source

_SENTENCE = "全年养护桥梁{0}座，投入{1}万元，其中市级承担{2}.5%。"
_ROWS = 500


def _report() -> str:
    parts = ["2021年度云港市设施管理局工作总结", ""]
    for section in range(9):
        parts.append(f"{'一二三四五六七八九'[section]}、第{section + 1}方面工作")
        parts += ["".join(_SENTENCE.format(20 + n, 300 + n, n + 10) for n in range(6)) for _ in range(40)]
    table = ["", "表1 设施统计", "名称\t数量（处）\t金额（万元）\t占比（%）"]
    return "\n".join([*parts, *table, *(f"{n}号泵站\t{n + 3}\t{n * 7 + 100}\t{n % 90}.3" for n in range(_ROWS))])


@st.cache_resource
def _read() -> tuple[object, ...]:
    report = report_of(Source(name="bench.txt", text=_report(), checksum="0"))
    rows = [
        LedgerRow(figure=one, name=one.name, task=one.section[-1] if one.section else "", value=one.printed,
                  period=one.period or "", scope=one.scope or "")
        for one in report.figures[:_ROWS]
    ]  # fmt: skip
    return report.document, report_text(report.document, report.figures), rows


def _nothing(_: object) -> None:
    pass


document, blocks, rows = _read()
st.html(Path(__file__).parent.parent / "assistant" / "web" / "pages.css")
draw_table(rows, "rows", view="bench", sorting=Sorting(), opened=None, open_row=_nothing, sort_by=_nothing)  # type: ignore[arg-type]
draw_report(blocks, outline(document.sections, blocks), "text", version="bench", opened=None, open_figure=_nothing)  # type: ignore[arg-type, attr-defined]
