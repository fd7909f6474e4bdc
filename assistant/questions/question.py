"""What a question asks: its content, the roles and kinds of number wanted, years, places, numbers it states.

    舊年廣州新增就業目標係幾多？ (to a review of 2022)
      -> content 广州 城镇新增就业, roles {target}, years (2022,), wants a quantity

It reads words only; what the reports hold is the business of `figures/lookup.py`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.figures.contrasts import Named, named_in
from assistant.questions.asking import asking
from assistant.questions.lexicon import canonical, particular_terms
from assistant.questions.normalise import normalise
from assistant.questions.place_names import places_in
from corpus.chinese_numerals import parse_numeral
from corpus.quantities import Quantity, quantities
from corpus.units import dimension_of_noun, match_unit

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:\s*年|(?=[^\d.,亿万元%]|$))")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{2})年(?!来|内|间|以|多|期)")
# Numbers that are part of what is meant: ages, ranges, the first so many.
_BOUNDING = re.compile(
    r"(?:(?<!\d)\d++(?:\.\d++)?|(?<![一二三四五六七八九十百千万])[一二三四五六七八九十百千万]++)(?=周?岁|位|强|平方?米|公里|[万千百亿]*[元人吨亩]?(?:及?以[上下内]))"
)
_EXCLUDED = re.compile(r"(?:不算|不含|不包括|不是|除去|除了|除开|撇开)[^，,。；？?（）()吧吗]{2,10}")
_YEAR_SAID = re.compile(rf"{_YEAR.pattern}|{_SHORT_YEAR.pattern}|(?<!\d)\d0年代")
# Roles whose words say nothing of the thing itself: a row is held against them by `matching.py`.
_SAID_BY_ROLE = ("target", "actual", "completion_rate", "met", "definition", "share")
_HOW_MANY = re.compile(r"多少|几多|好多|(?<!第)几(?=[^个十分点成率])")
_COUNTED = re.compile(r"(?:多少|几|几多|好多)[万亿千百]*(?!个)([^\W\d万亿千百钱元多])(?=$|[\W的了]|吨|次)")
_PERCENT_CHANGE = re.compile(
    r"增速|增长率|增幅|涨幅|降幅|(?:增|涨|升|降|跌|减|多|少)[^，,？?]{0,6}(?:百分之|[几少]个(?:百分)?点|个百分点|多大比例|几成)"
)
_MAGNITUDE = re.compile(r"(?:多少|几|几多|好多|几个)(?:百|千|十)?(?:万|亿)")
# The whole of a report's place: a word by itself, so that 全市生产 does not read as 市生 产.
_WHOLE_PLACE = re.compile(r"[全我本][国省市区县州盟旗镇乡]")
_COUNTER = re.compile(r"(?:多少|几|好多)[万亿千百]*([^\W\d万亿千百个])")
# What is taken for granted before the question proper: 小店又少了吧，现在还有几家.
_TAKEN_FOR_GRANTED = re.compile(r"^[^？?]*?(?:吧|嘛|了呀|了啊|了哦)[，,。！!？? ]+(?=[^？?]*(?:多少|几|百分之|比例))")
_PART = re.compile(r"([^，,。；？?]{2,}?)占(?!地|道|用|有|领|据)")
_AVERAGED = re.compile(r"平均|一般能|大概能|普遍能")
# 讨回来多少被拖的钱, 给学校买书的钱有多少: money is asked for, whatever stands between.
_MONEY = re.compile(
    r"(?:多少|几)(?![^，,。；？?]{0,10}[人家个户所件次起项%])[^，,。；？?]{0,10}钱|的(?:那笔)?钱[^，,。；？?]{0,10}(?:多少|几[万千百亿块元])"
)
_TRIPS = re.compile(r"(?:多少|几|好多)[万亿]?[趟次回]")
_SHORTEST_NAME = 2
# A question and its parts are read again for every report.
_QUESTIONS_KEPT = 256
_RELATIVE = {"前年": -2, "去年": -1, "上年": -1, "旧年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
_RELATIVE_PATTERN = re.compile(
    r"(?<![较与])(?<!(?<!占)比)(?:前年|去年|旧年|今年|本年(?!支出|收入|度|末|初)|明年|后年)|(?<![较与同])(?<!(?<!占)比)上年(?!末)"
)
# 722万对吗: not a unit 对.
_ASKED_BACK = re.compile(r"对(?:吗|不对|吧|么|不)")
# Asks for names, not numbers: 哪几个区, 叫什么, 谁.
_NAMES_WANTED = re.compile(
    r"哪(?:几|些|个|[一二三四五六七八九十]|里)(?!.*(?:多少|几多|好多|第几|几[个家人名项成倍]))|怎么(?!算|计算|得|来)|如何(?!计算)|怎样|叫(?:什么|啥)|^谁|是谁|干(?:嘛|什么|啥|了什么)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question as it is understood. `content` is canonical and parted by spaces where words were dropped."""

    text: str  # normalised
    official: str  # the same in official terms, without marks
    content: str
    roles: frozenset[str]
    dimensions: frozenset[str]
    intents: frozenset[str]
    years: tuple[int, ...]
    relative_years: tuple[int, ...]  # shifts against the year a report was issued: 去年 -1
    numbers: tuple[Quantity, ...]
    digits: frozenset[str]  # of the numbers that say which rows are meant: 65 of 65岁以上
    contrasts: Named
    counted: frozenset[str]  # units asked for: 箱 of 多少箱
    counter: str  # the measure word asked with: 台 of 几台车
    magnitude: bool  # 多少亿, 几万: a size, no percentage
    percent_change: bool  # 增速, 涨了百分之几: how much it grew, in per cent
    per: bool  # 人均, 每万人 …
    averaged: bool  # 平均能拿多少: per head or not, it does not say
    increment: bool  # 新增, 又多了几家: what came to be, not what there is
    stock: bool  # 累计, 现有: what there is in all
    part: str  # 数字经济 of 数字经济占GDP比重: the part whose share is asked for
    terms: tuple[str, ...]  # particular terms of official statistics that the content holds

    @property
    def wants_quantity(self) -> bool:
        if "why" in self.intents or _NAMES_WANTED.search(self.text):
            return False
        return bool("quantity" in self.intents or self.dimensions or self.roles or self.numbers)


def names_something(question: Question) -> bool:
    """Whether the question names a thing, and not only the kind of number wanted (得了几分)."""
    return len(question.content.replace(" ", "")) >= _SHORTEST_NAME


@lru_cache(maxsize=_QUESTIONS_KEPT)
def read_question(text: str) -> Question:
    """The question in `text`, which must not be empty."""
    words = asking()
    plain = words.rejoined(normalise(text))
    years, short = _YEAR.findall(plain), _SHORT_YEAR.findall(plain)
    return Question(
        text=plain,
        official=re.sub(r"\W", "", canonical(plain)),
        content=content_of(_without_places(_without_numbers(_BOUNDING.sub(" ", _EXCLUDED.sub(" ", plain))))),
        roles=words.said(words.roles, _TAKEN_FOR_GRANTED.sub("", plain)),
        dimensions=_dimensions(plain, content_of(plain)),
        intents=words.said(words.intents, plain),
        years=tuple(dict.fromkeys([*map(int, years), *(_full_year(int(year)) for year in short)])),
        relative_years=tuple(dict.fromkeys(_RELATIVE[word] for word in _RELATIVE_PATTERN.findall(plain))),
        numbers=tuple(_stated_numbers(plain)),
        digits=frozenset() if words.intents["confirm"].search(plain) else _digits(plain),
        contrasts=named_in(canonical(_EXCLUDED.sub(" ", plain))),
        percent_change=_PERCENT_CHANGE.search(plain) is not None,
        magnitude=_MAGNITUDE.search(plain) is not None,
        per=words.per.search(plain) is not None,
        averaged=_AVERAGED.search(plain) is not None,
        increment=any(words.increments[name].search(plain) for name in ("fresh", "asked")),
        stock=words.increments["stock"].search(plain) is not None,
        counted=frozenset(_COUNTED.findall(plain)),
        counter=counter[1] if (counter := _COUNTER.search(plain)) else "",
        part=content_of(part[1]) if (part := _PART.search(plain)) else "",
        terms=particular_terms(content_of(plain)),
    )


def _dimensions(plain: str, content: str) -> frozenset[str]:
    """The kinds of number asked for: by question words, else as the noun at the end implies (…营业收入: money)."""
    asked = set(asking().said(asking().dimensions, plain))
    asked |= {number.dimension.split("/")[0] for number in _stated_numbers(plain) if number.dimension and number.unit}
    for match in _HOW_MANY.finditer(plain):
        unit = match_unit(plain, match.end())
        if unit is not None and unit.dimension is not None:
            asked.add(unit.dimension)
    if not asked and _MONEY.search(plain):
        asked.add("money")
    if asked & {"items"} and _TRIPS.search(plain):
        asked |= {"events", "times", "person-times"}
    head = content.rsplit(" ", maxsplit=1)[-1]
    if asked or not head:
        return frozenset(asked)
    if head.endswith("率"):
        return frozenset({"percent"})
    implied = dimension_of_noun(head)
    return frozenset({implied}) if implied else frozenset()


def _without_numbers(plain: str) -> str:
    """What the asker states as a number is compared with the answer, not looked for in names."""
    for number in reversed(_stated_numbers(plain)):
        plain = f"{plain[: number.start]} {plain[number.end :]}"
    return plain


def _without_places(plain: str) -> str:
    """Places are asked of a row by `scope_check`; as words they would only match whatever else is named after them."""
    for place in places_in(plain):
        plain = re.sub(rf"{place}[省市区县]?", " ", plain)
    return plain


def _full_year(two_digits: int) -> int:
    return (1900 if two_digits > 60 else 2000) + two_digits


def _stated_numbers(plain: str) -> Sequence[Quantity]:
    """Numbers the asker states, years and the like aside."""
    plain = _ASKED_BACK.sub(_blank, plain)
    plain = _YEAR_SAID.sub(_blank, plain)
    return [q for q in quantities(plain) if q.arabic]


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _digits(plain: str) -> frozenset[str]:
    """The numbers that say which rows are meant (65岁以上, 前十位, 百强), as digits."""
    found = (match[0].strip(".") for match in _BOUNDING.finditer(plain))
    return frozenset(text if text[0].isdigit() else str(parse_numeral(text)) for text in found if text)


def content_of(plain: str) -> str:
    """The words that name a thing, in official terms; fillers, years and words of a role (目标, 实际) are dropped."""
    without_years = _RELATIVE_PATTERN.sub(" ", _SHORT_YEAR.sub(" ", _YEAR.sub(" ", plain)))
    official = _WHOLE_PLACE.sub(r" \g<0> ", canonical(without_years))
    for role in _SAID_BY_ROLE:
        official = asking().without(asking().roles[role], official)
    return re.sub(r"\s+", " ", asking().without(asking().fillers, official)).strip()
