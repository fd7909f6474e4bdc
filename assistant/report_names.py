"""What a report's place and issuer are called, and the short forms by which they are named: 农业局, 人社那份."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.figures.coverage import pairs_of
from assistant.questions.lexicon import canonical
from assistant.questions.normalise import normalise
from corpus.model import Metadata

# What is read off a report's title or issuer is kept for so many of them.
_NAMES_KEPT = 1024
_PLACE_OF_ISSUER = re.compile(r"^[\u4e00-\u9fff]{2,7}?(?:省|市|自治区|自治州|州|区|县)(?=.)")
_BODY = re.compile(
    r"[\u4e00-\u9fff]{2,24}?(?:委员会|办公室|办事处|人民政府|局|厅|院|中心|政府)(?=部门|整体|年|工作|预算|决算|绩效|统计|$)"
)
_SHORT = re.compile(r"[\u4e00-\u9fff]{2,6}")
# What follows a short name that stands for an issuer.
_AFTER_ISSUER = re.compile(
    r"局|厅|委(?!托)|部门|办(?!理|法|结|件|学|公)|那边|这边|那份|这份|那头|系统|的报告|报告|的自评|口(?!径|岸|粮)|\d{2,4}年|去年|今年|前年"
)
# What may follow it where several issuers are named.
_AMONG_ISSUERS = re.compile(r"[和跟与同、,，比]|哪|谁|的|$")


def issuer_of(metadata: Metadata) -> str:
    """Who issued the report, else the body its title begins with, else the title without its years.

    Reports of several years count as one issuer's by it.
    """
    return metadata.issuer or _issuer_in(metadata.title)


@lru_cache(maxsize=_NAMES_KEPT)
def _issuer_in(title: str) -> str:
    title = re.sub(r"(?:19|20)\d{2}年?度?", "", title)
    found = _BODY.match(title)
    return found[0] if found else title


def place_of(metadata: Metadata) -> str:
    """The report's place, else what its issuer's name begins with (青田县|水利局)."""
    return metadata.place or _place_in(issuer_of(metadata))


@lru_cache(maxsize=_NAMES_KEPT)
def _place_in(issuer: str) -> str:
    found = _PLACE_OF_ISSUER.match(issuer)
    return found[0] if found else ""


def bare_issuer(metadata: Metadata) -> str:
    """The issuer without its place: 农业农村局."""
    issuer = issuer_of(metadata)
    return issuer.removeprefix(place_of(metadata)) or issuer


def without_names(text: str, metadata: Metadata) -> str:
    """A text without the words that name this report's place and issuer."""
    place, bare = place_of(metadata), bare_issuer(metadata)
    for name in (issuer_of(metadata), place, place[:-1], bare, *_shorts_of(text, bare)):
        if len(name) > 1:
            text = re.sub(
                rf"{re.escape(name)}(?:局|厅|委|部门|那边|这边|那份|这份|系统|的报告|报告|的自评报告)?", " ", text
            )
    return text


@lru_cache(maxsize=_NAMES_KEPT)
def pairs_of_name(name: str) -> frozenset[str]:
    """The pairs of a name in official terms."""
    return pairs_of(canonical(normalise(name)))


def shorts_in(text: str, *, surely: bool) -> Iterator[str]:
    """The stretches of a text that could be the short form of an issuer, by what follows; `surely`: by that alone."""
    follows = [_AFTER_ISSUER] if surely else [_AFTER_ISSUER, _AMONG_ISSUERS]
    for at in range(len(text)):
        for length in (4, 3, 2):
            short = text[at : at + length]
            if len(short) == length and _may_be_short(short) and _ends_well(text, at + length, follows):
                yield short


def _shorts_of(text: str, name: str) -> list[str]:
    """Short forms of an issuer that the text has, at each place the longest."""
    found = []
    for at in range(len(text)):
        for length in (4, 3, 2):
            short = text[at : at + length]
            follows = [_AFTER_ISSUER, _AMONG_ISSUERS]
            if len(short) == length and is_short_form(short, name) and _ends_well(text, at + length, follows):
                found.append(short)
                break
    return found


def _ends_well(text: str, end: int, follows: Sequence[re.Pattern[str]]) -> bool:
    return any(pattern.match(text, end) for pattern in follows)


def _may_be_short(short: str) -> bool:
    return _SHORT.fullmatch(short) is not None and short[-1] not in "局厅委办"


def is_short_form(short: str, name: str) -> bool:
    """人社 of 人力资源和社会保障局: it begins as the name does, and its characters follow in order."""
    if not name or short[0] != name[0] or not _may_be_short(short):
        return False
    at = 0
    for character in short:
        at = name.find(character, at) + 1
        if not at:
            return False
    return True
