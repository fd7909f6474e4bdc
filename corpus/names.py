"""What each number of a sentence measures: its subject over commas, parallel lists, derived numbers.

    基本养老、失业、工伤保险参保人数达1030.53万人、706.64万人、722.15万人
      -> 基本养老保险参保人数 · 失业保险参保人数 · 工伤保险参保人数
    门店39.0万家，同比增加0.44万家    -> 门店 · 门店同比增加
    发放甲、乙15亿元、28亿元，分别惠及52万家、66万家企业  -> 发放甲 · 乙 · 甲惠及企业 · 乙惠及企业
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.quantities import Quantity, scan
from corpus.units import noun_end
from corpus.wording import Wording, wording

Derived = Literal["growth", "share", "rank"]
_CLAUSE_ENDS = re.compile(r"[，。；：！？,;]|——")
_JOINTS = re.compile(r"[、和与及]|以及")
_PARENTHESIS = re.compile(r"[（(][^（）()]*[）)]")
_LIST_MARK = re.compile(r"^(?:[一二三四五六七八九十]是|[（(][\d一二三四五六七八九十]+[）)]|\d+[.．、])")
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
    places = _places(sentence, quantities)
    named: list[Named] = []
    labels: tuple[str, ...] = ()
    for group in _groups(places):
        subject = named[-1].subject if named else carried
        new, labels = _name_group(group, subject, labels, words, known)
        named.extend(new)
    return tuple(named)


def _places(sentence: str, quantities: Sequence[Quantity]) -> list[_Place]:
    places = []
    plain = _hide_parentheses(sentence, quantities)
    previous_end = 0
    for index, quantity in enumerate(quantities):
        before = plain[previous_end : quantity.start]
        inside = _enclosing(sentence, quantity)
        if inside is not None:
            before = plain[previous_end : inside] if previous_end <= inside else ""
            before = sentence[inside + 1 : quantity.start] or before
        clause = _CLAUSE_ENDS.split(before)[-1]
        end = quantity.end + len(_after_qualifier(quantity, sentence))
        next_start = quantities[index + 1].start if index + 1 < len(quantities) else len(plain)
        after = _CLAUSE_ENDS.split(plain[end:next_start], maxsplit=1)[0]
        joined = bool(index) and _is_joint(before, previous_end)
        places.append(_Place(quantity, clause, after, joined))
        previous_end = end
    return places


def _hide_parentheses(sentence: str, quantities: Sequence[Quantity]) -> str:
    """Blank out bracketed asides that hold a number; others, such as （含离退休）, belong to a name."""
    hidden = sentence
    for match in _PARENTHESIS.finditer(sentence):
        if any(match.start() < quantity.start < match.end() for quantity in quantities):
            hidden = hidden[: match.start()] + "\0" * (match.end() - match.start()) + hidden[match.end() :]
    return hidden


def _enclosing(sentence: str, quantity: Quantity) -> int | None:
    for match in _PARENTHESIS.finditer(sentence):
        if match.start() < quantity.start < match.end():
            return match.start()
    return None


def _after_qualifier(quantity: Quantity, sentence: str) -> str:
    word = quantity.qualifier or ""
    return word if sentence.startswith(word, quantity.end) else ""


def _is_joint(before: str, previous_end: int) -> bool:
    bare = before
    while (cut := wording().trailing.sub("", bare)) != bare:
        bare = cut
    return previous_end > 0 and bare in {"", "、", "和", "与", "及", "以及"}


def _groups(places: Sequence[_Place]) -> list[list[_Place]]:
    groups: list[list[_Place]] = []
    for place in places:
        if place.joined and groups and not groups[-1][-1].right.strip("、和与及\0 "):
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _name_group(
    group: list[_Place], subject: str, labels: tuple[str, ...], words: Wording, known: Callable[[str], bool]
) -> tuple[list[Named], tuple[str, ...]]:
    first = group[0]
    left = _trim(first.left, words)
    right = _right(group[-1])
    if derived := _derived(first, left, subject, words):
        if len(labels) == len(group) > 1:
            return [Named(name=label + left, subject=label, derived=derived) for label in labels], labels
        return [Named(name=_join(subject, left), subject=subject, derived=derived) for _ in group], labels
    if len(group) > 1 and len(labels) == len(group) and _needs_labels(left):
        names = [_join(label, left + right) for label in labels]
        return [Named(name=_tidy(name), subject=name) for name in names], labels
    found = _labels(left, len(group), words, known) if len(group) > 1 else ()
    if found:
        names = [_tidy(label + right) for label in found]
        return [_growth_named(first, name, name) for name in names], found
    name = _single(left, right, first, subject)
    carried = _growth_named(first, name, name if len(left) > 1 or right else subject or name)
    return [carried] * len(group), (name,) if len(group) == 1 else labels


def _growth_named(place: _Place, name: str, subject: str) -> Named:
    """A name that ends in a growth verb (收入增长) names a growth; what grows is the subject."""
    found = wording().growth_word.search(name)
    if found and not place.right.strip("\0") and found.start() > 1:
        bare = _bare_growth(name[: found.start()])
        return Named(name=name, subject=bare, derived="growth")
    return Named(name=name, subject=subject)


def _bare_growth(name: str) -> str:
    while (cut := re.sub(r"(?:同比|环比|比上年|年均|平均每年|实际|名义|累计|分别|[比较][^，]{1,8})$", "", name)) != name:
        name = cut
    return name


def _derived(place: _Place, left: str, subject: str, words: Wording) -> Derived | None:
    if not subject:
        return None
    if words.growth.match(left) and place.quantity.dimension != "rank" and not place.right.strip("\0、和与及"):
        return "growth"
    if words.share.match(left):
        return "share"
    return "rank" if place.quantity.rank and len(left) <= 12 else None


def _needs_labels(left: str) -> bool:
    return len(left) <= 6 and not _JOINTS.search(left)


def _single(left: str, right: str, place: _Place, subject: str) -> str:
    if left and right:
        return _tidy(left + right)
    if left and len(left) > 1:
        return _tidy(left)
    return _tidy(right) or subject or left


def _labels(left: str, count: int, words: Wording, known: Callable[[str], bool]) -> tuple[str, ...]:
    """The labels of a parallel list of `count` values, each completed by the tail they share."""
    for joints in (r"、", r"、|和|与|及|以及"):
        parts = [part for part in re.split(joints, left) if part]
        if len(parts) == count:
            return _complete(parts, words, known)
    for word, pair in words.pairs.items():
        if count == len(pair) and word in left:
            return tuple(left.replace(word, label, 1) for label in pair)
    return ()


def _complete(parts: list[str], words: Wording, known: Callable[[str], bool]) -> tuple[str, ...]:
    *firsts, last = parts
    if all(part.endswith(words.complete_ends) for part in firsts):
        tail = next((tail for tail in words.tails if last.endswith(tail)), "")
        return tuple(part if part.endswith(tail) else part + tail for part in firsts) + (last,)
    for cut in range(1, len(last)):
        tail = last[cut:]
        if all(known(part[-4:] + tail[:2]) for part in firsts):
            return tuple(part + tail for part in firsts) + (last,)
    tail = last[len(firsts[-1]) :] if len(last) > len(firsts[-1]) else ""
    return tuple(part + tail for part in firsts) + (last,)


def _right(place: _Place) -> str:
    right = place.right.split("\0")[0]
    right = re.split(r"[、“]|和(?=$)", right)[0] if noun_end(right) is None else right
    return right.rstrip("、和与及的") if len(right) > 1 else ""


def _join(subject: str, addition: str) -> str:
    return _tidy(subject + addition) if not subject.endswith(addition) else subject


def _trim(words_before: str, words: Wording) -> str:
    """The words before a number without marks, adverbs in front, and verbs and qualifiers behind."""
    text = _LIST_MARK.sub("", words_before.replace("\0", "").strip("“”\"' "))
    while (cut := words.leading.sub("", text, count=1)) != text:
        text = cut
    while (cut := words.trailing.sub("", text, count=1)) != text:
        text = cut
    return text


def _tidy(name: str) -> str:
    """Dates out, list marks and loose punctuation off, the end kept when a name runs long."""
    for numeral in reversed(scan(name)):
        if numeral.numeral_class == "date":
            name = name[: numeral.start] + name[numeral.end :]
    name = re.sub(r"^(?:年末|年底|全年|末|底|年度)(?=..)", "", name.replace("\0", "").strip(" 、，的：“”"))
    return name[-_MAX_NAME:]
