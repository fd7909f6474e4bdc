"""What a question wants computed: the kind of computation, the words of its operands, the unit asked for.

参加失业保险的比参加工伤保险的多多少万人 -> difference; operands 参加失业保险的, 参加工伤保险的; unit 万人
五个项目的预算加起来有多少             -> sum over a group of 5: 项目的预算

It reads words only. An operand is a tuple of phrasings, to be tried in turn: elliptical ones (比目标) are completed
from the other operand, from the clause before, or from the tail that all share.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from assistant.compute_phrases import (
    clauses,
    complete,
    count_in,
    is_only_time,
    operands_of_list,
    unit_asked,
    without_asking,
    without_count,
)
from assistant.compute_words import compute_words, plainly
from assistant.question import read_question
from corpus.units import Unit, match_unit

Kind = Literal[
    "difference", "sum", "share", "multiple", "average", "mean", "convert", "months", "monthly", "part", "before",
    "spread", "times_lowest", "compare", "highest", "lowest", "rank",
]  # fmt: skip
Phrasings = tuple[str, ...]
_MANY = r"(?:多少|几)"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """`operands` are in the order of the formula; `group` names rows to be found together, `count` how many."""

    kind: Kind
    text: str  # the question in plain words
    operands: tuple[Phrasings, ...] = ()
    group: str | None = None
    count: int | None = None
    unit: Unit | None = None
    divisor: str = ""  # what an average is taken over: 场, 项目, 人次
    counted: str = ""  # and of what: 岗位; "" for money
    months: int = 0
    dimensions: frozenset[str] = frozenset()  # kinds of number asked for, read without the group's count
    over_time: bool = False  # the second operand is the first at another time
    apart: bool = True  # how far apart two are is asked for, not only which is more
    less: bool = False  # the comparison asks how much less
    sure: bool = True  # the words leave no other reading: without operands the question is refused


def read_wanted(text: str, known: Callable[[str], bool]) -> Wanted | None:
    """What a normalised question wants computed, or None; `known` tells what the reports say."""
    plain = plainly(text)
    for reader in (
        _converted, _months, _part, _before, _extremes, _average, _sum, _over_target, _unspent, _difference, _apart,
        _multiple, _share, _compared, _extreme, _rank,
    ):  # fmt: skip
        wanted = reader(plain, known)
        if wanted is not None:
            return replace(wanted, dimensions=_dimensions(plain))
    return None


def _dimensions(plain: str) -> frozenset[str]:
    """Kinds of number asked for; the count of a group is none, and 三笔 are sums of money."""
    asked = set(read_question(without_count(plain)).dimensions)
    if re.search(r"多少(?:钱|块)|[两三四五六七八九十\d几]笔", plain):
        asked = (asked - {"items"}) | {"money"}
    return frozenset(asked)


def _converted(text: str, known: Callable[[str], bool]) -> Wanted | None:
    words = compute_words()
    found = re.search(rf"(?P<verb>{words.any_of('convert')}){_MANY}?个?(?=[万亿元人户件吨亩公平美%])", text)
    unit = match_unit(text, found.end()) if found else None
    if found is None or unit is None:
        return None
    sure = found["verb"] in words.lists["sure_convert"]
    if not sure and not _asks_to_convert(found, text[found.end() + len(unit.printed) :]):
        return None
    phrase = without_asking(text[: found.start()])
    return Wanted(kind="convert", text=text, operands=((phrase,),), unit=unit, sure=sure) if phrase else None


def _asks_to_convert(found: re.Match[str], after: str) -> bool:
    """合多少亿; 按亿元算 — the verb alone may be any other: 用户, 以人为本."""
    if found["verb"] == "合":
        return "多少" in found[0]
    return re.match(r"(?:来)?(?:算|计算|计(?!划)|为单位|表示|口径)", after) is not None


def _months(text: str, known: Callable[[str], bool]) -> Wanted | None:
    """领满12个月, 一年能领: a monthly standard times months; 折到每个月: a yearly amount by twelve."""
    if found := re.search(r"(?:折|合|摊|平均|匀)(?:合|算|摊)?(?:到|成|为|下来)?(?:每个?月|一个月|月均)", text):
        phrase = without_asking(text[: found.start()] + text[found.end() :])
        return Wanted(kind="monthly", text=text, operands=((phrase,),), months=12, sure=False)
    spoken = compute_words().months
    spans = "|".join(sorted(spoken, key=len, reverse=True))
    found = re.search(
        rf"(?:领|拿|发|缴|交|补|付|支付)(?:满|足|够|取|到|上|缴)?(?P<span>{spans}|(?P<n>\d+|[一二三四五六七八九十]+)个月)"
        rf"|(?P<first>{spans}|(?P<m>\d+)个月)(?:一共|总|合计|下来)*(?:可以|可|能|要|会|应|该)?(?:领|拿|发|缴|交|补|付)",
        text,
    )
    if found is None:
        return None
    number = found["n"] or found["m"]
    months = (int(number) if number.isdigit() else count_in(number + "个") or 0) if number else 0
    months = months or spoken.get(found["span"] or found["first"] or "", 0)
    phrase = without_asking(text[: found.start()] + " " + text[found.end() :])
    return Wanted(kind="months", text=text, operands=((phrase,),), months=months, sure=False) if months else None


def _part(text: str, known: Callable[[str], bool]) -> Wanted | None:
    found = re.search(compute_words().any_of("part") + "(?:来)?(?:算|推|估|计算)?(?:下来)?", text)
    if found is None or "多少" not in text:
        return None
    phrase = without_asking(text[: found.start()] + " " + text[found.end() :])
    return Wanted(kind="part", text=text, operands=((phrase,),), unit=unit_asked(text))


def _before(text: str, known: Callable[[str], bool]) -> Wanted | None:
    found = re.search(f"(?:按[^,，]{{1,6}})?{compute_words().any_of('back')}(?:一下|回去)?", text)
    if found is None:
        return None
    rest = re.sub(r"该|应该|应当", "", text[: found.start()] + text[found.end() :])
    return Wanted(kind="before", text=text, operands=((without_asking(rest),),), unit=unit_asked(text))


def _extremes(text: str, known: Callable[[str], bool]) -> Wanted | None:
    """The highest of a group against its lowest."""
    high, low = compute_words().any_of("highest"), compute_words().any_of("lowest")
    found = re.search(rf"{high}(?P<mid>.{{0,14}}?){low}(?P<end>.*)$", text) or re.search(
        rf"{low}(?P<mid>.{{0,14}}?){high}(?P<end>.*)$", text
    )
    if found is None or not re.search("多少|相差|差距", found["end"] + found["mid"]):
        return None
    group = without_asking(text[: found.start()])
    kind: Kind = "times_lowest" if "倍" in found["end"] else "spread"
    return Wanted(kind=kind, text=text, group=group, count=count_in(group), unit=unit_asked(text)) if group else None


def _average(text: str, known: Callable[[str], bool]) -> Wanted | None:
    """平均每场有多少个岗位; 均摊到每个项目有多少; 折合每家拿多少钱."""
    marker = re.search(r"平均|均摊|分摊|摊到|折合每|合到每|匀到", text)
    found = re.search(
        r"(?:平均|均摊|分摊|摊|折合|合|匀)?(?:落|分|算|摊)?(?:到|下来|给|在)?(?:平均)?"
        r"(?:每一?|一|单)(?P<unit>个|名|位|人次|场次|批次|家|户|场|次|项|件|人|所|亩|笔|期|例|起|间|辆|台|张|座|支|村)"
        r"(?P<noun>(?:(?!头上|身上|名下|那里|涉及|提供|可以|[是有能拿花得发可要给约多少的收领,，。?？]).){0,8})(?:头上|身上|名下|那里)?"
        r"(?P<verb>[^,，。?？多少]{0,6})(?P<asked>多少.*)$",
        text,
    )
    if marker and found:
        rest = without_asking(text[: found.start()]).removesuffix("平均")
        return Wanted(
            kind="average", text=text, operands=((rest,),), unit=unit_asked(text),
            divisor=found["noun"] or found["unit"], counted=_asked_noun(found["asked"]),
        ) if rest else None  # fmt: skip
    if re.search(r"平均(?:值|数|水平)?(?:是|为|有|等于)?(?:多少)|平均(?:每[项个家类])?$", text) and count_in(text):
        group = without_asking(text.replace("平均", ""))
        return Wanted(kind="mean", text=text, group=group, count=count_in(group), unit=unit_asked(text))
    return None


def _asked_noun(asked: str) -> str:
    """What is counted behind 多少: 多少个岗位 -> 岗位."""
    unit = match_unit(asked, 2)
    rest = asked[2 + len(unit.printed) if unit is not None else 2 :]
    return re.sub(r"[?？。!！,，呢啊呀吗]+$|^钱", "", rest)


def _sum(text: str, known: Callable[[str], bool]) -> Wanted | None:
    words = compute_words()
    if not re.search(words.any_of("sum"), text):
        return None
    sure = re.search(words.any_of("sum_sure"), text) is not None
    rest = re.sub(words.any_of("sum"), " ", text)
    operands = operands_of_list(rest, known)
    unit, count = unit_asked(text), count_in(rest)
    if operands:
        return Wanted(
            kind="sum", text=text, operands=operands, group=without_asking(rest), count=count, unit=unit, sure=sure
        )  # fmt: skip
    grouped = count is not None or re.search(words.any_of("group"), without_asking(rest)) is not None
    if not grouped and not sure:
        return None
    return Wanted(kind="sum", text=text, group=without_asking(rest), count=count, unit=unit, sure=grouped and sure)


def _directions() -> str:
    return compute_words().any_of("more", "less")


def _less(direction: str) -> bool:
    return direction in compute_words().lists["less"]


def _over_target(text: str, known: Callable[[str], bool]) -> Wanted | None:
    """超目标多少, 离任务还差多少: against the target of the same indicator."""
    words = compute_words()
    target, after = words.any_of("target"), words.any_of("after")
    found = re.search(
        rf"(?:超出|超过|超额|超|多出|高出|突破)(?:了)?(?:年初|全年|年度|预期|既定|原定|计划)*{target}(?:值|数)?{after}*{_MANY}"
        rf"|(?:离|距离|距)(?:年初|全年|年度|预期|既定)*{target}(?:值|数)?(?P<short>还差|还缺|差|还欠|还少){after}*{_MANY}"
        rf"|比(?:年初|全年|年度|预期|既定|原定|本来)*(?:的)?{target}(?:值|数|数字)?{words.any_of('between')}*"
        rf"(?P<less>{words.any_of('less')})?(?:{words.any_of('more')})?{after}*{_MANY}",
        text,
    )
    if found is None or "率" in text[found.end() : found.end() + 2]:
        return None
    phrase = without_asking(text[: found.start()])
    less = bool(found["short"] or found["less"])
    return Wanted(
        kind="difference", text=text, operands=((phrase,), (phrase + "目标",)), unit=unit_asked(text), less=less
    ) if phrase else None  # fmt: skip


def _difference(text: str, known: Callable[[str], bool]) -> Wanted | None:
    words = compute_words()
    found = re.search(
        rf"(?P<a>.+?)(?<![占对无])(?:比(?!例|重|率|赛|较多)|相比|相较)(?P<b>[^,，]+?){words.any_of('between')}*(?P<more>{_directions()})"
        rf"{words.any_of('after')}*(?:百分之)?{_MANY}",
        text,
    )
    if found is None:
        return None
    subject, one = clauses(found["a"])
    operands = complete(subject, one, found["b"], known)
    over_time = is_only_time(without_asking(found["b"]))
    return Wanted(
        kind="difference", text=text, operands=operands, unit=unit_asked(text), less=_less(found["more"]),
        over_time=over_time, sure=not over_time or _asks_for_amount(text),
    ) if operands else None  # fmt: skip


def _asks_for_amount(text: str) -> bool:
    """多多少元, 增速快多少: a growth in percent, which the report may print, is no answer to it."""
    unit = unit_asked(text)
    return re.search("增速|增幅|涨幅|增长率", text) is not None or (unit is not None and unit.dimension is not None)


def _apart(text: str, known: Callable[[str], bool]) -> Wanted | None:
    """A和B相差多少; A减去B还剩多少."""
    found = re.search(
        rf"(?P<a>.+?)(?:和|与|跟|同|离|距离|距)(?P<b>[^,，]+?)[,，]?(?:两者|二者|之间|两个)*(?:相差|差距|之差|还差|相距|差)(?:是|有|了|为)*(?:{_MANY}|[?？]?$)"
        rf"|(?P<c>.+?)(?:减去|减掉|扣除|扣掉|除去|刨去|刨掉|减(?![负税免排损贫轻少缓征灾]))(?P<d>[^,，]+?)[,，]?(?:以后|之后|后)?(?:等于|还剩下|还剩|剩下|剩余|剩|有|是|得|还有)*{_MANY}",
        text,
    )
    if found is None:
        return None
    subject, one = clauses(found["a"] or found["c"])
    operands = complete(subject, one, found["b"] or found["d"], known)
    kind: Kind = "multiple" if re.search("多少倍", text[found.start() :]) else "difference"
    sure = kind == "difference"  # a multiple may be printed as a ratio
    return Wanted(kind=kind, text=text, operands=operands, unit=unit_asked(text), sure=sure) if operands else None


def _unspent(text: str, known: Callable[[str], bool]) -> Wanted | None:
    """还剩多少没花: the budget less what was spent."""
    unspent = compute_words().any_of("unspent")
    found = re.search(
        rf"(?:还剩下?|还有|剩下?|结余|节余)(?:了)?{_MANY}[^,，]{{0,4}}?{unspent}|(?:还有)?{_MANY}[^,，]{{0,4}}?{unspent}",
        text,
    )
    phrase = without_asking(text[: found.start()]) if found else ""
    if not phrase:
        return None
    return Wanted(
        kind="difference", text=text, operands=((phrase + "预算",), (phrase + "支出",)), unit=unit_asked(text)
    )


def _multiple(text: str, known: Callable[[str], bool]) -> Wanted | None:
    found = re.search(r"(?P<a>.+?)(?:是|为|相当于|等于|达到|有)(?P<b>[^,，]+?)的?(?:多少倍|倍数)", text)
    if found is None:
        return None
    subject, one = clauses(found["a"])
    operands = complete(subject, one, found["b"], known)
    return Wanted(kind="multiple", text=text, operands=operands, sure=False) if operands else None


def _share(text: str, known: Callable[[str], bool]) -> Wanted | None:
    found = re.search(
        r"(?P<a>.+?)(?:占了?|占到|占据|相当于|等于|在)(?P<b>[^,，占]+?)(?:里|中|里面|当中)?(?:的|占)+(?:百分之多少|比重|比例|多少成|多少|份额|占比|百分比|百分点)",
        text,
    )
    if found is None:
        return None
    subject, one = clauses(found["a"])
    operands = complete(subject, one, found["b"], known)
    return Wanted(kind="share", text=text, operands=operands, sure=False) if operands else None


def _compared(text: str, known: Callable[[str], bool]) -> Wanted | None:
    """A和B哪个多, 多多少."""
    words = compute_words()
    found = re.search(
        rf"(?P<a>.+?)(?:和|与|跟|同|、|还是)(?P<b>[^,，]+?)(?:这?两[个块项者样类边]|二者|相比|比)?[,，]?(?:哪[个项边类家种年份]|谁|哪)(?P<head>[^,，]{{0,8}}?)"
        rf"更?(?P<more>{_directions()})",
        text,
    )
    if found is None or re.search(r"[和与跟同、]", found["b"]):
        return None
    subject, one = clauses(found["a"])
    operands = complete(subject, one, found["b"], known, tail=found["head"])
    apart = re.search(rf"(?:{_directions()}|差){words.any_of('after')}*多少", text[found.end("b") :]) is not None
    return Wanted(
        kind="compare", text=text, operands=operands, unit=unit_asked(text), less=_less(found["more"]), sure=False,
        apart=apart
    ) if operands else None  # fmt: skip


def _extreme(text: str, known: Callable[[str], bool]) -> Wanted | None:
    """各县区播种面积哪个最大."""
    words = compute_words()
    if re.search(words.of_table("rate"), text):
        return None  # of completion rates only the indicator tables tell
    for name in ("highest", "lowest"):
        if found := re.search(words.any_of(name), text):
            group = without_asking(text[: found.start()] + " " + text[found.end() :])
            if count_in(group) is None and not re.search(words.any_of("group"), text):
                return None
            kind: Kind = "highest" if name == "highest" else "lowest"
            return Wanted(kind=kind, text=text, group=group, count=count_in(group), sure=False)
    return None


def _rank(text: str, known: Callable[[str], bool]) -> Wanted | None:
    """X在五个项目里排第几: counted among the rows of its kind."""
    found = re.search(
        r"(?P<a>.+?)(?:在|,|，)(?P<group>[^,，]{2,}?)(?:里面|里|中|当中|之中)(?:排名|排|位列|是|居)?第几", text
    )
    if found is None:
        return None
    own, group = without_asking(found["a"]), without_asking(found["group"])
    return Wanted(kind="rank", text=text, operands=((own,),), group=group, count=count_in(group), sure=False)
