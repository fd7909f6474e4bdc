"""A conversation as a workbook: a row for each figure, or for the answer where it has none."""

from assistant.web.exporting import FIGURE_COLUMNS, Conversation, Said
from corpus.workbook import sheet_workbook

_COLUMNS = ("序号", "问题", "回答", *FIGURE_COLUMNS, "算式", "原文")


def as_excel(conversation: Conversation) -> bytes:
    """The bytes of an XLSX file."""
    rows = [row for number, said in enumerate(conversation.said, 1) for row in _rows(number, said)]
    return sheet_workbook("对话", _COLUMNS, rows)


def _rows(number: int, said: Said) -> list[tuple[str, ...]]:
    quotes = "\n".join(f"{source.mark} {source.place}：“{source.quote}”{source.remark}" for source in said.sources)
    empty = ("",) * len(FIGURE_COLUMNS)
    return [(str(number), said.question, said.answer, *row, said.formula, quotes) for row in said.figures or (empty,)]
