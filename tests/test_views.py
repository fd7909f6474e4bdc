"""What the pages show, computed without them: rows and their filter, attainment, the report as blocks, findings."""

from dataclasses import replace
from decimal import Decimal

import pytest
from compute_reports import HARBOUR_2020, HARBOUR_2021
from printed_reports import as_pdf

from assistant.checking.draft import Checker
from assistant.keeping.drafts import draft_of
from assistant.library import Library
from assistant.views.attainment import attainments
from assistant.views.checked_draft import draft_pieces, result_rows, result_text
from assistant.views.filtering import RowFilter
from assistant.views.ledger_rows import LedgerRow, indicators_of, ledger_rows, sort_rows
from assistant.views.recognised import recognised
from assistant.views.report_findings import report_findings
from assistant.views.report_text import block_at, outline, report_text
from corpus.errors import ReportError
from corpus.reading import read_document
from corpus.repair import repair
from corpus.source import Source
from index.build import build
from index.place import Place
from index.store import Store

REPORT = "harbour-2021.md"
# Twice the same quantity with different values, a rate that does not fit, and markup that has to stay text.
CONTRADICTION = """2021年度遂昌县水利局工作报告

一、水库建设

全县在册水库120座。全年修缮水库15座，完成投资2.4亿元。<script>alert(1)</script>

二、河道治理

全县在册水库125座。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("views")
    written = {"harbour-2020.md": HARBOUR_2020, REPORT: HARBOUR_2021, "water-2021.txt": CONTRADICTION}
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")
    place = Place(folder=folder / "store")
    assert build(place, [folder / name for name in written]).failures == ()
    return Library(Store.at(place))


@pytest.fixture(scope="module")
def rows(library: Library) -> tuple[LedgerRow, ...]:
    return ledger_rows(library)


@pytest.fixture(scope="module")
def row_filter(rows: tuple[LedgerRow, ...], library: Library) -> RowFilter:
    return RowFilter(rows, {name: metadata.title for name, metadata in library.reports.items()})


def test_every_ledger_row_is_shown_once(rows: tuple[LedgerRow, ...], library: Library) -> None:
    assert [row.id for row in rows] == list(library.figures)
    dredged = next(row for row in rows if row.figure.indicator == "航道疏浚里程" and row.figure.role == "actual")
    assert (dredged.value, dredged.task) == ("63公里", "任务1-港口建设任务")


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("疏浚", "航道疏浚里程"),
        ("航道里程", "航道疏浚里程"),  # with a word left out
        ("疏浚 目标", "航道疏浚里程"),
        ("疏浚　任务数", "航道疏浚里程"),  # an everyday word for the role
        ("4,860", "港口货物吞吐量"),
        ("48600000", "港口货物吞吐量"),  # in the base unit
        ("2020年 吞吐量", "港口货物吞吐量"),
        ("補貼", "补贴"),  # traditional characters
        ("的补贴？", "补贴"),
    ],
)
def test_the_filter_finds_rows_by_everyday_words(row_filter: RowFilter, typed: str, named: str) -> None:
    found = row_filter.matching(typed)
    assert found
    assert all(named in row.name or named in row.figure.sentence for row in found)


def test_words_of_the_lexicon_find_what_they_stand_for() -> None:
    from corpus.model import Figure  # noqa: PLC0415 - a row of its own

    figure = Figure(id="a@1", report="a", name="城乡居民养老金", role="standard", value="210", unit="元")
    row = LedgerRow(figure=figure, name=figure.name, task="", value="210元", period="", scope="")
    assert RowFilter([row], {}).matching("退休金") == (row,)
    assert RowFilter([row], {}).matching("失业金") == ()


@pytest.mark.parametrize("typed", ["火星移民", "疏浚 火星", "999999999"])
def test_the_filter_finds_nothing_where_a_word_is_not_accounted_for(row_filter: RowFilter, typed: str) -> None:
    assert row_filter.matching(typed) == ()


def test_an_empty_filter_shows_everything(row_filter: RowFilter, rows: tuple[LedgerRow, ...]) -> None:
    assert row_filter.matching("  ") == rows


def test_values_are_sorted_by_unit_and_amount_with_texts_last(rows: tuple[LedgerRow, ...]) -> None:
    ordered = sort_rows(rows, "value")
    keys = [(row.figure.base_unit or "", Decimal(row.figure.base_value)) for row in ordered if row.figure.base_value]
    assert keys == sorted(keys)
    lacking = [not row.figure.base_value for row in ordered]
    assert lacking == sorted(lacking)
    falling = [row.id for row in sort_rows(rows, "name", descending=True) if row.name]
    assert falling == [
        row.id for row in sorted((row for row in rows if row.name), key=lambda row: row.name, reverse=True)
    ]


def test_a_target_that_must_not_be_passed_is_met_and_has_no_percentage(
    library: Library, rows: tuple[LedgerRow, ...]
) -> None:
    chosen = indicators_of([row for row in rows if row.figure.report == REPORT], library)
    by_name = {each.indicator.name: each for each in attainments(chosen, library)}
    complaints, dredged = by_name["服务投诉次数"], by_name["航道疏浚里程"]
    assert (complaints.percent, complaints.met) == (None, True)
    assert (dredged.percent, dredged.met, dredged.is_printed) == (Decimal("90.00"), False, False)
    assert "航运文化氛围" not in by_name


def test_the_report_is_shown_whole_and_in_order(library: Library) -> None:
    document = library.store.document(REPORT)
    blocks = report_text(document, library.store.figures(REPORT))
    shown = "".join(
        [piece.text for block in blocks for piece in block.content]
        + [cell for block in blocks for cell in block.header]
        + [piece.text for block in blocks for row in block.rows for cell in row for piece in cell]
    )
    printed = repair(document.text, 0, len(document.text)).text
    missing = {character for character in printed if character not in shown} - set("#\t\n \\")
    assert missing == set()
    assert [block.start for block in blocks] == sorted(block.start for block in blocks)
    assert [title for title, _, _ in outline(document.sections, blocks)] == [each.title for each in document.sections]


def test_every_figure_of_the_ledger_can_be_clicked_and_says_what_it_prints(library: Library) -> None:
    figures = {figure.id: figure for figure in library.store.figures(REPORT)}
    blocks = report_text(library.store.document(REPORT), tuple(figures.values()))
    pieces = [piece for block in blocks for piece in block.content]
    pieces += [piece for block in blocks for row in block.rows for cell in row for piece in cell]
    clickable = {piece.figure: piece.text for piece in pieces if piece.figure}
    assert clickable.keys() == figures.keys()
    assert all("".join(clickable[each].split()) == "".join(figures[each].printed.split()) for each in figures)


def test_the_stretch_asked_for_is_set_apart_and_doubtful_ones_too(library: Library) -> None:
    document = library.store.document(REPORT)
    at = document.text.index("5,275万吨")
    doubtful = document.text.index("新增泊位")
    document = replace(document, doubtful=((doubtful, doubtful + 4),))
    blocks = report_text(document, (), (at, at + 7))
    pieces = [piece for block in blocks for piece in block.content]
    assert [piece.text for piece in pieces if piece.is_wanted] == ["5,275万吨"]
    assert [piece.text for piece in pieces if piece.is_doubtful] == ["新增泊位"]
    found = block_at(blocks, at)
    assert found is not None
    assert "5,275万吨" in "".join(piece.text for piece in blocks[found].content)


def test_a_doubtful_figure_is_marked_in_the_text_and_found_by_that_word(library: Library) -> None:
    """A figure that others contradict is doubtful although it was read well."""
    figures = [
        replace(figure, doubtful=figure.printed == "5,275万吨") for figure in library.store.figures(REPORT)
    ]  # fmt: skip
    blocks = report_text(library.store.document(REPORT), figures)
    pieces = [piece for block in blocks for piece in block.content]
    assert {piece.text for piece in pieces if piece.is_doubtful} == {"5,275万吨"}
    shown = [LedgerRow(figure=one, name=one.name, task="", value="", period="", scope="") for one in figures]
    found = RowFilter(shown, {}).matching("待核")
    assert {row.figure.printed for row in found} == {"5,275万吨"}


def test_a_quantity_with_two_values_is_shown_at_both_places(library: Library) -> None:
    differing = [each for each in report_findings(library, "water-2021.txt") if each.finding.verdict == "differs"]
    sides = differing[0].sides
    assert [side.text[side.at : side.at + side.length] for side in sides] == ["120座", "125座"]
    assert [side.section[-1] for side in sides] == ["一、水库建设", "二、河道治理"]


def test_what_was_recognised_counts_numerals_and_names_those_left(library: Library) -> None:
    found = recognised(library, REPORT)
    assert found.figures == len(library.store.figures(REPORT))
    assert (len(found.tables), found.indicators, found.pages) == (1, 5, None)
    for stretch in (*found.unaccounted, *found.doubtful):
        assert stretch.text[stretch.at : stretch.at + stretch.length]


def test_a_draft_is_cut_at_its_figures_and_every_verdict_is_told(library: Library) -> None:
    text = "2021年，全市港口货物吞吐量5,275万吨，航道疏浚里程80公里，举办音乐会17场。"
    draft = draft_of("草稿.txt", text.encode(), 10_000)
    checked = Checker(library).check(draft, REPORT)
    pieces = draft_pieces(draft.document.text, checked)
    assert "".join(piece.text for piece in pieces) == text
    told = {piece.text: piece.verdict for piece in pieces if piece.verdict}
    assert told == {"5,275万吨": "agrees", "80公里": "differs", "17场": "absent"}
    rows = result_rows(checked, {REPORT: "港航报告"})
    assert [row[2] for row in rows] == ["一致", "不一致", "报告中没有"]
    assert rows[0][5] == "港航报告"
    assert "共核对 3 个数：一致 1 处，不一致 1 处，报告中没有 1 处。" in result_text(checked, {})


def test_a_draft_is_read_from_a_pdf(library: Library) -> None:
    text = "2021年，全市港口货物吞吐量5,275万吨，航道疏浚里程80公里。"
    printed = as_pdf(read_document(Source(name="草稿.txt", text=text, checksum="0")))
    checked = Checker(library).check(draft_of("草稿.pdf", printed, 1_000_000), REPORT)
    assert [figure.verdict for figure in checked] == ["agrees", "differs"]


@pytest.mark.parametrize("name", ["草稿.pdf", "草稿.html", "草稿.exe"])
def test_a_draft_of_another_kind_is_refused(name: str) -> None:
    data = b"<!doctype html><p>17</p>" if name.endswith("html") else b"17"
    with pytest.raises(ReportError):
        draft_of(name, data, 10_000)
