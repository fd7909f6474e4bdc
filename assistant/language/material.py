"""What a model is given to word an answer: the draft composed by code and its evidence, figures taken out of both.

The draft stays the truth: a model sees names, roles and periods of the figures, never their digits.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import AnswerFigure, Citation
from assistant.draft import Draft
from assistant.figures.phrases import subject, with_unit
from assistant.language.masking import SLOT, Slot, mask
from assistant.library import Library
from corpus.model import Figure, Metadata
from corpus.repair import repair
from corpus.units import qualifiers

_MOST_SLOTS = 60
_SHORTEST_NAME = 4
_ROLES = {
    "target": "目标值", "actual": "实际值", "completion_rate": "完成率", "rank": "位次", "score": "得分",
    "grade": "等次",
    "growth": "增减幅度", "share": "占比", "standard": "标准", "threshold": "界限", "computed": "计算结果",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """A cited place: its mark, and its words with the figures taken out."""

    mark: int
    report: str
    section: tuple[str, ...]
    masked: str
    words: str  # with them


@dataclass(frozen=True, kw_only=True, slots=True)
class Material:
    question: str
    draft: Draft
    outline: str  # the draft's text with slots
    slots: tuple[Slot, ...]
    evidence: tuple[Evidence, ...]
    reports: tuple[Metadata, ...]
    others: tuple[str, ...]  # names of what else these reports count

    @property
    def told(self) -> tuple[Slot, ...]:
        """The slots of the outline: no other figure may be told."""
        keys = set(SLOT.findall(self.outline))
        return tuple(slot for slot in self.slots if slot.key in keys)

    @property
    def main(self) -> Slot | None:
        """The slot of the figure asked for."""
        return next((slot for slot in self.slots if slot.required), None)


def material_of(question: str, draft: Draft, library: Library) -> Material | None:
    """The material for an answered draft; None where there is nothing to word, or a number has no row."""
    if draft.status != "answered" or not draft.citations or draft.route == "none":
        return None
    slots = _slots(draft, library)
    outline = mask(draft.text, slots) if len(slots) <= _MOST_SLOTS else None
    if outline is None:
        return None
    reports = dict.fromkeys(citation.report for citation in draft.citations)
    return Material(
        question=question, draft=draft, outline=outline,
        slots=tuple(slot for slot in slots if not slot.required or f"{{{slot.key}}}" in outline),
        evidence=tuple(_evidence(citation, slots, library) for citation in draft.citations),
        reports=tuple(library.reports[report] for report in reports),
        others=_names(frozenset(reports), library),
    )  # fmt: skip


def _names(reports: frozenset[str], library: Library) -> tuple[str, ...]:
    names = dict.fromkeys(
        name
        for report in sorted(reports)
        for figure in library.figures_of(report)
        for name in (figure.name, figure.indicator or "")
    )
    return tuple(name for name in names if len(name) >= _SHORTEST_NAME)


def _slots(draft: Draft, library: Library) -> list[Slot]:
    """The draft's figures in their order, then the further rows of the places it cites."""
    told = {figure.id for figure in draft.figures}
    slots = [_told(f"F{number}", figure, draft, library) for number, figure in enumerate(draft.figures, 1)]
    further = [figure for citation in draft.citations for figure in _within(citation, library) if figure.id not in told]
    for number, figure in enumerate(dict.fromkeys(further), len(slots) + 1):
        mark = next((each.id for each in draft.citations if _holds(each, figure)), None)
        required = draft.route != "figure" and with_unit(figure) in draft.text and not draft.figures
        slots.append(_of_row(f"F{number}", figure, mark, required=required))
    return slots


def _told(key: str, told: AnswerFigure, draft: Draft, library: Library) -> Slot:
    row = library.figures.get(told.id or "")
    if row is not None:
        return _of_row(key, row, told.citation, required=draft.computation is None)
    return Slot(
        key=key, figure=None, shown=_with_formula(told.printed, draft), name=told.name, role="computed",
        period=told.period, scope=told.scope, unit=told.unit, citation=told.citation, required=True,
    )  # fmt: skip


def _with_formula(result: str, draft: Draft) -> str:
    """A result and, where it stands in brackets behind, the formula: it is shown wherever the result is."""
    if draft.computation is None:
        return result
    at = draft.text.find(f"{result}（")
    start = at + len(result)
    depth = 0
    for end in range(start, len(draft.text) if at >= 0 else 0):
        depth += (draft.text[end] == "（") - (draft.text[end] == "）")
        if depth == 0:
            return draft.text[at : end + 1]
    return result


def _of_row(key: str, figure: Figure, mark: int | None, *, required: bool) -> Slot:
    return Slot(
        key=key, figure=figure, shown=with_unit(figure), name=subject(figure), role=figure.role, period=figure.period,
        scope=figure.scope, unit=figure.base_unit, citation=mark, required=required,
    )  # fmt: skip


def _within(citation: Citation, library: Library) -> list[Figure]:
    own = library.figures_of(citation.report)
    return [figure for figure in own if _holds(citation, figure) and figure.role != "constant"]


def _holds(citation: Citation, figure: Figure) -> bool:
    return citation.report == figure.report and citation.start <= figure.start and figure.end <= citation.end


def _evidence(citation: Citation, slots: Sequence[Slot], library: Library) -> Evidence:
    text = library.source_text(citation.report)
    rows = [(slot.key, slot.figure) for slot in slots if slot.figure is not None and _holds(citation, slot.figure)]
    pieces: list[str] = []
    at = citation.start
    for key, figure in sorted(rows, key=lambda each: each[1].start):
        if figure.start >= at:
            pieces += [_without_qualifier(repair(text, at, figure.start).text, figure), f"{{{key}}}"]
            at = _behind_qualifier(text, figure)
    pieces.append(repair(text, at, citation.end).text)
    return Evidence(
        mark=citation.id, report=citation.report, section=citation.section,
        masked="".join(pieces), words=repair(text, citation.start, citation.end).text,
    )  # fmt: skip


def _without_qualifier(before: str, figure: Figure) -> str:
    """A qualifier is part of the slot's filling."""
    qualifier = figure.qualifier
    return before.removesuffix(qualifier) if qualifier and qualifier not in qualifiers("after") else before


def _behind_qualifier(text: str, figure: Figure) -> int:
    """Where the text goes on behind a figure and a qualifier such as 以上."""
    qualifier = figure.qualifier
    if not qualifier or qualifier not in qualifiers("after"):
        return figure.end
    found = re.compile(r"\s*" + r"\s*".join(map(re.escape, qualifier))).match(text, figure.end)
    return found.end() if found else figure.end


def labels(slots: Sequence[Slot]) -> str:
    """A line for each slot: what it stands for, without its digits."""
    lines = []
    for slot in slots:
        told = (
            _ROLES.get(slot.role, "数值"),
            slot.period,
            slot.scope,
            f"出处[{slot.citation}]" if slot.citation else "",
        )
        unit = re.sub(r"\d", "", slot.unit or "")
        lines.append(f"{{{slot.key}}}＝{slot.name}（{'，'.join(filter(None, (*told, unit and f'单位{unit}')))}）")
    return "\n".join(lines)
