"""The ledger made ready for lookup: for every figure the words that name it and the words around it."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from assistant.figures.contrasts import Named, named_in
from assistant.figures.coverage import PairWeights, pairs_of
from assistant.figures.sorts import Sort, is_small, named_a_rate, no_longer
from assistant.questions.asking import asking
from assistant.questions.lexicon import canonical
from assistant.questions.normalise import normalise
from corpus.model import Figure, Indicator, Metadata, Passage
from corpus.periods import year_of
from corpus.spans import is_span
from corpus.statements import clause, run_up, stretch
from corpus.units import match_unit
from corpus.wording import wording

# Entries are kept of so many reports, some 4 MB for 250 rows; titles are small.
_REPORTS_KEPT = 64
_TITLES_KEPT = 4096
_SHORTEST_NAME = 5
# By so many characters a sentence is found in its passage.
_RECOGNISED = 12
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# Dimensions that answer the same "how many": 几家 may be asked of 个, 所, 户.
COUNTS = frozenset({"organisations", "items", "households", "times", "events", "medals", "people", "person-times"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A figure with the character pairs of its name, its stretch of the sentence, and its wider surroundings."""

    figure: Figure
    name: frozenset[str]
    stretch: frozenset[str]  # the sentence between full stops and semicolons, or the table cell with its row
    around: frozenset[str]  # sentence, headings, table
    before: frozenset[str]  # what the paragraph says before the sentence: there the subject may stand
    dimension: str | None
    year: int | None
    span: bool  # of several years that are summed up
    nature: str  # the role, or for a target what kind of number is aimed at: growth, share or level
    spelled: tuple[str, ...]  # the names of its indicator as they may be typed whole
    per: bool  # per head, per ten thousand people …
    per_head: bool  # so by its name, and no standard that everyone is paid
    fresh: bool  # 新增…: what came to be in the period
    stock: bool  # 累计, 增加到: what there was in all
    in_words: bool  # a number in Chinese numerals, less often what is asked for
    part: frozenset[str]  # of a share, the words of its name before 占; empty where it has none
    rates: str  # its name in official terms, where that names a rate
    contrasts: Named  # contrasting words (城镇, 进口 …) of its name
    beside: frozenset[str]  # other numbers of its name and clause, digits only: 65 of 65周岁及以上人口20056万人
    sort: Sort = ()  # all that `figures/matching.py` reads of it beside its words and its year


class Entries:
    """All entries of some reports, and how much each character pair tells among them.

    A report's entries are made when they are first asked for: a question that names one of a hundred reports
    does not wait for the others.
    """

    def __init__(
        self, metadata: Mapping[str, Metadata], weights: PairWeights, read: Callable[[str], Sequence[Entry]]
    ) -> None:
        self.metadata = metadata
        self.weights = weights
        self.titles = Titles(metadata)
        self._of = lru_cache(maxsize=_REPORTS_KEPT)(lambda report: _own(read(report)))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, in the order of the ledger."""
        return tuple(entry for report in sorted(self.metadata) for entry in self.of(report))

    def of(self, report: str) -> tuple[Entry, ...]:
        """The entries of one report, in its order."""
        return self._of(report).entries

    def of_figure(self, figure: Figure) -> Entry | None:
        """The entry of a ledger row; None where it answers no question."""
        own = self._of(figure.report)
        position = own.positions.get(figure.id)
        return None if position is None else own.entries[position]

    def near(
        self, pairs: frozenset[str], also: Collection[str] = (), reports: Collection[str] | None = None
    ) -> tuple[Entry, ...]:
        """Entries that share a pair with the question in name or stretch, and those whose ids are in `also`."""
        asked = sorted(self.metadata if reports is None else set(reports) & self.metadata.keys())
        return tuple(entry for report in asked for entry in self._of(report).near(pairs, also))


class Titles:
    """The pairs of the reports' titles, issuers and places, by report."""

    def __init__(self, metadata: Mapping[str, Metadata]) -> None:
        self._metadata = metadata
        self._of = lru_cache(maxsize=_TITLES_KEPT)(self._pairs)

    def __getitem__(self, report: str) -> frozenset[str]:
        return self._of(report)

    def _pairs(self, report: str) -> frozenset[str]:
        return pairs_of(_words(_title(self._metadata[report])))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Own:
    """The entries of one report."""

    entries: tuple[Entry, ...]
    positions: dict[str, int]  # by the ids of their figures
    holding: dict[str, tuple[int, ...]]  # by the pairs of their names and stretches

    def near(self, pairs: frozenset[str], also: Collection[str]) -> Iterable[Entry]:
        found = {position for pair in pairs for position in self.holding.get(pair, ())}
        found.update(self.positions[figure] for figure in also if figure in self.positions)
        return (self.entries[position] for position in sorted(found))


def _own(entries: Sequence[Entry]) -> _Own:
    return _Own(
        entries=tuple(entries), holding=_holding(entries),
        positions={entry.figure.id: position for position, entry in enumerate(entries)},
    )  # fmt: skip


def make_entries(
    figures: Sequence[Figure],
    indicators: Sequence[Indicator],
    metadata: Sequence[Metadata],
    passages: Mapping[str, Sequence[Passage]],
) -> Entries:
    """Entries for the figures of some reports; `passages` by report, for weighing words and for what stands before."""

    def read(report: str) -> Sequence[Entry]:
        own = [figure for figure in figures if figure.report == report]
        return entries_of(own, [each for each in indicators if each.report == report], passages[report])

    return Entries(
        {each.report: each for each in metadata}, weights_of(metadata, [passages[each.report] for each in metadata]),
        read,
    )  # fmt: skip


def entries_of(
    figures: Sequence[Figure], indicators: Sequence[Indicator], passages: Sequence[Passage]
) -> tuple[Entry, ...]:
    """The entries of one report's figures."""
    by_name = {indicator.name: indicator for indicator in indicators}
    before, pairs = _Before(passages), _Pairs()
    return tuple(_entry(figure, by_name, before.text(figure), pairs) for figure in figures if _is_sought(figure))


def weights_of(metadata: Iterable[Metadata], passages: Iterable[Sequence[Passage]]) -> PairWeights:
    """How much pairs tell among the passages and titles of all reports."""
    texts = (passage.text for own in passages for passage in own)
    titles = (each.title for each in metadata)
    return PairWeights(pairs_of(canonical(normalise(text))) for text in chain(texts, titles))


def _title(metadata: Metadata) -> str:
    return " ".join(filter(None, (metadata.title, metadata.issuer, metadata.place)))


def _is_sought(figure: Figure) -> bool:
    """Constants of formulas, and values that no longer hold and have no year, answer no question."""
    return figure.role != "constant" and not (no_longer(figure) and figure.period is None)


def _holding(entries: Sequence[Entry]) -> dict[str, tuple[int, ...]]:
    positions: dict[str, list[int]] = defaultdict(list)
    for position, entry in enumerate(entries):
        for pair in entry.name | entry.stretch:
            positions[pair].append(position)
    return {pair: tuple(held) for pair, held in positions.items()}


class _Before:
    """What the paragraphs of a report say before a figure's sentence, as far as the passage before its own."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = sorted(passages, key=lambda each: each.start)
        self._starts = [each.start for each in self._passages]

    def text(self, figure: Figure) -> str:
        position = bisect_right(self._starts, figure.start) - 1
        if position < 0 or figure.table is not None:
            return ""
        own = self._passages[position]
        said, found, _ = own.text.partition(figure.sentence[:_RECOGNISED])
        earlier = self._passages[position - 1] if position else None
        joined = earlier is not None and earlier.section_path == own.section_path and own.start - earlier.end <= 1
        return f"{earlier.text if earlier and joined else ''} {said if found else ''}"


def _words(text: str) -> str:
    return canonical(normalise(text))


class _Pairs:
    """Words and pairs of the texts of one report, each worked out once: the figures of a sentence share theirs."""

    def __init__(self) -> None:
        self._words: dict[str, str] = {}
        self._pairs: dict[str, frozenset[str]] = {}
        self._sorts: dict[Sort, Sort] = {}

    def sort(self, sort: Sort) -> Sort:
        return self._sorts.setdefault(sort, sort)

    def words(self, text: str) -> str:
        found = self._words.get(text)
        if found is None:
            found = self._words[text] = _words(text)
        return found

    def __call__(self, text: str) -> frozenset[str]:
        found = self._pairs.get(text)
        if found is None:
            found = self._pairs[text] = pairs_of(self.words(text))
        return found


def _entry(figure: Figure, indicators: Mapping[str, Indicator], before: str, pairs: _Pairs) -> Entry:
    indicator = indicators.get(figure.indicator or "")
    aliases = " ".join((indicator.name, *indicator.aliases)) if indicator else ""
    definition = (indicator.definition or "") if indicator else ""
    task = (indicator.task or "") if indicator else ""
    own = stretch(figure)
    fresh = asking().increments["fresh"].search(f"{figure.name}{run_up(figure)}") is not None
    name = pairs.words(figure.name)
    entry = Entry(
        figure=figure,
        name=pairs(f"{figure.name} {aliases}"),
        stretch=pairs(f"{own} {definition}"),
        around=pairs(f"{figure.sentence} {' '.join(figure.section[-2:])} {task} {figure.column or ''}"),
        before=pairs(before),
        dimension=dimension_of(figure),
        year=year_of(figure.period),
        span=is_span(figure.period),
        nature=_nature(figure),
        spelled=_spelled(figure, indicator, pairs),
        per=figure.role == "standard" or "/" in (figure.base_unit or "") or bool(asking().per.search(figure.name)),
        per_head=figure.role != "standard" and bool(asking().per.search(figure.name)),
        fresh=fresh,
        stock=not fresh and asking().increments["stock"].search(f"{figure.name}{clause(figure)}") is not None,
        in_words=not any(character.isdigit() for character in figure.printed) and figure.role not in {"rank", "grade"},
        part=pairs(figure.name.partition("占")[0]) if "占" in figure.name else frozenset(),
        rates=name if "率" in figure.name else "",
        contrasts=named_in(name),
        beside=frozenset(_NUMBER.findall(f"{figure.name} {clause(figure)}")) - {figure.value or ""},
    )
    return replace(entry, sort=pairs.sort(_sort(entry)))


def _sort(entry: Entry) -> Sort:
    figure = entry.figure
    return (
        figure.role, figure.table is None, figure.unit, is_small(figure), no_longer(figure), figure.target_setter,
        entry.dimension, entry.span, entry.nature, entry.per, entry.per_head, entry.fresh, entry.stock, entry.in_words,
        named_a_rate(figure),
    )  # fmt: skip


def _spelled(figure: Figure, indicator: Indicator | None, pairs: _Pairs) -> tuple[str, ...]:
    names = (indicator.name, *indicator.aliases) if indicator else ()
    words = (re.sub(r"\W", "", pairs.words(re.sub(r"[（(].*?[）)]", "", name))) for name in names)
    return tuple(word for word in words if len(word) >= _SHORTEST_NAME)


def _nature(figure: Figure) -> str:
    if figure.role != "target":
        return "share" if figure.role == "rate" and re.search("比重|占比", figure.name) else figure.role
    if figure.base_unit not in {"%", "百分点"}:
        return "growth" if wording().growth_tail.search(figure.name) else "level"
    if wording().growth_tail.search(figure.name) or "涨幅" in figure.name:
        return "growth"
    return "share" if re.search("占|比重", figure.name) else "level"


def dimension_of(figure: Figure) -> str | None:
    """The dimension of a figure's base unit; ranks and grades are dimensions of their own."""
    if figure.role in {"rank", "grade"}:
        return figure.role
    if figure.base_unit is None:
        return None
    unit = match_unit(figure.base_unit, 0)
    return unit.dimension if unit is not None else None
