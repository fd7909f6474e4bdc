"""A question that asks for several things, parted into questions that each ask for one.

失业、工伤保险参保各多少        -> 失业保险参保多少 · 工伤保险参保多少
追回欠薪多少钱，涉及多少人      -> 追回欠薪多少钱 · 追回欠薪涉及多少人
2025年完成多少、2026年计划多少  (with what stands before them as the subject of both)
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.questions.question import Question, content_of, read_question
from corpus.labels import parallel_labels
from corpus.wording import JOINTS

_EACH = re.compile(r"^(?P<things>.+?)(?:各自|各|分别)(?P<asked>.*)$")
_PARTS = re.compile(r"[，,；;、?？]|和(?=[^，,、]*(?:多少|几))")
_ASKS = re.compile(r"多少|几[个家人名项成亿万件场次张户]|第几|好多|几多|目标|完成率|占比|增速")
_MOST = 4


# What says only that something changed: 比上年多了多少 names nothing by itself.
_CHANGE = re.compile("同比|环比|比上年|增长|增加|下降|减少|上升|提高|降低|变化|[了的有 ]")
_SHORTEST_NAME = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Facet:
    """One thing asked for: by itself, and with the subject of the whole question in front."""

    own: Question
    with_subject: Question

    @property
    def names_its_own(self) -> bool:
        return len(_CHANGE.sub("", self.own.content)) >= _SHORTEST_NAME


def facets(question: Question, known: Callable[[str], bool]) -> tuple[Facet, ...]:
    """The things asked for, or nothing where the question asks for one; `known` tells what the reports say."""
    texts = _each(question.text, known) or _listed(question.text)
    if not 1 < len(texts) <= _MOST:
        return ()
    subject = _subject(texts[0])
    return tuple(
        Facet(own=read_question(text), with_subject=read_question(text if order == 0 else subject + text))
        for order, text in enumerate(texts)
    )


def asks_level_and_change(question: Question) -> bool:
    """办了多少件，比上年少了多少: how much, and how that changed."""
    parts = _listed(question.text)
    if len(parts) != 2 or len(parts) != len(_PARTS.findall(question.text.rstrip("?？"))) + 1:
        return False
    level, change = map(read_question, parts)
    return (
        "growth" in change.roles and not level.roles & {"growth", "share"} and len(_CHANGE.sub("", change.content)) < 2
    )


def _each(text: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    found = _EACH.match(text)
    if found is None:
        return ()
    count = len([part for part in JOINTS.split(found["things"]) if part])
    labels = parallel_labels(found["things"], count, known) if count > 1 else ()
    asked = found["asked"] if _ASKS.search(found["asked"]) else found["asked"] + "多少"
    return tuple(label + asked for label in labels)


def _listed(text: str) -> tuple[str, ...]:
    parts = tuple(part for part in _PARTS.split(text) if part.strip())
    return parts if len(parts) > 1 and all(_ASKS.search(part) for part in parts) else ()


def _subject(first: str) -> str:
    """What the first part is about, without its years and question words."""
    return content_of(first).split(" ")[0]
