"""The passage route: the report's own sentences that answer a narrative question, quoted and cited."""

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.coverage import Weighed, pairs_of, weigh
from assistant.draft import Draft
from assistant.lexicon import canonical
from assistant.library import Library
from assistant.lookup import contradicting_terms
from assistant.normalise import normalise
from assistant.place_names import places_in
from assistant.places import Citations
from assistant.question import Question
from corpus.model import Mapped
from corpus.repair import repair
from corpus.sentences import split_sentences

if TYPE_CHECKING:  # importing the search engines costs seconds, and figures need none of them
    from index.search import Hit

_ENOUGH_COVERED = 0.45
_SOME_COVERED = 0.2
_ENOUGH_ALIKE = 0.845
_MOST_SENTENCES = 3
_HITS_READ = 3
_MOST_ITEMS = 15
_ENUMERATION = re.compile(r"[一二三四五六七八九]是|[（(]\d{1,2}[）)]|[①②③④⑤]")


_FIRST_ITEM = re.compile(r"[：:]\s*[（(]1[）)]")
_ITEM = re.compile(r"[（(]\d{1,2}[）)]")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sentence:
    hit: "Hit"
    start: int  # source offsets
    end: int
    text: str
    pairs: frozenset[str]
    order: int


def passage_draft(question: Question, hits: "tuple[Hit, ...]", library: Library) -> Draft | None:
    """The best sentences of the best passages, or None where they account for too little of the question."""
    if not hits:
        return None
    weighed = weigh(question.content, library.entries.weights)
    chosen = _choose(weighed, [s for hit in hits[:_HITS_READ] for s in _sentences(hit, library)])
    held = frozenset(pair for sentence in chosen for pair in sentence.pairs)
    alike = max(hit.dense_similarity or 0.0 for hit in hits)
    covered = weighed.covered(held)
    if covered < _SOME_COVERED or (covered < _ENOUGH_COVERED and alike < _ENOUGH_ALIKE):
        return None
    if contradicting_terms(question, held) or _lacks_place(question, chosen, library):
        return None
    chosen = _with_items(chosen, library)
    citations = Citations(library)
    told = []
    for sentence in sorted(chosen, key=lambda each: (each.hit.report, each.start)):
        hit = sentence.hit
        told.append(f"{sentence.text}[{citations.of_span(hit.report, sentence.start, sentence.end, hit.section_path)}]")
    return Draft(status="answered", route="passage", text="\n".join(told), citations=citations.all())


def _with_items(chosen: list[_Sentence], library: Library) -> list[_Sentence]:
    """A lead-in (存在以下问题：) brings the items behind it, to the end of its section or of their numbers."""
    lead = next((each for each in chosen if each.text.endswith(("：", ":")) or _FIRST_ITEM.search(each.text)), None)
    if lead is None:
        return chosen
    numbered = _FIRST_ITEM.search(lead.text) is not None
    path = lead.hit.section_path
    items = [
        passage
        for passage in library.passages(lead.hit.report)
        if passage.start >= lead.end
        and passage.section_path[: len(path)] == path
        and (not numbered or _ITEM.match(passage.text))
    ][:_MOST_ITEMS]
    found = [lead]
    for passage in items:
        hit = replace(lead.hit, start=passage.start, end=passage.end, section_path=passage.section_path)
        found.append(
            _Sentence(hit=hit, start=passage.start, end=passage.end, text=passage.text, pairs=frozenset(), order=0)
        )
    return found


def _sentences(hit: "Hit", library: Library) -> list[_Sentence]:
    """The sentences of a passage; an enumeration (一是…二是…) stays in one piece."""
    content = repair(library.source_text(hit.report), hit.start, hit.end)
    whole = [(0, len(content.text))]
    ranges = whole if len(_ENUMERATION.findall(content.text)) > 1 else list(split_sentences(content)) or whole
    headings = pairs_of(canonical(normalise(" ".join(hit.section_path[-1:]))))
    return [_sentence(hit, content, span, headings, order) for order, span in enumerate(ranges)]


def _sentence(hit: "Hit", content: Mapped, span: tuple[int, int], headings: frozenset[str], order: int) -> _Sentence:
    start, end = content.span(*span)
    text = content.text[span[0] : span[1]].strip()
    return _Sentence(
        hit=hit, start=start, end=end, text=text, pairs=pairs_of(canonical(normalise(text))) | headings, order=order
    )


def _choose(weighed: Weighed, sentences: list[_Sentence]) -> list[_Sentence]:
    """Sentences that each account for more of the question; the first passage's first where nothing tells."""
    chosen: list[_Sentence] = []
    held: frozenset[str] = frozenset()
    while sentences and len(chosen) < _MOST_SENTENCES:
        best = max(sentences, key=lambda sentence: weighed.covered(held | sentence.pairs))
        gain = weighed.covered(held | best.pairs) - weighed.covered(held)
        if chosen and gain < 0.12:
            break
        chosen.append(best)
        held |= best.pairs
        sentences = [sentence for sentence in sentences if sentence is not best]
    return chosen


def _lacks_place(question: Question, chosen: list[_Sentence], library: Library) -> bool:
    held = frozenset(pair for sentence in chosen for pair in sentence.pairs)
    for sentence in chosen:
        held |= library.entries.titles[sentence.hit.report]
    return any(not pairs_of(canonical(place)) <= held for place in places_in(question.text))
