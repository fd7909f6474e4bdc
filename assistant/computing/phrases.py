"""The words of operands: what is left of a question without its asking words, and elliptical operands completed.

失业保险参保人数 · 工伤            -> 工伤 is also tried as 工伤保险参保人数
新增就业 · 目标                    -> 新增就业目标
今年任务量 · 去年完成的 (治理面积)  -> 治理面积今年任务量 · 治理面积去年完成的
"""

import re
from collections.abc import Callable, Sequence

from assistant.computing.words import compute_words
from assistant.questions.place_names import places_in
from assistant.questions.question import content_of, read_question
from corpus.labels import parallel_labels
from corpus.units import Unit, match_unit
from corpus.wording import wording

_NUMERALS = {word: value for value, word in enumerate("零一二三四五六七八九十")} | {"两": 2, "俩": 2, "仨": 3}
_COUNT = re.compile(
    r"(?<![第\d年月])(?P<n>[二三四五六七八九十两]|\d{1,2})(?P<of>大|个|项|笔|类|种|样|块|家|县|区|所|条|方面|者|险)(?!月)"
)
_ASKING = re.compile(
    r"(?:是|有|为|到|达|等于|发了|花了|用了|拿了|给了)*(?:多少|几)(?:[个只名位]?[^,，。?？]{0,6})?$|[?？。!！]+|(?:请问|呢|吗|啊|呀|(?<![网酒茶氧书])吧)$"
)
_ENDS = re.compile(r"^[,，、的\s]+|(?:[,，、的\s是有为在里要占]|(?<![初高])中|里面|当中|之中|还要)+$")


def unit_asked(text: str) -> Unit | None:
    """The unit behind the last 多少: 多少万人次, 多少亿."""
    for found in reversed(list(re.finditer(r"多少个?", text))):
        for at in (found.end(), found.start() + 2):
            unit = match_unit(text, at)
            if unit is not None:
                return unit
    return None


def count_in(text: str) -> int | None:
    """How many a group is said to have: 五个项目, 三大险种, 四项."""
    found = _COUNT.search(text)
    if found is None:
        return None
    return int(found["n"]) if found["n"].isdigit() else _NUMERALS[found["n"]]


def without_count(text: str) -> str:
    """A text without how many a group has; 多少个 stays."""
    return _COUNT.sub(" ", text)


def group_named(text: str) -> str:
    """What the rows of a group have in common, without their number and pointing words: 那五个项目的钱 -> 项目."""
    bare = _COUNT.sub(" ", without_asking(text))
    return re.sub(r"(?:^|(?<=\s))[那这]些?|各个?|所有|全部|的?钱$|里面|里头|当中|入面|𠮶", " ", bare).strip()


def without_asking(text: str) -> str:
    """A phrase without question words, marks and particles at its ends."""
    before = None
    while before != text:
        before = text
        text = _ENDS.sub("", _ASKING.sub("", text.strip()))
    return text


def clauses(text: str) -> tuple[str, str]:
    """What stands before the last comma, as the subject, and the last clause."""
    parts = [part for part in re.split(r"[,，;；:：?？。]", text) if part.strip()]
    return ("".join(parts[:-1]), parts[-1]) if parts else ("", "")


def complete(
    subject: str, one: str, other: str, known: Callable[[str], bool], tail: str = ""
) -> tuple[tuple[str, ...], ...]:
    """The phrasings of two operands, the likeliest first; empty where one of them has no words."""
    one, other = without_asking(one), without_asking(other)
    if not one or not other:
        return ()
    if _is_target(other) or is_only_time(other):
        return _phrasings(subject, one, tail), _phrasings(subject, _head_of(one) + other, tail)
    if _is_only_place(other):
        return _phrasings(subject, one, tail), (f"{other} {read_question(one).content or subject}{tail}",)
    if _is_only_place(one) and read_question(other).content:
        return (f"{one} {read_question(other).content}",), _phrasings(subject, other, tail)
    labels = parallel_labels(f"{one}、{other}", 2, known) or (one, other)
    first = (*_phrasings(subject, one, tail), *_phrasings(subject, labels[0], tail), *_with_end_of(one, other))
    second = (*_phrasings(subject, other, tail), *_phrasings(subject, labels[1], tail), _head_of(one) + other)
    return tuple(dict.fromkeys(first)), tuple(dict.fromkeys(second))


def _with_end_of(one: str, other: str) -> tuple[str, ...]:
    """城镇居民 beside 农村居民收入增速 -> 城镇居民收入增速: what follows the words both have is of both."""
    for length in range(len(one) - 1, 1, -1):
        at = other.find(one[-length:])
        if at >= 0 and other[at + length :]:
            return (one + other[at + length :],)
    return ()


def operands_of_list(text: str, known: Callable[[str], bool]) -> tuple[tuple[str, ...], ...]:
    """The things listed in one clause, each also with what the other clauses say; empty where nothing is listed.

    A list in brackets belongs to a name and is none.
    """
    parts = [without_asking(part) for part in re.split(r"[,，;；?？。]", re.sub(r"[（(][^）)]*[）)]", "", text))]
    for order, part in enumerate(parts):
        things = _things(part, known)
        if len(things) > 1:
            context = " ".join(other for other in (*parts[:order], *parts[order + 1 :]) if other)
            return tuple(
                tuple(dict.fromkeys(phrase for wording in thing for phrase in _phrasings(context, wording, "")))
                for thing in things
            )
    return ()


def _things(clause: str, known: Callable[[str], bool]) -> Sequence[tuple[str, ...]]:
    """The wordings of each thing listed: completed by the tail that all share, and as it stands."""
    bare = re.sub(_COUNT.pattern + r"(?:指标|项目)?(?=\s|$)", "", clause.strip())
    bare, tail = _shared_tail(without_asking(bare))
    words = re.sub(rf"(?<=.){compute_words().any_of('joined')}(?=.)", "、", bare)
    parts = [part for each in re.split("、+", words) if (part := without_asking(each))]
    if len(parts) > 1 and tail:
        return [(f"{part} {tail}",) for part in parts]
    if len(parts) > 1:
        labels = parallel_labels("、".join(parts), len(parts), known) or parts
        return [tuple(dict.fromkeys(pair)) for pair in zip(labels, parts, strict=True)]
    pair = next((word for word in wording().pairs if word in bare), None)
    return [(label,) for label in parallel_labels(bare, 2, known)] if pair and not known(bare) else ()


def _shared_tail(clause: str) -> tuple[str, str]:
    """甲和乙两个县的粮食 -> 甲和乙, 粮食: what stands behind the count is of each."""
    found = re.match(rf"(?P<things>.+?){_COUNT.pattern}[^的,，]{{0,3}}的(?P<tail>.+)$", clause)
    if found is None or not re.search(compute_words().any_of("joined"), found["things"]):
        return clause, ""
    return found["things"], found["tail"]


def _phrasings(subject: str, phrase: str, tail: str) -> tuple[str, ...]:
    subject = without_asking(subject)
    full = f"{subject} {phrase}{tail}".strip()
    return tuple(dict.fromkeys(filter(None, (full, phrase + tail, phrase))))


def _is_target(phrase: str) -> bool:
    before, after = "(?:年初|全年|年度|原定|既定|当初|定的|完成|的)*", "(?:值|数|数字)?"
    return re.fullmatch(before + compute_words().any_of("target") + after, phrase) is not None


def is_only_time(phrase: str) -> bool:
    """去年, 2021年, 上年同期: another time of the same thing."""
    return not content_of(re.sub(r"同期|全年|年度|年末|年底|的|上一年|前一年", "", phrase))


def _is_only_place(phrase: str) -> bool:
    """Another place of the same thing: 青田县, 全市."""
    if re.fullmatch("全[国省市区县局]", phrase):
        return True
    return bool(places_in(phrase)) and not re.sub(r"[省市区县]", "", read_question(phrase).content)


def _head_of(phrase: str) -> str:
    """A phrase without its words of time and role: what the other operand is about too."""
    return content_of(phrase)
