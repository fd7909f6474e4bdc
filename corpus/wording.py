"""The word lists of `data/naming.toml`, as compiled patterns: what to trim from a name, what tells a role."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

# 、 和 与 及 as joints of a list, not inside words such as 惠及, 参与, 和谐.
JOINTS = re.compile(
    r"、|(?<![总共饱温缓附调])和(?!谐|平|解|睦|议|美)|(?<![参])与(?!会)|以及|(?<![惠涉普波顾危以])及(?!时|其)"
)
_DATA = Path(__file__).parent / "data" / "naming.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    trailing: re.Pattern[str]  # state verbs and qualifiers at the end of the words before a number
    leading: re.Pattern[str]  # connectives and adverbs at the front of a name
    growth: re.Pattern[str]  # at the start: adverbs and a growth verb, and no subject
    growth_tail: re.Pattern[str]  # at the end: the adverbs, comparison and growth verb behind what grows
    state_start: re.Pattern[str]
    share: re.Pattern[str]
    rank: re.Pattern[str]
    rank_tail: re.Pattern[str]  # the whole: what is ranked, words of ranking, the field (发展规模|居|全省)
    any_scope: re.Pattern[str]
    flow: re.Pattern[str]  # at the end: a measure over a year (收入, 利润)
    unit_value: re.Pattern[str]  # at the end: 单价, 单位价值
    measures: tuple[str, ...]  # what a subject is ranked by, without a subject of its own
    attribute: re.Pattern[str]  # the whole: a measure that needs an owner (营业收入)
    attribute_end: re.Pattern[str]
    container: re.Pattern[str]  # between a whole and what it holds, outside brackets: 事业单位|包含|参公事业单位
    compared: re.Pattern[str]  # the whole: 比…高, 较…少
    growth_object: re.Pattern[str]  # at the start: a growth verb with its object (压减|公用经费)
    tails: tuple[str, ...]
    complete_ends: tuple[str, ...]
    siblings: tuple[tuple[str, ...], ...]
    levels: frozenset[str]
    pairs: dict[str, list[str]]
    roles: dict[str, tuple[str, ...]]
    planned: re.Pattern[str]  # 计划 with a deed behind it
    no_standard: re.Pattern[str]  # words with 标准 that set none: 高标准农田
    grade: re.Pattern[str]
    grade_cue: re.Pattern[str]  # at the end: the words between what is graded and its grade
    scope: re.Pattern[str]  # a scope word where a clause, or the words behind its date, begin
    ranked: re.Pattern[str]  # behind a scope word: what makes it the field of a ranking (全省|排名第一)
    inherited_scopes: tuple[str, ...]
    scope_of_place: dict[str, str]


def alternatives(words: Iterable[str]) -> str:
    """A regular expression of literal words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


@lru_cache(maxsize=1)
def wording() -> Wording:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    growth = alternatives(data["growth"])
    adverbs = alternatives(data["growth_adverbs"])
    compared = (
        r"(?:(?:比(?!重|例|率|值)|较|与)[^，。；]{1,14}?(?:相比)?|扣除[^，。；]{1,10}?因素|按[^，。；]{1,8}?计算|，)"
    )
    leading = alternatives(set(data["leading"]) - {"共", "和", "对", "个"})
    ranks, scopes = alternatives(data["rank"]), alternatives(data["scopes"]["words"])
    owned = rf"(?:{alternatives(data['attributes']['prefixes'])})*(?:{alternatives(data['attributes']['words'])})"
    grades, cues = alternatives(data["grades"]["words"]), alternatives(data["grades"]["cues"])
    return Wording(
        # Not inside 平均, 人均; 拥有, 高达 and their like are in the list and taken whole.
        trailing=re.compile(
            rf"(?:(?<![平人年户月日])均|{alternatives(set(data['state_verbs']) - {'均'})}|(?<=..)连续|\s)$"
        ),
        # Not inside 共济, 共同, 共享, 对外, 个体.
        leading=re.compile(
            rf"^(?:共(?![济同享建和产青性用])|和(?![美谐平解睦议])|对(?![外口])|个(?![人体股税性案别])|{leading}|\s)"
        ),
        growth=re.compile(rf"^(?:{compared}|{adverbs}|\s)*(?:{growth})(?:了|约|超过|超|近|达|高达|{adverbs})*$"),
        growth_object=re.compile(rf"^(?:{adverbs})*(?:{growth})(?![到至])."),
        container=re.compile(r"(?:包含|包括|涵盖)了?(?![^（(]*[）)])"),
        compared=re.compile(r"^(?:比|较)[^，。；]{1,16}(?:高|低|多|少|快|慢)(?:出|了)?$"),
        growth_tail=re.compile(rf"(?:{compared}|{adverbs})*(?:{growth})(?:了|约|超过|超|近|达|{adverbs})*$"),
        state_start=re.compile(
            rf"(?:{alternatives(word for word in data['state_verbs'] if len(word) > 1 or word in '为是达超')})"
        ),
        share=re.compile(rf"^(?:约|分别|共|均|其中)*(?:{alternatives(data['share'])})"),
        rank=re.compile(rf"(?:{ranks})"),
        rank_tail=re.compile(
            rf"^(?P<core>.*?)(?:均|也|仍|分别|稳|跃|在|{scopes})*"
            rf"(?:(?<!民)(?:{ranks})(?!民|车)(?:在|为|于)?(?P<field>[^，。；居列]{{0,8}})|(?P<last>{scopes}))?$"
        ),
        any_scope=re.compile(rf"(?:{scopes})"),
        flow=re.compile(rf"(?:{alternatives(data['attributes']['flows'])})$"),
        unit_value=re.compile(rf"(?:{alternatives(data['unit_values'])})(?:在|为)?$"),
        measures=tuple(data["attributes"]["measures"]),
        attribute=re.compile(rf"^{owned}$"),
        attribute_end=re.compile(rf"(?:的)?(?!工业){owned}$"),  # of 国有工业增加值 the owner is 国有工业
        tails=tuple(data["tails"]),
        complete_ends=tuple(data["complete_ends"]),
        siblings=tuple(map(tuple, data["siblings"])),
        levels=frozenset(data["levels"]),
        pairs=data["pairs"],
        no_standard=re.compile(alternatives(data["no_standard"])),
        planned=re.compile(rf"(?<![完成占比较年度照按])计划(?={alternatives(data['roles']['planned'])})"),
        roles={role: tuple(words) for role, words in data["roles"].items() if role != "planned"},
        grade_cue=re.compile(rf"(?:{cues})(?:为|是)?$"),
        grade=re.compile(rf"(?:{cues})(?:为|是)?[“‘]?(?P<grade>{grades})(?=[”’，。；、）等]|$)"),
        scope=re.compile(
            rf"(?:^|(?<=[，。；：！？、（）年月日末底初是]))(?:{alternatives(data['leading'])})?"
            rf"(?P<scope>{alternatives(data['scopes']['words'])})"
        ),
        ranked=re.compile(
            rf"(?:{alternatives(data['rank'])}|第|首|率先|前列|唯一|领先|先进|最|推广|一流|前\d|重点实验室|劳动模范|文明|和谐|百强|试点|示范|性)"
        ),
        inherited_scopes=tuple(data["scopes"]["inherited"]),
        scope_of_place=data["scopes"]["of_place"],
    )
