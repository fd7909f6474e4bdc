"""Text of reports and users made safe to show: escaped for HTML, or for the Markdown of Streamlit's labels.

Nothing else on the page may put foreign text into `st.html`, a label or a message.
"""

import re
from collections.abc import Collection
from html import escape

from assistant.answer import AnswerFigure
from assistant.figures.phrases import qualified
from assistant.web.words import DOUBT, DOUBT_NOTE, around, facts, quantity

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_JOINED_BY_STREAMLIT = re.compile(r"([:<>=~-])")  # ":red[", ":100:", "->", ">=", "--" are drawn as something else
_WORD_JOINER = "\u2060"


def plain(text: str) -> str:
    """`text` for a place where Streamlit reads Markdown: every character shows as itself."""
    escaped = _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))
    return _JOINED_BY_STREAMLIT.sub(r"\1" + _WORD_JOINER, escaped)


def text_block(text: str, css_class: str) -> str:
    return f'<div class="{css_class}">{escape(text)}</div>'


def figure_card(figure: AnswerFigure, *, doubtful: bool = False) -> str:
    """A figure as a card: its name, the number with its unit, whether it is doubtful, and what qualifies it."""
    number, unit = quantity(figure)
    before, after = around(figure)
    details = "".join(f"<div><span>{label}</span>{escape(value)}</div>" for label, value in facts(figure))
    return (
        '<div class="jushi-card">'
        f'<div class="jushi-card-name">{escape(figure.name)}</div>'
        f'<div class="jushi-card-value">{escape(before)}<b>{escape(number)}</b>'
        f"<span>{escape(unit)}{escape(after)}</span>{_mark(doubtful)}</div>"
        f'<div class="jushi-card-facts">{details}</div></div>'
    )


def figure_table(figures: tuple[AnswerFigure, ...], doubtful: Collection[str | None] = ()) -> str:
    """Many figures as a table, which scrolls within itself on a narrow screen; `doubtful` are ids to mark."""
    rows = "".join(_figure_row(figure, doubtful=figure.id in doubtful) for figure in figures)
    head = "<tr><th>数据项</th><th>数值</th><th>期间</th><th>口径</th><th>性质</th></tr>"
    return f'<div class="jushi-table"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>'


def _figure_row(figure: AnswerFigure, *, doubtful: bool) -> str:
    known = dict(facts(figure))
    value = qualified("".join(quantity(figure)), figure.qualifier)
    cells = "".join(f"<td>{escape(known.get(label, ''))}</td>" for label in ("期间", "口径", "性质"))
    return (
        f"<tr><td>{escape(figure.name)}</td><td class='jushi-number'>{escape(value)}{_mark(doubtful)}</td>{cells}</tr>"
    )


def _mark(doubtful: bool) -> str:
    return f'<em class="jushi-doubt" title="{DOUBT_NOTE}">{DOUBT}</em>' if doubtful else ""
