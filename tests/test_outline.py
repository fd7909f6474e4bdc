"""Outline: headings become a tree of places, lists and sentences stay text."""

import pytest

from corpus.model import Document
from corpus.wrapping import columns
from tests.reports import bundled, composed


def _titles(document: Document) -> list[tuple[str, str]]:
    return [(section.id, section.title) for section in document.sections]


def _paragraphs(document: Document) -> list[tuple[str, str]]:
    return [(paragraph.id, paragraph.content.text) for paragraph in document.paragraphs]


def test_ids_are_places_and_paths_run_from_the_top() -> None:
    section = next(section for section in bundled().sections if section.id == "2.2.3")
    assert section.path == (
        "二、综合评价分析",
        "（二）各项工作任务绩效目标完成情况分析",
        "3. 健全完善多层次的社保体系任务",
    )
    assert section.level == 3


def test_the_bundled_report_has_its_four_chapters_and_no_duty_as_a_heading() -> None:
    sections = bundled().sections
    assert [section.title[:2] for section in sections if section.level == 1] == ["一、", "二、", "三、", "四、"]
    assert [section.id for section in sections if section.id.startswith("1.1")] == ["1.1", "1.1.1", "1.1.2"]
    assert [section.id for section in sections if section.id.startswith("1.2.2.")] == [
        f"1.2.2.{n}" for n in range(1, 6)
    ]


@pytest.mark.parametrize("report", [bundled()])
def test_sections_hold_what_stands_below_them(report: Document) -> None:
    for section in report.sections:
        inner = [other for other in report.sections if other.id.startswith(section.id + ".")]
        assert section.start < section.end <= section.body_end
        assert all(section.end <= other.start and other.body_end <= section.body_end for other in inner)
        assert section.title[:2] in report.text[section.start : section.end]


def test_a_page_break_in_a_paragraph_is_joined_and_titles_are_not() -> None:
    document = composed(
        "某市财政局\n2023年部门决算报告\n\n一、基本情况\n\n负责预算编制，会同有关部门拟订基金管\n\n理和监督政策。\n\n某市财政局\n2024年8月1日"
    )
    assert document.metadata.title == "某市财政局2023年部门决算报告"
    assert [text for _, text in _paragraphs(document)] == [
        "负责预算编制，会同有关部门拟订基金管理和监督政策。",
        "某市财政局",
        "2024年8月1日",
    ]


def test_a_page_number_inside_a_paragraph_is_left_out_of_it() -> None:
    document = composed("一、情况\n\n全市新增就业30.\n\n- 12 -\n\n55万人，增长5%。")
    assert _paragraphs(document) == [("1-p1", "全市新增就业30.55万人，增长5%。")]


HEADINGS_WITH_BODIES = """一、回顾
（一）稳经济，发展向好。增长5%。
（二）保民生，就业稳定。就业3万人。
过去一年，各项工作都有进展。
二、安排
（一）扩大需求
促进消费。发券。
（二）抓好项目
安排项目。
"""


def test_a_first_sentence_can_be_a_heading_and_the_last_of_such_ends_with_its_line() -> None:
    document = composed(HEADINGS_WITH_BODIES)
    assert _titles(document) == [
        ("1", "一、回顾"),
        ("1.1", "（一）稳经济，发展向好"),
        ("1.2", "（二）保民生，就业稳定"),
        ("2", "二、安排"),
        ("2.1", "（一）扩大需求"),
        ("2.2", "（二）抓好项目"),
    ]
    assert _paragraphs(document)[:3] == [
        ("1.1-p1", "增长5%。"),
        ("1.2-p1", "就业3万人。"),
        ("1-p1", "过去一年，各项工作都有进展。"),
    ]


NOT_HEADINGS = [
    pytest.param("2024年，全市就业稳定。", id="year"),
    pytest.param("1.5万人参加培训。", id="decimal"),
    pytest.param("2022. 全年支出0.9亿元。", id="year with a point"),
    pytest.param("（1）组织实施法规；研究起草规划。\n（2）拟订政策，促进流动。\n（3）完成其他任务。", id="duties"),
    pytest.param("1. 办公室\n2. 人事科\n3. 财务科", id="list of names"),
    pytest.param("（一）新增就业30.55万人。其中困难人员5万人。", id="figure first"),
    pytest.param("7. 其他", id="a number without forerunners"),
]


@pytest.mark.parametrize("lines", NOT_HEADINGS)
def test_lists_years_and_figures_are_no_headings(lines: str) -> None:
    document = composed(f"一、情况\n\n前文。\n\n{lines}\n\n后文。\n\n二、展望\n\n末文。")
    assert [title for _, title in _titles(document)] == ["一、情况", "二、展望"]
    assert lines.replace("\n", "").replace(" ", "") in "".join(text for _, text in _paragraphs(document)).replace(
        " ", ""
    )


def test_levels_follow_the_nesting_of_the_report_itself() -> None:
    chapters = composed("第一章 概况\n第一节 职责\n负责工作。\n第二节 机构\n设科室。\n第二章 决算\n一、收入\n收1亿元。")
    assert [section_id for section_id, _ in _titles(chapters)] == ["1", "1.1", "1.2", "2", "2.1"]
    numbered = composed("1. 总体\n（一）经济\n增长。\n（二）民生\n改善。\n2. 问题\n（一）需求\n不足。")
    assert [section_id for section_id, _ in _titles(numbered)] == ["1", "1.1", "1.2", "2", "2.1"]


def test_markdown_headings_nest_by_depth_and_a_single_first_one_is_the_title() -> None:
    document = composed(
        "# 2023年公报\n\n## 一、艺术\n\n### （一）演出\n\n演出3场。\n\n## 二、文物\n\n文物5件。", "a.md"
    )
    assert document.metadata.title == "2023年公报"
    assert _titles(document) == [("1", "一、艺术"), ("1.1", "（一）演出"), ("2", "二、文物")]


def test_web_furniture_is_neither_heading_nor_content() -> None:
    document = composed(
        "下载\n打印\n【字号：\n加大\n】\n2026年某省政府工作报告\n来源：日报\n时间：2026-01-22\n一、回顾\n好。\n相关报道：某事"
    )
    assert document.metadata.title == "2026年某省政府工作报告"
    assert _paragraphs(document) == [("1-p1", "好。")]


def test_a_hard_wrapped_report_is_unwrapped() -> None:
    heading = "（一）着力推动产业转型升级加快构建具有区域特色的现代化产业体系"
    body = "全市生产总值1234.56亿元，增长5.6%，居全省第一位，其中第一产业增加值100亿元，第二产业增加值500亿元。"
    document = composed("\n".join(["一、情况", *_wrapped(heading), *_wrapped(body) * 12]))
    assert ("1.1", heading) in _titles(document)
    assert [text for _, text in _paragraphs(document)] == [body] * 12


def _wrapped(text: str, width: int = 50) -> list[str]:
    """Lines of `width` columns, a Chinese character taking two."""
    lines = [""]
    for char in text:
        if columns(lines[-1] + char) > width:
            lines.append("")
        lines[-1] += char
    return lines
