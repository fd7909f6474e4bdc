"""A pdf that cannot be read is refused in Chinese, with its name and the reason; what is hostile costs little."""

import re
import zlib

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import ReportError
from corpus.formats.pdf import pages_without_text, read_pdf
from corpus.formats.printed import Limits
from tests.printed_reports import page

_SENTENCE = "全年接待来访12批，同比增加3批。"


def _page(*, encrypt: StandardEncryption | None = None) -> bytes:
    return page(("drawString", 90, 700, _SENTENCE), encrypt=encrypt)


def _with_stream(content: bytes, filters: bytes) -> bytes:
    """A pdf of one page whose content is the packed stream `content`."""
    return (
        b"%%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
        b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>\nendobj\n"
        b"4 0 obj\n<< /Length %d /Filter %s >>\nstream\n%s\nendstream\nendobj\n"
        b"trailer\n<< /Root 1 0 R >>\n%%%%EOF\n" % (len(content), filters, content)
    )


BOMBS = {
    "once": _with_stream(zlib.compress(b" " * 30_000_000), b"/FlateDecode"),
    "twice": _with_stream(zlib.compress(zlib.compress(b" " * 30_000_000)), b"[/FlateDecode /FlateDecode]"),
    "abbreviated": _with_stream(zlib.compress(b" " * 30_000_000), b"/Fl"),
}
REFUSED = {
    "a password is needed": (_page(encrypt=StandardEncryption("geheim", strength=128)), "密码"),
    "cut off": (_page()[:400], "不是完好的 PDF"),
    "no pdf": (b"%PDF-1.7\n" + bytes(range(256)) * 20, "不是完好的 PDF"),
    "nothing in it": (b"%PDF-1.7\n", "不是完好的 PDF"),
    **{f"bomb packed {name}": (data, "超过上限") for name, data in BOMBS.items()},
}


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_with_name_and_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReportError, match=rf"^“街道预算\.pdf”.*{reason}"):
        read_pdf(data, "街道预算.pdf", Limits(unpacked_bytes=10_000_000))


def test_a_file_of_too_many_pages_is_refused_and_the_setting_named() -> None:
    data = page(("drawString", 90, 700, _SENTENCE), pages=6)
    assert read_pdf(data, "a.pdf", Limits(pages=6)).text.count(_SENTENCE) == 6
    with pytest.raises(ReportError, match=r"“a\.pdf”有 6 页，超过上限 5 页.*JUSHI_MAX_PAGES"):
        read_pdf(data, "a.pdf", Limits(pages=5))


def test_a_file_locked_against_changes_only_is_read() -> None:
    data = _page(encrypt=StandardEncryption("", ownerPassword="geheim", canPrint=0, strength=128))
    assert read_pdf(data, "a.pdf", Limits()).text.strip() == _SENTENCE


def test_a_large_stream_within_the_limit_is_read() -> None:
    packed = zlib.compress(b" " * 5_000_000)
    assert read_pdf(_with_stream(packed, b"/FlateDecode"), "a.pdf", Limits(unpacked_bytes=6_000_000)).text == ""


def test_scripts_and_files_inside_a_pdf_are_left_alone() -> None:
    def add(canvas: Canvas) -> None:
        canvas._doc.Catalog.OpenAction = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"

    text = read_pdf(page(("drawString", 90, 700, _SENTENCE), prepare=add), "a.pdf", Limits()).text
    assert text.strip() == _SENTENCE


def test_pages_whose_font_says_nothing_of_unicode_are_named() -> None:
    """The codes of a font without ToUnicode and known encoding stand for nothing."""
    data = page(("drawString", 90, 700, _SENTENCE), ("showPage",), ("setFont", "STSong-Light", 12),
                ("drawString", 90, 700, _SENTENCE))  # fmt: skip
    assert pages_without_text(data, "a.pdf", Limits()) == ()
    unmapped = re.sub(rb"/(UniGB-UCS2-H|Identity-H)\b", b"/Identity-H  "[:13], data)
    unmapped = unmapped.replace(b"/Ordering (GB1)", b"/Ordering (Xyz)").replace(
        b"/Registry (Adobe)", b"/Registry (Nobdy)"
    )
    assert pages_without_text(unmapped, "a.pdf", Limits()) == (0, 1)
