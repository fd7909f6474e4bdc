"""What each number of a sentence measures: its subject over commas, parallel lists, derived numbers.

基本养老、失业、工伤保险参保人数达1030.53万人、706.64万人、722.15万人
  -> 基本养老保险参保人数 · 失业保险参保人数 · 工伤保险参保人数
门店39.0万家，同比增加0.44万家    -> 门店 · 门店同比增加
发放甲、乙15亿元、28亿元，分别惠及52万家、66万家企业  -> 发放甲 · 乙 · 甲惠及企业 · 乙惠及企业
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from corpus.labels import parallel_labels
from corpus.quantities import Quantity, scan
from corpus.units import noun_end
from corpus.wording import JOINTS, Wording, wording

Derived = Literal["growth", "share", "rank"]
_CLAUSE_ENDS = re.compile(r"[，。；：！？,;]|——")
_PARENTHESIS = re.compile(r"[（(][^（）()]*[）)]")
_LIST_MARK = re.compile(r"^(?:[一二三四五六七八九十]是|[（(][\d一二三四五六七八九十]+[）)]|\d+[.．、])")
_HIDDEN = "\0"
_COMPARED = ("比", "较", "与", "同")
_MAX_NAME = 48


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A quantity's name, the subject that later derived numbers refer to, and whether it is derived."""

    name: str
    subject: str
    derived: Derived | None = None


@dataclass(slots=True)
class _Place:
    """A quantity within its sentence: the words before and after it that may belong to its name."""

    quantity: Quantity
    left: str
    right: str
    joined: bool  # follows its predecessor over nothing but 、 or 和


def name_quantities(
    sentence: str, quantities: Sequence[Quantity], known: Callable[[str], bool], carried: str = ""
) -> tuple[Named, ...]:
    """Names for the quantities of one sentence, in order.

    `known(words)` tells whether the report uses these words elsewhere (it decides how far a shared tail
    of a parallel list reaches); `carried` is the subject in force at the end of the sentence before.
    """
    words = wording()
    named: list[Named] = []
    labels: tuple[str, ...] = ()
    for group in _groups(_places(sentence, quantities, words)):
        subject = named[-1].subject if named else carried
        new, labels = _name_group(group, subject, labels, words, known)
        named.extend(new)
    return tuple(named)


def _places(sentence: str, quantities: Sequence[Quantity], words: Wording) -> list[_Place]:
    plain = _hide_asides(sentence, quantities)
    places: list[_Place] = []
    verb = ""  # of a coordination: 建成176家甲和135个乙
    for index, quantity in enumerate(quantities):
        start = _stretch_end(sentence, quantities[index - 1]) if index else 0
        before = _words_before(sentence, plain, start, quantity)
        left, joined = _left(before, index > 0, verb, words)
        end = _stretch_end(sentence, quantity)
        following = quantities[index + 1].start if index + 1 < len(quantities) else len(plain)
        right = _right(plain[end:following], index + 1 < len(quantities), words)
        places.append(_Place(quantity, left, right, joined))
        if not joined:
            verb = left if right and len(left) <= 4 else ""
    _share_predicates(places)
    return places


def _hide_asides(sentence: str, quantities: Sequence[Quantity]) -> str:
    """Blank out bracketed asides that hold a number; others, such as （含离退休）, belong to a name."""
    hidden = sentence
    for match in _PARENTHESIS.finditer(sentence):
        if any(match.start() < quantity.start < match.end() for quantity in quantities):
            hidden = hidden[: match.start()] + _HIDDEN * (match.end() - match.start()) + hidden[match.end() :]
    return hidden


def _words_before(sentence: str, plain: str, start: int, quantity: Quantity) -> str:
    for match in _PARENTHESIS.finditer(sentence):
        if match.start() < quantity.start < match.end():
            inside = sentence[max(match.start() + 1, start) : quantity.start]
            return inside if len(inside) > 1 else plain[start : match.start()]
    return plain[start : quantity.start]


def _stretch_end(sentence: str, quantity: Quantity) -> int:
    word = quantity.qualifier or ""
    return quantity.end + (len(word) if sentence.startswith(word, quantity.end) else 0)


def _left(before: str, follows: bool, verb: str, words: Wording) -> tuple[str, bool]:
    """The words before a number in its clause, and whether they are only a joint to the number before."""
    clause = _CLAUSE_ENDS.split(before)[-1]
    same_clause = follows and clause == before
    if same_clause and _trim(before, words) == "":
        return "", True
    if same_clause and (joint := _outer_joint(before)) is not None:
        return _trim(before[joint[1] :], words) or verb, False
    return _trim(clause, words), False


def _outer_joint(between: str) -> tuple[int, int] | None:
    """The joint that parts the words between two numbers: at an end of them, or a 、 in their middle."""
    for joint in JOINTS.finditer(between):
        at_an_end = joint.start() == 0 or joint.end() == len(between)
        if at_an_end or joint[0] == "、":
            return joint.span()
    return None


def _right(after: str, more: bool, words: Wording) -> str:
    clause = _CLAUSE_ENDS.split(after, maxsplit=1)[0].split(_HIDDEN)[0]
    if more and clause == after and (joint := _outer_joint(clause)) is not None:
        clause = clause[: joint[0]]
    if words.trailing.search(clause) and not _trim(clause, words):
        return ""
    if words.state_start.match(clause) or words.growth.match(clause):
        return ""
    clause = re.sub(r"^(?:以上|以下|左右|多|余)?的", "", clause).rstrip("的、")
    return clause if len(clause) > 1 and clause[0] not in "、）)" else ""


def _share_predicates(places: Sequence[_Place]) -> None:
    """帮助5万失业人员和3万困难人员|实现再就业: the last one's predicate is true of the first as well."""
    for first, second in pairwise(places):
        end = noun_end(second.right)
        if first.right and first.left == second.left and end is not None and noun_end(first.right) == len(first.right):
            first.right += second.right[end:]


def _groups(places: Sequence[_Place]) -> list[list[_Place]]:
    groups: list[list[_Place]] = []
    for place in places:
        if place.joined and groups and not groups[-1][-1].right:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _name_group(
    group: list[_Place], subject: str, labels: tuple[str, ...], words: Wording, known: Callable[[str], bool]
) -> tuple[list[Named], tuple[str, ...]]:
    left, right = group[0].left, group[-1].right
    derived = _derived(group[0], subject, words)
    if len(labels) == len(group) > 1 and (derived or _needs_labels(left)):
        names = [_tidy(label + left + right) for label in labels]
        return [
            Named(name=name, subject=label, derived=derived) for name, label in zip(names, labels, strict=True)
        ], labels
    if derived:
        return [Named(name=_join(subject, left), subject=subject, derived=derived)] * len(group), labels
    base, growth = _split_growth(left)
    if len(group) > 1 and (found := parallel_labels(base, len(group), known)):
        names = [_tidy(label + growth + right) for label in found]
        kind: Derived | None = "growth" if growth else None
        return [Named(name=n, subject=label, derived=kind) for n, label in zip(names, found, strict=True)], found
    if growth and not right:
        named = Named(name=_tidy(left), subject=_tidy(base), derived="growth")
    else:
        name = _tidy(left + right) or subject
        named = Named(name=name, subject=name if len(left) > 1 or right else subject or name)
    return [named] * len(group), (named.subject,)


def _derived(place: _Place, subject: str, words: Wording) -> Derived | None:
    if not subject:
        return None
    if place.quantity.rank:
        return "rank" if len(place.left) <= 12 else None
    if words.growth.match(place.left) and not place.right:
        return "growth"
    return "share" if words.share.match(place.left) else None


def _needs_labels(left: str) -> bool:
    return len(left) <= 6 and not JOINTS.search(left)


def _split_growth(left: str) -> tuple[str, str]:
    """收入同比增长 -> 收入, 同比增长: a name that ends in a growth verb, parted from what grows."""
    found = wording().growth_tail.search(left)
    return (left[: found.start()], found[0]) if found and found.start() > 1 else (left, "")


def _join(subject: str, addition: str) -> str:
    return _tidy(subject + addition) if not subject.endswith(addition) else subject


def _trim(words_before: str, words: Wording) -> str:
    """The words before a number without marks, dates and adverbs in front, verbs and qualifiers behind."""
    text = _LIST_MARK.sub("", _without_dates(_unquoted(words_before.replace(_HIDDEN, "").strip())))
    for pattern in (words.leading, words.trailing):
        while (cut := pattern.sub("", text, count=1)) != text:
            text = cut
    return text


def _without_dates(text: str) -> str:
    """Dates out, but for those a number is compared with (比1985年末增长) and 2022届毕业生."""
    for numeral in reversed(scan(text)):
        before = text[: numeral.start]
        if numeral.numeral_class == "date" and numeral.rule != "year with holder" and not before.endswith(_COMPARED):
            text = before + text[numeral.end :]
    return text


def _unquoted(text: str) -> str:
    """A quotation mark without its partner, at either end, goes."""
    if text.count("“") != text.count("”"):
        text = text.removeprefix("”").removesuffix("“")
    return text


def _tidy(name: str) -> str:
    name = name.replace(_HIDDEN, "").strip(" 、，的：")
    return name[-_MAX_NAME:]
