"""Questions about a report as a whole (有哪些问题, 下一步怎么改): the headings of the part that is about it."""

from assistant.library import Library
from assistant.lists.enumerations import Enumeration
from assistant.narrative.question import NarrativeQuestion
from assistant.narrative.words import narrative_words

# A report has a part for them, with a heading of its own.
_PARTS_OF_REPORT = frozenset({"problem", "measure"})


def part_of_report(question: NarrativeQuestion, report: str, library: Library) -> Enumeration | None:
    """For a question about the whole report (有哪些问题, 下一步怎么改) the headings of the part that is about it."""
    if question.content.strip() or not question.kinds & _PARTS_OF_REPORT or question.is_plain:
        return None
    words = narrative_words()
    heads = [words.kinds[name].heads for name in sorted(question.kinds & _PARTS_OF_REPORT)]
    ahead = words.tense["plan_heads"]
    parts = [
        each for each in library.enumerations(report)
        if each.kind == "headings" and each.section
        and any(head.search(each.section[-1]) for head in heads)
        and (question.tense != "plan" or ahead.search(each.section[-1]))
        and (question.tense == "plan" or not ahead.search(each.section[-1]))
        and question.count in {None, len(each.items)}
    ]  # fmt: skip
    first = min((len(each.section) for each in parts), default=0)
    top = [each for each in parts if len(each.section) == first]
    return top[0] if len(top) == 1 else None
