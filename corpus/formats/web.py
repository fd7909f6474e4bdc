"""Web pages (.html): the main text with its headings and tables, without what the site puts around it.

<h2>一、综合</h2><p>实现增加值<b>12.3</b>亿元。</p><div class="footer">…</div>   -> 一、综合 / 实现增加值12.3亿元。
"""

import codecs
import re

from lxml import etree, html

from corpus.errors import ReportError
from corpus.formats.layout import print_blocks
from corpus.formats.packed import Element
from corpus.formats.plain import decode
from corpus.formats.printed import Limits, Printed
from corpus.formats.web_blocks import page_blocks
from corpus.formats.web_main import drop_furniture, find_main

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{2,20})", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
_HEAD_BYTES = 8192
_CHINESE = frozenset({"gb2312", "gbk", "gb18030"})
_MOST_TAGS = 200_000
_MOST_UNREADABLE = 0.001


def read_web(data: bytes, name: str, limits: Limits) -> Printed:
    """The main text of a page.

    Raises:
        ReportError: another encoding, nested too deep, a table too wide.
    """
    page = _parsed(_decoded(data, name), name)
    if page is None:
        return Printed(text="")
    drop_furniture(page)
    return print_blocks(page_blocks(find_main(page)), name, limits)


def _decoded(data: bytes, name: str) -> str:
    """The page's characters: what its byte order mark or <meta> says, else what a text file would be."""
    told = _CHARSET.search(data[:_HEAD_BYTES])
    encoding = told.group(1).decode("ascii").lower() if told else ""
    encoding = "gb18030" if encoding in _CHINESE else encoding
    if encoding and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            text = data.decode(encoding, errors="replace")
        except LookupError:
            return decode(data, name)
        if text.count("\ufffd") <= _MOST_UNREADABLE * len(text):
            return text
    return decode(data, name)


def _parsed(text: str, name: str) -> Element | None:
    """The page's root; None where it holds no element.

    Raises:
        ReportError: too many tags, or nested deeper than the parser goes.
    """
    tags = text.count("<")
    if tags > _MOST_TAGS:
        raise ReportError(f"网页“{name}”有 {tags} 个标签，超过上限 {_MOST_TAGS}。请用浏览器打开，另存为文本再试。")
    parser = html.HTMLParser(huge_tree=True, no_network=True, remove_comments=True, remove_pis=True)
    try:
        page = html.document_fromstring(_DECLARATION.sub("", text).replace("\0", ""), parser=parser)
    except etree.ParserError:
        return None
    fatal = parser.error_log.filter_from_level(etree.ErrorLevels.FATAL)
    if len(fatal):
        raise ReportError(f"网页“{name}”的标签嵌套太深或写坏了（{fatal[0].message}）。请用浏览器打开，另存为文本再试。")
    return page
