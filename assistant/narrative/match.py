"""How well stretches and enumerations of a report answer a question for words, as features and their sum.

Method: a linear ranking function over lexical coverage (own words; with headings and topic), the kind of
question, the tense of its section, the number of items asked for, and the similarity of the passage's embedding
where it was asked for.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.figures.coverage import PairWeights, Weighed, pairs_of
from assistant.lists.enumerations import Enumeration
from assistant.narrative.question import NarrativeQuestion
from assistant.narrative.text import Group, Stretch, Told, official
from assistant.narrative.words import narrative_words

_CANDIDATES = 40
# The similarity of stretches in none of the windows found; the best window's is 2.
FAR = -1.0
_HEAD = 4
# A lead-in announces what follows by its end.
_END_OF_LEAD = 30
_END_OF_ITEM = 6
_PARALLEL = re.compile(r"、|[\u4e00-\u9fff”》][和与及](?=[\u4e00-\u9fff“《])")
_MEASURES = "(?:大类?|个|家|项|条|件|名|位|所|种|类|座|道|步|块|处)"
_COUNTED = "[二两三四五六七八九十\\d]+"
_WANTED = re.compile(
    rf"哪(?:[些几]|{_COUNTED})?{_MEASURES}?(?P<noun>[\u4e00-\u9fff]{{2}})"
    rf"|{_COUNTED}{_MEASURES}(?P<named>[\u4e00-\u9fff]{{2}})(?:分别|都|各)?(?:是|叫|指)(?:什么|啥|哪)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fit:
    """A candidate with its features and their weighted sum."""

    features: Mapping[str, float]
    total: float
    stretch: Stretch | None = None
    enumeration: Enumeration | None = None
    group: Group | None = None


_WEIGHTS = {
    "own": 1.0, "all": 0.8, "head": 0.15, "kind": 0.35, "tense": 0.12, "list": 0.15, "count": 0.3,
    "similarity": 0.2, "row": -0.15, "named": 0.15, "precise": 0.12, "members": 0.2, "exact": 0.15,
}  # fmt: skip


# A question of few telling words is answered by its kind more than by them.
_FULL_STRENGTH = 1.5
_ANNOUNCED_LIST = re.compile(r"分别[为是]|包[括含]|依次|[即如]：|等\d|\d[个家项条]|：")


def fit_stretches(
    question: NarrativeQuestion, weighed: Weighed, told: Told, weights: PairWeights, title: frozenset[str],
    similar: Mapping[int, float],
) -> list[Fit]:  # fmt: skip
    """The best stretches of one report, best first; `similar` holds similarities by their order."""
    found = [
        _fit_stretch(question, weighed, told.stretches[order], title, similar)
        for order in _candidates(weighed, told, weights, similar)
    ]
    return sorted(found, key=lambda each: (-round(each.total, 9), each.stretch.order if each.stretch else 0))


def _candidates(weighed: Weighed, told: Told, weights: PairWeights, similar: Mapping[int, float]) -> Sequence[int]:
    shared: Counter[int] = Counter()
    for pair in sorted(weighed.pairs):  # sums of one order: the same in every process
        weight = weights.of(pair)
        for order in told.holding.get(pair, ()):
            shared[order] += weight  # type: ignore[assignment]
        for order in told.near.get(pair, ()):
            shared[order] += 0.4 * weight  # type: ignore[assignment]
    best = [order for order, _ in sorted(shared.items(), key=lambda item: (-item[1], item[0]))[:_CANDIDATES]]
    seen = set(best)
    return [*best, *(order for order, similarity in sorted(similar.items()) if similarity > 0 and order not in seen)]


def _fit_stretch(
    question: NarrativeQuestion, weighed: Weighed, stretch: Stretch, title: frozenset[str], similar: Mapping[int, float]
) -> Fit:
    around = stretch.around | title
    features = {
        "own": weighed.covered(stretch.own),
        "all": weighed.covered(stretch.own, around),
        "head": weighed.covered_head(_HEAD, stretch.own, stretch.around),
        "kind": kind_fit(question, stretch.text, " ".join((*stretch.block.section[-2:], stretch.topic))),
        "tense": tense_fit(question, stretch.block.section),
        "list": float(question.lists and has_parallel(stretch.text)),
        "exact": float(
            question.lists and prints_count(question, stretch.text) and lists_exactly(question.count, stretch.text)
        ),
        "members": float(question.lists and has_members(question, stretch.text)),
        "count": float(prints_count(question, stretch.text)),
        "similarity": similar.get(stretch.order, FAR),
        "row": float(stretch.block.is_row),
        "named": float(question.lists and has_parallel(stretch.text) and bool(_ANNOUNCED_LIST.search(stretch.text))),
        "precise": 0.0,
    }
    return Fit(features=features, total=_total(features, weighed), stretch=stretch)


def fit_groups(
    question: NarrativeQuestion, weighed: Weighed, told: Told, weights: PairWeights, title: frozenset[str],
    similar: Mapping[tuple[str, ...], float],
) -> list[Fit]:  # fmt: skip
    """Groups by how well their heading names what is asked for, best first."""
    found = []
    for group in told.groups:
        heading = _pairs(group.title)
        if not heading & weighed.pairs:
            continue
        text = frozenset().union(*(each.own for each in group.stretches))
        body = " ".join(each.text for each in group.stretches)
        features = {
            "own": weighed.covered(heading),
            "all": weighed.covered(heading, text, _pairs(" ".join(group.section)), title),
            "head": weighed.covered_head(_HEAD, heading),
            "kind": kind_fit(question, body, group.title),
            "tense": tense_fit(question, group.section),
            "list": float(question.lists and has_parallel(body)),
            "similarity": similar.get(group.section, FAR),
            "precise": _precision(heading, weighed, weights),
        }
        found.append(Fit(features=features, total=_total(features, weighed), group=group))
    return sorted(found, key=lambda each: (-round(each.total, 9), each.group.stretches[0].order if each.group else 0))


def _precision(heading: frozenset[str], weighed: Weighed, weights: PairWeights) -> float:
    """Share of the heading's weight that the question mentions."""
    total = weights.total_kept(heading)
    return weights.total(heading & weighed.pairs) / total if total else 0.0


def fit_enumerations(
    question: NarrativeQuestion, weighed: Weighed, enumerations: Sequence[Enumeration], weights: PairWeights,
    title: frozenset[str], similar: Mapping[tuple[str, ...], float],
) -> list[Fit]:  # fmt: skip
    """Enumerations by how well their lead-in and headings answer, best first; `similar` is by section path."""
    found = [_fit_enumeration(question, weighed, each, weights, title, similar) for each in enumerations]
    return sorted(found, key=lambda each: (-round(each.total, 9), _start(each)))


def _start(fit: Fit) -> int:
    return fit.enumeration.items[0].start if fit.enumeration else 0


def _fit_enumeration(
    question: NarrativeQuestion, weighed: Weighed, each: Enumeration, weights: PairWeights, title: frozenset[str],
    similar: Mapping[tuple[str, ...], float],
) -> Fit:  # fmt: skip
    heading = each.section[-1] if each.section else ""
    lead = _pairs(f"{each.lead} {heading}")
    items = _pairs(" ".join(item.text[:40] for item in each.items))
    path = _pairs(" ".join(each.section))
    members = question.lists and _are_members(question, each)
    features = {
        # 哪几道必答题: where the items are named after what is asked for, they are its words too.
        "own": weighed.covered(lead, items) if members else weighed.covered(lead),
        "all": weighed.covered(lead, items, path, title),
        "head": weighed.covered_head(_HEAD, lead, path),
        "kind": _announces(question, f"{heading} {each.lead[-_END_OF_LEAD:]}"),
        "tense": tense_fit(question, each.section),
        "list": float(question.lists),
        "members": float(members),
        "count": _count_fit(question, each),
        "similarity": similar.get(each.section, FAR),
        "precise": _precision(lead, weighed, weights),
    }
    return Fit(features=features, total=_total(features, weighed), enumeration=each)


@lru_cache(maxsize=16384)
def _pairs(text: str) -> frozenset[str]:
    return pairs_of(official(text)) if text.strip() else frozenset()


def _total(features: Mapping[str, float], weighed: Weighed) -> float:
    strength = min(1.0, weighed.total / _FULL_STRENGTH)
    return sum(
        _WEIGHTS[name] * value * (strength if name in {"own", "all", "head"} else 1.0)
        for name, value in features.items()
    )


def kind_fit(question: NarrativeQuestion, text: str, heading: str) -> float:
    """1 where a sentence gives what is asked under a heading that announces it, 0.6 or 0.5 for one of them."""
    if not question.kinds:
        return 0.0
    kinds = [narrative_words().kinds[name] for name in question.kinds]
    gives = any(kind.cues.search(text) for kind in kinds)
    announced = any(kind.heads.search(heading) for kind in kinds)
    return 0.6 * gives + 0.4 * announced


def _announces(question: NarrativeQuestion, lead: str) -> float:
    kinds = [narrative_words().kinds[name] for name in question.kinds]
    return float(any(kind.heads.search(lead) for kind in kinds))


def tense_fit(question: NarrativeQuestion, section: tuple[str, ...]) -> float:
    """1 where the section looks the way the question does, -1 where it looks the other way."""
    if question.tense is None:
        return 0.0
    words = narrative_words().tense
    for heading in reversed(section):  # the nearest heading that looks one way decides
        ahead, back = bool(words["plan_heads"].search(heading)), bool(words["past_heads"].search(heading))
        if ahead != back:
            return 1.0 if ahead == (question.tense == "plan") else -1.0
    return 0.0


def has_parallel(text: str) -> bool:
    return len(_PARALLEL.findall(text)) >= 1


def wanted_noun(question: NarrativeQuestion) -> str:
    """The noun of what is asked for by name, "" without one: 哪五大任务, 五大行动分别叫什么."""
    found = _WANTED.search(question.asked.text)
    return (found["noun"] or found["named"]) if found else ""


def has_members(question: NarrativeQuestion, text: str) -> bool:
    """哪些大学 and 甲大学、乙大学…: a list of what ends in the noun asked for."""
    noun = re.escape(wanted_noun(question))
    return bool(noun) and bool(re.search(rf"{noun}[”》]?(?:、|和[\u4e00-\u9fff]+{noun})", text))


def _are_members(question: NarrativeQuestion, each: Enumeration) -> bool:
    """Whether most items are named after the noun asked for: 哪五大任务 and 甲任务 / 乙任务 …"""
    noun = wanted_noun(question)
    if not noun:
        return False
    named = [
        item for item in each.items
        if any(noun in clause[-_END_OF_ITEM:] for clause in re.split("[，。；：]", item.text[:60]))
    ]  # fmt: skip
    return 2 * len(named) > len(each.items)


def lists_exactly(count: int | None, text: str) -> bool:
    """Whether a text has a list of exactly so many things, three at least."""
    runs = re.findall(r"[^，。；：、（）]{1,24}(?:、[^，。；：、（）]{1,24}){2,}", text)
    return any(run.count("、") + 1 == count for run in runs)


def prints_count(question: NarrativeQuestion, text: str) -> bool:
    """Whether a text counts as many of what is asked for: 五大任务 and 五个工作任务, not 五个指标."""
    if question.count is None:
        return False
    wanted = wanted_noun(question)
    noun = rf"[\u4e00-\u9fff]{{0,6}}{re.escape(wanted)}" if wanted else ""
    han = "零一二三四五六七八九十"[question.count] if question.count <= 10 else ""
    printed = f"(?:{question.count}|{han})" if han else str(question.count)
    measures = "(?:个|大|项|条|件|类|种|家|方面|位|名|省|地|县|市|区)"
    return bool(re.search(rf"(?<![\d.第]){printed}{measures}{noun}|前{printed}", text))


def _count_fit(question: NarrativeQuestion, each: Enumeration) -> float:
    if question.count is None:
        return 0.0
    return 1.0 if len(each.items) == question.count else -0.6
