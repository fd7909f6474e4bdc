"""An answer as text for a terminal."""

from assistant.answer import Answer
from corpus.repair import repair


def as_text(answer: Answer) -> str:
    """The answer, its warnings, its sources and what may be asked next."""
    lines = [answer.answer]
    lines += [f"注意：{warning}" for warning in answer.warnings]
    for citation in answer.citations:
        quote = repair(citation.quote, 0, len(citation.quote)).text
        where = " > ".join(citation.section)
        lines.append(f"[{citation.id}] {citation.report} 第{citation.line}行 {where}\n    {quote}")
    if answer.suggestions:
        lines.append("可以接着问：" + " / ".join(answer.suggestions))
    return "\n".join(lines)
