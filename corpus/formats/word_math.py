"""Equations of Word on one line: a fraction as (12.3)/(15), a power as x^2; other signs in their order."""

from corpus.formats.packed import Element
from corpus.formats.word_names import MATH

_JOINED = {"f": ("num", "/", "den"), "sSup": ("e", "^", "sup"), "sSub": ("e", "_", "sub")}


def math_text(node: Element) -> str:
    """The text of an equation or a part of it."""
    if not isinstance(node.tag, str):
        return ""
    name = node.tag.removeprefix(MATH)
    if name == "t":
        return node.text or ""
    if name in _JOINED:
        first, sign, second = _JOINED[name]
        return _grouped(node, first) + sign + _grouped(node, second)
    return "".join(math_text(part) for part in node)


def _grouped(node: Element, name: str) -> str:
    part = node.find(MATH + name)
    text = math_text(part) if part is not None else ""
    return text if text.isalnum() else f"({text})"
