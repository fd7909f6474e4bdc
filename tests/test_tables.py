"""Tables: whole again where a page broke them, labels in force, headers of two rows."""

import pytest

from corpus.errors import ReportError
from corpus.model import Table
from corpus.reading import read_document
from corpus.source import Source
from tests.reports import bundled, composed

HEADER = "任务\t指标\t目标\t实际"
FIRST = "任务1-就业\t新增就业人数\t指标解释：新增就业人数；预期实现值：25万人。\t已完成，新增就业30.55万人。"
SECOND = "\t创业人数\t指标解释：创业人数；预期实现值：2.55万人。\t已完成，创业5.11万人。"
THIRD = "\t培训人次\t指标解释：培训人次；预期实现值：20万人次。\t已完成，培训20.9万人次。"
BREAK = "\n\n\n"


def _cells(table: Table) -> list[list[str]]:
    return [[cell.content.text for cell in row.cells] for row in table.rows]


def _read(*lines: str) -> Table:
    (table,) = composed("一、情况\n\n各项指标完成情况如下：\n\n" + "\n".join(lines) + "\n\n后文如此。").tables
    return table


WHOLE = _cells(_read(HEADER, FIRST, SECOND, THIRD))
BROKEN = [
    pytest.param([HEADER, FIRST, BREAK, SECOND, THIRD], id="between rows"),
    pytest.param([HEADER, FIRST, BREAK, HEADER, SECOND, THIRD], id="header repeated"),
    pytest.param([HEADER, FIRST, BREAK, "- 3 -", BREAK, SECOND, THIRD], id="page number"),
    pytest.param([HEADER, FIRST, BREAK, SECOND[1:], THIRD[1:]], id="first column lost"),
    pytest.param(
        [
            HEADER,
            FIRST,
            "\t创业\t指标解释：创业人数；预\t已完成，创业5.11万人。",
            BREAK,
            "\t人数\t期实现值：2.55万人。\t",
            THIRD,
        ],
        id="name and target cut",
    ),
    pytest.param(
        [HEADER, FIRST.removesuffix("30.55万人。") + "30.", BREAK, "\t\t\t55万人。", SECOND, THIRD],
        id="inside a number",
    ),
    pytest.param(
        [HEADER, FIRST.removesuffix("30.55万人。") + "30.", BREAK, HEADER, "\t\t\t55万人。", SECOND, THIRD],
        id="inside a number, header repeated",
    ),
    pytest.param(
        [HEADER, FIRST, SECOND.removesuffix("5.11万人。"), BREAK, "5.11万人。", THIRD],
        id="last cell goes on without tabs",
    ),
    pytest.param(
        [HEADER, FIRST.replace("就业\t", "就", 1).replace("就新增", "就\t新增", 1), BREAK, "业" + SECOND, THIRD],
        id="label cut",
    ),
]


@pytest.mark.parametrize("lines", BROKEN)
def test_a_table_broken_by_a_page_reads_as_the_whole_one(lines: list[str]) -> None:
    table = _read(*lines)
    assert table.header == ("任务", "指标", "目标", "实际")
    assert [row[1:] for row in _cells(table)] == [row[1:] for row in WHOLE]
    assert table.rows[-1].cells[0].label == table.rows[0].cells[0].label


def test_a_label_is_in_force_for_the_rows_below_it_and_a_blank_figure_is_not_filled() -> None:
    table = _read("类别\t名称\t1985年\t1995年", "工业\t国有\t1\t2", "\t私营\t\t3", "农业\t粮食\t4\t")
    assert [[cell.label for cell in row.cells] for row in table.rows] == [
        ["工业", "国有", "1", "2"],
        ["工业", "私营", "", "3"],
        ["农业", "粮食", "4", ""],
    ]


def test_the_bundled_report_has_26_whole_indicator_rows() -> None:
    document = bundled()
    rows = [row for table in document.tables for row in table.rows]
    assert [len(table.rows) for table in document.tables] == [4, 5, 6, 6, 5]
    assert all(table.header == ("任务", "指标", "年度绩效指标值", "实际完成情况") for table in document.tables)
    assert all(row.cells[0].label.startswith("任务") for row in rows)
    assert all(row.cells[3].content.text.startswith("已完成") for row in rows)
    assert all("实现" in row.cells[2].content.text or "指标解释" in row.cells[2].content.text for row in rows)


@pytest.mark.parametrize(
    ("table", "row", "column", "text"),
    [
        ("2.2.3-t1", 4, 1, "参加失业保险人数"),
        ("2.2.3-t1", 4, 2, "指标解释：参加失业保险人数；预期实现值：709万。"),
        ("2.2.2-t1", 3, 1, "集聚一批优秀拔尖青年人才"),
        ("2.2.5-t1", 0, 0, "任务5-促进技工教育发展、加强职业能力建设"),
        ("2.2.5-t1", 1, 1, "技工学校中职奖学金人数"),
    ],
)
def test_cells_torn_by_a_page_are_joined_with_exact_places(table: str, row: int, column: int, text: str) -> None:
    document = bundled()
    content = next(found for found in document.tables if found.id == table).rows[row].cells[column].content
    assert content.text == text
    assert "".join(document.text[offset] for offset in content.offsets) == text


def test_markdown_tables_keep_their_caption_and_spread_a_header_of_two_rows() -> None:
    document = composed(
        "## 一、结构\n\n变化如下（见表2）。\n\n**表2：结构变化情况**\n\n"
        "|  | 资产(%) | 人员(%) |\n| --- | --- | --- |\n|  | 1985 | 1995 | 1985 | 1995 |\n"
        "| 国有 | 74.6 | 53.7 | 41.1 | 31.6 |\n| 私营 |  | 1.0 |  | 3.3 |\n\n注：按当年价计算。",
        "a.md",
    )
    (table,) = document.tables
    assert table.header == ("", "资产(%) 1985", "资产(%) 1995", "人员(%) 1985", "人员(%) 1995")
    assert _cells(table) == [["国有", "74.6", "53.7", "41.1", "31.6"], ["私营", "", "1.0", "", "3.3"]]
    assert table.lead_in == "表2：结构变化情况"
    assert [paragraph.content.text for paragraph in document.paragraphs] == [
        "变化如下（见表2）。",
        "注：按当年价计算。",
    ]


def test_a_unit_note_and_the_sentence_before_it_lead_in() -> None:
    (table,) = composed("收支如下：\n单位：万元\n项目\t金额\n收入\t100.5\n支出\t99").tables
    assert table.lead_in == "收支如下： 单位：万元"


def test_tabs_without_a_table_are_text() -> None:
    document = composed("\t各位代表：\n一、\t基本情况\n全市就业稳定。")
    assert document.tables == ()
    assert [section.title for section in document.sections] == ["一、基本情况"]


def test_a_table_with_more_columns_than_the_limit_is_refused() -> None:
    source = Source(name="wide.txt", text="a\tb\n" + "1\t" * 9 + "\n", checksum="")
    with pytest.raises(ReportError, match=r"“wide.txt”第 2 行.*10 列.*上限 5"):
        read_document(source, max_table_columns=5)


def test_a_header_with_nothing_below_it_heads_its_own_column_alone() -> None:
    document = composed("指标\t单位\t合计\t\t\n\t\t\t城市\t农村\n服务中心\t个\t29\t16\t13\n服务站\t个\t486\t109\t377\n")
    assert document.tables[0].header == ("指标", "单位", "合计", "城市", "农村")
