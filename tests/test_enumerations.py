"""What a report lists, found in its structure: marks, headings, lines, parts of a sentence."""

from assistant.lists.enumerations import Enumeration, find_enumerations
from assistant.narrative.text import read_told
from tests.reports import bundled, composed


def _found(text: str) -> tuple[Enumeration, ...]:
    document = composed(text)
    told = read_told("composed.txt", document.text, document.passages)
    return find_enumerations("composed.txt", told.blocks, document.sections)


def _items(enumeration: Enumeration) -> list[str]:
    return [item.text.rstrip("；。") for item in enumeration.items]


def test_marks_are_followed_over_paragraphs_and_the_lead_in_may_hold_the_first():
    text = "一、职能\n\n主要职能包括：（1）拟订规划。\n\n（2）组织实施。检查落实。\n\n（3）其他任务。\n"
    duties = next(each for each in _found(text) if each.kind == "marks")
    assert duties.lead == "主要职能包括："
    assert _items(duties) == ["拟订规划", "组织实施。检查落实", "其他任务"]


def test_marks_inside_a_sentence_part_it():
    text = "存在的问题：一是甲类偏少，结构不优；二是乙类不足；三是丙类滞后。以后再说。\n"
    problems = next(each for each in _found(text) if each.kind == "marks")
    assert _items(problems)[:2] == ["甲类偏少，结构不优", "乙类不足"]


def test_headings_of_one_level_are_items_of_the_heading_above():
    text = "一、任务\n\n今年共设两项任务：\n\n（一）稳定粮食生产\n\n播种。\n\n（二）保护耕地\n\n执法。\n"
    tasks = next(each for each in _found(text) if each.kind == "headings" and each.section)
    assert tasks.lead == "今年共设两项任务："
    assert _items(tasks) == ["稳定粮食生产", "保护耕地"]


def test_bulleted_lines_are_items_under_the_sentence_before():
    text = "年末共有场所90个。其中：\n\n- 剧场30个；\n\n- 书店60个。\n"
    kinds = next(each for each in _found(text) if each.kind == "lines")
    assert kinds.lead == "年末共有场所90个。其中："
    assert _items(kinds) == ["剧场30个", "书店60个"]


def test_parts_behind_a_colon_are_items():
    text = "面临的困难主要是：需求不足，投资放缓；收支压力加大；风险隐患仍存。我们将努力解决。\n"
    found = next(each for each in _found(text) if each.kind == "semicolons")
    assert _items(found) == ["需求不足，投资放缓", "收支压力加大", "风险隐患仍存"]


def test_every_item_of_the_bundled_report_re_cuts():
    document = bundled()
    told = read_told("gz.txt", document.text, document.passages)
    found = find_enumerations("gz.txt", told.blocks, document.sections)
    assert len(found) > 20
    for each in found:
        for item in each.items:
            cut = "".join(document.text[item.start : item.end].replace("*", "").split())
            assert "".join(item.text.split())[:12] in cut
        assert [item.start for item in each.items] == sorted(item.start for item in each.items)
