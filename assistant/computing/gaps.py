"""What is still missing of a whole: 编制还空着多少, 还有多少电梯没连上. The whole less its part, both shown.

Only where one whole and one part are certain: the whole is named by the question's noun and nothing else, the part
by the noun and by what has not been done; both are of one year and unit.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.choice import Choice, from_newest
from assistant.computing.draft import computed_draft
from assistant.computing.kinds import subtracted
from assistant.computing.units import value_of
from assistant.computing.words import compute_words, plainly
from assistant.draft import Draft
from assistant.figures.coverage import Weighed, weigh
from assistant.figures.entries import Entry
from assistant.figures.matching import LEVELS
from assistant.figures.phrases import subject
from assistant.figures.scope_check import covers
from assistant.library import Library
from assistant.questions.question import Question, content_of, read_question
from corpus.model import Figure
from corpus.statements import clause, run_up

_NAMED = 0.9
_SHORTEST = 2
_NOT_DONE = re.compile(
    r"(?:(?P<before>[^,，。]{2,12}?))?(?:还有|还剩|还差|剩下|仍有|尚有)(?:多少|几)(?P<noun>[^,，。没未不]{0,10}?)(?:没有?|未|还没)(?P<did>[^,，。？?]{1,10})"
)
_VACANT = re.compile(r"(?:行政执法|行政|事业|工勤|参公|专项)(?=编)")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Gap:
    whole: Figure
    part: Figure


def gap_draft(question: Question, choice: Choice, library: Library) -> Draft | None:
    """The whole less its part, or None where the question does not ask for that or the two are not certain."""
    text = plainly(question.text)

    def of_report(report: str) -> Draft | None:
        levels = [entry for entry in library.entries.of(report) if _is_level(entry, question, library)]
        gap = _vacant(text, levels) or _not_done(text, levels, library)
        return _draft(gap, library) if gap is not None else None

    return from_newest(question, choice, library.reports, of_report)


def answers_gap(question: Question, figure: Figure) -> bool:
    """Whether a row may answer what is asked: where what is missing is asked for, the whole does not."""
    text = plainly(question.text)
    if _NOT_DONE.search(text) is None and not re.search(compute_words().any_of("vacant"), text):
        return True
    return re.search(compute_words().any_of("lacking"), f"{figure.name}{run_up(figure)}{clause(figure)}") is not None


def _is_level(entry: Entry, question: Question, library: Library) -> bool:
    figure = entry.figure
    level = figure.kind == "number" and figure.role != "target" and entry.nature in LEVELS - {"share", "rate"}
    return level and not entry.per and not entry.in_words and covers(question, entry, library.entries)


def _vacant(text: str, levels: Sequence[Entry]) -> _Gap | None:
    """Posts less those who hold them; of one kind of posts where the question names it."""
    words = compute_words()
    if not re.search(words.any_of("vacant"), text) or not re.search(words.any_of("posts"), text):
        return None
    kind = found[0] if (found := _VACANT.search(text)) else ""
    posts = [entry for entry in levels if re.search(words.any_of("posts"), entry.figure.name)]
    wholes = [
        entry for entry in posts
        if (kind in entry.figure.name if kind else re.search(words.any_of("whole"), entry.figure.name))
    ]  # fmt: skip
    wholes = wholes or (posts if len(_values(posts)) == 1 else [])
    holders = [
        entry for entry in levels
        if entry not in posts and entry.figure.name.endswith(words.lists["holders_end"])
        and (kind in entry.figure.name if kind else re.search(words.any_of("holders"), entry.figure.name))
    ]  # fmt: skip
    return _certain(wholes, holders)


def _not_done(text: str, levels: Sequence[Entry], library: Library) -> _Gap | None:
    """Things less those of which something has been done."""
    found = _NOT_DONE.search(text)
    if found is None:
        return None
    noun = content_of(found["noun"]) or content_of(found["before"] or "")
    done = _done_words(found["did"])
    if len(noun.replace(" ", "")) < _SHORTEST or not done:
        return None
    weighed = weigh(noun, library.entries.weights)
    named = [entry for entry in levels if weighed.covered(entry.name) >= _NAMED]
    parts = [entry for entry in named if any(word in entry.figure.name for word in done)]
    wholes = [entry for entry in named if not entry.fresh and _says_no_more(entry, weighed)]
    return _certain(wholes, parts)


def _done_words(did: str) -> Sequence[str]:
    """What reports call what has not been done: 连上 -> 接入, 联网."""
    known = compute_words().done
    official = [word for everyday, words in known.items() if everyday in did for word in words]
    bare = re.sub(r"[的了过完上到好掉出来呢吗]+$", "", content_of(did))
    return [*official, *([bare] if len(bare) >= _SHORTEST else [])]


def _says_no_more(entry: Entry, noun: Weighed) -> bool:
    """Whether a name is the noun itself, but for words of stock and scope (全市共有, 总数, 在用)."""
    bare = read_question(re.sub(compute_words().any_of("whole"), " ", entry.figure.name)).content
    rest = re.sub(r"全[国省市区县]|共有|现有|实有|拥有|在用|年末|\s", "", bare)
    return len(rest) <= len(noun.text.replace(" ", ""))


def _certain(wholes: Sequence[Entry], parts: Sequence[Entry]) -> _Gap | None:
    """The only whole with the only part of its unit and year that is smaller."""
    if len(_values(wholes)) != 1:
        return None
    whole = wholes[0]
    fitting = [
        part for part in parts
        if part.figure.base_unit == whole.figure.base_unit and part.year == whole.year
        and value_of(part.figure) < value_of(whole.figure)
    ]  # fmt: skip
    return _Gap(whole=whole.figure, part=fitting[0].figure) if len(_values(fitting)) == 1 else None


def _values(entries: Sequence[Entry]) -> set[tuple[str | None, str | None]]:
    return {(entry.figure.base_value, entry.figure.base_unit) for entry in entries}


def _draft(gap: _Gap, library: Library) -> Draft:
    name = f"{subject(gap.whole)}减去{subject(gap.part)}"
    return computed_draft(subtracted(gap.whole, gap.part), f"{name}，还有", library, name=name)
