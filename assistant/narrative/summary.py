"""A summary in so many points: sentences of the report itself, chosen and cited, in the report's order.

Method: the sentence that shares most with the rest of the text first, then whichever shares most and says
something else (maximal marginal relevance, Carbonell and Goldstein 1998), over the pairs of their characters.
A part of a report that lists things is told by its items.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.choice import Choice
from assistant.draft import Draft
from assistant.figures.coverage import weigh
from assistant.library import Library
from assistant.lists.answer import enumeration_draft, in_words
from assistant.lists.enumerations import Enumeration
from assistant.narrative.match import fit_enumerations, fit_groups, tense_fit
from assistant.narrative.question import NarrativeQuestion, read_narrative
from assistant.narrative.text import Stretch, Told
from assistant.narrative.words import narrative_words
from assistant.places import Citations
from assistant.questions.question import Question

_POINTS = re.compile(r"(?P<count>[一二两三四五六七八九十]|\d{1,2})\s*(?:个?(?:要点|重点)|点|条|句|方面)")
_USUAL_POINTS = 3
_MOST_POINTS = 10
_SHORTEST, _LONGEST = 14, 130
_NAMED = 0.6
_FEW_WORDS = 0.5
_ANNOUNCED = 0.9
# How much a sentence that repeats another is put back.
_REPEATS = 0.7


def summary_draft(asked: Question, choice: Choice, library: Library) -> Draft | None:
    """The points of a report, or of the part of it that is named; None where no summary is asked for."""
    words = narrative_words().summary
    if not words.search(asked.text):
        return None
    question = read_narrative(replace(asked, text=words.sub(" ", _POINTS.sub(" ", asked.text))))
    wanted = _count(asked.text)
    count = min(_MOST_POINTS, max(1, wanted or _USUAL_POINTS))
    pool = _pool(question, wanted, library.told(choice.reports[0]), library)
    if pool is None:
        return None
    if isinstance(pool, Enumeration):
        return enumeration_draft(question, pool, library)
    return _draft(sorted(_chosen(pool, count), key=lambda each: each.order), count, library)


def _draft(chosen: Sequence[Stretch], count: int, library: Library) -> Draft:
    citations = Citations(library)
    lines = []
    for number, each in enumerate(chosen, 1):
        cited = citations.of_span(each.block.report, *each.span, each.block.section)
        lines.append(f"（{in_words(number)}）{each.text.rstrip('。；;')}[{cited}]")
    short = (f"报告这一部分可作要点的只有{in_words(len(chosen))}句。",) if len(chosen) < count else ()
    return Draft(
        status="answered", route="passage", text="；\n".join(lines) + "。", citations=citations.all(), warnings=short
    )  # fmt: skip


def _count(text: str) -> int:
    found = _POINTS.search(text)
    if found is None:
        return _USUAL_POINTS
    return (
        int(found["count"])
        if found["count"].isdigit()
        else "零一二三四五六七八九十".index(found["count"].replace("两", "二"))
    )


def _pool(
    question: NarrativeQuestion, count: int | None, told: Told, library: Library
) -> Sequence[Stretch] | Enumeration | None:
    """The sentences to choose from: of the part named, else of the whole report; None where no such part is.

    A list of as many items as points are asked for is told as it stands.
    """
    prose = [each for each in told.stretches if not each.block.is_row and _SHORTEST <= len(each.text) <= _LONGEST]
    prose = [each for each in prose if each.text.endswith(("。", "；"))]
    prose = [each for each in prose if tense_fit(question, each.block.section) >= 0] or prose
    weighed = weigh(question.content, library.entries.weights)
    if weighed.total < _FEW_WORDS and not question.kinds:
        return prose
    title, weights = library.entries.titles[told.report], library.entries.weights
    if weighed.covered(title) >= _NAMED and not question.kinds:
        return prose
    lists = fit_enumerations(question, weighed, library.enumerations(told.report), weights, title, {})
    of_kind = weighed.total < _FEW_WORDS
    announced = [
        each for each in lists if each.features["kind"] >= _ANNOUNCED and (of_kind or each.features["own"] >= _NAMED)
    ][:1]
    groups = fit_groups(question, weighed, told, weights, title, {})[:1]
    best = max(announced or [*lists[:1], *groups], key=lambda each: each.total, default=None)
    if best is None or (best.features["own"] < _NAMED and not announced):
        return None
    if best.enumeration is not None and (count is None or len(best.enumeration.items) == count):
        return best.enumeration
    if best.group is not None:
        return [each for each in prose if each in best.group.stretches]
    return _inside(best.enumeration, prose) if best.enumeration else None


def _inside(enumeration: Enumeration, prose: Sequence[Stretch]) -> Sequence[Stretch] | None:
    """The sentences of the items of an enumeration; of headings, those of the sections below."""
    path = enumeration.section
    if enumeration.kind == "headings":
        return [each for each in prose if each.block.section[: len(path)] == path] or None
    spans = [(item.start, item.end) for item in enumeration.items]
    return [each for each in prose if any(start <= each.span[0] < end for start, end in spans)] or None


def _chosen(pool: Sequence[Stretch], count: int) -> list[Stretch]:
    shared = Counter(pair for each in pool for pair in each.own)
    central = {each.order: sum(shared[pair] - 1 for pair in each.own) / (len(each.own) + 12) for each in pool}
    most = max(central.values(), default=1.0) or 1.0
    chosen: list[Stretch] = []
    while len(chosen) < min(count, len(pool)):
        left = [each for each in pool if each not in chosen]
        chosen.append(
            max(left, key=lambda each: (central[each.order] / most - _REPEATS * _repeated(each, chosen), -each.order))
        )
    return chosen


def _repeated(each: Stretch, chosen: Sequence[Stretch]) -> float:
    """How much of a sentence others say already, and whether its section has its sentence."""
    alike = max((len(each.own & other.own) / (len(each.own) or 1) for other in chosen), default=0.0)
    return max(alike, 0.4 * any(each.block.section == other.block.section for other in chosen))
