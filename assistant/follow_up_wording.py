"""Questions that stand by themselves, worded from ledger rows and from what was asked before."""

import re

from assistant.library import Library
from assistant.phrases import subject
from assistant.slots import Slots, Wish
from corpus.model import Figure
from corpus.periods import year_of

_ASKS = {
    "target": "的目标值是多少？",
    "completion_rate": "的完成率是多少？",
    "grade": "是什么等次？",
}
_MARKS_AT_END = re.compile(r"[?？。!！，,\s呢吗吧啊呀嘛]+$")
_ASKED_AT_END = re.compile(
    r"(?:(?:的目标值?|的完成率|实际)?(?:一共|总共)?(?:是|有|为|达到|达|完成|做到)?(?:了)?"
    r"(?:多少|几多|好多|几)(?:[\u4e00-\u9fff]{0,3})|是什么|有哪些|怎么样|如何)$"
)
_YEAR = re.compile(r"(?:19|20)\d{2}年")
_WISHED: dict[Wish, str] = {
    "source": "的原文在哪里？",
    "dispute": "对吗？",
    "why": "，原因是什么？",
    "how": "，是怎么做的？",
    "more": "，还有哪些？",
}


def named(figure: Figure, library: Library) -> str:
    """A row as it is named in a question: place where the store has several reports, year, scope and name."""
    name = figure.indicator if figure.indicator and figure.role in {"target", "actual", "completion_rate"} else None
    name = name or subject(figure).strip("“”")
    when = figure.period if figure.period and not _YEAR.search(name) else ""
    return f"{_place(figure, library)}{when}{name}"


def quantity_named(figure: Figure, library: Library) -> str:
    """A row as one side of a comparison or sum, its role said where it is a target."""
    tail = {"target": "的目标值", "completion_rate": "的完成率"}.get(figure.role, "")
    return named(figure, library) + tail


def question_of(figure: Figure, library: Library) -> str:
    """The question that asks for this row and nothing else."""
    name = named(figure, library)
    if figure.role == "actual" and figure.indicator:
        return f"{name}实际是多少？"
    if figure.role in {"growth", "rank"} and re.search(r"(?:增长|下降|提高|增加|减少|上升|排名|第)$", name):
        return f"{name}多少？" if figure.role == "growth" else f"{name}第几？"
    return name + _ASKS.get(figure.role, "是多少？")


def wished(about: str, wish: Wish) -> str:
    """What is wanted of an earlier question, as a question."""
    return about + _WISHED.get(wish, "？")


def about(question: str) -> str:
    """An earlier question without its question words, to be asked about anew."""
    plain = _MARKS_AT_END.sub("", question)
    return _ASKED_AT_END.sub("", plain) or plain


def with_slots(slots: Slots, before: Figure | None, question: str, library: Library, *, words: bool) -> str:
    """The earlier subject with the new year, place and words, where no row was found for them."""
    asked = slots.asked
    name = subject(before).strip("“”") if before is not None else about(question)
    if before is not None and before.indicator:
        name = before.indicator
    name = _YEAR.sub("", name)
    when = "".join(f"{year}年" for year in asked.years[:1]) or _relative(slots)
    if slots.year_shift and before is not None and (year := year_of(before.period)) is not None:
        when = f"{year + slots.year_shift}年"
    own = slots.rest.strip(" ，,?？") if words else ""
    tail = "的完成率" if "completion_rate" in asked.roles else "的目标值" if "target" in asked.roles else ""
    place = "" if own or before is None else _place(before, library)
    return f"{place}{when}{own if words else _places(slots)}{name}{tail}是多少？"


def _relative(slots: Slots) -> str:
    words = {-2: "前年", -1: "去年", 0: "今年", 1: "明年", 2: "后年"}
    return words.get(slots.asked.relative_years[0], "") if slots.asked.relative_years else ""


def _places(slots: Slots) -> str:
    found = re.search(r"[\u4e00-\u9fff]{2,6}?(?:省|市|区|县|全国|全省|全市)|全国|全省|全市", slots.rest)
    return found[0] if found else ""


def _place(figure: Figure, library: Library) -> str:
    """The place of the row's report, needed only beside reports of other places."""
    places = {metadata.place for metadata in library.reports.values()}
    own = library.reports[figure.report].place
    return own if own and len(places) > 1 else ""
