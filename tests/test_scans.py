"""Scanned pages and pictures: the ledger of their text, whichever way up; what is in doubt is marked."""

import io
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from draw_scans import FORM, PAGES, as_pdf, part_of_report
from PIL import Image, ImageFilter
from printed_reports import page

from assistant.assistant import Assistant
from assistant.library import Library
from corpus.checks_of_totals import could_be_misread
from corpus.errors import ReportError
from corpus.formats import recogniser
from corpus.formats.doubtful_marks import disguised, revealed
from corpus.formats.kinds import reader_of
from corpus.formats.page_progress import listening
from corpus.formats.printed import Limits, Printed
from corpus.ledger import report_of
from corpus.model import Figure, Report
from corpus.source import Source, read_source
from index.build import build
from index.place import Place
from index.store import Store

YEAR = {"data_year": 2022}
TABLE = (690, 1170)  # rows of the first page that show the table of counties
CELLS = {"62.8": (465, 832, 556, 878), "22.8": (465, 1050, 556, 1096)}
PER_INCH = 200


@lru_cache(maxsize=1)
def first_page() -> Image.Image:
    return pdfium.PdfDocument(PAGES)[0].render(scale=PER_INCH / 72, grayscale=True).to_pil()


def read(data: bytes, name: str, limits: Limits | None = None) -> Printed:
    return reader_of(name, data)(data, name, limits or Limits())


def picture(image: Image.Image, kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


def rows(report: Report) -> Counter[tuple[str | None, ...]]:
    return Counter((one.name, one.value, one.unit, one.role, one.period) for one in report.figures)


def table_of(printed: Printed) -> list[str]:
    return [line for line in printed.text.split("\n") if "\t" in line]


def noisy(image: Image.Image) -> Image.Image:
    grey = np.asarray(image) * 0.8 + 30 + np.random.default_rng(5).normal(0, 25, (image.height, image.width))
    return Image.fromarray(grey.clip(0, 255).astype(np.uint8))


COUNTIES = [
    "县（区）\t播种面积（万亩）\t总产量（万吨）\t高标准农田（万亩）\t农民培训（人）",
    "平岚县\t62.8\t27.64\t5.6\t1,820",
    "石溪县\t54.1\t23.15\t4.8\t1,510",
    "青枧县\t46.3\t19.82\t4.2\t1,295",
    "云坪区\t28.6\t12.06\t2.3\t905",
    "河东区\t22.8\t9.70\t1.6\t710",
    "全市\t214.6\t92.37\t18.5\t6,240",
]


def test_a_scanned_report_has_the_ledger_of_its_text() -> None:
    told: list[tuple[str, int, int]] = []
    with listening(lambda *step: told.append(step)):
        source = read_source(PAGES, Limits())
    scanned = report_of(source, YEAR)
    text = report_of(Source(name=PAGES.name, text=part_of_report(), checksum="0" * 64), YEAR)
    expected, found = rows(text), rows(scanned)
    assert expected.total() > 90, "too few figures: the comparison would hold of nothing"
    assert (expected & found).total() >= 0.95 * expected.total()
    values = Counter((one.value, one.unit) for one in text.figures)
    unmarked = Counter((one.value, one.unit) for one in scanned.figures if not one.doubtful) - values
    assert not unmarked, "a wrong figure that is not marked"
    assert "- 1 -" not in source.text
    assert len(source.pages) == 2
    assert source.recognised[-1][1] == len(source.text)
    assert [(done, total) for _, done, total in told] == [(0, 2), (1, 2), (1, 2), (2, 2)]
    assert PAGES.name in told[0][0]


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("PNG", lambda image: image.rotate(90, expand=True)),
        ("JPEG", lambda image: image.rotate(180)),
        ("TIFF", lambda image: image.rotate(1.5, Image.Resampling.BICUBIC, expand=True, fillcolor=255)),
        ("BMP", noisy),
    ],
    ids=["on its side", "upside down", "slanted", "grey and noisy"],
)
def test_a_picture_is_read_whichever_way_it_was_scanned(
    kind: str, changed: Callable[[Image.Image], Image.Image]
) -> None:
    part = first_page().crop((0, TABLE[0], first_page().width, TABLE[1]))
    suffix = {"JPEG": "jpg", "TIFF": "tif"}.get(kind, kind.lower())
    found = table_of(read(picture(changed(part), kind), f"scan.{suffix}"))
    # Names apart: a rare character of a place is misread where the picture is poor.
    assert [row.split("\t")[1:] for row in found] == [row.split("\t")[1:] for row in COUNTIES]


def test_labels_from_top_to_bottom_are_read_and_a_watermark_is_not() -> None:
    printed = read(FORM.read_bytes(), FORM.name)
    assert table_of(printed) == [
        "类别\t指标\t目标值\t实际值",
        "产出指标\t培训人数\t1,200人\t1,315人",
        "\t合格率\t95%\t97.6%",
        "\t新建场馆\t12个\t11个",
        "\t投入资金\t360.50\t341.27",
    ]
    assert "保密" not in printed.text


def test_a_blurred_number_is_in_doubt_and_others_are_not() -> None:
    part = first_page().crop((0, TABLE[0], first_page().width, TABLE[1]))
    left, top, right, bottom = CELLS["62.8"]
    place = (left, top - TABLE[0], right, bottom - TABLE[0])
    part.paste(part.crop(place).filter(ImageFilter.GaussianBlur(5)), place)
    printed = read(picture(part), "scan.png")
    doubtful = {printed.text[start:end] for start, end in printed.doubtful}
    row = next(line for line in printed.text.split("\n") if line.startswith("平岚县")).split("\t")
    assert row[1] in {"", *doubtful}
    assert not doubtful & {"27.64", "1,820", "54.1", "46.3", "92.37"}


@pytest.mark.parametrize(
    ("text", "again", "doubtful"),
    [
        ("培训1,820人", "培训1,820人", ""),
        ("占98.1%，增长0.4个", "占98.1%，增长0.4个", ""),
        ("培训1,82人", "培训1,82人", "1,82"),
        ("户数6.700户", "户数6.700户", "6.700"),
        ("支出9.812.45万元", "支出9.812.45万元", "9.812.45"),
        ("占99.52%6", "占99.52%6", "99.52%6"),
        ("收入1O5万元", "收入1O5万元", "15"),
        ("支出3.4忆元", "支出3.4忆元", "3.4忆"),
        ("培训187人", "培训137人", "187"),
        ("比重09.8", "比重09.8", "09.8"),
        ("2022年08月", "2022年08月", ""),
    ],
)
def test_numbers_of_doubtful_form_are_marked_and_not_corrected(text: str, again: str, doubtful: str) -> None:
    from corpus.formats.scan_doubt import doubtful_characters  # noqa: PLC0415

    first, second = (sure(one) for one in (text, again))
    marked = doubtful_characters(first, second, 0.9, ())
    assert "".join(text[at] for at in sorted(marked)) == doubtful
    unsure = replace(first, confidences=(0.5,) * len(text))
    assert {text[at] for at in doubtful_characters(unsure, second, 0.9, ())} >= {one for one in text if one.isdigit()}


def sure(text: str) -> recogniser.Reading:
    return recogniser.Reading(text=text, confidences=(1.0,) * len(text), centres=(0.5,) * len(text))


def test_a_point_that_was_not_read_leaves_the_number_in_doubt() -> None:
    from corpus.formats.scan_glyphs import ReadStrip, torn_digits  # noqa: PLC0415
    from corpus.formats.scan_upright import Box  # noqa: PLC0415

    strip = np.full((40, 100), 255, dtype=np.uint8)
    for left in (10, 30, 58, 78):
        strip[8:32, left : left + 14] = 0
    reading = recogniser.Reading(text="1275", confidences=(1.0,) * 4, centres=(0.17, 0.37, 0.65, 0.85))
    box = Box(x0=0, y0=0, x1=100, y1=40)
    assert torn_digits(ReadStrip(box=box, picture=strip, reading=reading), 80.0) == set()
    strip[28:32, 49:53] = 0  # a point between the second and the third
    assert torn_digits(ReadStrip(box=box, picture=strip, reading=reading), 80.0) == {1}


def test_a_disguise_is_taken_off_without_a_trace() -> None:
    text = "支出" + "".join(map(disguised, "1,2.5亿")) + "元"
    assert revealed(text) == ("支出1,2.5亿元", ((2, 8),))
    assert revealed("没有") == ("没有", ())


def test_a_misread_number_that_others_contradict_is_in_doubt() -> None:
    text = part_of_report().replace("54.1\t23.15", "54.7\t23.15")
    recognised = Source(name="scan.pdf", text=text, checksum="0" * 64, recognised=((0, len(text)),))
    doubtful = {one.printed for one in report_of(recognised, YEAR).figures if one.doubtful}
    assert "54.7" in doubtful
    assert not doubtful & {"23.15", "1,510", "2.83亿元"}
    assert not [one for one in report_of(replace(recognised, recognised=()), YEAR).figures if one.doubtful]


@pytest.mark.parametrize(
    ("difference", "values", "misread"),
    [("6", ("54.7",), True), ("-0.02", ("9.2",), True), ("1112.4", ("1236", "5"), True), ("1.23", ("54.1",), False)],
    ids=["one digit", "a digit behind the point", "a point not read", "neither"],
)
def test_a_difference_tells_whether_a_digit_or_a_point_was_misread(
    difference: str, values: tuple[str, ...], misread: bool
) -> None:
    assert could_be_misread(Decimal(difference), values) is misread


def test_pages_with_text_and_pages_without_are_read_in_their_order() -> None:
    part = first_page().crop((0, TABLE[0], first_page().width, TABLE[1]))
    text, scan = (
        page(("drawString", 72, 700, "全年救助困难群众3,415人，发放补助金额共计1,206万元。")),
        as_pdf([part], PER_INCH),
    )
    document = pdfium.PdfDocument(text)
    document.import_pages(pdfium.PdfDocument(scan))
    file = io.BytesIO()
    document.save(file)
    printed = read(file.getvalue(), "mixed.pdf")
    assert printed.text.startswith("全年救助困难群众3,415人，发放补助金额共计1,206万元。")
    assert table_of(printed) == COUNTIES
    assert printed.recognised == ((printed.pages[1], len(printed.text)),)


def test_without_the_extra_the_reason_and_the_command_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recogniser.importlib.util, "find_spec", lambda name: None)
    for name, data in (("scan.png", picture(Image.new("L", (9, 9)))), (PAGES.name, PAGES.read_bytes())):
        with pytest.raises(ReportError, match=f"“{name}”.*make ocr"):
            read(data, name)


@pytest.mark.parametrize(
    ("image", "limits", "told"),
    [
        (Image.new("1", (3000, 2000)), Limits(image_pixels=5_000_000), "3000×2000 像素，超过上限 5000000"),
        (Image.new("1", (14000, 13000)), Limits(), "像素"),
        (Image.new("L", (300, 200), "white"), Limits(), "没有认出文字"),
    ],
    ids=["over the limit", "bomb", "blank"],
)
def test_a_picture_that_cannot_be_read_is_refused_with_the_reason(
    image: Image.Image, limits: Limits, told: str
) -> None:
    with pytest.raises(ReportError, match=f"“scan.png”.*{told}"):
        read(picture(image), "scan.png", limits)


def test_damaged_pictures_and_too_many_pages_are_refused() -> None:
    with pytest.raises(ReportError, match="不是完好的图片"):
        read(picture(first_page())[:5000], "scan.png")
    with pytest.raises(ReportError, match=r"2 页图片.*超过上限 1 页"):
        read(PAGES.read_bytes(), PAGES.name, Limits(scanned_pages=1))


def test_an_answer_from_a_doubtful_figure_says_so(tmp_path: Path) -> None:
    shown = first_page().copy()
    shown.paste(shown.crop(CELLS["22.8"]), CELLS["62.8"])  # clear to read, and at odds with the total
    path = tmp_path / "scan.png"
    path.write_bytes(picture(shown.crop((0, TABLE[0], shown.width, TABLE[1]))))
    store = Place(folder=tmp_path / "store")
    assert build(store, [path]).failures == ()
    library = Library(Store.at(store))
    assert {one.printed for one in library.doubtful_of(path.name)} == {"22.8", "54.1", "46.3", "28.6", "214.6"}
    doubtful: Figure = library.doubtful_of(path.name)[0]
    answer = Assistant(library, max_question_characters=200).answer(f"{doubtful.name}是多少？")
    assert answer.figures[0].id == doubtful.id
    assert [warning for warning in answer.warnings if "系扫描识别，待核对原件" in warning]
    sure_one = next(one for one in library.figures.values() if not one.doubtful and one.value == "27.64")
    other = Assistant(library, max_question_characters=200).answer(f"{sure_one.name}是多少？")
    assert not [warning for warning in other.warnings if "扫描" in warning]
