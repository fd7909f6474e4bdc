"""The labels of a parallel list, each completed by the tail that all share.

基本养老、失业、工伤保险参保人数 (3 values) -> 基本养老保险参保人数 · 失业保险参保人数 · 工伤保险参保人数
城乡居民人均可支配收入 (2 values)          -> 城镇居民人均可支配收入 · 农村居民人均可支配收入
"""

import re
from collections.abc import Callable

from corpus.trimming import HIDDEN
from corpus.wording import JOINTS, wording

_ASIDE = re.compile(r"[（(][^（）()]*[）)]|^[^（）()]*[）)]|[（(][^（）()]*$")


def parallel_labels(words: str, count: int, known: Callable[[str], bool]) -> tuple[str, ...]:
    """`count` labels read from `words`; empty where the words do not part into that many.

    `known(words)` tells whether the report uses these words elsewhere.
    """
    for pattern in (re.compile("、"), JOINTS):
        parts = [part for part in pattern.split(words) if part]
        if len(parts) == count:
            return _complete(parts, known)
    for word, pair in wording().pairs.items():
        if count == len(pair) and word in words:
            return tuple(words.replace(word, label, 1) for label in pair)
    return ()


def _complete(parts: list[str], known: Callable[[str], bool]) -> tuple[str, ...]:
    *firsts, last = parts
    tail = _tail_of_sibling(firsts, last) or _tail_in_use(firsts, last, known)
    if tail is None:
        tail = next((tail for tail in wording().tails if last.endswith(tail)), "")
        # 旅游人数、旅游收入: a label that ends in a measure of its own takes no other.
        measures = (*wording().tails, "起数", "件数", "率", "额", "量")
        return (*(part if part.endswith(measures) else part + tail for part in firsts), last)
    return (*(part if part.endswith(tail) else part + tail for part in firsts), last)


def _tail_of_sibling(firsts: list[str], last: str) -> str | None:
    for siblings in wording().siblings:
        own = next((word for word in siblings if last.startswith(word)), None)
        if own and all(part.endswith(siblings) for part in firsts):
            return last[len(own) :]
    return None


def _complete_noun(part: str) -> bool:
    return part.endswith(wording().complete_ends)


def _tail_in_use(firsts: list[str], last: str, known: Callable[[str], bool]) -> str | None:
    """The longest tail of the last label that the report itself joins to every other label."""
    if all(_complete_noun(part) for part in firsts):
        return None
    for cut in range(1, len(last) - 1):
        if all(known(part[-4:] + last[cut : cut + 2]) for part in firsts):
            return last[cut:]
    return None


def outer_joint(between: str) -> tuple[int, int] | None:
    """The joint that parts the words between two numbers: at an end of them, or a 、 in their middle."""
    # What stands in brackets is blanked out, half brackets too: 31个省（自治区、直辖市）630家.
    plain = _ASIDE.sub(lambda match: HIDDEN * len(match[0]), between)
    for joint in JOINTS.finditer(plain):
        at_an_end = joint.start() == 0 or joint.end() == len(between)
        if at_an_end or joint[0] == "、":
            return joint.span()
    return None
