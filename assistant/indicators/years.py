"""Indicators of one year's report that another year's has not: 就业任务2021年有而2022年没有的指标.

Names are held against each other within one issuer's reports; what is only worded anew is no new indicator.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.choice import issuer_of, named_reports, which_report
from assistant.computing.words import plainly
from assistant.computing.written import counted
from assistant.draft import Draft
from assistant.indicators.question import row_words
from assistant.indicators.rows import rows_meant
from assistant.library import Library
from assistant.places import Citations
from assistant.questions.question import Question
from corpus.model import Indicator, Metadata
from corpus.similar import dice

_SAME = 0.6
_YEAR = r"(?P<{}>(?:19|20)?\d{{2}})年?度?"
_HAS_NOT = re.compile(
    _YEAR.format("has")
    + r"[^,，]{0,6}?有[^,，]{0,6}?[而但,，、]?[^,，]{0,3}?"
    + _YEAR.format("lacks")
    + r"[^,，]{0,4}?(?:没有|没|无|冇|不再有|取消)"
)
_ADDED = re.compile(
    _YEAR.format("one")
    + r"[^,，]{0,4}?比[^,，]{0,3}?"
    + _YEAR.format("other")
    + r"[^,，]{0,6}?(?P<how>多|新增|增加|少|减少|取消)[^,，]{0,4}?哪"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Years:
    has: int
    lacks: int


def indicator_years_draft(question: Question, library: Library) -> Draft | None:
    """The indicators that one year's report has and the other's has not, or None for other questions."""
    text = plainly(question.text)
    years = _years(text)
    if years is None or not re.search("指标|考核", text):
        return None
    held = sorted(library.reports.values(), key=lambda each: each.report)
    named = sorted(named_reports(question.text, library.reports), key=lambda each: each.report) or held
    pairs = _pairs(named, years)
    if not pairs:
        return None
    if len(pairs) > 1:
        return which_report(question, [one.report for one, _ in pairs], library.reports)
    return _draft(question, pairs[0], library)


def _years(text: str) -> _Years | None:
    if found := _HAS_NOT.search(text):
        return _Years(has=_full(found["has"]), lacks=_full(found["lacks"]))
    if found := _ADDED.search(text):
        one, other = _full(found["one"]), _full(found["other"])
        more = found["how"] in {"多", "新增", "增加"}
        return _Years(has=one, lacks=other) if more else _Years(has=other, lacks=one)
    return None


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _pairs(named: Sequence[Metadata], years: _Years) -> Sequence[tuple[Metadata, Metadata]]:
    """The two years' reports of each issuer that has both."""
    return [
        (one, other)
        for one in named
        for other in named
        if one.data_year == years.has and other.data_year == years.lacks and issuer_of(one) == issuer_of(other)
    ]


def _draft(question: Question, pair: tuple[Metadata, Metadata], library: Library) -> Draft | None:
    words = row_words(question)
    mine, theirs = (_indicators(words, metadata.report, library) for metadata in pair)
    if not mine or not theirs:
        return None
    only = [each for each in mine if max(dice(each.name, other.name) for other in theirs) < _SAME]
    citations = Citations(library)
    one, other = (_titled(metadata, citations, library) for metadata in pair)
    if not only:
        text = f"{one}的{counted(len(mine))}项指标，{other}都有。"
        return Draft(status="answered", route="compare", text=text, citations=citations.all())
    told = "；".join(f"“{each.name}”[{_cite(citations, each)}]" for each in only)
    text = f"{one}有而{other}没有的指标有{counted(len(only))}项：{told}。"
    return Draft(status="answered", route="compare", text=text, citations=citations.all())


def _titled(metadata: Metadata, citations: Citations, library: Library) -> str:
    """The report's title with the place where it prints it."""
    text = library.source_text(metadata.report)
    start = text.find(metadata.title[:8])
    if start < 0:
        return f"《{metadata.title}》"
    end = text.find("\n", start)
    mark = citations.of_span(metadata.report, start, end if end > 0 else len(text), ())
    return f"《{metadata.title}》[{mark}]"


def _indicators(words: str, report: str, library: Library) -> Sequence[Indicator]:
    return [row.indicator for row in rows_meant(words, None, report, library)]


def _cite(citations: Citations, indicator: Indicator) -> int:
    return citations.of_span(indicator.report, indicator.start, indicator.end, indicator.section_path)
