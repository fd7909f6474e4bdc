"""Whether the places an answer points to are real: quotes re-cut from the report, figures stand in them.

Knows the reports' source texts by name, and no index.
"""

from collections.abc import Mapping, Sequence

from assistant.answer import Answer, AnswerFigure, Citation
from evals.matching import normalise, occurs

Texts = Mapping[str, str]


def sound(answer: Answer, texts: Texts) -> bool:
    """Every quote re-cuts from its report, and every figure stands in the quote it points to."""
    return all(recuts(citation, texts) for citation in answer.citations) and all(
        figure.role == "computed" or stands(figure, answer, texts) for figure in answer.figures
    )


def recuts(citation: Citation, texts: Texts) -> bool:
    """Whether the report prints the quote at the place it gives."""
    text = texts.get(citation.report)
    return text is not None and bool(citation.quote) and text[citation.start : citation.end] == citation.quote


def stands(figure: AnswerFigure, answer: Answer, texts: Texts) -> bool:
    """Whether the figure is printed in the quote it points to, and the quote is real."""
    return any(
        citation.id == figure.citation
        and recuts(citation, texts)
        and bool(figure.printed)
        and occurs(figure.printed, normalise(citation.quote))
        for citation in answer.citations
    )


def covered(evidence: Sequence[str], answer: Answer, texts: Texts) -> bool:
    """Whether every piece of evidence is covered by some quote; `texts` are the reports it may stand in."""
    spans = [(one.report, (one.start, one.end)) for one in answer.citations if one.report in texts]
    return all(any(covers(span, piece, texts[report]) for report, span in spans) for piece in evidence)


def texts_about(report: str | None, texts: Texts) -> Texts:
    """The texts that the evidence of a case about this report may stand in; all of them for None."""
    return texts if report is None else {report: texts[report]}


def covers(span: tuple[int, int], evidence: str, text: str) -> bool:
    """Whether a stretch of a report holds half of an occurrence of the evidence, or lies half within one."""
    start = text.find(evidence)
    while start >= 0:
        shared = min(span[1], start + len(evidence)) - max(span[0], start)
        if shared > 0 and shared * 2 >= min(len(evidence), span[1] - span[0]):
            return True
        start = text.find(evidence, start + 1)
    return False
