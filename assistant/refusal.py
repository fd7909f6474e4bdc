"""Refusals that help: what is missing, and the nearest things the reports do have."""

from assistant.draft import Draft
from assistant.figures.answer import nearest
from assistant.figures.lookup import Lookup
from assistant.figures.scope_check import Missing, missing
from assistant.library import Library
from assistant.questions.question import Question

NOT_COMPUTED = "这个问题需要计算，目前只给出报告写明的数"


def asks_to_compute(question: Question) -> bool:
    """Whether the question wants a number made from several: a sum, a difference, an average."""
    return "compute" in question.intents and not question.roles & {"growth", "share", "standard"}


def refusal_draft(question: Question, near: Lookup, library: Library, *, reason: str = "") -> Draft:
    """A refusal that names the missing year or place where there is one, and offers what is near.

    `near` holds the rows for the question whatever their place and year; `reason` is told where it is known.
    """
    offers = nearest(near)
    lacking = missing(question, near.groups[0].best.entry, library.entries) if near.groups else None
    text = f"{reason or _reason(lacking, library)}，不能作答。"
    if offers:
        text += "报告里相近的有：" + "；".join(offer.removesuffix("是多少？") for offer in offers) + "。"
    return Draft(status="refused", route="none", text=text, suggestions=offers)


def _reason(lacking: Missing | None, library: Library) -> str:
    if lacking is not None and lacking.places:
        return f"报告没有{'、'.join(lacking.places)}的数据"
    if lacking is not None and lacking.years:
        years = "、".join(f"{year}年" for year in lacking.years)
        held = "、".join(sorted({f"{m.data_year}年" for m in library.reports.values() if m.data_year}))
        return f"报告没有{years}的这项数据" + (f"（报告写的是{held}）" if held else "")
    return "报告没有写明您问的内容"
