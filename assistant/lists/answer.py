"""The list route: all items of an enumeration, in order, each cited; long items cut to what says which they are.

（一）存在的问题 …  ->  存在的问题：\\n（一）甲不足[2]；（二）乙不够[3]。
"""

import re

from assistant.draft import Draft
from assistant.library import Library
from assistant.lists.enumerations import Enumeration, Item
from assistant.narrative.question import NarrativeQuestion
from assistant.places import Citations
from corpus.numbering import find_mark

_DIGITS = "零一二三四五六七八九"
_DATED = re.compile(r"^\d{4}年[初末底度]?，?")
_WHOLE_ITEM = 90
_FIRST_SENTENCE = 140
_FIRST_CLAUSES = 60
# An item of several sentences whose first is as short as this is headed by it.
_HEADING = 34
_MOST_ITEMS = 40
_KINDS_OF_SUBSTANCE = frozenset({"reason", "definition"})


def enumeration_draft(question: NarrativeQuestion, enumeration: Enumeration, library: Library) -> Draft:
    """Every item of an enumeration under its lead-in."""
    citations = Citations(library)
    introduction = _introduction(enumeration, citations)
    told = []
    for number, item in enumerate(enumeration.items[:_MOST_ITEMS], 1):
        text, end = _told(item, question)
        cited = citations.of_span(enumeration.report, item.start, end, item.section)
        told.append(f"（{in_words(number)}）{text}[{cited}]")
    warnings = []
    if question.count is not None and question.count != len(enumeration.items):
        warnings.append(f"问的是{in_words(question.count)}项，报告此处列出{in_words(len(enumeration.items))}项。")
    return Draft(
        status="answered", route="list", text=f"{introduction}：\n" + "；\n".join(told) + "。",
        citations=citations.all(), warnings=tuple(warnings),
    )  # fmt: skip


def in_words(number: int) -> str:
    """Items are counted in words: every digit of an answer is a report's own."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones or not tens else "")


def _introduction(enumeration: Enumeration, citations: Citations) -> str:
    """The lead-in, cited, where it leads on, else the heading."""
    lead = enumeration.lead.strip()
    if lead.endswith(("：", ":")) and len(lead) > 4 and enumeration.lead_span is not None:
        cited = citations.of_span(enumeration.report, *enumeration.lead_span, enumeration.section)
        return f"{_DATED.sub('', lead).rstrip('：: ')}[{cited}]"
    heading = enumeration.section[-1] if enumeration.section else ""
    mark = find_mark(heading)
    return (heading[mark.length :] if mark else heading) or lead.rstrip("：:。") or "报告所列"


def _told(item: Item, question: NarrativeQuestion) -> tuple[str, int]:
    """What of an item is told, without end mark, and the source offset of its end."""
    text = item.text.rstrip("；;。，、 ")
    if len(text) <= _WHOLE_ITEM:
        return text, item.end
    stop = text.find("。")
    if 0 < stop <= _FIRST_SENTENCE:
        return text[:stop], item.end
    clauses = re.split(r"(?<=[；，])", text)
    kept = ""
    for clause in clauses:
        if kept and len(kept) + len(clause) > _FIRST_CLAUSES:
            break
        kept += clause
    return kept.rstrip("；，"), item.end
