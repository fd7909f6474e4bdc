"""The rows of a report a draft is held against, with the words that name them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.checking.multiples import said_multiples
from assistant.checking.names import full_names
from assistant.checking.statements import Statement, official, statement_of, words_of
from assistant.figures.coverage import PairWeights
from corpus.model import Figure, Indicator, Metadata, Passage
from corpus.repair import repair
from corpus.rows import Place
from corpus.statements import stretch


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A ledger row; `name` is of its name and its indicator's, `stretch` of its part of the sentence.

    `meaning` is what it measures in all words the report has for it: names and the indicator's definition.
    """

    figure: Figure
    statement: Statement
    meaning: str
    name: frozenset[str]
    weight: float  # of the name
    stretch: frozenset[str]
    title: frozenset[str]

    @property
    def place(self) -> tuple[str, int]:
        """The sentence or the row of a table it stands in."""
        figure = self.figure
        return f"{figure.report} {figure.table or ''}", figure.sentence_start if figure.row is None else figure.row


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The rows of one report; its source text is what their offsets count."""

    metadata: Metadata
    text: str
    figures: Sequence[Figure]
    indicators: Sequence[Indicator]
    passages: Sequence[Passage]

    @cached_property
    def weights(self) -> PairWeights:
        """How much each character pair tells among the report's passages."""
        return PairWeights([words_of(passage.text) for passage in self.passages])

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        stated = [figure for figure in (*self.figures, *self._said()) if figure.role != "constant"]
        sought = sorted(stated, key=lambda figure: figure.start)
        names = full_names(sought, self.text)
        return tuple(self._row(figure, names[figure.id]) for figure in sought)

    def near(self, pairs: frozenset[str]) -> Iterator[Row]:
        """Rows that share a pair in name or stretch."""
        return (self.rows[at] for at in sorted({at for pair in pairs for at in self._holding.get(pair, ())}))

    def names_hold(self, words: str) -> bool:
        """Whether these words, a number among them, are part of the name of a row: 15分钟服务圈."""
        return any(words in name for name in self._spelled)

    @cached_property
    def _holding(self) -> Mapping[str, tuple[int, ...]]:
        positions: dict[str, list[int]] = defaultdict(list)
        for position, row in enumerate(self.rows):
            for pair in row.name | row.stretch:
                positions[pair].append(position)
        return {pair: tuple(held) for pair, held in positions.items()}

    @cached_property
    def _spelled(self) -> frozenset[str]:
        names = (f"{figure.name} {figure.indicator or ''}" for figure in self.figures)
        return frozenset(re.sub(r"\s", "", name) for name in names)

    @cached_property
    def _title(self) -> frozenset[str]:
        metadata = self.metadata
        return words_of(" ".join(filter(None, (metadata.title, metadata.issuer, metadata.place))))

    @cached_property
    def _by_name(self) -> Mapping[str, Indicator]:
        return {indicator.name: indicator for indicator in self.indicators}

    def _row(self, figure: Figure, name: str) -> Row:
        indicator = self._by_name.get(figure.indicator or "")
        names = " ".join((name, indicator.name, *indicator.aliases)) if indicator else name
        definition = (indicator.definition or "") if indicator else ""
        stated = statement_of(figure, self.text, name=name)
        words = words_of(names)
        return Row(
            figure=figure, statement=replace(stated, of_plan_year=self._of_plan_year(stated)), title=self._title,
            meaning=official(f"{names} {definition}"), name=words,
            weight=weight_of(words, self.weights) or 1.0,
            stretch=words_of(f"{stretch(figure)} {definition}"),
        )  # fmt: skip

    def _of_plan_year(self, stated: Statement) -> bool:
        issued = self.metadata.issued_year
        if self.metadata.document_kind != "work_report" or issued is None:
            return False
        return bool(stated.years) and min(stated.years) >= issued

    def _said(self) -> Iterator[Figure]:
        """Numbers the report says without a numeral, which the ledger leaves out."""
        year = self.metadata.data_year
        for passage in self.passages:
            place = Place(
                report=self.metadata.report, source=self.text, section=passage.section_path,
                content=repair(self.text, passage.start, passage.end), period=f"{year}年" if year else None,
            )  # fmt: skip
            yield from said_multiples(place)


def weight_of(pairs: frozenset[str], known: PairWeights) -> float:
    """How much character pairs tell together; none tells nothing at all."""
    return sum(known.of(pair) + 0.05 for pair in pairs)
