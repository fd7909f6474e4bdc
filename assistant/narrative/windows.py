"""What the hybrid search finds, as evidence: the few best windows with what of them is to be told.

    农产品咋卖不出去  ->  the window of "产品结构单一。主要原因是冷链短缺…": key "主要原因是冷链短缺…", beside it
                          the sentence that says what it is the reason of

Words alone miss what is asked in everyday words and told in official ones; the search reads both by meaning.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.figures.coverage import Weighed
from assistant.narrative.question import NarrativeQuestion
from assistant.narrative.text import Stretch, Told
from assistant.narrative.words import narrative_words

if TYPE_CHECKING:  # importing the search engines costs seconds
    from index.search import Hit

_LOOKED_AT = 2
# Where the key of a window lies, in shares of what is asked: at the sentence nearest by meaning, at a cue.
_AT_CLOSEST, _WITH_CUE = 0.35, 0.35
_MOST_TOLD = 3
# A stretch beside the key is told where it accounts for so much more of what is asked.
_MORE = 0.12
_CAUSES = frozenset({"reason"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """A window found with its stretches; `key` says best what is asked, `told` is what is quoted."""

    rank: int
    similarity: float
    margin: float  # to the best window beside it; 0 where there is none
    cosine: float
    start: int  # source offsets
    end: int
    stretches: tuple[Stretch, ...]
    key: Stretch
    told: tuple[Stretch, ...]

    @property
    def pairs(self) -> frozenset[str]:
        return frozenset().union(*(each.own for each in self.stretches))


def windows_of(
    question: NarrativeQuestion, weighed: Weighed, told: Told, hits: "Sequence[Hit]"
) -> tuple[Window, ...]:  # fmt: skip
    """The best windows of one report, best first; `hits` are its hits in the order of the search."""
    found = []
    for rank, hit in enumerate(hits[:_LOOKED_AT]):
        inside = tuple(each for each in told.stretches if each.span[0] < hit.end and hit.start < each.span[1])
        if not inside:
            continue
        others = [other.similarity for other in hits if other is not hit]
        key = _key(question, weighed, inside, hit)
        found.append(
            Window(
                rank=rank, similarity=hit.similarity, margin=hit.similarity - max(others, default=hit.similarity),
                cosine=hit.dense_similarity or 0.0, start=hit.start, end=hit.end, stretches=inside, key=key,
                told=_told(question, weighed, inside, key),
            )
        )  # fmt: skip
    return tuple(found)


def _key(question: NarrativeQuestion, weighed: Weighed, inside: Sequence[Stretch], hit: "Hit") -> Stretch:
    def fit(each: Stretch) -> float:
        closest = each.span[0] < hit.closest[1] and hit.closest[0] < each.span[1]
        return weighed.covered(each.own) + _AT_CLOSEST * closest + _WITH_CUE * gives(question, each.text)

    return max(inside, key=lambda each: (round(fit(each), 9), -each.order))


def gives(question: NarrativeQuestion, text: str) -> bool:
    """Whether a text has a word that gives the kind of thing asked for."""
    kinds = narrative_words().kinds
    return any(kinds[name].cues.search(text) for name in question.kinds)


def _told(
    question: NarrativeQuestion, weighed: Weighed, inside: Sequence[Stretch], key: Stretch
) -> tuple[Stretch, ...]:
    """The key, what beside it accounts for more of what is asked, and further causes of a reason."""
    chosen, held = [key], key.own
    near = sorted(inside, key=lambda each: (abs(each.order - key.order), each.order))
    for each in near:
        if each is key or len(chosen) >= _MOST_TOLD:
            continue
        more = weighed.covered(held | each.own) - weighed.covered(held) >= _MORE
        cause = question.kinds & _CAUSES and gives(question, each.text) and abs(each.order - key.order) == 1
        if more or cause:
            chosen.append(each)
            held |= each.own
    return tuple(sorted(chosen, key=lambda each: each.order))
