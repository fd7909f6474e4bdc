"""Names for numbers whose own words name nothing: what they measure is said by the number before them.

扶持创业5.11万人，是年度任务2.55万人的两倍，完成率200.39%   -> 扶持创业年度任务, 扶持创业完成率
甲4.75亿、乙2.19亿，增速分别为8.4%和31.5%                  -> 甲增速, 乙增速
7216辆公共汽电车中新能源车5845辆                           -> 公共汽电车, 新能源车
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from assistant.checking.words import check_words
from corpus.chinese_numerals import NUMERAL
from corpus.model import Figure
from corpus.repair import repair
from corpus.trimming import tidy, trim
from corpus.wording import wording

_CLAUSE = re.compile(r"[，。；：！？\t]|,(?!\d)|;")
_JOINT = re.compile(r"\s*(?:、|和|与|及|以及)\s*")
_WITHIN = re.compile(r"^(?P<whole>[^，]{3,}?(?<![其集高初])中)(?P<part>(?![国小央心学职级等医药])[^，]{3,})$")
_MEASURE_CHARACTERS = 8
_MEASURE = re.compile(r"(?<=..)(?:的)?(?:增速|增幅|涨幅|降幅|增长率|增长|下降|占比|比重|目标|任务|计划)$")
_OF = re.compile(r"(?:以上|左右|多)?的(?P<whole>[^，。；：\d]{2,})")
_ADJECTIVE = re.compile(
    r"(?:更|较|最|持续|进一步|明显|大幅|稳步|不断)?(?:高|低|快|慢|多|少|提高|加快|扩大|翻了?一?番)$"
)


def full_names(figures: Sequence[Figure], text: str) -> Mapping[str, str]:
    """A name for every figure, by id; `figures` are in order of place in `text`."""
    names: dict[str, str] = {}
    carried, sentence = "", -1
    parallel = _parallel_names(figures, text)
    for figure in figures:
        if figure.sentence_start != sentence:
            carried, sentence = "", figure.sentence_start
        own = (
            parallel.get(figure.id)
            or _share_of(figure, text)
            or _clause_before(figure, text)
            or _part_of_whole(figure, text)
        )
        if is_carried(own) and carried and figure.table is None:
            names[figure.id] = _MEASURE.sub("", carried) + own
        else:
            names[figure.id] = own
            carried = own if not is_carried(own) else carried
    return names


def _share_of(figure: Figure, text: str) -> str:
    """Of 超过六成|的行政村通了动车: a share is one of what stands behind it."""
    if figure.base_unit not in {"%", "成"} and "分之" not in figure.printed:
        return ""
    behind = _OF.match(repair(text, figure.end, figure.sentence_end).text)
    return tidy(trim(behind["whole"], wording())) if behind else ""


def _clause_before(figure: Figure, text: str) -> str:
    """Of 出口增幅更高，达到|18.6%: the clause before, where the number's own only says that it is so much."""
    *_, earlier, own = ["", "", *_CLAUSE.split(repair(text, figure.sentence_start, figure.start).text)]
    if figure.role in {"rank", "grade"} or trim(own, wording()) or re.search(r"\d", earlier) or not own:
        return ""
    return _ADJECTIVE.sub("", tidy(trim(earlier, wording())))


def is_carried(name: str) -> bool:
    """Whether a name says only how a number stands to the one before it."""
    return check_words().carried.fullmatch(re.sub(rf"[\W\d]|{NUMERAL}", "", name)) is not None


def _part_of_whole(figure: Figure, text: str) -> str:
    """Of 甲中乙 the number before it counts 甲, the one behind it 乙."""
    found = _WITHIN.match(figure.name)
    if found is None:
        return figure.name
    after = repair(text, figure.end, figure.sentence_end).text
    whole = found["whole"].removesuffix("中")
    return whole if after.startswith(whole[:4]) else found["part"]


def _parallel_names(figures: Sequence[Figure], text: str) -> dict[str, str]:
    """A list without subjects of its own takes those of the list before it."""
    names: dict[str, str] = {}
    places = {figure.id: order for order, figure in enumerate(figures)}
    for run in _runs(figures, text):
        first = places[run[0].id]
        ahead = figures[max(0, first - len(run)) : first]
        within = len(ahead) == len(run) and ahead[0].sentence_start == run[0].sentence_start
        if within and len({each.base_unit for each in ahead}) == 1:
            measure = _measure(run[0], text)
            names.update({figure.id: owner.name + measure for figure, owner in zip(run, ahead, strict=True)})
    return names


def _runs(figures: Sequence[Figure], text: str) -> list[list[Figure]]:
    """Numbers joined by nothing but 、 or 和 that share one name."""
    runs: list[list[Figure]] = []
    for one, other in pairwise(figures):
        if one.name == other.name and one.base_unit == other.base_unit and joined(one, other, text):
            if runs and runs[-1][-1] is one:
                runs[-1].append(other)
            else:
                runs.append([one, other])
    return runs


def joined(one: Figure, other: Figure, text: str) -> bool:
    """Whether two numbers stand side by side in a list: 8.4%和31.5%."""
    return _JOINT.fullmatch(text[one.end : other.start]) is not None


def _measure(figure: Figure, text: str) -> str:
    """The words of the last clause before a list of numbers: 增速分别为 -> 增速."""
    clause = _CLAUSE.split(repair(text, figure.sentence_start, figure.start).text)[-1]
    return re.sub(r"(?:分别|依次|各)?(?:为|是|达|达到|约)?$", "", clause)[-_MEASURE_CHARACTERS:]
