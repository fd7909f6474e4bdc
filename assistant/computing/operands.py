"""Finding the ledger rows that the operands of a computation name, each trusted or none.

参加失业保险的 · 参加工伤保险的 (多少万人)
  -> two rows of one sentence, each named by its phrase, both in 人
Operands that stand together, in one sentence or one table, are taken from there: they were counted together. Else
each operand is a question of its own, and has to be trusted as one.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from assistant.computing.phrases import without_asking
from assistant.computing.words import compute_words
from assistant.figures.answer import representative
from assistant.figures.coverage import pairs_of, weigh
from assistant.figures.entries import Entries, Entry, dimension_of
from assistant.figures.lookup import Lookup, look_up
from assistant.figures.matching import Match
from assistant.figures.scope_check import covers_extent, covers_places, covers_years
from assistant.library import Library
from assistant.questions.lexicon import canonical
from assistant.questions.normalise import normalise
from assistant.questions.question import Question, read_question
from corpus.model import Figure

Trusted = Callable[[Question, str], Lookup | None]
_NAMED = 0.8
_TOLD = 0.6
_SHORT_OF = 0.25
_EVEN = 0.01
_MOST_CANDIDATES = 24
_SHORTEST, _MANY_NAMES = 2, 4
_ROLES_OF_RESULT = frozenset({"growth", "share", "completion_rate", "rank", "met", "definition"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Sought:
    """An operand: its phrasings as questions, likeliest first."""

    phrase: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Operands:
    """The rows found, in order, and the phrases of those that were not."""

    figures: tuple[Figure, ...]
    missing: tuple[str, ...]
    together: bool = False  # they stand in one sentence or one table


def sought(
    asked: Question, phrasings: Sequence[str], dimensions: frozenset[str], *, roles: bool = False, growth: bool = False
) -> Sought:
    """An operand of the question, of one of these dimensions where any are given; years hold for all operands.

    `roles` keeps words that otherwise belong to the result (占比) as the kind of number wanted, `growth` asks for
    rates of growth themselves.
    """
    questions = []
    for phrase in phrasings:
        own = read_question(phrase)
        kinds = own.roles if roles else own.roles - _ROLES_OF_RESULT
        if growth:
            kinds |= {"growth"}
        if not own.years and not own.relative_years:
            own = replace(own, years=asked.years, relative_years=asked.relative_years)
        money = frozenset({"money"}) if own.content.endswith(compute_words().lists["money"]) else frozenset[str]()
        questions.append(replace(own, dimensions=dimensions or money, numbers=(), roles=kinds))
    return Sought(phrase=without_asking(min(phrasings, key=len)), questions=tuple(questions))


def find_operands(
    wanted: Sequence[Sought], report: str, library: Library, trusted: Trusted, *, one_unit: bool = True
) -> Operands:
    """A row of one report for each operand; `one_unit` where operands of different units mean nothing together."""
    named = [_named(each, report, library) for each in wanted]
    together = _together(named, one_unit)
    if together and all(_is_vague(each, rows) for each, rows in zip(wanted, named, strict=True)):
        return Operands(figures=(), missing=tuple(each.phrase for each in wanted))
    if together:
        known = tuple(
            _better_known(each, row, report, library, trusted) for each, row in zip(wanted, together, strict=True)
        )
        return Operands(figures=known, missing=(), together=True)
    rows = [_trusted_row(each, report, library, trusted) for each in wanted]
    kinds = {dimension for row in rows if row is not None and (dimension := dimension_of(row)) is not None}
    if one_unit and len(kinds) == 1 and None in rows:
        again = [_of_kind(each, kinds) for each in wanted]
        rows = [row or _trusted_row(each, report, library, trusted) for each, row in zip(again, rows, strict=True)]
    return Operands(
        figures=tuple(row for row in rows if row is not None),
        missing=tuple(each.phrase for each, row in zip(wanted, rows, strict=True) if row is None),
    )


def _better_known(each: Sought, row: Figure, report: str, library: Library, trusted: Trusted) -> Figure:
    """The row of the same place that the operand is trusted to mean, where the one found shares letters only.

    社保支出 shares two letters with 环保支出, and means 社会保障支出.
    """
    if all(character in row.name for character in each.phrase if character.isalnum()):
        return row
    found = _trusted_row(each, report, library, trusted)
    return found if found is not None and _place(found, True) == _place(row, True) else row


def _is_vague(each: Sought, named: Mapping[str, Match]) -> bool:
    """收入 where the report has six kinds of it, each by a name of its own: which is meant is not said."""
    names = {match.entry.figure.name for match in named.values()}
    return len(each.phrase) <= _SHORTEST and len(names) >= _MANY_NAMES and each.phrase not in names


def _of_kind(each: Sought, kinds: Collection[str]) -> Sought:
    """The operand as one of the kind of number that the others are."""
    return replace(each, questions=tuple(replace(own, dimensions=frozenset(kinds)) for own in each.questions))


def _trusted_row(each: Sought, report: str, library: Library, trusted: Trusted) -> Figure | None:
    for question in each.questions:
        found = trusted(question, report)
        if found is not None and _told_of(each, found.groups[0].best.entry, library):
            return representative(found.groups[0])
    return None


def _told_of(each: Sought, entry: Entry, library: Library) -> bool:
    """Whether a row, with all that stands around it, accounts for the whole operand, not a shortened phrasing only."""
    weighed = weigh(each.questions[0].content, library.entries.weights)
    return weighed.covered(entry.name, entry.stretch, entry.around, _caption(entry.figure, library)) >= _TOLD


def _caption(figure: Figure, library: Library) -> frozenset[str]:
    """Headings, caption and table header over a row."""
    for passage in library.passages(figure.report):
        if passage.start <= figure.start < passage.end:
            return pairs_of(canonical(normalise(passage.context)))
    return frozenset()


def allowed_for(question: Question, entries: Entries) -> Callable[[Entry], bool]:
    """Whether a row covers the places, years and extent a question asks for."""

    def allowed(entry: Entry) -> bool:
        return (
            covers_places(question, entry, entries)
            and covers_years(question, entry, entries)
            and covers_extent(question, entry)
        )

    return allowed


def _named(each: Sought, report: str, library: Library) -> Mapping[str, Match]:
    """Rows by id that the operand's phrase names, in its likeliest phrasing that names any."""
    entries = library.entries
    for question in each.questions:
        found = look_up(question, entries, reports=[report], allowed=allowed_for(question, entries))
        matches = [match for group in found.groups for match in group.matches]
        weighed = weigh(question.content, entries.weights)
        named = [
            match
            for match in matches
            if match.features["name"] >= _NAMED or weighed.covered(_words_before(match.entry.figure)) >= _NAMED
        ]
        if question is not each.questions[0]:
            named = [match for match in named if _told_of(each, match.entry, library)]
        if named and found.confidence > 0:
            named.sort(key=lambda match: -match.fit)
            return {match.entry.figure.id: match for match in named[:_MOST_CANDIDATES]}
    return {}


def _words_before(figure: Figure) -> frozenset[str]:
    """The words right before a number in its sentence, back to the number before: its name may have lost them."""
    if figure.table is not None:
        return frozenset()
    printed = re.sub(r"\s", "", figure.printed)
    before = figure.sentence[: max(figure.sentence.find(printed), 0)]
    return pairs_of(canonical(normalise(re.split(r"\d|[。；]", before)[-1])))


def _together(candidates: Sequence[Mapping[str, Match]], one_unit: bool) -> tuple[Figure, ...]:
    """The best choice of a row per operand, all of one sentence or one table column; empty where there is none."""
    if len(candidates) < 2 or not all(candidates):
        return ()
    best: list[tuple[float, tuple[Figure, ...]]] = []
    for place in dict.fromkeys(_place(match.entry.figure, one_unit) for match in candidates[0].values()):
        of_place = [
            [match for match in named.values() if _place(match.entry.figure, one_unit) == place][:4]
            for named in candidates
        ]
        for chosen in product(*of_place):
            figures = tuple(match.entry.figure for match in chosen)
            if len({figure.id for figure in figures}) == len(figures) and not _confused(chosen, of_place):
                best.append((sum(match.fit for match in chosen), figures))
    top = max((fit for fit, _ in best), default=0.0)
    first = [figures for fit, figures in best if fit > top - _EVEN]
    return first[0] if len({tuple(figure.base_value for figure in figures) for figures in first}) == 1 else ()


def _confused(chosen: Sequence[Match], of_place: Sequence[Sequence[Match]]) -> bool:
    """Whether another row of the place is named by an operand as well as the chosen one, with another value."""
    taken = {each.entry.figure.id for each in chosen}
    return any(
        other.entry.figure.id not in taken and _rivals(match, other)
        for match, others in zip(chosen, of_place, strict=True)
        for other in others
    )


def _rivals(match: Match, other: Match) -> bool:
    """Whether two rows of one kind fit alike and differ in value."""
    one, rival = match.entry.figure, other.entry.figure
    alike = rival.base_unit == one.base_unit and rival.role == one.role and other.fit > match.fit - _SHORT_OF
    return alike and rival.base_value != one.base_value


def _place(figure: Figure, one_unit: bool) -> tuple[object, ...]:
    """Where rows stand together: a table's rows of one role, else a sentence; of one unit where that matters."""
    unit = figure.base_unit if one_unit else None
    if figure.table is not None:
        return figure.report, figure.table, figure.role, unit
    return figure.report, figure.sentence_start, figure.sentence_end, unit
