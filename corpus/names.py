"""What each number of a sentence measures: its subject over commas, parallel lists, derived numbers.

基本养老、失业、工伤保险参保人数达860.4万人、512.3万人、533.8万人
  -> 基本养老保险参保人数 · 失业保险参保人数 · 工伤保险参保人数
门店39.0万家，同比增加0.44万家    -> 门店 · 门店同比增加
发放甲、乙15亿元、28亿元，分别惠及30万家、40万家企业  -> 发放甲 · 乙 · 甲惠及企业 · 乙惠及企业
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from corpus.changes import changes_from, changes_to, without_change
from corpus.labels import outer_joint, parallel_labels
from corpus.leaning import head_of, overlapping, owner_of, rank_name
from corpus.quantities import Quantity
from corpus.trimming import HIDDEN, first_date, tidy, trim
from corpus.units import noun_end
from corpus.wording import JOINTS, Wording, wording

Derived = Literal["growth", "share", "rank"]
_CHANGES = frozenset({"percent", "percentage-points", "multiple"})
_TOPIC = re.compile(r"(?:^|[，。；在])(?:[^，。；的]*的)?(?P<topic>[^，。；]{2,24}?)(?:中|方面|之中)，[^，。；]{0,6}$")
_ATTRIBUTE = re.compile(r"(?:^|[，。；])(?P<words>由[^，。；：]{2,24}的)，$")
_CLAUSE_ENDS = re.compile(r"[，。；：！？,;]|——")
_PARTS_OF_A_WHOLE = frozenset({"percent", "share", "tenths", "permille"})
_FIRST_SO_MANY = re.compile(r"(?<![之以目此当提先])前$")
_PARENTHESIS = re.compile(r"[（(][^（）()]*[）)]")
_LONG_PARENTHESIS = re.compile(r"[（(][^（）()]{2,}[）)]")  # shorter ones are within a word: 出国（境）费


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A quantity's name, the subject that later derived numbers refer to, and whether it is derived."""

    name: str
    subject: str
    derived: Derived | None = None


@dataclass(frozen=True, slots=True)
class _Before:
    """What the numbers before in the sentence leave behind: subject, owner of attributes, labels of a list."""

    subject: str
    owner: str
    labels: tuple[str, ...]
    told: tuple[str, ...]  # the subjects of the sentence so far


@dataclass(slots=True)
class _Place:
    """A quantity within its sentence: the words before and after it that may belong to its name."""

    quantity: Quantity
    left: str
    right: str
    joined: bool  # follows its predecessor over nothing but 、 or 和
    earlier: str  # the clause before, for a number whose own clause only dates it
    head: str = ""  # of a list of values: …比重分别为：


def name_quantities(
    sentence: str, quantities: Sequence[Quantity], known: Callable[[str], bool], carried: str = ""
) -> tuple[Named, ...]:
    """Names for the quantities of one sentence, in order; `carried` is the subject in force before it.

    `known(words)`, whether the report uses these words elsewhere, decides how far a list's shared tail reaches.
    """
    words = wording()
    named: list[Named] = []
    labels: tuple[str, ...] = ()
    owner = ""
    for group in _groups(_places(sentence, quantities, words)):
        subject = named[-1].subject if named else carried
        new, labels = _name_group(group, _Before(subject, owner, labels, _told(named)), words, known)
        named.extend(new)
        if new[-1].derived is None and not (owner and new[-1].subject.startswith(owner)):
            owner = owner_of(_LONG_PARENTHESIS.sub("", new[-1].subject), group[-1].quantity, words)
    return tuple(_with_wholes(named, quantities, words))


def _told(named: Sequence[Named]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.subject for each in named if each.derived is None))


def _with_wholes(named: Sequence[Named], quantities: Sequence[Quantity], words: Wording) -> Iterator[Named]:
    """产业园176个，其中国家级15个: a level is told of what was counted before in the same unit."""
    whole, unit = "", None
    for each, quantity in zip(named, quantities, strict=True):
        if each.name in words.levels and whole and quantity.base_unit == unit:
            yield replace(each, name=whole + each.name)
            continue
        if each.derived is None:
            whole, unit = each.name, quantity.base_unit
        yield each


def _places(sentence: str, quantities: Sequence[Quantity], words: Wording) -> list[_Place]:
    plain = _hide_asides(sentence, quantities)
    places: list[_Place] = []
    verb = ""  # of a coordination: 建成176家甲和135个乙
    start, follows = 0, False
    for index, quantity in enumerate(quantities):
        before = _words_before(sentence, plain, start, quantity)
        before = without_change(before) if changes_from(sentence, quantity) else before
        left, joined = _left(before, follows, verb, words)
        end = _stretch_end(sentence, quantity)
        following = quantities[index + 1].start if index + 1 < len(quantities) else len(plain)
        within = _within_name(sentence, quantity)
        right = "" if within else _right(plain[end:following], index + 1 < len(quantities), words)
        head = head_of(sentence, quantity.start, words)
        places.append(_Place(quantity, left, right, joined, _earlier(before, words), head))
        if not within:
            start, follows = end, True
        if not joined:
            verb = left if right and len(left) <= 4 else ""
    _share_predicates(places)
    return places


def _within_name(sentence: str, quantity: Quantity) -> bool:
    """前10位|销售额, 超过200亿元|的企业, 单价5万元以上|设备: a number that belongs to the name of the one behind it."""
    if quantity.qualifier == "前" or _FIRST_SO_MANY.search(sentence, 0, quantity.start):
        return True
    if quantity.rank:
        return False
    bounds = quantity.qualifier is not None and quantity.dimension not in _PARTS_OF_A_WHOLE
    end = _stretch_end(sentence, quantity)
    if quantity.qualifier and wording().unit_value.search(sentence, max(0, quantity.start - 8), quantity.start):
        return sentence[end : end + 1] not in {"", *"，。；、）"}
    return bounds and sentence.startswith("的", end)


def _hide_asides(sentence: str, quantities: Sequence[Quantity]) -> str:
    """Blank out bracketed asides that hold a number; others, such as （含离退休）, belong to a name."""
    hidden = sentence
    for match in _PARENTHESIS.finditer(sentence):
        if any(match.start() < quantity.start < match.end() for quantity in quantities):
            hidden = hidden[: match.start()] + HIDDEN * (match.end() - match.start()) + hidden[match.end() :]
    return hidden


def _words_before(sentence: str, plain: str, start: int, quantity: Quantity) -> str:
    for match in _PARENTHESIS.finditer(sentence):
        if match.start() < quantity.start < match.end():
            inside = sentence[max(match.start() + 1, start) : quantity.start]
            if len(trim(inside, wording())) > 1:
                return inside
            above = plain[start : match.start()] if match.start() >= start else plain[: match.start()]
            # （1985年为64.9％）: a bracket that dates a value; what it grew by stands outside.
            return wording().growth_tail.sub("", above) if inside.strip() else above
    return plain[start : quantity.start]


def _stretch_end(sentence: str, quantity: Quantity) -> int:
    word = quantity.qualifier or ""
    return quantity.end + (len(word) if sentence.startswith(word, quantity.end) else 0)


def _left(before: str, follows: bool, verb: str, words: Wording) -> tuple[str, bool]:
    """The words before a number in its clause, and whether they are only a joint to the number before."""
    clause = _CLAUSE_ENDS.split(before)[-1]
    same_clause = follows and clause == before
    if same_clause and trim(before, words) == "":
        return "", not changes_to(before)
    if same_clause and (joint := outer_joint(before)) is not None:
        return trim(before[joint[1] :], words) or verb, False
    *_, held = words.container.split(trim(clause, words))
    return (_attribute(before, clause) + held if held else _topic(before)), False


def _attribute(before: str, clause: str) -> str:
    """在面向小微企业预留的项目中，由小微企业成交的，|金额: the clauses before that end with 的, and their topic."""
    above = before[: len(before) - len(clause)]
    found = _ATTRIBUTE.search(above)
    if found is None:
        return ""
    topic = _TOPIC.search(above[: found.start() + 1])
    return (topic["topic"] + "中" if topic else "") + found["words"]


def _topic(before: str) -> str:
    """在年初设定的稳定就业任务中，共包含|4个指标 -> 稳定就业任务: the clause that says of what."""
    found = _TOPIC.search(before)
    return found["topic"] if found else ""


def _earlier(before: str, words: Wording) -> str:
    """基础工业与加工工业的比例，|1985年为: what the clause before the number's own speaks of."""
    *_, earlier, own = ["", *_CLAUSE_ENDS.split(before)]
    return trim(earlier, words) if first_date(own) < len(own) else ""


def _right(after: str, more: bool, words: Wording) -> str:
    clause = _CLAUSE_ENDS.split(after, maxsplit=1)[0].split(HIDDEN)[0]
    if more and clause == after and (joint := outer_joint(clause)) is not None:
        clause = clause[: joint[0]]
    if words.trailing.search(clause) and not trim(clause, words):
        return ""
    if words.state_start.match(clause) or words.growth.match(clause) or words.growth_object.match(clause):
        return ""
    if more:  # 全市20所技工院校|2021-2022学年…总人数为20417人
        clause = trim(clause[: first_date(clause)], words)
    clause = re.sub(r"^(?:以上|以下|左右|多|余)?的", "", clause).rstrip("的、")
    return clause if len(clause) > 1 and clause[0] not in "、）)" else ""


def _share_predicates(places: Sequence[_Place]) -> None:
    """帮助5万失业人员和3万困难人员|实现再就业: the last one's predicate is true of the first as well."""
    for first, second in pairwise(places):
        end = noun_end(second.right)
        if first.right and first.left == second.left and end is not None and noun_end(first.right) == len(first.right):
            first.right += second.right[end:]
        for siblings in wording().siblings:  # 2个市级、10个区级|表彰奖励项目
            own = next((word for word in siblings if second.right.startswith(word)), None)
            if own and first.right in siblings:
                first.right += second.right[len(own) :]


def _groups(places: Sequence[_Place]) -> list[list[_Place]]:
    groups: list[list[_Place]] = []
    for place in places:
        if place.joined and groups and not groups[-1][-1].right:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _name_group(
    group: list[_Place], past: _Before, words: Wording, known: Callable[[str], bool]
) -> tuple[list[Named], tuple[str, ...]]:
    left, right = group[0].left, group[-1].right
    derived = _derived(group[0], past.subject, words)
    if len(past.labels) == len(group) > 1 and (derived or _needs_labels(left)):
        names = [tidy(label + left + right) for label in past.labels]
        return [
            Named(name=name, subject=label, derived=derived) for name, label in zip(names, past.labels, strict=True)
        ], past.labels
    if derived in {"growth", "share"} and 1 < len(group) <= len(past.told):  # 甲12人、乙14人，分别增长4%、5%
        names = [tidy(_join(label, left)) for label in past.told[-len(group) :]]
        return [Named(name=name, subject=past.subject, derived=derived) for name in names], past.labels
    if derived:
        name = rank_name(left, past.subject, words) if derived == "rank" else _join(past.subject, left)
        return [Named(name=tidy(name), subject=past.subject or tidy(name), derived=derived)] * len(group), past.labels
    base, growth = _split_growth(left)
    if len(group) > 1 and (found := parallel_labels(base, len(group), known)):
        names = [tidy(label + growth + right) for label in found]
        kind: Derived | None = "growth" if growth else None
        return [Named(name=n, subject=label, derived=kind) for n, label in zip(names, found, strict=True)], found
    named = _own_name(group[0], right, past, words)
    return [named] * len(group), (named.subject,)


def _own_name(place: _Place, right: str, past: _Before, words: Wording) -> Named:
    """The name of a number with a subject of its own, led by the head of its list or the owner of its attribute."""
    base, growth = _split_growth(place.left or ("" if right else place.earlier))
    if past.owner and not right and words.attribute.match(base):
        base = overlapping(past.owner, base)
    elif place.head and base:
        base = place.head + base
    if growth and not right:
        return Named(name=tidy(base + growth), subject=tidy(base), derived="growth")
    name = tidy(base + growth + right) or past.subject
    grows = words.growth_object.match(place.left) and place.quantity.dimension in _CHANGES
    subject = name if len(place.left) > 1 or right else past.subject or name
    return Named(name=name, subject=subject, derived="growth" if grows else None)


def _derived(place: _Place, subject: str, words: Wording) -> Derived | None:
    if place.quantity.rank and place.quantity.qualifier != "前":
        return "rank"
    if not subject:
        return None
    if (words.growth.match(place.left) or words.compared.match(place.left)) and not place.right:
        return "growth"
    return "share" if words.share.match(place.left) else None


def _needs_labels(left: str) -> bool:
    return len(left) <= 6 and not JOINTS.search(left)


def _split_growth(left: str) -> tuple[str, str]:
    """收入同比增长 -> 收入, 同比增长: a name that ends in a growth verb, parted from what grows."""
    found = wording().growth_tail.search(left)
    return (left[: found.start()], found[0]) if found and found.start() > 1 else (left, "")


def _join(subject: str, addition: str) -> str:
    return subject + addition if not subject.endswith(addition) else subject
