"""Figures of prose: every number and grade of a report's paragraphs as ledger rows.

全市城镇新增就业人数 18.6 万，全省排名第一   -> count 186000 人 · rank 1
自评结果为“优”                               -> grade 优
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.changes import BEFORE_CHANGE, changes_from
from corpus.classified import Classification
from corpus.model import Document, Figure, Mapped, Metadata, Paragraph
from corpus.names import Named, name_quantities
from corpus.numbering import unmarked
from corpus.periods import over_the_year, period_of, results_period, section_period, this_year, year_of
from corpus.quantities import Numeral, Quantity, scan
from corpus.roles import role_of
from corpus.rows import Place, figure_of, grade_of
from corpus.sentences import stretches
from corpus.spans import span_before, sums_up
from corpus.trimming import tidy, trim
from corpus.wording import wording

_TITLE_END = re.compile(r"(?:经费|基本)?(?:情况|说明|情况说明)$")
_CLAUSE = re.compile(r"[，。；：！？,;]")
_DATED_CLOSE = re.compile(r"年(?:末|底|初)?的?$")
_LAST_YEAR = re.compile(r"(?:从|由|比|较)(?:上|去)年(?:同期)?(?P<end>末)?的?$")
_CONTINUES = re.compile(r"[—–-]{1,2}")  # ——改革开放…: an item under the paragraph above


@dataclass(slots=True)
class _Inherited:
    """What a sentence takes over from the sentences before it in its paragraph."""

    period: str | None
    scope: str | None = None
    subject: str = ""
    span: str | None = None  # several years that are summed up: 2021—2025年
    topic: str = ""  # the item of the budget classification that the paragraph speaks of


def prose_figures(document: Document) -> Iterator[Figure]:
    """The rows of all paragraphs in order of place."""
    plain = "".join(paragraph.content.text + "\n" for paragraph in document.paragraphs)
    titles = [section.title for section in document.sections]
    items = Classification([*titles, *(paragraph.content.text for paragraph in document.paragraphs)])
    above: tuple[tuple[str, ...], str | None] = (), None
    for paragraph in document.paragraphs:
        inherited = _inherited(document, paragraph)
        if above[0] == paragraph.section_path and _CONTINUES.match(paragraph.content.text):
            inherited.span = above[1]
        yield from _paragraph_figures(document, paragraph, inherited, plain.__contains__, items)
        above = paragraph.section_path, inherited.span


def _inherited(document: Document, paragraph: Paragraph) -> _Inherited:
    period = section_period(paragraph.section_path) or results_period(document.metadata_at(paragraph.start))
    return _Inherited(period=period, scope=_default_scope(document.metadata))


def _paragraph_figures(
    document: Document,
    paragraph: Paragraph,
    inherited: _Inherited,
    known: Callable[[str], bool],
    items: Classification,
) -> Iterator[Figure]:
    for start, end in stretches(paragraph.content):
        sentence = paragraph.content.slice(start, end)
        numerals = scan(sentence.text)
        place = Place(
            report=document.metadata.report, source=document.text, section=paragraph.section_path, content=sentence
        )
        inherited.topic = inherited.topic or items.topic(sentence.text, *paragraph.section_path[-1:])
        for figure in _numbers(document, place, numerals, inherited, known):
            name = items.named(figure.name, inherited.topic) or _titled(figure, sentence.text)
            yield replace(figure, name=name)
        yield from _grades(place, inherited)
        _carry_on(document, sentence, numerals, inherited)


def _titled(figure: Figure, sentence: str) -> str:
    """六、年度预算安排 / 12.5万元: a number that is all its paragraph says is named by the headings over it."""
    if "".join(sentence.split()).strip("。；") != "".join(figure.printed.split()):
        return ""
    titles = [_TITLE_END.sub("", unmarked(title)) for title in figure.section[-2:-1]]
    return "".join([*titles, *map(unmarked, figure.section[-1:])])


def _metadata(document: Document, content: Mapped) -> Metadata:
    return document.metadata_at(content.offsets[0])


def _default_scope(metadata: Metadata) -> str | None:
    """A work report or bulletin speaks of its whole place (全省, 全市) unless it says otherwise; others do not."""
    if metadata.document_kind not in {"work_report", "bulletin"} or not metadata.place:
        return None
    return wording().scope_of_place.get(metadata.place[-1])


def _numbers(
    document: Document, place: Place, numerals: tuple[Numeral, ...], inherited: _Inherited, known: Callable[[str], bool]
) -> Iterator[Figure]:
    text = place.content.text
    found = [numeral.quantity for numeral in numerals if numeral.quantity is not None]
    for quantity, named in zip(found, _names(text, found, known, inherited.subject), strict=True):
        period = _period(document, place.content, quantity, numerals, inherited)
        if (quantity.dimension or "").startswith("money") and wording().flow.search(named.name):
            period = over_the_year(period)
        before = _CLAUSE.split(text[: quantity.start])[-1]
        after = _CLAUSE.split(text[quantity.end :], maxsplit=1)[0]
        role = role_of(quantity, named, before=before, after=after, planned=_is_plan(period, document))
        scope = scope_before(text, quantity.start) or inherited.scope
        name = named.name
        if changes_from(text, quantity):
            period = _before_change(text, quantity, numerals, this_year(_metadata(document, place.content)))
            if period is None:
                name, role = name + BEFORE_CHANGE, "other"
        yield figure_of(quantity, _at(place, period, scope), name=name, role=role)
        inherited.subject = named.subject


def _period(
    document: Document, sentence: Mapped, quantity: Quantity, numerals: tuple[Numeral, ...], inherited: _Inherited
) -> str | None:
    """When a number holds: the years that are summed up, unless a year is named after them or it is a level."""
    metadata, at = _metadata(document, sentence), quantity.start
    span = span_before(sentence.text, at, metadata)
    own = period_of(sentence.text, at, numerals, None, this_year(metadata))
    if span is not None and own is not None:
        since = sentence.text[span.start : at]
        later = tuple(
            replace(numeral, start=numeral.start - span.start, end=numeral.end - span.start)
            for numeral in numerals
            if numeral.start >= span.start
        )
        own = period_of(since, len(since), later, None, this_year(metadata))
    summed = span.period if span is not None else inherited.span
    if summed is not None and own is None and sums_up(sentence.text, at):
        return summed
    return own or period_of(sentence.text, at, (), inherited.period, None)


def _before_change(text: str, quantity: Quantity, numerals: tuple[Numeral, ...], this_year: int | None) -> str | None:
    """由1985年的6.6％上升到…, 由上年的12%提高到…: the date that stands right before the number; None without one."""
    before = text[: quantity.start]
    if last := _LAST_YEAR.search(before):
        return None if this_year is None else f"{this_year - 1}年{last['end'] or ''}"
    return period_of(text, quantity.start, numerals, None, None) if _DATED_CLOSE.search(before) else None


def _at(place: Place, period: str | None, scope: str | None) -> Place:
    return Place(
        report=place.report,
        source=place.source,
        section=place.section,
        content=place.content,
        period=period,
        scope=scope,
    )


def _is_plan(period: str | None, document: Document) -> bool:
    """A work report tells of the year it was issued in, and of later ones, as what is to come."""
    year, issued = year_of(period), document.metadata.issued_year
    if document.metadata.document_kind != "work_report" or year is None or issued is None:
        return False
    return year >= issued


def _names(text: str, found: Sequence[Quantity], known: Callable[[str], bool], carried: str) -> list[Named]:
    """Numbers in words are named beside the others but never part their subjects (以上三类占比合计为87.8%)."""
    plain = [quantity for quantity in found if quantity.arabic or quantity.rank or quantity.dimension == "share"]
    named = dict(zip(map(id, plain), name_quantities(text, plain, known, carried), strict=True))
    if len(plain) < len(found):
        for quantity, name in zip(found, name_quantities(text, found, known, carried), strict=True):
            named.setdefault(id(quantity), name)
    return [named[id(quantity)] for quantity in found]


def _grades(place: Place, inherited: _Inherited) -> Iterator[Figure]:
    text = place.content.text
    for match in wording().grade.finditer(text):
        clause = _grade_name(text[: match.start("grade")])
        scope = scope_before(text, match.start()) or inherited.scope
        yield grade_of(match.span("grade"), _at(place, inherited.period, scope), name=clause)


def _grade_name(before: str) -> str:
    """The words of the last clause that say what is graded: …开展绩效评价，获得“良” -> …开展绩效评价."""
    for clause in reversed(_CLAUSE.split(before)):
        name = tidy(trim(wording().grade_cue.sub("", clause.strip("“‘")), wording()))
        if name:
            return name
    return ""


def _carry_on(document: Document, sentence: Mapped, numerals: tuple[Numeral, ...], inherited: _Inherited) -> None:
    """A date or scope that opens a sentence holds for the sentences behind it as well."""
    if numerals and numerals[0].numeral_class == "date" and numerals[0].start <= 4:
        end = numerals[0].end
        inherited.period = period_of(
            sentence.text, end, numerals, inherited.period, this_year(_metadata(document, sentence))
        )
        inherited.span = None
    span = span_before(sentence.text, len(sentence.text), _metadata(document, sentence))
    inherited.span = span.period if span is not None else inherited.span
    scope = scope_before(sentence.text, len(sentence.text))
    if scope in wording().inherited_scopes:
        inherited.scope = scope


def scope_before(text: str, at: int) -> str | None:
    """The last scope word (全市, 全省 …) before `at` that opens a clause and is not the field of a ranking."""
    found = None
    for match in wording().scope.finditer(text, 0, at):
        if not wording().ranked.match(text, match.end()):
            found = match["scope"]
    return found
