"""Several values asked for at once, each told with its own label: found together, in one place of a report.

    甲、乙、丙各发多少，各有多少企业拿到  ->  six rows of one paragraph; what is missing is said
    六个区域各占多少                      ->  the value of each item of the enumeration that lists them

A place is a sentence, a paragraph, a table or a section. The place that accounts best for all labels and for
the rest of the question is taken, so that 服务 in a list about one trade is not answered from another.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.choice import Choice
from assistant.draft import Draft
from assistant.figures.answer import answer_figure
from assistant.figures.coverage import pairs_of, weigh
from assistant.figures.entries import Entry
from assistant.figures.matching import LEVELS
from assistant.figures.phrases import statement, subject, with_unit
from assistant.library import Library
from assistant.lists.alike import values_alike
from assistant.lists.enumerations import Enumeration
from assistant.lists.labels import NAMED_WHOLE, assign, is_asked
from assistant.lists.parts import Parts, list_words, read_parts
from assistant.lists.places import Place, places_of
from assistant.narrative.question import read_narrative
from assistant.narrative.trust import core_of
from assistant.places import Citations
from assistant.questions.lexicon import canonical
from assistant.questions.normalise import normalise
from assistant.questions.place_names import places_in
from assistant.questions.question import Question, read_question
from corpus.model import Figure

_ALL_KINDS = re.compile(r"构成|组成|各[类项]|几[类样笔种]|分开|哪些.*各|各几")
_LEAST = 2
_FEW_WORDS = 0.5
_SOME_OF = re.compile(r"^几[项个样笔类种]")
_QUOTED = re.compile(r"“([^”]{3,})”")
_SUBJECT_COVERED = 0.5
_ALL_COVERED = 0.6
_MOST_VALUES = 14


@dataclass(frozen=True, kw_only=True, slots=True)
class Values:
    """The figures found, in the order asked for, each with the asker's label ("" without one); labels without any."""

    told: tuple[tuple[str, Figure], ...]
    missing: tuple[str, ...]


def values_draft(asked: Question, choice: Choice, library: Library) -> Draft | None:
    """The values asked for with their labels; None where the question asks for one, or no place has them."""
    parts = read_parts(asked.text)
    if parts is None or asked.intents & {"confirm", "compute", "reverse"}:
        return None
    if parts.measures:
        found = find_values(asked, parts, choice, library)
        return _draft(found, library) if found is not None else None
    all_wanted = parts.labels or read_narrative(asked).count is not None or _ALL_KINDS.search(asked.text)
    found = find_values(asked, parts, choice, library) if all_wanted else None
    found = found or _alike(asked, parts, choice, library)
    return _draft(found, library) if found is not None else None


def _alike(asked: Question, parts: Parts, choice: Choice, library: Library) -> Values | None:
    """Where 各 is asked and no words lead to the place: the values of the sentence found by meaning."""
    if parts.labels or not list_words().each.search(asked.text):
        return None
    figures = values_alike(asked, parts, choice.reports[0], library)
    return Values(told=tuple(("", figure) for figure in figures), missing=()) if figures else None


def _draft(found: Values, library: Library) -> Draft:
    """甲：3.5万人（甲参保人数）[1]；乙：…; without labels each by its own statement."""
    citations = Citations(library)
    told: list[str] = []
    last = ""
    for label, figure in found.told:
        cited = citations.of_figure(figure)
        if not label:
            told.append(f"{statement(figure)}[{cited}]")
            continue
        when = f"{figure.period}，" if figure.period and figure.period not in figure.name else ""
        value = f"{with_unit(figure)}（{when}{subject(figure)}）[{cited}]"
        if label == last:
            told[-1] += f"，{value}"
        else:
            told.append(f"{label}：{value}")
        last = label
    figures = tuple(answer_figure(figure, citations) for _, figure in found.told)
    return Draft(
        status="answered", route="list", text="；".join(told) + "。", figures=figures, citations=citations.all(),
        warnings=tuple(f"报告没有写明：{label}。" for label in found.missing),
    )  # fmt: skip


def find_values(asked: Question, parts: Parts, choice: Choice, library: Library) -> Values | None:
    """The values of the first report that has them together; None where none does."""
    for report in choice.reports:
        places = places_of(asked, report, library)
        found = _labelled(asked, parts, places, library) if parts.labels else None
        found = found or (_of_measures(asked, parts, places, library) if parts.measures else None)
        unnamed = not parts.labels and not parts.measures
        found = found or (_of_enumeration(asked, parts, report, library) if unnamed else None)
        found = found or (_of_place(asked, parts, places, library) if unnamed else None)
        if found is not None:
            return found
    return None


# --- labels ---------------------------------------------------------------------------------------


def _labelled(asked: Question, parts: Parts, places: Sequence[Place], library: Library) -> Values | None:
    weights = library.entries.weights
    named = [label for label in parts.labels if label not in list_words().rest]
    labels = [weigh(canonical(label), weights) for label in named]
    rest = read_narrative(read_question(f"{parts.subject} {' '.join(parts.asks)}多少")).content
    asks = _kinds_asked(asked, [read_question(_SOME_OF.sub("", ask) or "多少") for ask in parts.asks])
    count = read_narrative(asked).count or 0
    is_series = count > len(named)  # 仲裁和调解那三个率: more values than things named
    best: tuple[float, Place, list[dict[str, Entry]]] | None = None
    for place in places:
        if any(not pairs_of(canonical(name)) <= place.pairs for name in places_in(asked.text)):
            continue
        if sum(bool(label.pairs & place.pairs) for label in labels) < _LEAST:
            continue
        rows = [assign(labels, named, ask, place, is_series=is_series) for ask in asks]
        least = min(len(row) for row in rows)
        if least < max(_LEAST, (len(named) + 1) // 2):
            continue
        core = weigh(core_of(rest, place.pairs), weights)
        about = core.covered(place.pairs) if core.total >= _FEW_WORDS else 1.0
        held = sum(weight for row in rows for weight, _ in row.values())
        total = held / (len(rows) * len(named)) + 0.5 * about - 0.03 * place.breadth
        # The more labels stand together in one place, the less has to be said of what they are of.
        named_whole = all(weight >= NAMED_WHOLE for row in rows for weight, _ in row.values())
        needed = _SUBJECT_COVERED - 0.12 * (least - _LEAST) - 0.2 * (named_whole and least == len(named))
        if about >= needed and (best is None or total > best[0] + 1e-9):
            best = total, place, [{label: entry for label, (_, entry) in row.items()} for row in rows]
    if best is None:
        return None
    _, place, found = best
    if is_series and (series := _series(count, found, places)):
        return Values(told=tuple(("", entry.figure) for entry in series), missing=())
    told = [(label, row[label].figure) for label in named for row in found if label in row]
    told += [("", figure) for figure in _rest(parts, found, places)]
    missing = [label for label in named if not all(label in row for row in found)]
    return Values(told=tuple(dict.fromkeys(told)), missing=tuple(missing))


def _series(count: int, found: Sequence[Mapping[str, Entry]], places: Sequence[Place]) -> Sequence[Entry]:
    """那三个率 of two things named: the values of their sentence, where it has as many of their kind."""
    told = [entry for row in found for entry in row.values()]
    kinds = {(entry.dimension, entry.nature in LEVELS) for entry in told}
    for place in places:
        if place.breadth == 0 and all(entry in place.entries for entry in told):
            alike = [entry for entry in place.entries if (entry.dimension, entry.nature in LEVELS) in kinds]
            return alike if len(alike) == count else ()
    return ()


def _kinds_asked(asked: Question, asks: Sequence[Question]) -> list[Question]:
    """The asks, one that names no kind of number with the kind the rest of the question names: 三笔钱各发多少."""
    named = frozenset().union(*(ask.dimensions for ask in asks))
    rest = frozenset(name for name, nouns in list_words().nouns.items() if nouns.search(asked.text)) - named
    return [ask if ask.dimensions or not rest else replace(ask, dimensions=rest) for ask in asks]


def _rest(parts: Parts, rows: Sequence[Mapping[str, Entry]], places: Sequence[Place]) -> list[Figure]:
    """其他几个: the further values of the place, of the kind of those found."""
    if not set(parts.labels) & set(list_words().rest):
        return []
    told = [entry for row in rows for entry in row.values()]
    dimensions = {entry.dimension for entry in told}
    for place in places:
        if place.breadth == 1 and all(entry in place.entries for entry in told):
            return [entry.figure for entry in place.entries if entry.dimension in dimensions and entry not in told]
    return []


def _of_measures(asked: Question, parts: Parts, places: Sequence[Place], library: Library) -> Values | None:
    """For each ask the value of its kind in the sentence or paragraph that speaks of the thing."""
    asks = [read_question(ask) for ask in parts.asks]
    if any(not ask.dimensions for ask in asks):
        return None
    weighed = weigh(read_narrative(read_question(parts.subject)).content, library.entries.weights)
    best: tuple[float, list[Figure]] | None = None
    for place in places:
        rows = [[entry for entry in place.entries if is_asked(ask, entry)] for ask in asks]
        own = weighed.covered(*(entry.name | entry.stretch for entry in place.entries))
        # Two values of one kind in a place: which is meant is not said.
        if place.breadth > 1 or any(len(row) != 1 for row in rows) or own < _ALL_COVERED:
            continue
        total = own - 0.03 * place.breadth
        if best is None or total > best[0] + 1e-9:
            best = total, [row[0].figure for row in rows]
    if best is None or len(set(best[1])) < len(asks):
        return None
    return Values(told=tuple(("", figure) for figure in best[1]), missing=())


# --- all values of one enumeration or place ---------------------------------------------------------


def _of_enumeration(asked: Question, parts: Parts, report: str, library: Library) -> Values | None:
    """Of each item of the enumeration that is meant the value that is asked for."""
    question = read_narrative(asked)
    weighed = weigh(question.content, library.entries.weights)
    title = library.entries.titles[report]
    best: tuple[float, list[Figure]] | None = None
    for each in library.enumerations(report):
        if question.count is not None and len(each.items) != question.count:
            continue
        pairs = pairs_of(canonical(normalise(" ".join((each.lead, *each.section[-1:])))))
        covered = weighed.covered(pairs, title)
        figures = _of_items(each, parts, library)
        if covered >= _ALL_COVERED and len(figures) == len(each.items) and (best is None or covered > best[0]):
            best = covered, figures
    return Values(told=tuple(("", figure) for figure in best[1]), missing=()) if best else None


def _of_items(each: Enumeration, parts: Parts, library: Library) -> list[Figure]:
    ask = weigh(canonical("".join(parts.asks)), library.entries.weights)
    question = read_question("，".join(parts.asks))
    figures = []
    for item in each.items:
        inside = [
            entry
            for entry in library.entries.of(each.report)
            if item.start <= entry.figure.start < item.end
            and not entry.in_words and is_asked(question, entry)
        ]  # fmt: skip
        if inside:
            figures.append(max(inside, key=lambda entry: (ask.covered(entry.name), -entry.figure.start)).figure)
    return figures


def _of_place(asked: Question, parts: Parts, places: Sequence[Place], library: Library) -> Values | None:
    """All values of one kind in the sentence or paragraph that is meant, as many as asked for where that is said."""
    question = read_narrative(asked)
    quoted = _QUOTED.search(asked.text)  # “甲”那一件: what is quoted is what it is about
    weighed = weigh(canonical(quoted[1]) if quoted else question.content, library.entries.weights)
    kind = read_question("，".join(parts.asks))
    best: tuple[float, tuple[Figure, ...]] | None = None
    for place in places:
        if place.breadth > 1 or any(not pairs_of(canonical(name)) <= place.pairs for name in places_in(asked.text)):
            continue
        figures = tuple(entry.figure for entry in place.entries if is_asked(kind, entry))
        if not 2 <= len(figures) <= _MOST_VALUES:
            continue
        if question.count not in {None, len(figures)} and not _ALL_KINDS.search(asked.text):
            continue
        if len({entry.dimension for entry in place.entries if entry.figure in figures}) > 1:
            continue
        own = weighed.covered(*(entry.name | entry.stretch for entry in place.entries))
        total = own + 0.3 * weighed.covered(place.pairs) - 0.03 * place.breadth
        if own >= _ALL_COVERED and (best is None or total > best[0] + 1e-9):
            best = total, figures
    return Values(told=tuple(("", figure) for figure in best[1]), missing=()) if best else None
