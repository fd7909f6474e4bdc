"""A checked draft as it is read and handed on: its text cut at the checked figures, and a row for each of them.

"新增就业18.5万人。" -> DraftPiece("新增就业"), DraftPiece("18.5万人", number=1, verdict="differs"), DraftPiece("。")
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.checking.alignment import Verdict
from assistant.checking.draft import CheckedFigure

VERDICT_WORDS: dict[Verdict, str] = {"agrees": "一致", "differs": "不一致", "absent": "报告中没有"}
VERDICT_MARKS: dict[Verdict, str] = {"agrees": "√", "differs": "×", "absent": "？"}
COLUMNS = ("序号", "草稿中的数", "结论", "说明", "草稿原句", "报告", "章节", "位置", "报告原文")


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftPiece:
    text: str
    number: int | None = None  # counts the checked figures from 1
    verdict: Verdict | None = None


def draft_pieces(text: str, checked: Sequence[CheckedFigure]) -> tuple[DraftPiece, ...]:
    """The whole text in order; a figure inside another one is not set apart."""
    pieces: list[DraftPiece] = []
    position = 0
    for number, figure in enumerate(checked, 1):
        if figure.start < position:
            continue
        if figure.start > position:
            pieces.append(DraftPiece(text=text[position : figure.start]))
        pieces.append(DraftPiece(text=text[figure.start : figure.end], number=number, verdict=figure.verdict))
        position = figure.end
    return (*pieces, DraftPiece(text=text[position:])) if position < len(text) else tuple(pieces)


def result_rows(checked: Sequence[CheckedFigure], titles: Mapping[str, str]) -> list[tuple[str, ...]]:
    """One row of `COLUMNS` for each figure; `titles` are the reports' titles by name."""
    return [_row(number, figure, titles) for number, figure in enumerate(checked, 1)]


def result_text(checked: Sequence[CheckedFigure], titles: Mapping[str, str]) -> str:
    """The result to paste into a document: a line a figure, and one that counts the verdicts."""
    lines = []
    for number, figure in enumerate(checked, 1):
        row = _row(number, figure, titles)
        where = f"（《{row[5]}》{row[6]}，{row[7]}）" if row[5] else ""
        lines.append(f"{number}. {row[1]}　{row[2]}：{row[3]}{where}")
    return "\n".join([*lines, counted(checked)])


def counted(checked: Sequence[CheckedFigure]) -> str:
    """How many figures got which verdict, in a sentence."""
    parts = "，".join(f"{word} {count(checked, verdict)} 处" for verdict, word in VERDICT_WORDS.items())
    return f"共核对 {len(checked)} 个数：{parts}。"


def count(checked: Sequence[CheckedFigure], verdict: Verdict) -> int:
    return sum(figure.verdict == verdict for figure in checked)


def _row(number: int, figure: CheckedFigure, titles: Mapping[str, str]) -> tuple[str, ...]:
    citation = figure.citations[0] if figure.citations else None
    printed = "".join(figure.printed.split())
    told = (str(number), printed, VERDICT_WORDS[figure.verdict], figure.reason, figure.sentence)
    if citation is None:
        return (*told, "", "", "", "")
    page = f"第{citation.page}页，" if citation.page is not None else ""
    title = titles.get(citation.report, citation.report)
    section, quote = " ".join(citation.section), " ".join(citation.quote.split())
    return (*told, title, section, f"{page}第{citation.line}行", quote)
