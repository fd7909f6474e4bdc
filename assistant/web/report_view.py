"""A report on the page: outline, search, text, tables, and figures that can be clicked.

The browser's half (report_view.js) puts every piece on the page as text; it draws a report once and then only
marks the figure that lies open.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from assistant.views.report_text import Block, Line, Piece

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

_FRAME = """
<div class="reader">
  <div class="search"><input type="search" placeholder="在本报告中查找" aria-label="在本报告中查找">
    <output></output>
    <button type="button" class="step">上一处</button><button type="button" class="step">下一处</button></div>
  <details><summary>目录</summary><nav aria-label="目录"></nav></details>
  <div class="text" tabindex="0" aria-label="报告原文"></div>
</div>
"""


def draw_report(
    blocks: Sequence[Block], outline: Sequence[tuple[str, int, int]], key: str, *, version: str, opened: str | None,
    open_figure: Callable[[str], None],
) -> None:  # fmt: skip
    """The report's blocks and headings (title, level, block); another `version` is drawn anew."""
    data = {
        "version": version,
        "blocks": [_block(block) for block in blocks],
        "outline": [list(entry) for entry in outline],
        "open": opened,
    }

    def clicked() -> None:
        open_figure(str(st.session_state[key]["figure"]))

    _component()(key=key, data=data, on_figure_change=clicked)


def _block(block: Block) -> dict[str, object]:
    return {
        "kind": block.kind,
        "level": block.level,
        "line": _line(block.content),
        "header": list(block.header),
        "rows": [[_line(cell) for cell in row] for row in block.rows],
    }


def _line(line: Line) -> list[list[str | None]]:
    return [[piece.text, piece.figure, _mark(piece)] for piece in line]


def _mark(piece: Piece) -> str:
    return " ".join(name for name, holds in (("wanted", piece.is_wanted), ("doubtful", piece.is_doubtful)) if holds)


@st.cache_resource(show_spinner=False)
def _component() -> "ComponentRenderer":
    folder = Path(__file__).parent
    return st.components.v2.component(
        "jushi_report_view",
        html=_FRAME,
        css=(folder / "report_view.css").read_text(encoding="utf-8"),
        js=(folder / "report_view.js").read_text(encoding="utf-8"),
    )
