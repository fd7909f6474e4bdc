"""What a report says twice, adds up or claims, with each place in its sentence: to be read side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.library import Library
from assistant.places import stretch_of
from corpus.audit import audit
from corpus.findings import Finding, FoundAt
from corpus.formats.printed import page_of
from corpus.model import Figure, Report, Section
from corpus.repair import repair

_AROUND = 60  # characters on each side of words that are no figure


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One place of a finding; `text[at:at + length]` is what the finding rests on."""

    name: str
    section: tuple[str, ...]
    line: int
    page: int | None
    start: int
    end: int
    text: str
    at: int
    length: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    finding: Finding
    sides: tuple[Side, ...]


def report_findings(library: Library, report: str) -> tuple[Compared, ...]:
    """All findings over a report: those that differ first, then the open ones, then what agrees.

    Raises:
        ReportError: the index holds no report of that name.
    """
    document = library.store.document(report)
    figures = tuple(library.figures_of(report))
    indicators = library.indicators_of(report)
    found = audit(Report(document=document, figures=figures, indicators=indicators))
    sides = _Sides(document.text, document.pages, document.sections, {figure.id: figure for figure in figures})
    order = {"differs": 0, "open": 1, "agrees": 2}
    compared = [Compared(finding=each, sides=tuple(map(sides.of, _places(each)))) for each in found]
    return tuple(sorted(compared, key=lambda each: order[each.finding.verdict]))


def _places(finding: Finding) -> Sequence[FoundAt]:
    """The finding's places, each once."""
    return list({(place.start, place.end): place for place in finding.places}.values())


class _Sides:
    def __init__(
        self, text: str, pages: tuple[int, ...], sections: Sequence[Section], figures: dict[str, Figure]
    ) -> None:
        self._text = text
        self._pages = pages
        self._sections = sections
        self._figures = figures

    def of(self, place: FoundAt) -> Side:
        low, high = self._stretch(place)
        before, itself = (repair(self._text, *span).text for span in ((low, place.start), (place.start, place.end)))
        return Side(
            name=place.name, section=self._section(place.start), line=self._text.count("\n", 0, place.start) + 1,
            page=page_of(self._pages, place.start), start=place.start, end=place.end,
            text=before + itself + repair(self._text, place.end, high).text, at=len(before), length=len(itself),
        )  # fmt: skip

    def _stretch(self, place: FoundAt) -> tuple[int, int]:
        figure = self._figures.get(place.figure or "")
        if figure is not None:
            return stretch_of(self._text, figure)
        low = max(self._text.rfind("\n", 0, place.start) + 1, place.start - _AROUND)
        high = self._text.find("\n", place.end)
        return low, min(len(self._text) if high < 0 else high, place.end + _AROUND)

    def _section(self, offset: int) -> tuple[str, ...]:
        """The path of the innermost section that holds the place."""
        holding = [section for section in self._sections if section.start <= offset < section.body_end]
        return max(holding, key=lambda section: section.level).path if holding else ()
