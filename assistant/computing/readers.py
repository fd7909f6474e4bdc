"""Readers of questions about one number or one kind of it: another unit, months, a share of a whole, an average.

Each takes a question in plain words and gives what is wanted, or None.
"""

import re
from collections.abc import Callable

from assistant.computing.phrases import count_in, unit_asked, without_asking
from assistant.computing.wanted import MANY, Wanted
from assistant.computing.words import compute_words
from corpus.units import match_unit

_COUNTERS = "个|名|位|人次|场次|批次|批|家|户|场|次|项|件|人|所|亩|笔|期|例|起|间|辆|台|张|座|支|村"


def converted(text: str, known: Callable[[str], bool]) -> Wanted | None:
    words = compute_words()
    found = re.search(rf"(?P<verb>{words.any_of('convert')}){MANY}?个?(?=[万亿元人户件吨亩公平美%])", text)
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


def months(text: str, known: Callable[[str], bool]) -> Wanted | None:
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


def part(text: str, known: Callable[[str], bool]) -> Wanted | None:
    found = re.search(compute_words().any_of("part") + "(?:来)?(?:算|推|估|计算)?(?:下来)?", text)
    if found is None or "多少" not in text:
        return None
    phrase = without_asking(text[: found.start()] + " " + text[found.end() :])
    return Wanted(kind="part", text=text, operands=((phrase,),), unit=unit_asked(text))


def before(text: str, known: Callable[[str], bool]) -> Wanted | None:
    found = re.search(f"(?:按[^,，]{{1,6}})?{compute_words().any_of('back')}(?:一下|回去)?", text)
    if found is None:
        return None
    rest = re.sub(r"该|应该|应当", "", text[: found.start()] + text[found.end() :])
    return Wanted(kind="before", text=text, operands=((without_asking(rest),),), unit=unit_asked(text))


def earlier(text: str, known: Callable[[str], bool]) -> Wanted | None:
    """上一年底是多少家: a level of the year before, with nothing held against it."""
    found = re.search(r"(?:上一年|前一年|头一年|上年(?=[末底]))(?:年?[末底]|度|的时候|那时候?|时)?", text)
    if found is None or not re.search("多少|几", text) or re.search("比|较|增|减|涨|降|差|对照|相", text):
        return None
    phrase = without_asking(text[: found.start()] + " " + text[found.end() :])
    return Wanted(kind="earlier", text=text, operands=((phrase,),), unit=unit_asked(text)) if phrase else None


def average(text: str, known: Callable[[str], bool]) -> Wanted | None:
    """平均每场有多少个岗位; 均摊到每个项目有多少; 折合每家拿多少钱."""
    each = re.search(
        rf"^(?P<what>.*?)(?:每一?|一|单)(?P<unit>{_COUNTERS})(?P<noun>[^,，。]{{0,12}}?)平均(?:每[年月])?(?P<verb>[^,，。?？多少]{{0,6}})(?P<asked>多少.*)$",
        re.sub(rf"(?<!第)几(?=个|{_COUNTERS})", "多少", text),
    )
    if each is not None and (rest := without_asking(f"{each['what']} {each['noun']}")):
        return Wanted(
            kind="average", text=text, operands=((rest,),), unit=unit_asked(text), divisor=each["unit"],
            counted=_asked_noun(each["asked"]),
        )  # fmt: skip
    marker = re.search(r"平均|均摊|分摊|摊到|折合每|合到每|匀到", text)
    found = re.search(
        r"(?:平均|均摊|分摊|摊|折合|合|匀)?(?:落|分|算|摊)?(?:到|下来|给|在)?(?:平均)?"
        r"(?:每一?|一|单)(?P<unit>" + _COUNTERS + r")"
        r"(?P<noun>(?:(?!头上|身上|名下|那里|涉及|提供|可以|[是有能拿花得发可要给约多少的收领,，。?？]).){0,8})(?:头上|身上|名下|那里)?"
        r"(?P<verb>[^,，。?？多少]{0,6})(?P<asked>多少.*)$",
        text,
    )
    if marker and found:
        behind = re.sub("一整?年|全年", " ", f"{found['noun']}{found['verb']}")
        rest = without_asking(text[: found.start()]).removesuffix("平均") or without_asking(behind)
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
