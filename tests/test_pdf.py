"""A pdf's text: paragraphs and tables as they read on the page, each character's page known, nothing unseen."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4

from corpus.formats.pdf import read_pdf
from corpus.formats.printed import Limits, Printed, page_of
from corpus.ledger import read_report, report_of
from corpus.model import Figure, Report
from corpus.source import Source
from tests.printed_reports import as_pdf, grid, page
from tests.reports import BUNDLED

REPORTS = [BUNDLED, *sorted(Path("evals/reports").glob("*.txt"))]
_LEFT, _TOP = 90, 760
_LINE = "全市各级部门认真落实工作要求持续推进重点项目建设统筹安排资金不断提"  # 33 characters of 12 points


def _text(data: bytes) -> str:
    return _printed(data).text


def _printed(data: bytes) -> Printed:
    return read_pdf(data, "报告.pdf", Limits())


def _lines(*lines: str, x: float = _LEFT, y: float = _TOP, pitch: float = 20) -> list[tuple[str, float, float, str]]:
    return [("drawString", x, y - pitch * at, line) for at, line in enumerate(lines)]


# --- whole reports --------------------------------------------------------------------------------


def _key(figure: Figure) -> tuple[str | None, ...]:
    return figure.name, figure.base_value or figure.text, figure.base_unit, figure.role, figure.period


def _read_again(report: Report, data: bytes) -> tuple[Report, Printed]:
    printed = _printed(data)
    source = Source(
        name=report.document.metadata.report, text=printed.text, checksum="", pages=printed.pages,
        headings=printed.headings,
    )  # fmt: skip
    known = {key: value for key, value in asdict(report.document.metadata).items() if key not in ("report", "checksum")}
    return report_of(source, known), printed


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("style", [{}, {"repeats_header": False}, {"ruled": False}], ids=["ruled", "once", "unruled"])
def test_a_report_printed_as_pdf_has_the_ledger_of_its_text(path: Path, style: dict[str, bool]) -> None:
    report = read_report(path)
    again, printed = _read_again(report, as_pdf(report.document, head="内部资料 注意保存", **style))
    stated, read = Counter(map(_key, report.figures)), Counter(map(_key, again.figures))
    least = 0.97 if style.get("ruled") is False else 0.98
    assert (stated & read).total() >= least * stated.total()
    assert (stated & read).total() >= least * read.total()
    assert "注意保存" not in printed.text
    assert not any(line.strip().startswith("—") and line.strip().endswith("—") for line in printed.text.splitlines())
    assert len(printed.pages) > 4


# --- paragraphs and pages -------------------------------------------------------------------------


def test_a_sentence_is_whole_over_lines_and_pages_and_its_pages_are_known() -> None:
    first = [("drawString", _LEFT + 24, _TOP, _LINE[:-2]), *_lines(*[_LINE] * 33, y=_TOP - 20)]
    second = _lines("高，共投入1.35", "亿元。", y=_TOP)
    data = page(*first, ("showPage",), ("setFont", "STSong-Light", 12), *second)
    printed = _printed(data)
    assert _LINE[:-2] + _LINE * 33 + "高，共投入1.35" in printed.text
    assert page_of(printed.pages, printed.text.index("认真")) == 1
    assert page_of(printed.pages, printed.text.index("高，共")) == 2


def test_a_line_that_stops_early_ends_its_paragraph() -> None:
    data = page(*_lines(_LINE, _LINE, "共计12家", "另有6家", _LINE, "完成。"))
    assert _text(data).split() == [_LINE * 2 + "共计12家", "另有6家", _LINE + "完成。"]


def test_a_number_that_did_not_fit_leaves_no_end_of_paragraph() -> None:
    data = page(*_lines(_LINE, _LINE, _LINE[:-3], "2739.56万元，" + _LINE[:25], "完成。"))
    assert _LINE[:-3] + "2739.56万元，" in _text(data)


def test_digits_of_mixed_fonts_stay_in_their_sentence() -> None:
    parts = [
        *_lines("支出决算为"),
        ("setFont", "Helvetica", 12),
        ("drawString", 150, _TOP - 2, "48.60"),
        ("setFont", "STSong-Light", 12),
        ("drawString", 183, _TOP, "万元。"),
    ]
    assert _text(page(*parts)).strip() == "支出决算为48.60万元。"


def test_two_columns_of_prose_are_read_one_after_the_other() -> None:
    left, right = [_LINE[:17]] * 12, ["另外" + _LINE[:15]] * 12
    data = page(("drawString", 180, 790, "两栏排印的简报"), *_lines(*left, x=72), *_lines(*right, x=300))
    text = "".join(_text(data).split())
    assert text == "两栏排印的简报" + _LINE[:17] * 12 + ("另外" + _LINE[:15]) * 12


def test_what_repeats_at_the_edges_of_pages_is_dropped_and_the_numbers_of_pages_with_it() -> None:
    calls: list[tuple[object, ...]] = []
    for number in range(1, 5):
        calls += [("drawString", 200, 806, "某市民政局年度报告"), ("drawString", 290, 30, f"第 {number} 页"),
                  ("drawString", _LEFT, _TOP, f"本年第{number}批资金已拨付。"), ("showPage",),
                  ("setFont", "STSong-Light", 12)]  # fmt: skip
    text = _text(page(*calls))
    assert text.split() == [f"本年第{number}批资金已拨付。" for number in range(1, 5)]


def test_a_note_that_stands_over_every_table_is_no_running_head() -> None:
    calls: list[tuple[object, ...]] = []
    for number in range(4):
        calls += [*_lines("甲乙丙丁"[number] + "类支出", "单位：万元", x=430, y=776),
                  *grid(72, 740, [["项目", "预算数"], ["会议费", f"{number}.35"]]),
                  ("showPage",), ("setFont", "STSong-Light", 12)]  # fmt: skip
    assert _text(page(*calls)).count("单位：万元") == 4


# --- tables ---------------------------------------------------------------------------------------


def test_merged_cells_stand_once_and_every_row_has_all_columns() -> None:
    rows = [["项目", "", "支出", ""], ["编码", "名称", "合计", "其中：基本"], ["208", "社会保障", "1,204.50", "-3.20"]]
    data = page(*grid(72, 700, rows, merged=[(0, 0, 1), (0, 2, 3)]))
    assert _text(data).strip().split("\n") == ["\t".join(row) for row in rows]


def test_a_table_over_pages_is_one_and_its_header_stands_once() -> None:
    header, body = ["科目", "金额"], [[f"第{number}项经费", f"{number}.50"] for number in range(1, 9)]
    calls = [*grid(72, 200, [header, *body[:4]]), ("showPage",), ("setFont", "STSong-Light", 12),
             *grid(72, 760, [header, *body[4:]])]  # fmt: skip
    rows = [line for line in _text(page(*calls)).split("\n") if line]
    assert rows == ["\t".join(row) for row in [header, *body]]


def test_a_cell_of_several_lines_is_one_and_numbers_stay_whole() -> None:
    data = page(*grid(72, 700, [["指标", "完成情况"], ["培训\n人数", "已完成，共培训1\n2.3万人次。"]], height=40))
    assert _text(data).strip().split("\n") == ["指标\t完成情况", "培训人数\t已完成，共培训12.3万人次。"]


def test_rows_between_rules_that_hold_several_numbers_of_a_column_are_rows() -> None:
    data = page(*grid(72, 700, [["科目", "金额"], ["会议费\n培训费\n差旅费", "1.20\n3.40\n5.60"]], height=64))
    assert _text(data).strip().split("\n") == ["科目\t金额", "会议费\t1.20", "培训费\t3.40", "差旅费\t5.60"]


# --- what nobody sees -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hidden",
    [
        [("setFillGray", 1), ("drawString", 200, 600, "暗藏99万元"), ("setFillGray", 0)],
        [("drawString", -300, 600, "暗藏99万元")],
        [("drawString", 200, 2000, "暗藏99万元")],
        [("setFont", "STSong-Light", 0.4), ("drawString", 200, 600, "暗藏99万元"), ("setFont", "STSong-Light", 12)],
        [("translate", 200, 300), ("rotate", 45), ("drawString", 0, 0, "暗藏99万元")],
        [("drawString", 200, 600, "暗藏99万元", 3)],
    ],
    ids=["white", "left of the page", "above the page", "no size", "watermark", "invisible"],
)  # fmt: skip
def test_text_that_is_not_seen_or_runs_askew_is_dropped(hidden: list[tuple[object, ...]]) -> None:
    assert (
        _text(page(*_lines("会议费支出1.35万元，比上年减少。"), *hidden)).strip() == "会议费支出1.35万元，比上年减少。"
    )


def test_white_text_on_a_dark_ground_is_seen() -> None:
    calls = [("setFillGray", 0.2), ("rect", 72, 690, 300, 30, 0, 1), ("setFillGray", 1), *_lines("科目与金额", y=700)]
    assert "科目与金额" in _text(page(*calls))


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_page_turned_in_the_file_is_read_upright(degrees: int) -> None:
    data = page(("setPageRotation", degrees), *_lines("全年接待来访12批。", _LINE, y=500))
    assert _text(data).split() == ["全年接待来访12批。", _LINE]


def test_a_table_set_sideways_is_read_upright() -> None:
    calls = [("translate", A4[0], 0), ("rotate", 90), *grid(72, 500, [["科目", "金额"], ["会议费", "1.35"]])]
    assert _text(page(*calls)).strip().split("\n") == ["科目\t金额", "会议费\t1.35"]
