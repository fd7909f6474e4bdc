"""Questions for words: duties, problems, reasons, measures, who and where, answered by the report's own sentences.

All stretches, headed groups and enumerations of the reports compete, by words and by the similarity of their
passages. What answers is quoted and cited; enumerations are told whole.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.choice import Choice
from assistant.draft import Draft
from assistant.figures.coverage import Weighed, pairs_of, weigh
from assistant.library import Library
from assistant.lists.answer import enumeration_draft
from assistant.lists.enumerations import Enumeration
from assistant.narrative.agreement import Signals, likelihood, trust
from assistant.narrative.match import Fit, fit_enumerations, fit_groups, fit_stretches
from assistant.narrative.parts import part_of_report
from assistant.narrative.passages import (
    beside,
    completed,
    group_stretches,
    passage_draft,
    sentence_of,
    with_companions,
    with_key,
)
from assistant.narrative.question import NarrativeQuestion, read_narrative
from assistant.narrative.summary import summary_draft
from assistant.narrative.text import Stretch, Told, official
from assistant.narrative.trust import FEW_WORDS, Evidence, answers, answers_by_meaning, core_of
from assistant.narrative.windows import Window, gives, windows_of
from assistant.narrative.words import narrative_words
from assistant.questions.question import Question

if TYPE_CHECKING:  # importing the search engines costs seconds
    from index.search import Hit

_HITS = 12
_NEAREST, _STEP = 2.0, 0.3
_MOST_STRETCHES = 3
_ANNOUNCED = 0.9
_NEARLY_AS_GOOD = 0.5
# Kinds whose items are told together: half of the reasons is no answer.
_TOLD_WHOLE = frozenset({"reason", "problem"})
_END_OF_LEAD = 14
_NAMED_WHOLE, _HEADED = 0.95, 0.3
_OF_MANY = frozenset({"problem", "duty", "achievement", "measure"})
# A sentence that goes on to list: 如甲（…）；乙（…）.
_LEADS_ON = re.compile(r"[如：:]|包[括含]|分别|即")


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The best stretches, groups and enumerations of one report for a question."""

    report: str
    told: Told
    weighed: Weighed
    stretches: tuple[Fit, ...]
    groups: tuple[Fit, ...]
    enumerations: tuple[Fit, ...]
    windows: tuple[Window, ...]  # found by meaning and words, best first

    @property
    def best(self) -> float:
        return max((fits[0].total for fits in (self.stretches, self.groups, self.enumerations) if fits), default=0.0)


def narrative_draft(asked: Question, choice: Choice, library: Library) -> Draft | None:
    """The report's own words that answer, or None where they do not."""
    summary = summary_draft(asked, choice, library)
    if summary is not None:
        return summary
    question = read_narrative(asked)
    found = find(question, choice, library)
    if found is None:
        return None
    if (part := part_of_report(question, found.report, library)) is not None:
        return enumeration_draft(question, part, library)
    candidates = ranked(question, found)
    for fit in candidates:
        # Where what fits best does not answer, something else that fits far less does not either.
        if fit.total < candidates[0].total - _NEARLY_AS_GOOD:
            break
        evidence = _evidence(question, fit, found, library)
        if answers(question, evidence, library.reports[found.report]) and _agreed(question, evidence, found):
            return _draft(question, fit, found, library)
    return _alike_draft(question, found, library)


def _agreed(question: NarrativeQuestion, evidence: Evidence, found: Found) -> bool:
    """Whether what fits by words is not contradicted by what the search finds."""
    if question.is_plain or not found.windows or (evidence.weight < FEW_WORDS and evidence.announced):
        return True
    return likelihood(_signals(question, evidence, found)) >= trust().floor


def _alike_draft(question: NarrativeQuestion, found: Found, library: Library) -> Draft | None:
    """What the search finds first, where everything speaks for it though few words are shared."""
    if question.is_plain or not found.windows:
        return None
    window = found.windows[0]
    evidence = _evidence_of_window(question, window, found, library)
    if not answers_by_meaning(question, evidence, library.reports[found.report]):
        return None
    if likelihood(_signals(question, evidence, found)) < trust().floor_alike:
        return None
    leads = _led_by(window.told, found, library) or _holding(question, window.key, found, library)
    return (
        enumeration_draft(question, leads, library)
        if leads
        else passage_draft(completed(window.told, found.told), found.weighed, library)
    )


def _signals(question: NarrativeQuestion, evidence: Evidence, found: Found) -> Signals:
    best = found.windows[0]
    inside = any(low < best.end and best.start < high for low, high in evidence.spans)
    return Signals(
        similarity=best.similarity, margin=best.margin, cosine=best.cosine, agrees=inside, covered=evidence.covered,
        gap=evidence.gaps[0], unknown_gap=evidence.gaps[1], unknown=found.weighed.unknown,
        gives=gives(question, evidence.text), kind=bool(question.kinds), items=bool(evidence.items),
    )  # fmt: skip


def find(question: NarrativeQuestion, choice: Choice, library: Library) -> Found | None:
    """The report that answers best, newest first among equals, with what answers in it."""
    weighed = weigh(question.content, library.entries.weights)
    hits = library.store.searcher().search(question.asked.text, k=_HITS, reports=choice.reports)
    found = [
        _find_in(report, question, weighed, library, [hit for hit in hits if hit.report == report])
        for report in choice.reports
        if any(hit.report == report for hit in hits)
    ]
    return max(found, key=lambda each: round(each.best, 9)) if found else None


def _similar(told: Told, hits: "Sequence[Hit]") -> dict[int, float]:
    """How near the stretches in the windows found are, by order: from 2 for the best window downward.

    Windows that the vector store knows nothing of say nothing: words are compared here already.
    """
    found: dict[int, float] = {}
    for rank, hit in enumerate(hit for hit in hits if hit.dense_similarity is not None):
        for stretch in told.stretches:
            start, end = stretch.span
            if start < hit.end and hit.start < end:
                found.setdefault(stretch.order, _NEAREST - _STEP * rank)
    return found


def _find_in(
    report: str, question: NarrativeQuestion, weighed: Weighed, library: Library, hits: "Sequence[Hit]"
) -> Found:
    title, weights, told = library.entries.titles[report], library.entries.weights, library.told(report)
    similar = _similar(told, hits)
    of_sections: dict[tuple[str, ...], float] = {}
    for order, value in similar.items():
        section = told.stretches[order].block.section
        of_sections[section] = max(value, of_sections.get(section, value))
    return Found(
        report=report, told=told, weighed=weighed,
        stretches=tuple(fit_stretches(question, weighed, told, weights, title, similar)),
        groups=tuple(fit_groups(question, weighed, told, weights, title, of_sections)),
        enumerations=tuple(
            fit_enumerations(question, weighed, library.enumerations(report), weights, title, of_sections)
        ),
        windows=windows_of(question, weighed, told, hits),
    )  # fmt: skip


def ranked(question: NarrativeQuestion, found: Found) -> list[Fit]:
    """The candidates to tell, best first; where many things are asked, enumerations and groups before a sentence."""
    of_many = question.lists or bool(question.kinds & _OF_MANY)
    scored: list[tuple[float, int, Fit]] = []
    for fit in found.enumerations[:3]:
        announced = 0.35 if fit.features["kind"] and question.kinds - {"measure"} else 0.1
        named = fit.features["own"] >= _NAMED_WHOLE and fit.enumeration is not None
        if named and question.lists and fit.enumeration is not None and fit.enumeration.kind == "headings":
            announced += _HEADED
        scored.append((fit.total + (announced if of_many else -0.25), 0, fit))
    for fit in found.groups[:3]:
        scored.append((fit.total + (0.05 if of_many else -0.15), 1, fit))
    for fit in found.stretches[:3]:
        scored.append((fit.total, 2, fit))
    return [fit for _, _, fit in sorted(scored, key=lambda each: (-round(each[0], 9), each[1]))[:2]]


def _told(question: NarrativeQuestion, fit: Fit, found: Found, library: Library) -> list[Stretch]:
    if fit.group is not None:
        return group_stretches(fit.group, found.weighed)
    if fit.stretch is None:
        return []
    best = fit.stretch
    under = next(
        (group for group in found.told.groups if group.stretches[0] is best and group.title == best.text), None
    )
    if under is not None:
        return group_stretches(under, found.weighed)
    others = [each.stretch for each in found.stretches[:8] if each.stretch and not each.stretch.text.endswith("：")]
    if question.lists and _LEADS_ON.search(best.text):
        return sentence_of(best, found.told)
    chosen = with_companions(best, others, found.weighed, _MOST_STRETCHES)
    key = with_key(best, found.told, found.weighed, library.entries.weights, _MOST_STRETCHES - 1)
    chosen += [each for each in key if each not in chosen]
    if "reason" in question.kinds:
        cue = narrative_words().kinds["reason"].cues
        chosen += [each for each in beside(best, found.told) if cue.search(each.text) and each not in chosen]
    return chosen


def _evidence(question: NarrativeQuestion, fit: Fit, found: Found, library: Library) -> Evidence:
    """What a candidate has to show for itself: of an enumeration its lead-in, of a group its best stretch."""
    title = library.entries.titles[found.report]
    around = ""
    if fit.enumeration is not None:
        text = "\n".join((fit.enumeration.lead, *(item.text for item in fit.enumeration.items)))
        headings = " ".join(fit.enumeration.section)
        pairs = _pairs(fit.enumeration.lead) | _pairs(headings)
        spans = tuple((item.start, item.end) for item in fit.enumeration.items)
    else:
        stretches = [fit.stretch] if fit.stretch else _told(question, fit, found, library)
        text = "".join(each.text for each in stretches)
        first = max(stretches, key=lambda each: found.weighed.covered(each.own))
        headings = " ".join((*first.block.section, first.topic))
        around = "".join(each.text for each in beside(first, found.told))
        pairs = _pairs(first.text) | _pairs(headings)
        spans = tuple(each.span for each in (fit.group.stretches if fit.group else stretches))
    core = weigh(core_of(question.content, pairs | title), library.entries.weights)
    return Evidence(
        text=text, beside=around, headings=headings, pairs=pairs, title=title, weights=library.entries.weights,
        weight=core.total, covered=core.covered(pairs, title), announced=fit.features["kind"] >= _ANNOUNCED,
        similarity=fit.features["similarity"], counted=fit.features.get("exact", 0.0) > 0,
        items=len(fit.enumeration.items) if fit.enumeration else 0, gaps=core.gap(pairs, title), spans=spans,
    )  # fmt: skip


def _evidence_of_window(question: NarrativeQuestion, window: Window, found: Found, library: Library) -> Evidence:
    """Of a window what is told of it; all that stands in it is beside."""
    title, weights = library.entries.titles[found.report], library.entries.weights
    headings = " ".join((*window.key.block.section, window.key.topic))
    pairs = window.pairs | _pairs(headings)
    core = weigh(core_of(question.content, pairs | title), weights)
    return Evidence(
        text="".join(each.text for each in window.told), beside="".join(each.text for each in window.stretches),
        headings=headings, pairs=pairs, title=title, weights=weights, weight=core.total,
        covered=core.covered(pairs, title), announced=False, similarity=_NEAREST, counted=False, items=0,
        gaps=core.gap(pairs, title), spans=tuple(each.span for each in window.told),
    )  # fmt: skip


def _pairs(text: str) -> frozenset[str]:
    return pairs_of(official(text)) if text.strip() else frozenset()


def _draft(question: NarrativeQuestion, fit: Fit, found: Found, library: Library) -> Draft:
    if fit.enumeration is not None:
        return enumeration_draft(question, fit.enumeration, library)
    stretches = _told(question, fit, found, library)
    leading = stretches if question.lists else []
    leads = _led_by([*leading, *([fit.stretch] if fit.stretch else [])], found, library)
    if leads is None and fit.stretch is not None:
        leads = _holding(question, fit.stretch, found, library)
    if leads is not None:
        return enumeration_draft(question, leads, library)
    return passage_draft(completed(stretches, found.told), found.weighed, library)


def _led_by(stretches: Sequence[Stretch], found: Found, library: Library) -> Enumeration | None:
    """The enumeration that one of the stretches leads in: 主要原因："""
    ends = [each.span[1] for each in stretches if each.text.endswith(("：", ":"))]
    return next(
        (each for each in library.enumerations(found.report) if each.lead_span and each.lead_span[1] in ends), None
    )


def _holding(question: NarrativeQuestion, stretch: Stretch, found: Found, library: Library) -> Enumeration | None:
    """The enumeration of the kind asked for that a stretch is an item of: 主要原因：一是甲；二是乙 told whole."""
    heads = [narrative_words().kinds[name].heads for name in sorted(question.kinds & _TOLD_WHOLE)]
    low, high = stretch.span
    for each in library.enumerations(found.report):
        inside = any(item.start < high and low < item.end for item in each.items)
        if inside and each.kind != "headings" and any(head.search(each.lead[-_END_OF_LEAD:]) for head in heads):
            return each
    return None
