"""An answer as text for a terminal."""

from assistant.answer import Answer, Citation
from corpus.repair import repair


def as_text(answer: Answer) -> str:
    """The answer, its warnings, its sources and what may be asked next."""
    lines = [answer.answer]
    lines += [f"注意：{warning}" for warning in answer.warnings]
    for citation in answer.citations:
        quote = repair(citation.quote, 0, len(citation.quote)).text
        where = " > ".join(citation.section)
        lines.append(f"[{citation.id}] {citation.report} {place(citation)} {where}\n    {quote}")
    if answer.model is not None:
        lines.append(f"语言模型：{answer.model.name}（提示词 {answer.model.prompt_version}）")
    if answer.suggestions:
        lines.append("可以接着问：" + " / ".join(answer.suggestions))
    return "\n".join(lines)


def place(citation: Citation) -> str:
    """Where a quotation stands: 第5页第88行, 第88行 where the format has no pages."""
    page = "" if citation.page is None else f"第{citation.page}页"
    return f"{page}第{citation.line}行"
