"""What a question wants computed: the kind of computation, the words of its operands, the unit asked for.

参加失业保险的比参加工伤保险的多多少万人 -> difference; operands 参加失业保险的, 参加工伤保险的; unit 万人
五个项目的预算加起来有多少             -> sum over a group of 5: 项目的预算

It reads words only. An operand is a tuple of phrasings, to be tried in turn: elliptical ones (比目标) are completed
from the other operand, from the clause before, or from the tail that all share.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from assistant.computing.phrases import (
    clauses,
    complete,
    count_in,
    is_only_time,
    operands_of_list,
    unit_asked,
    without_asking,
    without_count,
)
from assistant.computing.readers import average, before, converted, earlier, months, part
from assistant.computing.wanted import MANY, Kind, Wanted
from assistant.computing.words import compute_words, plainly
from assistant.questions.question import read_question

# Nobody asks for a calculation in more characters; the patterns take the square of them.
_LONGEST = 240


def read_wanted(text: str, known: Callable[[str], bool]) -> Wanted | None:
    """What a normalised question wants computed, or None; `known` tells what the reports say."""
    plain = plainly(text)
    if len(plain) > _LONGEST:
        return None
    for reader in (
        converted, months, part, before, earlier, _extremes, average, _sum, _over_target, _unspent, _difference, _apart,
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
        rf"(?:超出|超过|超额|超|多出|高出|突破)(?:了)?(?:年初|全年|年度|预期|既定|原定|计划)*{target}(?:值|数)?{after}*{MANY}"
        rf"|(?:离|距离|距)(?:年初|全年|年度|预期|既定)*{target}(?:值|数)?(?P<short>还差|还缺|差|还欠|还少){after}*{MANY}"
        rf"|比(?:年初|全年|年度|预期|既定|原定|本来)*(?:的)?{target}(?:值|数|数字)?{words.any_of('between')}*"
        rf"(?P<less>{words.any_of('less')})?(?:{words.any_of('more')})?{after}*{MANY}",
        text,
    )
    if found is None or "率" in text[found.end() : found.end() + 2]:
        return None
    phrase = without_asking(text[: found.start()])
    less = bool(found["short"] or found["less"])
    return Wanted(
        kind="difference", text=text, operands=((phrase,), (phrase + "目标",)), unit=unit_asked(text), less=less,
        about=phrase, relation="target",
    ) if phrase else None  # fmt: skip


def _difference(text: str, known: Callable[[str], bool]) -> Wanted | None:
    words = compute_words()
    found = re.search(
        rf"(?P<a>.+?)(?<![占对无同环])(?:比(?!例|重|率|赛|较多)|相比|相较)(?P<b>[^,，]+?)"
        rf"(?:(?<![上前头后同]){words.any_of('between')})*(?P<more>{_directions()})"
        rf"{words.any_of('after')}*(?P<did>(?<=[多少])[^\W\d多少几百]{{1,3}}?)?(?:百分之)?{MANY}",
        text,
    )
    if found is None:
        return None
    subject, one = clauses(found["a"])
    operands = complete(subject, one, found["b"], known)
    over_time = is_only_time(without_asking(found["b"]))
    return Wanted(
        kind="difference", text=text, operands=operands, unit=unit_asked(text), less=_less(found["more"]),
        over_time=over_time, sure=not over_time or _asks_for_amount(text), about=_about(found, text),
        relation="years" if over_time else "kinds",
    ) if operands else None  # fmt: skip


def _about(found: re.Match[str], text: str) -> str:
    """What a comparison says beside its own words: both operands, its verb (多挣多少), the noun behind 多少."""
    rest = text[found.end() :].removeprefix("个")
    did = found.groupdict().get("did") or ""
    return " ".join(filter(None, (found["a"], found.groupdict().get("b") or "", did, without_asking(rest))))


def _asks_for_amount(text: str) -> bool:
    """多多少元, 增速快多少: a growth in percent, which the report may print, is no answer to it."""
    unit = unit_asked(text)
    return re.search("增速|增幅|涨幅|增长率", text) is not None or (unit is not None and unit.dimension is not None)


def _apart(text: str, known: Callable[[str], bool]) -> Wanted | None:
    """A和B相差多少; A减去B还剩多少."""
    found = re.search(
        rf"(?P<a>.+?)(?:和|与|跟|同|离|距离|距)(?P<b>[^,，]+?)[,，]?(?:两者|二者|之间|两个)*(?:相差|差距|之差|还差|相距|差)(?:是|有|了|为)*(?:{MANY}|[?？]?$)"
        rf"|(?P<c>.+?)(?:减去|减掉|扣除|扣掉|除去|刨去|刨掉|减(?![负税免排损贫轻少缓征灾]))(?P<d>[^,，]+?)[,，]?(?:以后|之后|后)?(?:等于|还剩下|还剩|剩下|剩余|剩|有|是|得|还有)*{MANY}",
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
        rf"(?:还剩下?|还有|剩下?|结余|节余)(?:了)?{MANY}[^,，]{{0,4}}?{unspent}|(?:还有)?{MANY}[^,，]{{0,4}}?{unspent}",
        text,
    )
    phrase = without_asking(text[: found.start()]) if found else ""
    phrase = re.sub(r"[那这]笔钱?|(?:的|那|这)+(?=预算)|预算$|的钱$", "", phrase)
    if not phrase:
        return None
    return Wanted(
        kind="difference",
        text=text,
        operands=((phrase + "预算",), (phrase + "支出",)),
        unit=unit_asked(text),
        about=phrase,
        relation="spent",
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
        r"(?P<a>.+?)(?:占了?|占到|占据|相当于|等于|在)(?P<b>[^,，占]+?)(?:里|中|里面|当中)?(?:的|占)+(?:百分之多少|比重|比例|多少成|多少|份额|占比|百分比|百分点)"
        r"|(?P<c>.+?)(?:占了?|占到)(?P<d>[^,，占多少]{2,}?)(?:里|中|里面|当中)?(?:百分之多少|比重|比例|多少成|多少(?=[?？]?$)|份额)",
        text,
    )
    if found is None:
        return None
    subject, one = clauses(found["a"] or found["c"])
    operands = complete(subject, one, found["b"] or found["d"], known)
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
