"""The passage route: the report's own sentences that answer, trimmed to what was asked, each cited."""

import re
from collections.abc import Sequence

from assistant.draft import Draft
from assistant.figures.coverage import PairWeights, Weighed, pairs_of
from assistant.library import Library
from assistant.narrative.text import Group, Stretch, Told, official, parted
from assistant.places import Citations

_LONG_STRETCH = 130
_MOST_CHARACTERS = 420
_MOST_STRETCHES = 8
# Pairs that stand in a passage or two.
_RARE = 0.72
# A stretch that goes on to list in the further stretches of its sentence: 如甲（…）；乙（…）；丙。
_OPENS_LIST = re.compile(r"(?:如|包[括含]|即|分别[为是]|[：:](?!一是|首先|第一|[（(①1]))[^；。]{2,60}[；;]$")
_STARTS_ANEW = re.compile(r"^(?:其中|此外|同时|另外)[，,]")


def passage_draft(stretches: Sequence[Stretch], weighed: Weighed, library: Library) -> Draft:
    """Stretches in the order of the report, neighbours in one line."""
    citations = Citations(library)
    told: list[str] = []
    last: Stretch | None = None
    for stretch in sorted(stretches, key=lambda each: each.order):
        low, high = trimmed(stretch, weighed) if len(stretches) < 3 else (stretch.low, stretch.high)
        start, end = stretch.block.content.span(low, high)
        cited = citations.of_span(stretch.block.report, start, end, stretch.block.section)
        text = stretch.block.text[low:high].rstrip("，")
        joined = last is not None and last.block is stretch.block and last.order + 1 == stretch.order
        told.append(("" if joined or not told else "\n") + f"{text}[{cited}]")
        last = stretch
    return Draft(status="answered", route="passage", text="".join(told), citations=citations.all())


def trimmed(stretch: Stretch, weighed: Weighed) -> tuple[int, int]:
    """Of a long chain of clauses those from the first to the last that speak of what is asked, and one more."""
    if stretch.high - stretch.low <= _LONG_STRETCH:
        return stretch.low, stretch.high
    clauses = parted(stretch.block.text, stretch.low, stretch.high, "，,")
    pairs = [pairs_of(official(stretch.block.text[low:high])) for low, high in clauses]
    most = max(weighed.covered(each) for each in pairs)
    speaking = [order for order, each in enumerate(pairs) if most and weighed.covered(each) >= 0.35 * most]
    if not speaking:
        return stretch.low, stretch.high
    first, last = speaking[0], min(len(clauses) - 1, speaking[-1] + 1)
    while last + 1 < len(clauses) and clauses[last][1] - clauses[first][0] < 60:
        last += 1
    return clauses[first][0], clauses[last][1]


def group_stretches(group: Group, weighed: Weighed) -> list[Stretch]:
    """The stretches of a group as far as they are read at a glance; of a longer one those that fit best."""
    total = 0
    kept: list[Stretch] = []
    ranked = sorted(
        group.stretches, key=lambda each: (-round(weighed.covered(each.own), 2) if _is_long(group) else 0, each.order)
    )
    for stretch in ranked:
        if kept and (total + len(stretch.text) > _MOST_CHARACTERS or len(kept) >= _MOST_STRETCHES):
            break
        kept.append(stretch)
        total += len(stretch.text)
    return sorted(kept, key=lambda each: each.order)


def _is_long(group: Group) -> bool:
    return sum(len(each.text) for each in group.stretches) > _MOST_CHARACTERS


def with_companions(best: Stretch, ranked: Sequence[Stretch], weighed: Weighed, most: int) -> list[Stretch]:
    """The best stretch and those further ones that account for more of the question, or as much beside it."""
    chosen, held = [best], best.own
    own = weighed.covered(best.own)
    for each in ranked:
        if len(chosen) >= most:
            break
        if each.order in {one.order for one in chosen} or _alike(each, chosen):
            continue
        gain = weighed.covered(held | each.own) - weighed.covered(held)
        covered = weighed.covered(each.own)
        near = each.block.section == best.block.section
        if (gain >= 0.15 and covered >= (0.3 if near else 0.5)) or (each.block is best.block and covered >= 0.8 * own):
            chosen.append(each)
            held |= each.own
    return chosen


def completed(chosen: Sequence[Stretch], told: Told) -> list[Stretch]:
    """The stretches, those that open a list with the rest of their sentence, as far as it is read at a glance."""
    found = list(chosen)
    for each in chosen:
        rest = [one for one in sentence_of(each, told) if one.order > each.order and one not in found]
        if _OPENS_LIST.search(each.text) and sum(len(one.text) for one in rest) <= _MOST_CHARACTERS:
            found += rest
    return sorted(found, key=lambda each: each.order)


def sentence_of(stretch: Stretch, told: Told) -> list[Stretch]:
    """All stretches of a stretch's sentence."""
    low = stretch.order
    while low and _same_sentence(told.stretches[low - 1], stretch):
        low -= 1
    high = stretch.order
    while high + 1 < len(told.stretches) and _same_sentence(told.stretches[high + 1], stretch):
        high += 1
    return list(told.stretches[low : high + 1])


def _same_sentence(one: Stretch, other: Stretch) -> bool:
    return one.block is other.block and one.sentence == other.sentence


def with_key(best: Stretch, told: Told, weighed: Weighed, weights: PairWeights, most: int) -> list[Stretch]:
    """Further stretches of a paragraph that name what the question is about by its rarest words."""
    shared = sorted(weighed.pairs & best.own, key=lambda pair: (-weights.of(pair), pair))
    key = frozenset(pair for pair in shared if weights.of(pair) >= _RARE)
    if not key:
        return []
    return [each for each in told.stretches if each.block is best.block and each is not best and key <= each.own][:most]


def _alike(stretch: Stretch, chosen: Sequence[Stretch]) -> bool:
    """Whether a stretch says nearly what one chosen says already."""
    return any(len(stretch.own & each.own) >= 0.6 * min(len(stretch.own), len(each.own)) for each in chosen)


def beside(stretch: Stretch, told: Told) -> tuple[Stretch, ...]:
    """The stretches right before and after one in its paragraph."""
    around = (stretch.order - 1, stretch.order + 1)
    return tuple(
        told.stretches[order]
        for order in around
        if 0 <= order < len(told.stretches) and told.stretches[order].block is stretch.block
    )
