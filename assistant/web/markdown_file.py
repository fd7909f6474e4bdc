"""A conversation as Markdown; what would be markup in a report's text is escaped."""

import re

from assistant.web.exporting import FIGURE_COLUMNS, Conversation, Said, SaidSource

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$&!+-])")
_MARKS = re.compile(r"\\\[(\d+)\\\]")  # the marks of citations stay as they are


def as_markdown(conversation: Conversation) -> bytes:
    parts = [f"# {_text(conversation.title)}", *(_exchange(said) for said in conversation.said)]
    return ("\n\n".join(parts) + "\n").encode()


def _exchange(said: Said) -> str:
    parts = [f"## {_text(said.question)}", _text(said.answer)]
    if said.formula:
        parts.append(f"算式：{_text(said.formula)}")
    if said.figures:
        lines = [FIGURE_COLUMNS, ("---",) * len(FIGURE_COLUMNS), *(tuple(map(_text, row)) for row in said.figures)]
        parts.append("\n".join(f"| {' | '.join(line)} |" for line in lines))
    parts += [f"注意：{_text(warning)}" for warning in said.warnings]
    parts += [_source(source) for source in said.sources]
    return "\n\n".join(parts)


def _source(source: SaidSource) -> str:
    return "\n\n".join(
        filter(None, [f"{source.mark} {_text(source.place)}", f"> {_text(source.quote)}", source.remark])
    )


def _text(text: str) -> str:
    return _MARKS.sub(r"[\1]", _MARKUP.sub(r"\\\1", " ".join(text.split())))
