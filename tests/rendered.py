"""Reports rendered by code as Word files and web pages: what an office would have instead of the text."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape as escape_html
from xml.sax.saxutils import escape

from corpus.blocks import read_blocks
from corpus.model import Document, Table

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PART_TYPE = '<Override PartName="/word/{0}.xml" ContentType="' + _WORD_TYPE + '.{1}+xml"/>'
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{}</Types>'
)
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="H{level}"><w:name w:val="heading {level}"/>'
    f'<w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr></w:style>'
    for level in range(1, 7)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A paragraph, a heading (with its level) or a table's rows, header first."""

    text: str = ""
    level: int | None = None
    rows: tuple[tuple[str, ...], ...] = ()


def pieces_of(document: Document) -> Iterator[Piece]:
    """What the report prints, in its order, page breaks mended."""
    levels = {
        section.start: section.level for section in document.sections if section.end == _line_end(document, section.end)
    }
    tables = sorted(document.tables, key=lambda table: table.start)
    for block in read_blocks(document.text):
        if block.kind == "table":
            while tables and tables[0].start < block.end:
                yield Piece(rows=_rows(tables.pop(0)))
        else:
            content = block.content(document.text)
            yield Piece(text=content.text, level=levels.get(block.start))


def _line_end(document: Document, at: int) -> int:
    end = document.text.find("\n", at)
    line = document.text[at : end if end >= 0 else len(document.text)]
    return at if not line.strip() else -1


def _rows(table: Table) -> tuple[tuple[str, ...], ...]:
    return (table.header, *(tuple(cell.content.text for cell in row.cells) for row in table.rows))


# --- Word -----------------------------------------------------------------------------------------


def word(body: str, **parts: str) -> bytes:
    """A Word file with this body; `parts` are roots of further parts: styles, numbering, footnotes, endnotes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        types = {"document": "document.main"} | {kind: kind for kind in parts}
        overrides = "".join(_PART_TYPE.format(part, kind) for part, kind in types.items())
        archive.writestr("[Content_Types].xml", CONTENT_TYPES.format(overrides))
        target = f'<Relationship Id="r0" Type="{_KIND}officeDocument" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", RELATIONS.format(target))
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        targets = [
            f'<Relationship Id="r{at}" Type="{_KIND}{kind}" Target="{kind}.xml"/>' for at, kind in enumerate(parts, 1)
        ]
        archive.writestr("word/_rels/document.xml.rels", RELATIONS.format("".join(targets)))
        for kind, content in parts.items():
            archive.writestr(f"word/{kind}.xml", f"<w:{kind} {W}>{content}</w:{kind}>")
    return file.getvalue()


def as_word(pieces: Sequence[Piece]) -> bytes:
    return word("".join(map(_word_piece, pieces)), styles=_STYLES)


def paragraph(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _word_piece(piece: Piece) -> str:
    if piece.rows:
        rows = "".join(
            "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
            for row in piece.rows
        )
        return f"<w:tbl>{rows}</w:tbl><w:p/>"
    return paragraph(piece.text, f'<w:pStyle w:val="H{piece.level}"/>' if piece.level else "")


# --- web ------------------------------------------------------------------------------------------


def as_web(pieces: Sequence[Piece]) -> bytes:
    """A page of a bureau's site: navigation, place on the site, buttons, neighbours and imprint around the report."""
    main = "".join(map(_web_piece, pieces))
    links = "".join(f'<li><a href="/{at}">第{at}个栏目</a></li>' for at in range(1, 12))
    return f"""<!DOCTYPE html><html><head><meta charset="gb2312"><title>{pieces[0].text}_某市某局</title>
<script>var visits = 12345; document.write("点击" + visits + "次")</script><style>p {{ width: 960px }}</style></head>
<body><div class="header"><ul class="nav">{links}</ul></div>
<div class="dqwz">当前位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a> &gt; <a href="/zw/bg">报告</a></div>
<div class="wrap"><div class="left"><div class="article"><div class="info"><span>发布时间：2023-04-18 09:30</span>
<span>浏览次数：2024</span> <a href="javascript:print()">打印</a> <a>分享</a></div>
<div class="content">{main}</div>
<div class="tail"><p>上一篇：<a href="/1">2021年度的另一份报告</a></p>
<p>下一篇：<a href="/2">2020年度的报告</a></p></div></div></div>
<div class="right"><h3>相关阅读</h3><ul>{links}</ul></div></div><p style="display:none">隐藏的15.5万人。</p>
<div class="footer"><p>主办单位：某市某局 网站标识码：4401000013 备案号：粤ICP备05123456号，
建议使用1024×768分辨率。</p></div>
</body></html>""".encode("gb18030")


def _web_piece(piece: Piece) -> str:
    if piece.rows:
        header, *rows = piece.rows
        cells = ["".join(f"<td><p>{escape_html(cell)}</p></td>" for cell in row) for row in rows]
        head = "".join(f"<th>{escape_html(cell)}</th>" for cell in header)
        return f"<table><tr>{head}</tr>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
    tag = f"h{piece.level + 1}" if piece.level else "p"
    return f"<{tag}>{escape_html(piece.text)}</{tag}>\n"
