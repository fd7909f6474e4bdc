"""What is left of things told in one sentence: 发现隐患210处，已整改204处，剩余6处 -> 还有几处没整改: 6.

The sentence has to name the things; the number of what is left is told where the report prints it, else the whole
less its part, both of the unit asked for. Where two sentences fit, nothing is certain.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from assistant.choice import Choice, from_newest
from assistant.computing.draft import computed_draft
from assistant.computing.kinds import subtracted
from assistant.computing.stated import told
from assistant.computing.units import value_of
from assistant.computing.words import compute_words, plainly
from assistant.draft import Draft
from assistant.figures.coverage import weigh
from assistant.figures.entries import Entry
from assistant.figures.matching import LEVELS
from assistant.figures.phrases import subject
from assistant.figures.scope_check import covers
from assistant.library import Library
from assistant.questions.question import Question, content_of
from corpus.statements import run_up
from corpus.units import match_unit

_ASKED = re.compile(
    r"(?P<before>[^,，。]{2,14}?)(?:还有|还剩下?|还差|剩下|仍有|尚有)(?:多少|几)(?P<unit>[^\s没未不,，。的]{1,4}?)"
    r"(?P<noun>[^\s没未不,，。]{0,8}?)(?:没有?|未|还没)(?P<did>[^,，。？?]{1,8})"
    r"|(?:还有|还剩下?|还差|仍有|尚有)(?:多少|几)(?P<unit2>[^\s没未不,，。的]{1,2}?)(?P<noun2>[^\s没未不,，。]{2,10}?)(?:没有?|未|还没)(?P<did2>[^,，。？?]{1,8})"
    r"|(?:还有|还剩下?|仍有|尚有)多少(?P<noun3>[^\s没未不,，。]{2,10}?)(?:没有?|未|还没)(?P<did3>[^,，。？?]{1,8})"
)
_LEFT = re.compile(r"(?:剩余|剩下|其余|余下|未完成|尚未|尚有|仍有|未\w{1,4})$")
_NAMED = 0.75


def remainder_draft(question: Question, choice: Choice, library: Library) -> Draft | None:
    """The number of what is left, or None where none is asked for or no sentence is certain."""
    found = _ASKED.search(plainly(question.text))
    if found is None:
        return None
    noun = content_of(f"{found['before'] or ''} {found['noun'] or found['noun2'] or found['noun3'] or ''}")
    counter = match_unit(found["unit"] or found["unit2"] or "", 0)
    did = content_of(found["did"] or found["did2"] or found["did3"])

    def of_report(report: str) -> Draft | None:
        sentences = _sentences(question, noun, counter.base if counter is not None else None, report, library)
        drafts = [draft for entries in sentences if (draft := _left(entries, did, library)) is not None]
        return drafts[0] if len({draft.figures[0].value for draft in drafts}) == 1 else None

    return from_newest(question, choice, library.reports, of_report)


def _sentences(
    question: Question, noun: str, unit: str | None, report: str, library: Library
) -> Sequence[Sequence[Entry]]:
    """The levels of each sentence that names the things, in the unit asked for."""
    weighed = weigh(noun, library.entries.weights)
    by_sentence: dict[int, list[Entry]] = defaultdict(list)
    for entry in library.entries.of(report):
        figure = entry.figure
        level = figure.kind == "number" and figure.table is None and entry.nature in (LEVELS - {"share", "rate"})
        counted = level and not entry.in_words and not entry.per and unit in {None, figure.base_unit}
        if counted and covers(question, entry, library.entries):
            by_sentence[figure.sentence_start].append(entry)
    return [
        sorted(entries, key=lambda entry: entry.figure.start)
        for entries in by_sentence.values()
        if weighed.total and weighed.covered(*(entry.name | entry.stretch for entry in entries)) >= _NAMED
    ]


def _left(entries: Sequence[Entry], did: str, library: Library) -> Draft | None:
    """What the sentence says is left, else its whole less the part of which it has been done."""
    left = [entry for entry in entries if _LEFT.search(f"{run_up(entry.figure)}") or _LEFT.search(entry.figure.name)]
    if len(left) == 1:
        return told(left[0].figure, library)
    done = [*(word for everyday, words in compute_words().done.items() if everyday in did for word in words), did]
    for at, part in enumerate(entries):
        wholes = [each for each in entries[:at] if each.figure.base_unit == part.figure.base_unit]
        is_part = any(word and word in f"{part.figure.name}{run_up(part.figure)}" for word in done)
        if is_part and wholes and value_of(wholes[-1].figure) >= value_of(part.figure):
            whole = wholes[-1].figure
            name = f"{subject(whole)}减去{subject(part.figure)}"
            return computed_draft(subtracted(whole, part.figure), f"{name}，还有", library, name=name)
    return None
