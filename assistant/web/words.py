"""What the page says for the codes of an answer: tables a clerk could read and extend."""

import unicodedata
from collections.abc import Mapping

from assistant.answer import Answer, AnswerFigure, Citation
from assistant.figures.phrases import qualified

ROLE_WORDS = {
    "target": "目标值",
    "actual": "实际值",
    "completion_rate": "完成率（报告所载）",
    "rank": "位次",
    "score": "得分",
    "grade": "等级",
    "amount": "金额",
    "count": "数量",
    "rate": "比率",
    "share": "占比",
    "growth": "增幅",
    "standard": "标准",
    "threshold": "限额",
    "constant": "算式常数",
    "other": "数据项",
    "computed": "计算所得",
}

# Beside a figure that was read from a scanned page and not surely, and what is said of it.
DOUBT = "待核"
DOUBT_NOTE = "扫描识别，待核对原件"

# Units that only multiply: the thing counted has to follow ("13.24 万" of base unit 人 is 13.24 万人).
MULTIPLIERS = frozenset({"十", "百", "千", "万", "十万", "百万", "千万", "亿", "万亿"})


def quantity(figure: AnswerFigure) -> tuple[str, str]:
    """Number and unit as shown: the report's own digits, in one line, the unit complete."""
    printed = "".join(unicodedata.normalize("NFKC", figure.printed).split())
    unit = "".join(unicodedata.normalize("NFKC", figure.unit or "").split())
    if not unit:
        return printed or figure.value or "", ""
    number = printed.removesuffix(unit) if printed.endswith(unit) else figure.value or printed
    return number, unit + (figure.base_unit or "") if unit in MULTIPLIERS else unit


def around(figure: AnswerFigure) -> tuple[str, str]:
    """What stands before and after the number for its qualifier: ("约", "") or ("", "以上")."""
    before, _, after = qualified("\0", figure.qualifier).partition("\0")
    return before, after


def facts(figure: AnswerFigure) -> tuple[tuple[str, str], ...]:
    """What qualifies a figure, as (label, value): only what the report gives."""
    pairs = (("期间", figure.period), ("口径", figure.scope), ("性质", ROLE_WORDS[figure.role]))
    return tuple((label, value) for label, value in pairs if value)


def place(citation: Citation) -> str:
    """Where a quotation stands: "第 5 页，第 88 行"."""
    line = f"第 {citation.line} 行"
    return line if citation.page is None else f"第 {citation.page} 页，{line}"


def reference(figure: AnswerFigure, citation: Citation, title: str, *, doubtful: bool = False) -> str:
    """A figure with its source, to paste into a document; a doubtful one takes its doubt along."""
    number, unit = quantity(figure)
    qualities = "，".join(value for _, value in facts(figure))
    section = " ".join(citation.section)
    value = f"{figure.name}：{qualified(number + unit, figure.qualifier)}"
    doubt = f"（{DOUBT_NOTE}）" if doubtful else ""
    return f"{value}（{qualities}）{doubt}。来源：《{title}》{section}，{place(citation)}。"


def answer_with_sources(answer: Answer, titles: Mapping[int, str]) -> str:
    """An answer with its sources below, to paste into a document; `titles` by citation id."""
    lines = [f"[{citation.id}] {where(citation, titles[citation.id])}" for citation in answer.citations]
    return "\n".join([answer.answer, *lines])


def where(citation: Citation, title: str) -> str:
    """A citation's place in words: 《某报告》二、成效 （一）就业，第 88 行."""
    return f"《{title}》{' '.join(citation.section)}，{place(citation)}"
