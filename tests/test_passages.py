"""Passages: exact places, whole sentences, every sentence once, no number cut. And spans of any text."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Document
from corpus.passages import MAX_CHARACTERS
from corpus.repair import repair
from corpus.sentences import split_sentences
from tests.reports import bundled, composed

LINES = [
    "一、情况",
    "（一）着力推进工作，成效明显。新增就业30.55万人。",
    "1. 稳定就业",
    "（1）负责就业；拟订政策。",
    "2024年，收入8,832 万元，增长５.６％；支出73,615.16\n万元。",
    "全市新增就业人数为" + "很多，" * 90 + "共30.55万人",
    "无标点" * 100 + "123456.789" * 3,
    "**一是**成效显著。" * 30,
    "任务\t指标\t目标",
    "任务1\t就业\t预期实现值：25 万人；",
    "\t创业\t2.55万人",
    "| 项目 | 1995年 |",
    "| --- | --- |",
    "| 原煤 | 13.61 亿吨 |",
    "下载",
    "- 第一项3个。",
    "\u3000\u3000各位代表：",
    "",
    "",
]
REPORTS = st.one_of(
    st.lists(st.sampled_from(LINES), max_size=25).map("\n".join),
    st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=40)), max_size=12).map("\r\n".join),
)
NUMBER = re.compile(r"[0-9０-９]+(?:[.,．][0-9０-９]+)*")


def _check(document: Document) -> None:
    text = document.text
    for passage in document.passages:
        assert 0 < passage.end - passage.start <= MAX_CHARACTERS
        assert passage.text
    assert all(before.end <= after.start for before, after in pairwise(document.passages))
    assert len({passage.id for passage in document.passages}) == len(document.passages)
    cuts = {edge for passage in document.passages for edge in (passage.start, passage.end)}
    for number in NUMBER.finditer(text):
        inside = range(number.start() + 1, number.end())
        assert len(number.group()) > MAX_CHARACTERS // 2 or cuts.isdisjoint(inside), number.group()


@given(REPORTS)
def test_passages_of_any_text_keep_their_promises(text: str) -> None:
    _check(composed(text))


@given(REPORTS)
def test_every_place_of_any_text_cuts_the_characters_it_names(text: str) -> None:
    document = composed(text)
    contents = [paragraph.content for paragraph in document.paragraphs]
    contents += [cell.content for table in document.tables for row in table.rows for cell in row.cells]
    for content in contents:
        for char, offset in zip(content.text, content.offsets, strict=True):
            printed = text[offset]
            assert printed == char or printed.isspace() or repair(printed, 0, 1).text == char or printed == "&"
    for paragraph in document.paragraphs:
        assert paragraph.content.span(0, len(paragraph.content.text)) == (paragraph.start, paragraph.end)
    for section in document.sections:
        assert repair(text, section.start, section.end).text.startswith(section.title[:1])


def test_the_bundled_report_is_covered_once() -> None:
    document = bundled()
    _check(document)
    for paragraph in document.paragraphs:
        for start, end in split_sentences(paragraph.content):
            first, last = paragraph.content.span(start, end)
            holders = [passage for passage in document.passages if passage.start < last and first < passage.end]
            assert len(holders) == 1 or last - first > MAX_CHARACTERS
    for table in document.tables:
        for row in table.rows:
            assert any(passage.start <= row.start < passage.end for passage in document.passages)


def test_a_row_is_one_passage_with_its_header_and_label_as_context() -> None:
    passage = next(passage for passage in bundled().passages if passage.id == "2.2.3-t1-r4-1")
    assert "预期实现值：709万。" in passage.text
    assert "任务3-健全完善多层次的社保体系" in passage.context
    assert "年度绩效指标值" in passage.context
    assert passage.context.startswith(bundled().metadata.title)


def test_a_long_sentence_is_cut_at_clauses() -> None:
    clause = "参保人数达1030.53万人、706.64万人，持续增长；"
    document = composed(clause * 20 + "完成。")
    assert len(document.passages) > 1
    assert all(passage.text.endswith(("；", "。")) for passage in document.passages)
