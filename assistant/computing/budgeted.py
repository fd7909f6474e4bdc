"""What was planned to be spent against what was: 省了多少, 超支多少, 花了预算的百分之几.

档案整理费超了预算多少 -> 年初预算 and 支出决算 of one row of a table, or of one sentence, whose words name it
The rate that the report prints beside them is told; where none is printed, it is computed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from assistant.choice import Choice, from_newest
from assistant.computing.budget_rows import Budgeted, bare_name, budgeted_rows
from assistant.computing.draft import computed_draft, named_apart
from assistant.computing.kinds import divided, subtracted
from assistant.computing.likeliest import likeliest
from assistant.computing.operands import Trusted
from assistant.computing.stated import told
from assistant.computing.units import value_of
from assistant.computing.words import compute_words, plainly
from assistant.draft import Draft
from assistant.figures.answer import answer_figure
from assistant.figures.phrases import statement
from assistant.library import Library
from assistant.places import Citations
from assistant.questions.question import Question, content_of

Wish = Literal["saved", "over", "rate"]
_MANY = "(?:多少|几)"
_TO = "(?:了|出来|出|下来|下|掉|过)*"
_STILL = "(?:还|一共|总共|到底|究竟|实际|最后|又)*"
_COUNTS = re.compile(r"[个家人名处项次户辆件][?？]?$")  # things saved, no money
_LEFT_OVER = re.compile("(?:的|钱|那块|这块|那笔|这笔|方面|上)+$")
_WHOLE_OF_TIME = re.compile(r"全年|年度|一年|当年|本年|20\d\d年?|去年|今年|上年")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    wish: Wish
    about: str


def budgeted_draft(question: Question, choice: Choice, library: Library, trusted: Trusted) -> Draft | None:
    """The difference or the rate; None where none is asked for or no pair of rows is certain."""
    asked = _read(plainly(question.text))
    if asked is None:
        return None

    def of_report(report: str) -> Draft | None:
        if asked.wish == "saved" and _saving_stated(question, report, trusted):
            return None
        rows = [row for row in budgeted_rows(report, library) if _of_year(row, question)]
        found = _meant(rows, asked, question, report, library)
        if found is None:
            return _rate_alone(asked, report, library) if asked.wish == "rate" else None
        return _told(found, asked, library)

    return from_newest(question, choice, library.reports, of_report)


def _read(text: str) -> _Asked | None:
    """None where nothing is held against a budget, or against another year's spending."""
    if _COUNTS.search(text):
        return None
    for wish, pattern in _patterns():
        found = pattern.match(text)
        if found is not None and "比" not in found["a"]:
            about = _LEFT_OVER.sub("", _WHOLE_OF_TIME.sub("", found["a"]))
            about = re.sub(f"(?:的|{compute_words().any_of('budget')})+$", "", about)
            return _Asked(wish=wish, about=about) if content_of(about) else None
    return None


@lru_cache(maxsize=1)
def _patterns() -> Sequence[tuple[Wish, re.Pattern[str]]]:
    words = compute_words()
    plan, spent = f"(?:年初|全年|年度|原来|当初)?的?{words.any_of('budget')}数?", words.any_of("spent")
    share = "(?:百分之多少|多少成)"
    against = rf"比{plan}的?{_STILL}"
    wishes: tuple[tuple[Wish, str], ...] = (
        ("rate", rf"(?:{spent}{_TO}|占){plan}的?(?:{share}|多少(?=[?？]?$))"),
        ("rate", rf"的?{plan}{_STILL}{spent}{_TO}{share}"),
        ("over", rf"(?:超支|超{_TO}{plan}|{against}{words.any_of('spent_more')}){_TO}{_MANY}"),
        ("saved", rf"(?:(?:{against})?{words.any_of('saved')}|{against}{words.any_of('spent_less')}){_TO}{_MANY}"),
    )
    return [(wish, re.compile(f"(?P<a>.+?){_STILL}{pattern}")) for wish, pattern in wishes]


def _saving_stated(question: Question, report: str, trusted: Trusted) -> bool:
    """Whether the report itself has a row of what was saved."""
    found = trusted(question, report)
    saved = compute_words().any_of("saved")
    return found is not None and re.search(saved, found.groups[0].best.entry.figure.name) is not None


def _of_year(row: Budgeted, question: Question) -> bool:
    return not question.years or any(str(year) in (row.done.period or "") for year in question.years)


def _meant(
    rows: Sequence[Budgeted], asked: _Asked, question: Question, report: str, library: Library
) -> Budgeted | None:
    """The row named in just these words, else the one that they name best; one whose sign fits before others."""
    words = content_of(asked.about)
    named = [row for row in rows if content_of(row.name) == words]
    if named and len({(row.plan.base_value, row.done.base_value) for row in named}) == 1:
        return named[0]
    by_plan = {row.plan.id: row for row in rows}
    found = likeliest([(row.plan, row.done) for row in rows], asked.about, question, report, library)
    if found is None and asked.wish != "rate":
        fitting = [row for row in rows if _over(row) == (asked.wish == "over")]
        found = likeliest([(row.plan, row.done) for row in fitting], asked.about, question, report, library)
    return by_plan[found[0].id] if found is not None else None


def _rate_alone(asked: _Asked, report: str, library: Library) -> Draft | None:
    """The printed rate of just these words, where the sums themselves stand elsewhere."""
    rates = [
        figure for figure in library.figures_of(report)
        if figure.role == "completion_rate" and content_of(bare_name(figure)) == content_of(asked.about)
    ]  # fmt: skip
    return told(rates[0], library) if len({figure.base_value for figure in rates}) == 1 else None


def _over(row: Budgeted) -> bool:
    return value_of(row.done) > value_of(row.plan)


def _told(row: Budgeted, asked: _Asked, library: Library) -> Draft | None:
    pair = (row.plan, row.done)
    names = [named_apart(figure, pair, library) for figure in pair]
    if asked.wish == "rate" and row.rate is not None:
        citations = Citations(library)
        shown = (row.rate, row.done, row.plan)
        text = "；".join(f"{statement(figure)}[{citations.of_figure(figure)}]" for figure in shown)
        figures = tuple(answer_figure(figure, citations) for figure in shown)
        return Draft(
            status="answered", route="figure", text=f"{text}。", figures=figures, citations=citations.all()
        )  # fmt: skip
    if asked.wish == "rate":
        result = divided(row.done, row.plan, percent=True)
        name = f"{names[1]}占{names[0]}的"
        return computed_draft(result, name, library, name=f"{name}比重") if result is not None else None
    over = _over(row)
    result = subtracted(row.done, row.plan) if over else subtracted(row.plan, row.done)
    equal = value_of(row.done) == value_of(row.plan)
    lead = f"{names[1]}与{names[0]}相等，相差" if equal else f"{names[1]}比{names[0]}{'多' if over else '少'}"
    said, other = ("超支", "少于预算") if asked.wish == "over" else ("节省", "多于预算")
    as_asked = equal or over == (asked.wish == "over")
    warnings = () if as_asked else (f"按报告的数，实际支出{other}，没有{said}。",)
    return computed_draft(result, lead, library, name=f"{names[1]}与{names[0]}之差", warnings=warnings)
