"""A conversation as it leaves the page: questions, answers, figures with their sources. Drawn by one file a format."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer, AnswerFigure, Citation
from assistant.archive.anchoring import anchored
from assistant.archive.exchange import Exchange, title_of
from assistant.figures.phrases import qualified
from assistant.views.source_view import Sources
from assistant.web.words import facts, quantity, where
from corpus.repair import repair

FIGURE_COLUMNS = ("数据项", "数值", "期间", "口径", "性质", "出处")
_NOT_IN_FILES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s.]+')
_NAME_CHARACTERS = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class SaidSource:
    """A citation in words: `place` names report, section and line; `quote` is repaired for reading."""

    mark: str  # "[1]"
    place: str
    quote: str
    remark: str  # why it is stale; else empty


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """An exchange in words; `figures` are rows of `FIGURE_COLUMNS`."""

    question: str
    answer: str
    formula: str
    warnings: tuple[str, ...]
    figures: tuple[tuple[str, ...], ...]
    sources: tuple[SaidSource, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversation:
    title: str
    said: tuple[Said, ...]

    @property
    def file_name(self) -> str:
        """The title as a file's name, without suffix."""
        return _NOT_IN_NAMES.sub("_", f"据实_{self.title}")[:_NAME_CHARACTERS].rstrip("_…")


def conversation(exchanges: Sequence[Exchange], sources: Sources) -> Conversation:
    """The exchanges in words; at least one of them."""
    return Conversation(
        title=writable(title_of(exchanges[0].question)),
        said=tuple(_said(exchange, sources) for exchange in exchanges),
    )


def _said(exchange: Exchange, sources: Sources) -> Said:
    if exchange.answer is None:
        question, fault = writable(exchange.question), writable(exchange.fault)
        return Said(question=question, answer=fault, formula="", warnings=(), figures=(), sources=())
    shown = anchored(exchange, sources)
    answer = shown.answer
    computed = answer.computation
    return Said(
        question=writable(exchange.question),
        answer=writable(answer.answer),
        formula=writable(f"{computed.formula} = {computed.result}{computed.unit or ''}") if computed else "",
        warnings=tuple(map(writable, answer.warnings)),
        figures=tuple(_row(answer, figure, sources) for figure in answer.figures),
        sources=tuple(_source(each, sources, shown.stale.get(each.id, "")) for each in answer.citations),
    )


def _row(answer: Answer, figure: AnswerFigure, sources: Sources) -> tuple[str, ...]:
    known = dict(facts(figure))
    cited = next((citation for citation in answer.citations if citation.id == figure.citation), None)
    value = qualified("".join(quantity(figure)), figure.qualifier)
    source = where(cited, sources.title(cited.report)) if cited else "计算所得，见算式"
    cells = (figure.name, value, *(known.get(label, "") for label in ("期间", "口径", "性质")), source)
    return tuple(map(writable, cells))


def _source(citation: Citation, sources: Sources, remark: str) -> SaidSource:
    return SaidSource(
        mark=f"[{citation.id}]",
        place=writable(where(citation, sources.title(citation.report))),
        quote=writable(repair(citation.quote, 0, len(citation.quote)).text),
        remark=remark,
    )


def writable(text: str) -> str:
    """Text without the characters that no document may hold."""
    return _NOT_IN_FILES.sub("", text)
