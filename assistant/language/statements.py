"""Clauses of a model that have no figure: the report's own, each in its place, or nothing but frame and courtesy.

准备不充分，影响了进度。细化不够，难以量化。     said: 细化不够，影响了进度   ->  of another sentence
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.language.support import plain, support
from assistant.language.words import language_words
from corpus.wording import alternatives

_CLAUSE = re.compile(r"[，,、；;：:。！？!?\n]")
_SENTENCE = re.compile(r"[。；;！？!?\n]")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# A reason told behind what it explains is read before it, as reports write it.
_CAUSED = re.compile(
    r"([^，。；：]+?)的?(?:主要)?(?:原因(?:主要)?(?:是|在于)|是因为|是由于|主要是|是)((?:受|因|由于)[^，。；：]+)"
)
# 存在的主要问题是|经费不足: what is named, and what is said of it.
_LEAD = re.compile(r"((?:问题|措施|做法|工作|内容|任务|打算))(?:主要)?(?:是|为|有|包括|在于)")
_ENOUGH = 2
_WITH_MARK = re.compile(r"([^，,、；;：:。！？!?\n]+)[，,、；;：:。！？!?\n]?")
_TOPIC = re.compile(r"^(?:关于|就|对于|针对|在)|(?:方面|而言|来看|如下|问题|询问|提问)[，：:]?$|[：:]$")
_TEXT = tuple[str, ...]  # the plain clauses of a sentence of the report


def statement_fault(text: str, sources: str, known: str, ours: frozenset[str] = frozenset()) -> str | None:
    """Why the clauses of a text without figures cannot stand.

    `sources` is what they have to come from, sentence by sentence; `known` further words that may be said (headings);
    `ours` words for the issuer or the place.
    """
    at: _Place | None = None
    text = _LEAD.sub(r"\1：", text)
    text = _CAUSED.sub(r"\2，\1", "".join("" if each in ours else each for each in _split(text, ours)))
    for match in _WITH_MARK.finditer(text):
        clause, said = match[1].strip(), plain(match[1])
        if _is_topic(said, match[0], known):
            continue
        if support(said, known).content_characters + support(said, known).strange_characters == 0:
            if (weighty := next(language_words().weighty_in(clause), None)) is not None:
                return f"“{weighty}”没有依据"
            continue
        found = _place(said, _sentences(sources), at)
        if found is None:
            strange = support(said, f"{plain(sources)}\n{known}").strange
            if not strange and not _says(said, clause, known):
                continue  # a heading's words
            return f"“{strange[0] if strange else clause}”没有依据"
        at = found
    return None


def _split(text: str, words: frozenset[str]) -> list[str]:
    return re.split(f"({alternatives(words)})", text) if words else [text]


def _is_topic(said: str, clause: str, known: str) -> bool:
    """Whether a clause does no more than name what follows: 关于教师培训人次：."""
    if _TOPIC.search(clause) is None or next(language_words().weighty_in(clause), None) is not None:
        return False
    return not support(said, known, language_words().leading).strange and not language_words().denial.search(clause)


def _says(said: str, clause: str, known: str) -> bool:
    """Whether a clause says more than what headings and titles do."""
    return bool(support(said, known).strange) or next(language_words().weighty_in(clause), None) is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Place:
    sentence: int
    clause: int


def _place(said: str, sentences: Sequence[_TEXT], before: "_Place | None") -> "_Place | None":
    """The clause of the report that says this one: behind the one before, or the first of another sentence."""
    for sentence, clauses in enumerate(sentences):
        same = before is not None and before.sentence == sentence
        for first in range(len(clauses)):
            if same and before is not None and first < before.clause:
                continue
            if not same and first and before is not None:
                continue  # a later clause leans on its sentence's first
            for last in range(first, len(clauses)):
                if _is_said(said, clauses[first : last + 1]):
                    return _Place(sentence=sentence, clause=last)
    return None


def _is_said(said: str, clauses: Sequence[str]) -> bool:
    told = "\n".join(clauses)
    found = support(said, told)
    if found.strange or found.content_characters < _ENOUGH:
        return False
    if any(word not in told for word in map(plain, language_words().weighty_in(said))):
        return False
    if any(match[0] not in told for match in language_words().quantity.finditer(said)):
        return False
    return _in_sequence(found.content, told) and _denials(said) == _denials(told) and _numbers_in_place(said, clauses)


def _in_sequence(pieces: Sequence[str], told: str) -> bool:
    """Whether the report's words come in the report's order, the first piece apart: it may be a subject put first."""
    at = 0
    for piece in pieces:
        found = told.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def _denials(text: str) -> int:
    return len(language_words().denial.findall(text))


def _numbers_in_place(said: str, clauses: Sequence[str]) -> bool:
    return [*_NUMBER.findall(said)] == [number for clause in clauses for number in _NUMBER.findall(clause)]


@lru_cache(maxsize=64)
def _sentences(text: str) -> tuple[_TEXT, ...]:
    found = (tuple(filter(None, map(plain, _CLAUSE.split(each)))) for each in _SENTENCE.split(text))
    return tuple(clauses for clauses in found if clauses)
