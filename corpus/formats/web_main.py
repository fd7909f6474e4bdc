"""Which part of a web page is its main text: found by where the sentences and table cells are, not by the site.

Links, buttons and lists of links weigh nothing; the smallest part that holds nearly all the rest is the main text.
The page's title and date are kept though they mostly stand outside it.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.formats.packed import Element

_DATA = Path(__file__).parent.parent / "data" / "web.toml"
_NEVER_SHOWN = frozenset(
    {"script", "style", "noscript", "template", "head", "iframe", "object", "embed", "svg", "canvas", "audio", "video",
     "button", "select", "textarea", "input", "map", "nav", "footer", "aside", "del", "rp", "rt", "dialog"}
)  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NAME_PARTS = re.compile(r"[a-z]+|[A-Z][a-z]*|[A-Z]+(?![a-z])")
_SENTENCE = re.compile(r"[，。；：！？]")
_DATE = re.compile(r"(?:19|20)\d{2}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}")
_NEARLY_ALL = 0.9
_LONGEST_DATE_LINE = 120
_LONGEST_TITLE = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Main:
    """The main text, the page's title and the line that dates it, where they stand outside."""

    node: Element
    title: str
    dated: str


@dataclass(frozen=True, kw_only=True, slots=True)
class _Words:
    furniture: frozenset[str]
    metas: tuple[str, ...]
    separators: tuple[str, ...]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    return _Words(
        furniture=frozenset(data["furniture"]["names"]),
        metas=tuple(data["title"]["metas"]),
        separators=tuple(data["title"]["separators"]),
    )


def drop_furniture(page: Element) -> None:
    """Takes out of `page` what is not shown, and what its class or id calls furniture unless it holds the text."""
    body = _body(page)
    for node in list(body.iter()):
        if node is not body and (node.tag in _NEVER_SHOWN or _is_hidden(node)):
            node.drop_tree()
    most = _statements(body) / 2
    for node in list(body.iter()):
        if node is not body and _is_named_furniture(node) and _statements(node) <= most:
            node.drop_tree()


def find_main(page: Element) -> Main:
    """The main text of a page without furniture."""
    body = _body(page)
    weights = _weights(body)
    node = body
    while heavier := [child for child in node if weights.get(child, 0) >= _NEARLY_ALL * weights[node] > 0]:
        if heavier[0].tag in ("table", "tbody", "tr", "p", "ul", "ol", "blockquote", "dl"):
            break
        node = heavier[0]
    title = _title(page, node)
    return Main(node=node, title=title, dated=_dated(body, node))


def _body(page: Element) -> Element:
    body = page.find("body")
    return page if body is None else body


def _is_hidden(node: Element) -> bool:
    if node.get("hidden") is not None or node.get("aria-hidden") == "true":
        return True
    return _HIDDEN_STYLE.search(node.get("style", "")[:1000]) is not None


def _is_named_furniture(node: Element) -> bool:
    named = f"{node.get('class', '')[:200]} {node.get('id', '')[:100]}"
    return any(part.lower() in _words().furniture for part in _NAME_PARTS.findall(named))


def _statements(node: Element) -> int:
    """Sentences and table cells."""
    sentences: int = sum(text.count("。") for text in node.itertext())
    return sentences + sum(1 for _ in node.iter("td"))


# --- weights --------------------------------------------------------------------------------------


def _weights(body: Element) -> dict[Element, int]:
    """Characters of sentences and cells below each element, links left out."""
    weights: dict[Element, int] = {}
    for node in reversed(list(body.iter())):  # children before their parents
        own = 0 if node.tag == "a" else _weight(node.text, node)
        for child in node:
            own += weights.get(child, 0) + _weight(child.tail, node)
        weights[node] = 0 if node.tag == "a" else own
    return weights


def _weight(text: str | None, node: Element) -> int:
    """Prose counts, and what stands in a cell; single words do not."""
    printed = (text or "").strip()
    if not printed:
        return 0
    in_text = node.tag in ("td", "th", "p", "span", "font", "b", "strong") or _SENTENCE.search(printed)
    return len(printed) if in_text else 0


# --- title and date -------------------------------------------------------------------------------


def _title(page: Element, main: Element) -> str:
    """The page's title where the main text does not print it: its heading, else what <meta> or <title> say."""
    inside = _plain(main)
    headings = [_plain(heading) for heading in page.iter("h1")]
    if any(heading and heading in inside for heading in headings):
        return ""
    names = {meta.get("name") or meta.get("property"): meta.get("content") for meta in page.iter("meta")}
    told = [names.get(meta) for meta in _words().metas]
    tab = next((_plain(title) for title in page.iter("title")), "")
    for separator in _words().separators:
        tab = tab.split(separator)[0]
    for title in (*headings, *told, tab):
        printed = "".join((title or "").split())
        if printed and len(printed) <= _LONGEST_TITLE:
            return "" if printed in inside[: 4 * _LONGEST_TITLE] else (title or "").strip()
    return ""


def _dated(body: Element, main: Element) -> str:
    """The line before the main text that gives a date: 发布时间：2024-03-21."""
    for printed in _texts_before(body, main):
        if len(printed) <= _LONGEST_DATE_LINE and _DATE.search(printed):
            return printed
    return ""


def _texts_before(body: Element, main: Element) -> Iterator[str]:
    for node in body.iter():
        if node is main:
            return
        if len(node) == 0 or node.tag in ("p", "span", "li"):
            yield " ".join("".join(node.itertext()).split())


def _plain(node: Element) -> str:
    return "".join("".join(node.itertext()).split())
