"""Questions that stand by themselves, worded from ledger rows and from what was asked before."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from assistant.conversations.slots import Slots, Wish
from assistant.figures.coverage import pairs_of
from assistant.figures.phrases import subject
from assistant.library import Library
from assistant.questions.place_names import places_in
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
_ENDINGS = {
    "definition": "的指标口径是什么？", "met": "完成了吗？", "completion_rate": "的完成率是多少？",
    "target": "的目标值是多少？", "rank": "的排名是第几？", "growth": "的增长率是多少？", "share": "的占比是多少？",
}  # fmt: skip
_AGAINST = re.compile(r"[比较跟与和](?:\d{4}|[上去前旧]一?)年")
_PLANNED = {"target", "actual"}
_RELATIVE = {-2: "前年", -1: "去年", 0: "今年", 1: "明年", 2: "后年"}
_EXTENT = re.compile(r"全[国省市区县]")
_PLACE = re.compile(r"(?:[\u4e00-\u9fff]{2,6}?(?:省|市|区|县)|全[国省市区县])|[\u4e00-\u9fff]{2,3}(?=呢|的)")
_SAME_SUBJECT = 0.3  # so much of a name is said again in another of the same subject
_YEAR = re.compile(r"(?:19|20)\d{2}年")
_WISHED: dict[Wish, str] = {
    "source": "的原文在哪里？",
    "dispute": "对吗？",
    "why": "，原因是什么？",
    "how": "，是怎么做的？",
    "use": "，用于什么？",
    "more": "，还有哪些？",
    "names": "，具体有哪些？",
}
_WISHED_OF: dict[Wish, str] = {"why": "为什么"}
_WISHED_END: dict[Wish, str] = {"names": "叫什么？"}


def named(figure: Figure, library: Library, *, dated: bool = True) -> str:
    """A row as it is named in a question: place where the store has several reports, year, scope and name."""
    name = figure.indicator if figure.indicator and figure.role in {"target", "actual", "completion_rate"} else None
    name = name or subject(figure).strip("“”")
    when = figure.period if dated and figure.period and not _YEAR.search(name) else ""
    return f"{_place(figure, library)}{when}{name}"


def quantity_named(figure: Figure, library: Library, *, dated: bool = True) -> str:
    """A row with its role, where it is a target or a rate of completion."""
    tail = {"target": "的目标值", "completion_rate": "的完成率"}.get(figure.role, "")
    return named(figure, library, dated=dated) + tail


def calculation(wish: Wish, rows: Sequence[Figure], library: Library) -> str:
    """The question for a calculation over rows; a year they share is said once."""
    one, two = rows[-2:]
    if wish == "difference" and one.indicator and one.indicator == two.indicator and {one.role, two.role} == _PLANNED:
        return f"{named(one, library)}实际比目标多多少？"
    dated = len({row.period for row in rows}) > 1
    names = [quantity_named(row, library, dated=dated or order == 0) for order, row in enumerate(rows)]
    if wish == "sum":
        return f"{'、'.join(names)}合计多少？"
    if wish == "multiple":
        return f"{names[-2]}是{names[-1]}的多少倍？"
    if wish == "share":
        return f"{names[-2]}占{names[-1]}的百分之多少？"
    if wish == "difference":
        return f"{names[-2]}与{names[-1]}相差多少？"
    return f"{names[-2]}平均每{two.base_unit or '个'}{subject(two)}是多少？"


def joined(rows: Sequence[Figure], library: Library) -> str:
    """The question for several rows."""
    if len(rows) == 1:
        return question_of(rows[0], library)
    return "和".join(quantity_named(row, library) for row in rows) + "各是多少？"


def question_of(figure: Figure, library: Library) -> str:
    """The question that asks for this row and nothing else."""
    name = named(figure, library)
    if figure.role == "actual" and figure.indicator:
        return f"{name}实际是多少？"
    if figure.role in {"growth", "rank"} and re.search(r"(?:增长|下降|提高|增加|减少|上升|排名|第)$", name):
        return f"{name}多少？" if figure.role == "growth" else f"{name}第几？"
    return name + _ASKS.get(figure.role, "是多少？")


def beside_question(rows: Sequence[Figure], before: Figure, library: Library) -> str:
    """The question for rows beside another, whose name stands in front where theirs say nothing of it.

    惠及居民 beside 改造老旧小区 -> 2023年改造老旧小区惠及居民是多少？
    """
    first, own = named(rows[0], library), subject(before).strip("“”")
    if len(rows) > 1:
        return joined(rows, library)
    if rows[0].role == "target" and pairs_of(rows[0].name) < pairs_of(own):
        return question_of(replace(rows[0], name=own, scope=None), library)
    if rows[0].role == "target" or len(pairs_of(first) & pairs_of(own)) > _SAME_SUBJECT * len(pairs_of(own)):
        return question_of(rows[0], library)
    return question_of(replace(rows[0], name=f"{own}，{subject(rows[0])}", scope=None), library)


def wished(subject: str, wish: Wish, own: str = "") -> str:
    """What is wanted of a subject, as a question; `own` are words the asker added."""
    if own:
        return f"{subject}{_WISHED_OF.get(wish, '')}{own}{_WISHED_END.get(wish, '？')}"
    return subject + _WISHED.get(wish, "？")


def about(question: str) -> str:
    """An earlier question without its question words, to be asked about anew."""
    plain = _MARKS_AT_END.sub("", question)
    return _ASKED_AT_END.sub("", plain) or plain


def asked_of(figure: Figure, roles: Collection[str], library: Library) -> str:
    """A question about an indicator as a whole: its definition, whether it was met."""
    ending = next((words for role, words in _ENDINGS.items() if role in roles), "是多少？")
    return named(figure, library, dated=False) + ending


def with_slots(slots: Slots, before: Figure | None, question: str, library: Library) -> str:
    """The earlier subject with the new year, place, role and words, where no row was found for them."""
    name = before.indicator or subject(before).strip("“”") if before is not None else about(question)
    name = _YEAR.sub("", name)
    if slots.silent:
        return f"{name}，{slots.rest.strip(' ，,?？。')}？"
    own = "" if slots.bare else slots.plain.replace(" ", "")
    if own:
        name = in_place_of(name, own)
    elif places_in(slots.text) or _EXTENT.search(slots.text):
        name = "".join(_PLACE.findall(slots.text)[:1]) + _EXTENT.sub("", name)
    ending = next((words for role, words in _ENDINGS.items() if role in slots.asked.roles), "是多少？")
    if against := _AGAINST.search(slots.text):
        ending = f"{against[0]}{'少' if '少' in slots.text.replace('多少', '') else '多'}多少？"
    place = _place(before, library) if before is not None and not places_in(slots.text) else ""
    return f"{place}{_when(slots, before)}{name}{ending}"


def in_place_of(name: str, own: str) -> str:
    """New words in place of the part of a name that ends like them, else in front: 医疗保险 in 养老保险参保人数."""
    for length in range(len(own) - 1, 0, -1):
        at = name.find(own[-length:])
        if at >= 0:
            return own + name[at + length :]
    return own + name


def _when(slots: Slots, before: Figure | None) -> str:
    year = year_of(before.period) if before is not None else None
    if slots.asked.years:
        return f"{slots.asked.years[0]}年"
    if slots.asked.relative_years:
        return _RELATIVE.get(slots.asked.relative_years[0], "")
    if slots.year_shift and year is not None:
        return f"{year + slots.year_shift}年"
    return ""


def _place(figure: Figure, library: Library) -> str:
    """The place of the row's report, needed only beside reports of other places."""
    places = {metadata.place for metadata in library.reports.values()}
    own = library.reports[figure.report].place
    return own if own and len(places) > 1 else ""
