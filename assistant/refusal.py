"""Refusals that help: what is missing, and the nearest things the reports do have."""

from assistant.draft import Draft
from assistant.figure_answer import nearest
from assistant.library import Library
from assistant.lookup import Lookup
from assistant.question import Question
from assistant.scope_check import missing
from corpus.periods import year_of


def refusal_draft(question: Question, found: Lookup | None, library: Library) -> Draft:
    """A refusal that names the missing year or place where there is one, and offers what is near."""
    lacking = missing(question, library.entries)
    offers = nearest(found) if found is not None else ()
    reason = "报告没有写明您问的内容"
    if lacking.years:
        held = sorted({year for e in library.entries.entries if (year := year_of(e.figure.period)) is not None})
        years = "、".join(f"{year}年" for year in lacking.years)
        reason = f"报告没有{years}的数据" + (f"，主要是{_usual(library)}年的" if held else "")
    elif lacking.places:
        reason = f"报告没有{'、'.join(lacking.places)}的数据"
    text = f"{reason}，不能作答。" + ("报告里相近的有：" + "；".join(o.rstrip("？") for o in offers) + "。" if offers else "")
    return Draft(status="refused", route="none", text=text, suggestions=offers)


def _usual(library: Library) -> str:
    years = sorted({metadata.data_year for metadata in library.reports.values() if metadata.data_year})
    return "、".join(map(str, years))
