"""How well a ledger row answers a question: features, and their weighted sum.

Method: a linear ranking function over lexical coverage (both ways), role, dimension and year, and, where it
was needed, the similarity of embeddings. The weights in `data/matching.json` are learned (conditional logit,
McFadden 1974) by `python -m evals train`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.figures.contrasts import narrower, opposed
from assistant.figures.coverage import Weighed, pairs_of
from assistant.figures.entries import COUNTS, Entries, Entry
from assistant.figures.sorts import is_older, is_small, named_a_rate, no_longer
from assistant.figures.synonyms import synonyms_in
from assistant.questions.asking import asking
from assistant.questions.question import Question
from assistant.questions.years import asked_years

# Roles that state how large a thing is, as against how it changed, ranks, or was meant to be.
LEVELS = frozenset({"actual", "count", "amount", "rate", "standard", "score", "share", "grade", "other", "threshold"})
# Asked roles that name one kind of number exactly.
_EXACT = ("completion_rate", "rank", "growth", "score", "grade", "share")
# Dimensions that answer a question for another: 多少个 may be asked of anything counted.
_ACCEPTS: dict[str, frozenset[str]] = {
    "items": frozenset(
        {"organisations", "households", "events", "times", "vehicles", "medals", "people", "containers", "boxes"}
    ),
    "organisations": frozenset({"items", "households"}),
    "events": frozenset({"times"}),
    "people": frozenset({"person-times", "households"}),
    "person-times": frozenset({"people"}),
    "percent": frozenset({"share", "percentage-points", "permille", "tenths", "ratio", "rank"}),
    "money": frozenset({"money-usd", "money-hkd", "money-eur", "money-jpy"}),
    "days": frozenset({"workdays", "months", "years", "hours", "minutes", "seconds"}),
    "area": frozenset({"area-mu"}),
}
# Ends of the names of public bodies: one named in a question has to be whose number it is, not just stand near it.
_BODIES = ("局", "厅", "委", "院", "办", "联", "部")
_HEAD_CHARACTERS = 4
# Weight of the pairs of about three words, and of the characters of a particular word.
_MUCH = 6.0
_RATE = re.compile(r"([^\W\d_]{2})率")
# How many there are, with no word of a rate: 留校的孩子有多少.
_HOW_MANY_THINGS = re.compile(r"^(?!.*(?:率|比|占|成|百分|覆盖|达标|程度|水平|度|化|高|大)).*有(?:多少|几[^成])")
_WORD = 3.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """An entry with its features for a question."""

    entry: Entry
    features: Mapping[str, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """An entry with its features and their weighted sum, `fit`."""

    entry: Entry
    features: Mapping[str, float]
    fit: float


def match(
    question: Question,
    weighed: Weighed,
    entry: Entry,
    entries: Entries,
    weights: Mapping[str, float],
    similarity: float = 0.0,
) -> Match:
    """One entry for a question, fitted under `weights`."""
    return fitted(candidate(question, weighed, entry, entries, similarity), weights)


def fitted(each: Candidate, weights: Mapping[str, float]) -> Match:
    fit = sum(weights[name] * value for name, value in each.features.items() if name in weights)
    return Match(entry=each.entry, features=each.features, fit=fit)


def candidate(
    question: Question, weighed: Weighed, entry: Entry, entries: Entries, similarity: float = 0.0
) -> Candidate:
    """Features of one entry for a question.

    `similarity` is that of their embeddings, standardised over all entries; 0 where it was not asked for.
    """
    return in_words(weighed, entry, entries, kind_features(question, entry, entries), similarity)


def kind_features(question: Question, entry: Entry, entries: Entries) -> dict[str, float]:
    """The features that tell what kind of number a row is, as against which words it has."""
    return {**sort_features(question, entry, entries), **own_features(question, entry, entries)}


def sort_features(question: Question, entry: Entry, entries: Entries) -> dict[str, float]:
    """Those of them that all rows of one sort (`Entry.sort`) share, if both are older than their reports or neither is.

    Where years are asked for, the rows have to be of the same year as well.
    """
    return {
        "per": per_fit(question, entry),
        "unlike_per": float(
            question.per != entry.per and not question.averaged if entry.per_head else question.per and not entry.per
        ),
        "elsewhen": float(_elsewhen(question, entry, entries)),
        "role": role_fit(question, entry),
        "fresh": fresh_fit(question, entry),
        "plan": plan_fit(question, entry, entries),
        "year": year_fit(question, entry, entries),
        "dimension": dimension_fit(question, entry),
        "indicator": float(entry.figure.table is not None and entry.figure.role in {"actual", "target"}),
        "setter": setter_fit(question, entry),
        "words": float(entry.in_words),
        "rate": float(entry.figure.role == "completion_rate" and entry.figure.table is not None),
    }


def own_features(question: Question, entry: Entry, entries: Entries) -> dict[str, float]:
    """Those of them that are a row's own."""
    return {
        "opposed": -float(opposed(question.contrasts, entry.contrasts)),
        "narrower": float(narrower(question.contrasts, entry.contrasts)),
        "beside": beside_fit(question, entry),
        "other_rate": float(_other_rate(question, entry)),
        "part": -float(_other_part(question, entry)),
        "terms": terms_fit(question, entry, entries.titles[entry.figure.report]),
        "spelled": float(any(name in question.official for name in entry.spelled)),
    }


def in_words(
    weighed: Weighed, entry: Entry, entries: Entries, kinds: Mapping[str, float], similarity: float,
    mask: Callable[[frozenset[str]], int] | None = None,
) -> Candidate:  # fmt: skip
    """An entry with all its features, those of its kind being known; `mask` is `weighed.mask`, kept for many rows."""
    mask = mask or weighed.mask
    name = mask(entry.name)
    own = name | mask(entry.stretch)
    near = own | mask(entry.around) | mask(entries.titles[entry.figure.report])
    paragraph = near | mask(entry.before)
    used, unused = weighed.gap_beside(paragraph)
    said, named = entries.weights.total_kept(entry.name), entries.weights.total(entry.name & weighed.pairs)
    features = {
        "name": weighed.covered_by(name),
        "stretch": weighed.covered_by(own),
        "all": weighed.covered_by(near),
        "paragraph": weighed.covered_by(paragraph),
        "head": weighed.head_covered_by(_HEAD_CHARACTERS, name),
        "precision": named / said if said else 0.0,
        "unasked": min(1.0, (said - named) / _MUCH),
        **kinds,
        "similarity": similarity,
        "gap": min(1.0, used / _WORD),
        "unused": min(1.0, unused / _WORD),
    }
    return Candidate(entry=entry, features=features)


def beside_fit(question: Question, entry: Entry) -> float:
    """1 where the row's clause has the numbers that say what is meant (65岁以上, 前10位), -1 where not, else 0."""
    if not question.digits:
        return 0.0
    return 1.0 if question.digits <= entry.beside else -1.0


def role_fit(question: Question, entry: Entry) -> float:
    """1 for the kind of number asked for (growth, rank, share …), 0.5 for a level when nothing is asked, else -1."""
    if "growth" in question.roles and _counts(question):
        by_how_much = entry.nature == "growth" and dimension_fit(question, entry) >= 0 and entry.dimension != "percent"
        return 1.0 if by_how_much or (entry.fresh and entry.nature in LEVELS) else -1.0
    exact = [wanted for wanted in _EXACT if wanted in question.roles]
    if entry.nature in exact or ("standard" in question.roles and entry.nature == "standard"):
        return 1.0
    if entry.figure.role == "target" and set(exact) <= {"share"}:
        return 0.0  # a target is told from an outcome by `plan_fit`
    if exact == ["share"] and entry.dimension == "percent" and entry.nature in {"rate", "level"}:
        return 0.3
    if exact:
        return -1.0
    if entry.nature == "share":
        return 0.0
    return 0.5 if entry.nature in LEVELS or entry.nature == "level" else -1.0


def _counts(question: Question) -> bool:
    """Whether a change is asked for as a number of things, not in per cent: 多了几家."""
    return bool(question.dimensions & COUNTS) and not question.percent_change


def fresh_fit(question: Question, entry: Entry) -> float:
    """Whether what came to be is asked for, or what there is in all, and which of them this is: 1, 0 or -1."""
    if question.increment:
        return float(entry.fresh) - float(entry.stock)
    return -1.0 if question.stock and entry.fresh and not entry.stock else 0.0


def plan_fit(question: Question, entry: Entry, entries: Entries) -> float:
    """Whether target or outcome is asked for, by word or by year, and which of them this is: 1, 0 or -1."""
    planned = entry.figure.role == "target"
    if setter_fit(question, entry) > 0:
        return 1.0  # naming who set it asks for the target
    if "target" in question.roles and "completion_rate" not in question.roles:
        return 1.0 if planned else -1.0
    years = asked_years(question, entries.metadata[entry.figure.report])
    if planned and entry.figure.table is None and entry.year in years:
        return 0.5  # a work report's own year is one of plans
    if "actual" in question.roles or "completion_rate" in question.roles:
        return -1.0 if planned else 0.5
    return -1.0 if planned else 0.0


def year_fit(question: Question, entry: Entry, entries: Entries) -> float:
    """1 for a year asked for, -1 for another, 0 where none is asked."""
    years = asked_years(question, entries.metadata[entry.figure.report])
    if entry.span:
        return -float(bool(years))
    if not years:
        return -1.0 if no_longer(entry.figure) else 0.0
    return 1.0 if entry.year in years else -1.0


def _other_rate(question: Question, entry: Entry) -> bool:
    """Whether the question names a rate (毕业率) and the row is another one (就业率): single pairs may be shared."""
    if not entry.rates or "率" not in question.content:
        return False
    asked, own = set(_RATE.findall(question.content)), set(_RATE.findall(entry.rates))
    return bool(asked and own and not asked & own)


def _other_part(question: Question, entry: Entry) -> bool:
    """Whether the share of one thing is asked for and the row names another: 甲占总数比重, 乙占总数比重."""
    if not question.part or not entry.part or pairs_of(question.part) & entry.part:
        return False
    meant = (word for _, _, words in synonyms_in(question.part) for word in words)
    return not any(pairs_of(word) & entry.part for word in meant)


def _elsewhen(question: Question, entry: Entry, entries: Entries) -> bool:
    """Whether no year is asked for and the row is older than what its report reports on."""
    metadata = entries.metadata[entry.figure.report]
    return is_older(entry.figure, entry.year, metadata) and not asked_years(question, metadata)


def per_fit(question: Question, entry: Entry) -> float:
    """1 where question and row are both per head (per month …), -1 where one of them is, 0 where neither is."""
    if question.per:
        return 1.0 if entry.per else -1.0
    if question.averaged:
        return 0.5 if entry.per else 0.0
    return -1.0 if entry.per and "standard" not in question.roles else 0.0


def terms_fit(question: Question, entry: Entry, title: frozenset[str]) -> float:
    """Share of the question's particular terms that the row's words or its report's title have; 1 without any."""
    if not question.terms:
        return 1.0
    own = (entry.name, title)
    near = (*own, entry.stretch, entry.around)
    held = [
        (entry.per and asking().per.fullmatch(term) is not None)
        or any(_held(word, own if word.endswith(_BODIES) else near) for word in _meant_by(term, question.content))
        for term in question.terms
        if len(term) > 1
    ]
    return sum(held) / len(held) if held else 1.0


@lru_cache(maxsize=256)
def _meant_by(term: str, content: str) -> tuple[str, ...]:
    """A particular term and the official words for the longer everyday word it is a part of: 电话 in 电话诈骗."""
    longer = (
        words for start, end, words in synonyms_in(content) if term in content[start:end] and term != content[start:end]
    )
    return (term, *(word for words in longer for word in words))


def _held(term: str, texts: Sequence[frozenset[str]]) -> bool:
    """Whether each pair of a term stands in one of the texts."""
    return all(any(pair in pairs for pairs in texts) for pair in pairs_of(term))


def setter_fit(question: Question, entry: Entry) -> float:
    """Targets that someone else set are answers only to questions that name the setter."""
    setter = entry.figure.target_setter
    if not setter:
        return 0.0
    named = setter in question.text or any(character in question.text for character in re.findall(r"[部省国]", setter))
    return 1.0 if named else -1.0


def dimension_fit(question: Question, entry: Entry) -> float:
    """1 for the kind of number asked for, 0.5 for one akin to it, 0 where none is asked for, -1 for another."""
    dimension = (entry.dimension or "").split("/")[0]
    if question.magnitude and (dimension in _ACCEPTS["percent"] | {"percent"} or is_small(entry.figure)):
        return -1.0
    if "standard" in question.roles and not question.dimensions and dimension in COUNTS and not entry.per:
        return -1.0
    if not asking().counts_alike(question.counter, entry.figure.unit or ""):
        return -1.0
    if question.counted and any((entry.figure.unit or "").endswith(unit) for unit in question.counted):
        return 1.0
    if question.percent_change and entry.nature == "growth":
        return 1.0 if dimension in _ACCEPTS["percent"] | {"percent"} else -1.0
    if dimension == "percent" and named_a_rate(entry.figure) and _HOW_MANY_THINGS.search(question.text):
        return -1.0
    if entry.nature == "growth" and "money" in question.dimensions and dimension in COUNTS:
        return -1.0  # by how many things it changed is no sum of money
    if not question.dimensions or question.roles & {"share", "growth", "rank", "grade", "completion_rate"}:
        return 0.0  # the role asked for says what kind of number it is
    if dimension in question.dimensions:
        return 1.0
    if any(dimension in _ACCEPTS.get(wanted, ()) for wanted in question.dimensions):
        return 0.5
    return 0.0 if not dimension or entry.nature == "growth" else -1.0
