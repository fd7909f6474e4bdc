"""A question for several values, parted into what they are of, the labels, and what is asked of each.

甲、乙、丙三笔钱各发多少，各有多少企业拿到  ->  labels 甲 乙 丙; asks 各发多少 · 各有多少企业拿到
各项待遇每月多少：甲、乙                    ->  subject 各项待遇每月多少; labels 甲 乙
东中西部的经费各是多少                      ->  labels 东部 中部 西部; asks 的经费各是多少
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.wording import JOINTS

_DATA = Path(__file__).parent.parent / "data" / "lists.toml"
_ASKS_NUMBER = re.compile(r"多少|几多|好多|几[个家所名人位项场次件张户元万亿成]|多大|第几|数字|占比|比例|[率数]")
_PARTS = re.compile(r"[，,；;。?？！!]")
_LONGEST_LABEL = 18
_MOST = 12
_END = 6
_LEAST_MEASURES = 2
_HOW_MANY = re.compile(r"多少|几[个家所名人位项场次件张户]")
_REPEATED = re.compile(
    r"(?P<label>[^、，,；;：:]{1,14}?)(?:是|有|占|各)?(?:几[个家所名人位项场次件张户]|多少[个家人名钱]?)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ListWords:
    expansions: dict[str, tuple[str, ...]]
    each: re.Pattern[str]
    all: re.Pattern[str]
    behind: re.Pattern[str]
    before: re.Pattern[str]
    rest: tuple[str, ...]
    nouns: dict[str, re.Pattern[str]]
    doubted: re.Pattern[str]  # two values of one thing are suspected
    insisted: re.Pattern[str]  # 到底: perhaps
    doubt_fillers: re.Pattern[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    """`labels` is empty where all values of something are asked for and none is named."""

    subject: str
    labels: tuple[str, ...]
    asks: tuple[str, ...]
    measures: bool = False  # the asks are of one thing, each for a number of its own kind


@lru_cache(maxsize=1)
def list_words() -> ListWords:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    words = {name: _any(data["words"][name]) for name in _PATTERNS}
    return ListWords(
        expansions={word: tuple(labels) for word, labels in data["expansions"].items()},
        rest=tuple(data["words"]["rest"]), nouns={name: _any(data["nouns"][name]) for name in data["nouns"]}, **words,
    )  # fmt: skip


def _any(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{word})" for word in words))


_PATTERNS = ("each", "all", "behind", "before", "doubted", "insisted", "doubt_fillers")


def read_parts(text: str) -> Parts | None:
    """The parts of a question for several values; None where it asks for one, or for no number."""
    if not _ASKS_NUMBER.search(text) and not list_words().all.search(text):
        return None
    return (
        _behind_colon(text) or _repeated(text) or _measures(text) or _expanded(text) or _joined(text) or _unnamed(text)
    )


def _behind_colon(text: str) -> Parts | None:
    subject, colon, rest = text.replace(":", "：").partition("：")
    first, *others = _PARTS.split(rest) if colon else ("",)
    labels = _labels(first)
    if len(labels) < 2:
        return None
    asks = tuple(part for part in (subject, *others) if _ASKS_NUMBER.search(part)) or (subject,)
    return Parts(subject=subject, labels=labels, asks=asks)


def _repeated(text: str) -> Parts | None:
    """行政几个、参公几个、其他几个."""
    parts = [part for part in re.split(r"[、，,；;：:?？。]", text) if part]
    asked = [match for part in parts if (match := _REPEATED.fullmatch(part))]
    if len(asked) < 2:
        return None
    labels = tuple(match["label"] for match in asked)
    subject = "".join(part for part in parts if not _REPEATED.fullmatch(part))
    return Parts(subject=subject, labels=labels, asks=tuple(dict.fromkeys(part for part in map(_ask_of, asked))))


def _measures(text: str) -> Parts | None:
    """甲那块，多少单位、多少人、多少钱: several numbers asked of one thing, which opens the question."""
    subject, *others = [part for part in re.split(r"[、，,；;?？。]|和(?=[^，、]*(?:多少|几))", text) if part]
    opening = _HOW_MANY.search(subject)
    asks = [part for part in others if _HOW_MANY.search(part)]
    if len(asks) != len(others) or len(asks) + (opening is not None) < _LEAST_MEASURES or JOINTS.search(subject):
        return None
    first = (subject,) if opening else ()
    return Parts(subject=subject, labels=(), asks=(*first, *asks), measures=True)


def _ask_of(match: re.Match[str]) -> str:
    return match[0][match.end("label") - match.start() :]


def _expanded(text: str) -> Parts | None:
    for word, labels in list_words().expansions.items():
        if word in text and (list_words().each.search(text) or list_words().all.search(text)):
            rest = text.replace(word, "", 1)
            return Parts(subject=rest, labels=labels, asks=_asks(rest))
    return None


def _joined(text: str) -> Parts | None:
    """甲、乙和丙 …各多少: the part with the joints holds the labels, what is behind them asks."""
    words = list_words()
    listed = len(JOINTS.findall(text)) > 1 and _ASKS_NUMBER.search(text[-_END:])
    if not (words.each.search(text) or words.all.search(text) or listed):
        return None
    parts = [part for part in _PARTS.split(text) if part]
    holding = max(parts, key=lambda part: len(JOINTS.findall(part)))
    own = words.each.search(holding)
    labels = _labels(holding[: own.start()] if own else holding)
    if len(labels) < 2:
        return None
    rest = [part for part in parts if part is not holding] + ([holding[own.start() :]] if own else [])
    before = words.before.match(holding)
    subject = "".join([before[0] if before else "", *(part for part in rest if not _ASKS_NUMBER.search(part))])
    return Parts(subject=subject, labels=labels, asks=_asks("，".join(rest)) or ("多少",))


def _unnamed(text: str) -> Parts | None:
    words = list_words()
    if not words.all.search(text) and not words.each.search(text):
        return None
    return Parts(subject=text, labels=(), asks=_asks(text) or (text,))


def _asks(text: str) -> tuple[str, ...]:
    return tuple(part for part in _PARTS.split(text) if _ASKS_NUMBER.search(part))


def _labels(text: str) -> tuple[str, ...]:
    """The labels of a list, without the words around it; empty where a part is too long to be one."""
    words = list_words()
    plain = text.strip()
    while (shorter := words.behind.sub("", plain).strip()) != plain:
        plain = shorter
    plain = words.before.sub("", plain, count=1)
    labels = tuple(part.strip() for part in JOINTS.split(plain) if part and part.strip())
    return labels if 1 < len(labels) <= _MOST and all(len(label) <= _LONGEST_LABEL for label in labels) else ()
