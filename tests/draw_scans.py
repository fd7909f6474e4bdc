"""Draws tests/scans anew: part of a composed report and a form, printed and scanned, 150 to the inch.

python -m tests.draw_scans     (needs Chromium and a Chinese font; the tests read the drawn file)
"""

import html
import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image
from playwright.sync_api import sync_playwright

PROJECT = Path(__file__).parent.parent
PAGES = Path(__file__).parent / "scans" / "pages.pdf"
FORM = PAGES.with_name("form.png")
_REPORT = PROJECT / "evals" / "reports" / "ny-agri-2022-composed.txt"
_FIRST, _LAST = "一、粮食和重要农产品稳产保供", "三、惠农补贴落实情况"
_CHROMIUM = "/usr/bin/chromium"
_PER_INCH = 150
_BLACK = 150
_MARGINS = {"top": "24mm", "bottom": "22mm", "left": "26mm", "right": "24mm"}
_FOOTER = '<div style="font-size:10px;width:100%;text-align:center">- <span class="pageNumber"></span> -</div>'
_STYLE = """body { font: 12pt/1.75 "Noto Serif CJK SC" } p { text-indent: 2em; margin: .4em 0; text-align: justify }
table { border-collapse: collapse; width: 100%; font-size: 11pt } td { border: 1px solid black; padding: 2px 6px;
text-align: center } tr { break-inside: avoid }"""


# Labels from top to bottom, a cell over four rows, and a watermark.
_FORM = """<p>某局项目绩效目标表（单位：万元）</p>
<table style="width:130mm"><tr><td style="width:1.2em">类别</td><td>指标</td><td>目标值</td><td>实际值</td></tr>
<tr><td rowspan=4>产出指标</td><td>培训人数</td><td>1,200人</td><td>1,315人</td></tr>
<tr><td>合格率</td><td>95%</td><td>97.6%</td></tr><tr><td>新建场馆</td><td>12个</td><td>11个</td></tr>
<tr><td>投入资金</td><td>360.50</td><td>341.27</td></tr></table>
<div style="position:fixed;top:260px;left:60px;transform:rotate(-35deg);font-size:36pt;color:#bbb">注意保密</div>"""
_FORM_PIXELS = (100, 100, 1100, 900)


def part_of_report() -> str:
    """What the pages show: three sections of the report, the page number between them left out."""
    text = _REPORT.read_text(encoding="utf-8")
    part = text[text.index(_FIRST) : text.index("\n\n", text.index(_LAST) + len(_LAST) + 2)]
    torn = "\n\n- 5 -\n\n\t机械化率\t\t\t\t\t\n"
    assert torn in part
    return part.replace(torn, "\n").replace("主要农作物耕种收综合\t", "主要农作物耕种收综合机械化率\t")


def _lines(text: str) -> Iterator[str]:
    rows: list[str] = []
    for line in [*text.split("\n"), ""]:
        if "\t" in line:
            rows.append("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in line.split("\t")) + "</tr>")
            continue
        if rows:
            yield f"<table>{''.join(rows)}</table>"
            rows = []
        if line.strip():
            yield f"<p>{html.escape(line.strip())}</p>"


def _printed(body: str) -> bytes:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.set_content(f"<meta charset=utf-8><style>{_STYLE}</style>{body}")
        printed = page.pdf(
            format="A4", margin=_MARGINS, display_header_footer=True, header_template="<p></p>", footer_template=_FOOTER
        )
        browser.close()
    return printed


def _scanned(printed: bytes) -> list[Image.Image]:
    document = pdfium.PdfDocument(printed)
    pages = [page.render(scale=_PER_INCH / 72, grayscale=True).to_pil() for page in document]
    return [page.point(lambda grey: 255 * (grey > _BLACK)).convert("1") for page in pages]


def as_pdf(pages: list[Image.Image], per_inch: float = _PER_INCH) -> bytes:
    file = io.BytesIO()
    pages[0].save(file, "PDF", resolution=per_inch, save_all=True, append_images=pages[1:])
    return file.getvalue()


if __name__ == "__main__":
    PAGES.parent.mkdir(exist_ok=True)
    PAGES.write_bytes(as_pdf(_scanned(_printed("".join(_lines(part_of_report()))))))
    form = pdfium.PdfDocument(_printed(_FORM))[0].render(scale=_PER_INCH / 72, grayscale=True).to_pil()
    form.crop(_FORM_PIXELS).quantize(8).save(FORM, optimize=True)
