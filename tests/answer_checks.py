"""What every answer owes its reader, checked the same way for any question over any store."""

import json
import re
import unicodedata
from typing import get_args

from assistant.answer import Answer, Route, Status
from corpus.model import Figure
from index.store import Store

_MARK = re.compile(r"\[\d+\]")
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_NUMERAL = re.compile(r"\d+(?:\.\d+)?")
OWN_WORDS = {"figure", "table", "list", "compute"}  # routes whose sentences are composed, not quoted


def faults_of(answer: Answer, store: Store) -> list[str]:
    """Everything that is wrong with an answer whatever was asked; empty where nothing is."""
    faults = []
    if answer.status not in get_args(Status) or answer.route not in get_args(Route):
        faults.append(f"unknown status or route: {answer.status}, {answer.route}")
    for citation in answer.citations:
        if store.source_text(citation.report)[citation.start : citation.end] != citation.quote:
            faults.append(f"citation {citation.id} does not re-cut")
        if not citation.quote.strip() or f"[{citation.id}]" not in answer.answer:
            faults.append(f"citation {citation.id} is blank or not marked in the answer")
    if answer.status == "refused" and (answer.figures or answer.computation):
        faults.append("a refusal with figures")
    faults += _uncited_figures(answer, store)
    if answer.route in OWN_WORDS:
        faults += [f"{numeral} is neither cited nor computed" for numeral in sorted(unaccounted(answer, store))]
    return faults


def unaccounted(answer: Answer, store: Store) -> set[str]:
    """Numerals of an answer that neither a cited ledger row nor the shown computation has."""
    return numerals(_without_quotations(answer)) - _accounted(answer, store)


def _without_quotations(answer: Answer) -> str:
    """The answer without what it quotes whole from a citation, such as a target in words."""
    text = "".join(answer.answer.split())
    for citation in answer.citations:
        text = text.replace("".join(citation.quote.split()).rstrip("。"), "")
    return text


def numerals(text: str) -> set[str]:
    plain = _THOUSANDS.sub("", unicodedata.normalize("NFKC", _MARK.sub("", text)))
    return set(_NUMERAL.findall(re.sub(r"(?<=\d)\s+(?=年)", "", plain)))


def cited_rows(answer: Answer, store: Store) -> list[Figure]:
    """Ledger rows that stand inside a citation of the answer."""
    return [
        figure
        for citation in answer.citations
        for figure in store.figures(citation.report)
        if citation.start <= figure.start and figure.end <= citation.end
    ]


def _accounted(answer: Answer, store: Store) -> set[str]:
    told = [part for citation in answer.citations for part in citation.section]
    for row in cited_rows(answer, store):
        told += [part for part in (row.printed, row.name, row.indicator, row.period) if part]
    if answer.computation is not None:
        told += [answer.computation.formula, answer.computation.result]
        told += [figure.period for figure in answer.figures if figure.id is None and figure.period]
    return {numeral for part in told for numeral in numerals(re.sub(r"\s+", "", part))}


def _uncited_figures(answer: Answer, store: Store) -> list[str]:
    faults = []
    citations = {citation.id: citation for citation in answer.citations}
    rows = {figure.id: figure for figure in store.figures()}
    for shown in answer.figures:
        if shown.id is None:
            if shown.role != "computed" or answer.computation is None:
                faults.append(f"{shown.name} has no ledger row and no computation")
            continue
        row, citation = rows[shown.id], citations.get(shown.citation or 0)
        if citation is None or not (citation.start <= row.start and row.end <= citation.end):
            faults.append(f"{shown.name} is not inside its citation")
        elif row.printed not in citation.quote or "".join(shown.printed.split()) not in answer.answer:
            faults.append(f"{shown.name}: {shown.printed} is not printed in the quote or not told in the answer")
        if (shown.base_value, shown.base_unit, shown.role) != (row.base_value, row.base_unit, row.role):
            faults.append(f"{shown.name} differs from its ledger row")
    return faults


def without_timing(lines: str) -> list[dict[str, object]]:
    """The objects of an answers file but for their timing, in order; equal as JSON text to the key order."""
    return [
        {key: value for key, value in json.loads(line).items() if key != "timing_ms"} for line in lines.splitlines()
    ]
