"""Word documents read as they are printed: numbers of lists, changes, merged cells, boxes, notes, fields."""

from pathlib import Path

import pytest

from corpus.formats.printed import Limits, Printed
from corpus.formats.word import read_docx
from corpus.reading import read_document
from corpus.source import read_source
from tests.rendered import paragraph, word

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
SHOWN = '<w:vanish w:val="0"/>'
RAISED = '<w:vertAlign w:val="superscript"/>'
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def _read(body: str, **parts: str) -> Printed:
    return read_docx(word(body, **parts), "a.docx", Limits())


def _lines(body: str, **parts: str) -> list[str]:
    return _read(body, **parts).text.splitlines()


def _run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def _cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(map(paragraph, text.split('/')))}</w:tc>"


def _table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


# --- numbering ------------------------------------------------------------------------------------


def _level(at: int, style: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def _list(levels: str, numbers: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{numbers}'


def _item(text: str, level: int = 0, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


@pytest.mark.parametrize(
    ("style", "text", "second"),
    [
        ("decimal", "%1.", "2. 乙"),
        ("decimal", "（%1）", "（2）乙"),
        ("chineseCounting", "%1、", "二、乙"),
        ("chineseCountingThousand", "（%1）", "（二）乙"),
        ("chineseCountingThousand", "第%1章", "第二章 乙"),
        ("upperRoman", "%1.", "II. 乙"),
        ("lowerLetter", "%1)", "b) 乙"),
        ("ideographTraditional", "%1、", "乙、乙"),
        ("decimalEnclosedCircle", "%1", "② 乙"),
        ("bullet", "\uf0b7", "• 乙"),
    ],
)
def test_numbers_of_lists_are_printed(style: str, text: str, second: str) -> None:
    assert _lines(_item("甲") + _item("乙"), numbering=_list(_level(0, style, text)))[1] == second


def test_lower_levels_start_over_and_carry_the_numbers_above() -> None:
    levels = _level(0, "chineseCounting", "%1、") + _level(1, "decimal", "%1.%2", "<w:isLgl/>")
    body = _item("甲") + _item("子", 1) + _item("丑", 1) + _item("乙") + _item("寅", 1)
    assert _lines(body, numbering=_list(levels)) == ["一、甲", "1.1 子", "1.2 丑", "二、乙", "2.1 寅"]


def test_a_list_goes_on_after_text_and_starts_over_where_it_says_so() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbers = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="0"/>{override}</w:num>'
    )
    body = _item("甲") + paragraph("文字") + _item("乙") + _item("丙", number=2) + _item("丁", number=2)
    found = _lines(body, numbering=_list(_level(0, "decimal", "%1."), numbers))
    assert found == ["1. 甲", "文字", "2. 乙", "1. 丙", "2. 丁"]


def test_headings_by_style_carry_their_number_and_reach_the_outline(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '<w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/>'
        '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="21"><w:name w:val="小标题"/><w:basedOn w:val="2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
    )
    body = (
        paragraph("年度绩效情况", '<w:pStyle w:val="T"/>')
        + paragraph("总体情况", '<w:pStyle w:val="1"/>')
        + paragraph("机构", '<w:pStyle w:val="21"/>')
        + paragraph("共有单位12个。")
        + paragraph("收支情况", '<w:pStyle w:val="1"/>')
        + paragraph("收入3.5亿元。")
    )
    path = tmp_path / "a.docx"
    path.write_bytes(word(body, styles=styles, numbering=_list(_level(0, "chineseCounting", "%1、"))))
    document = read_document(read_source(path, Limits()))
    assert [section.path for section in document.sections] == [
        ("一、总体情况",),
        ("一、总体情况", "机构"),
        ("二、收支情况",),
    ]
    assert document.metadata.title == "年度绩效情况"


def test_a_numbered_heading_that_lacks_its_style_stands_beside_those_that_have_it(tmp_path: Path) -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{level}"><w:name w:val="heading {level}"/></w:style>'
        for level in (1, 2)
    )
    marked, lower = '<w:pStyle w:val="1"/>', '<w:pStyle w:val="2"/>'
    path = tmp_path / "a.docx"
    texts = [
        ("一、综合", marked), ("全年12项。", ""), ("二、农业", ""), ("粮食", lower), ("产量3万吨。", ""),
        ("三、工业", marked), ("增长5%。", ""),
    ]  # fmt: skip
    path.write_bytes(word("".join(paragraph(text, style) for text, style in texts), styles=styles))
    document = read_document(read_source(path, Limits()))
    assert [section.path for section in document.sections] == [
        ("一、综合",),
        ("二、农业",),
        ("二、农业", "粮食"),
        ("三、工业",),
    ]


# --- tables ---------------------------------------------------------------------------------------


def test_merged_cells_leave_their_columns_empty() -> None:
    table = _table(
        _cell("指标", '<w:vMerge w:val="restart"/>') + _cell("数量", '<w:gridSpan w:val="2"/>'),
        _cell("旧文", "<w:vMerge/>") + _cell("城市") + _cell("农村"),
        _cell("养老院") + _cell("12") + _cell("34"),
    )
    assert _lines(table) == ["指标\t数量\t", "\t城市\t农村", "养老院\t12\t34"]


def test_names_and_notes_that_span_a_table_are_lines_of_their_own() -> None:
    over = '<w:gridSpan w:val="2"/>'
    table = _table(
        _cell("表1 机构情况（单位：个）", over),
        _cell("指标") + _cell("数量"),
        _cell("养老院") + _cell("12"),
        _cell("注：不含分支机构。", over),
    )
    assert _lines(table) == ["表1 机构情况（单位：个）", "", "指标\t数量", "养老院\t12", "", "注：不含分支机构。"]


def test_lines_that_stand_level_in_one_row_are_rows() -> None:
    table = _table(
        _cell("指标") + _cell("单位") + _cell("数量"),
        _cell("养老院/福利院/救助站") + _cell("个个个") + _cell("42//17/9"),
    )
    assert _lines(table) == ["指标\t单位\t数量", "养老院\t个\t42", "福利院\t个\t17", "救助站\t个\t9"]


def test_lines_that_do_not_stand_level_stay_one_cell() -> None:
    table = _table(_cell("指标") + _cell("数量"), _cell("养老院/福利院") + _cell("42/17/9"))
    assert _lines(table) == ["指标\t数量", "养老院 福利院\t42 17 9"]


def test_a_table_inside_a_cell_follows_the_table_around_it() -> None:
    inner = _table(_cell("甲") + _cell("1"), _cell("乙") + _cell("2"))
    outer = _table(_cell("指标") + _cell("说明"), _cell("机构") + f"<w:tc><w:p/>{inner}<w:p/></w:tc>")
    assert _lines(outer) == ["指标\t说明", "机构\t", "", "甲\t1", "乙\t2"]


def test_a_frame_of_one_cell_is_no_table() -> None:
    assert _lines(_table(_cell("一、综合/全年12项。"))) == ["一、综合", "全年12项。"]


def test_deleted_rows_are_left_out() -> None:
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{_cell('旧')}{_cell('99')}</w:tr>"
    table = (
        f"<w:tbl><w:tr>{_cell('指标')}{_cell('数量')}</w:tr>{deleted}<w:tr>{_cell('新')}{_cell('12')}</w:tr></w:tbl>"
    )
    assert _lines(table) == ["指标\t数量", "新\t12"]


# --- text -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "printed"),
    [
        (f"<w:del><w:r><w:delText>增4</w:delText></w:r></w:del><w:ins>{_run('增5')}</w:ins>{_run('%')}", "增5%"),
        (f"<w:moveFrom>{_run('甲')}</w:moveFrom>{_run('乙')}<w:moveTo>{_run('甲')}</w:moveTo>", "乙甲"),
        (f"{_run('共')}{_run('99', '<w:vanish/>')}{_run('12项')}", "共12项"),
        (f"{_run('共')}{_run('12', SHOWN)}{_run('项')}", "共12项"),
        ("<w:r><w:t>第一行</w:t><w:br/><w:t>第二行</w:t></w:r>", "第一行\n第二行"),
        ("<w:r><w:t>软</w:t><w:softHyphen/><w:t>断</w:t><w:noBreakHyphen/><w:t>字</w:t></w:r>", "软断-字"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t></w:r>', "☑是"),
        (f'<w:hyperlink>{_run("见")}</w:hyperlink><w:sdt><w:sdtContent>{_run("12")}</w:sdtContent></w:sdt>', "见12"),
        (f"{_run('面积5km')}{_run('2', RAISED)}", "面积5km²"),
        (f"{_run('总产值')}{_run('1', RAISED)}{_run('36亿元')}", "总产值[1]36亿元"),
        (
            f'<m:oMath xmlns:m="{MATH}"><m:f><m:num><m:r><m:t>12</m:t></m:r></m:num>'
            "<m:den><m:r><m:t>a+b</m:t></m:r></m:den></m:f></m:oMath>",
            "12/(a+b)",
        ),
    ],
)  # fmt: skip
def test_a_paragraph_is_read_as_it_is_printed(content: str, printed: str) -> None:
    assert _read(f"<w:p>{content}</w:p>").text == printed + "\n"


def _field(instruction: str, result: str) -> str:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f"{begin}<w:r><w:instrText>{instruction}</w:instrText></w:r>{separate}{result}{end}"


def test_of_a_field_its_result_is_printed_and_of_a_contents_nothing() -> None:
    body = f"<w:p>{_run('见表')}{_field('REF t1', _run('3'))}</w:p><w:p>{_field('TOC o', _run('一、综合 5'))}</w:p>"
    assert _lines(body) == ["见表3"]


def test_a_contents_in_its_own_control_is_not_printed() -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body = f"<w:sdt>{gallery}<w:sdtContent>{paragraph('一、综合 5')}</w:sdtContent></w:sdt>{paragraph('一、综合')}"
    assert _lines(body) == ["一、综合"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    body = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{_run('共12')}</w:p>{paragraph('.5万人')}"
    assert _lines(body) == ["共12.5万人"]


def test_a_text_box_is_read_once_though_it_is_written_twice() -> None:
    box = f"<w:txbxContent>{paragraph('盒中12项')}</w:txbxContent>"
    both = (
        f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert _lines(f"<w:p>{_run('前文')}<w:r>{both}</w:r></w:p>{paragraph('后文')}") == ["前文", "盒中12项", "后文"]


def test_notes_stand_at_the_end_behind_their_marks() -> None:
    reference = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    texts = {"0": "线", "7": "初步数12万。"}
    notes = "".join(f'<w:footnote w:id="{at}">{paragraph(text)}</w:footnote>' for at, text in texts.items())
    body = f"<w:p>{_run('总产值')}{reference}{_run('36亿元。')}</w:p>{paragraph('完。')}"
    assert _lines(body, footnotes=notes) == ["总产值[1]36亿元。", "完。", "[1] 初步数12万。"]


def test_a_part_that_relationships_name_and_the_file_lacks_does_no_harm() -> None:
    data = word(paragraph("全文12项。"), footnotes="")
    assert (
        read_docx(data.replace(b"word/footnotes.xml", b"word/elsewhere.xml"), "a.docx", Limits()).text == "全文12项。\n"
    )
