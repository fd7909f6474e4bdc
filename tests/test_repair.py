"""Repair: what is read changes, where it stands does not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Mapped
from corpus.repair import repair
from corpus.sentences import split_sentences
from tests.reports import bundled

PIECES = ["<br>", "<b", ">", "&amp;", "nbsp;", "&nbsp;", "&#38;", "lt;", "**", "__", "\n", "\r\n", " ", "\u3000", "\t"]
PIECES += ["1", "２", ".", "．", ",", "，", "。", "中", "文", "万人", "％", "%", "a", "B", "(", "）", "⼈", "\u200b"]
PRINTED = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))


@pytest.mark.parametrize(
    ("printed", "repaired"),
    [
        ("强 职 业 能 力 建 设", "强职业能力建设"),
        ("新增就业 30.55 万，2022 年完成 99.72 %", "新增就业30.55万，2022年完成99.72%"),
        ("投资１３５．５７亿元，占３％（Ａ级）", "投资135.57亿元，占3%（A级）"),
        ("社会保险基金管\n\n理和监督政策", "社会保险基金管理和监督政策"),
        ("生产总值1234.\n56亿元", "生产总值1234.56亿元"),
        ("总额63\r\n4.56亿元", "总额634.56亿元"),
        ("**一是**人才&nbsp;政策<br/>更具吸引力", "一是人才政策更具吸引力"),
        ("面积5 m<sup>2</sup>", "面积5 m2"),
        ("8,832 万元、73,615.16 万元", "8,832万元、73,615.16万元"),
        ("Supply  Process & Distribution", "Supply Process & Distribution"),
        ("8 12 15", "8 12 15"),
        ("1. 主要职能", "1. 主要职能"),
        ("(11) 会同有关部门", "(11) 会同有关部门"),
        ("（合计+调解数）*100%", "（合计+调解数）*100%"),
        ("a &amp;lt; b", "a < b"),
        ("⼈⼒资源", "人力资源"),
    ],
)
def test_repair_reads_what_was_meant(printed: str, repaired: str) -> None:
    assert repair(printed, 0, len(printed)).text == repaired


@given(PRINTED, PRINTED)
def test_every_repaired_character_has_one_place_in_order(before: str, printed: str) -> None:
    content = repair(before + printed, len(before), len(before) + len(printed))
    assert len(content.text) == len(content.offsets)
    assert list(content.offsets) == sorted(set(content.offsets))
    assert all(len(before) <= offset < len(before) + len(printed) for offset in content.offsets)


@given(PRINTED)
def test_repairing_twice_changes_nothing(printed: str) -> None:
    once = repair(printed, 0, len(printed)).text
    assert repair(once, 0, len(once)).text == once


@given(PRINTED)
def test_digits_are_never_lost_or_made(printed: str) -> None:
    bare = re.sub(r"[<&].*", "", printed, flags=re.DOTALL)  # markup may hold digits
    digits = [int(char) for char in bare if re.fullmatch(r"[0-9０-９]", char)]
    assert [int(char) for char in repair(bare, 0, len(bare)).text if re.fullmatch(r"[0-9]", char)] == digits


def test_the_bundled_report_keeps_its_digits_in_place() -> None:
    text = bundled().text
    content = repair(text, 0, len(text))
    assert all(text[at] == char for char, at in zip(content.text, content.offsets, strict=True) if char.isdigit())


@pytest.mark.parametrize(
    ("printed", "sentences"),
    [
        ("增长5.6%；待遇提高。全年圆满。", ["增长5.6%；待遇提高。", "全年圆满。"]),
        ("他说：“应保尽保。”其中三项", ["他说：“应保尽保。”", "其中三项"]),
        ("促进发展。。", ["促进发展。。"]),
        ("见http://a.cn/?x=1页面！好", ["见http://a.cn/?x=1页面！", "好"]),
        ("一、基本情况", ["一、基本情况"]),
        ("", []),
    ],
)
def test_sentences_end_at_full_stops_with_their_quotes(printed: str, sentences: list[str]) -> None:
    content = Mapped(text=printed, offsets=tuple(range(len(printed))))
    assert [printed[start:end] for start, end in split_sentences(content)] == sentences


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("实现总产值[2]36.5亿元", "实现总产值36.5亿元"),
        ("保费收入［3］12亿元", "保费收入12亿元"),
        ("（一）[1]说明", "（一）说明"),
        ("府办[2021]15号", "府办[2021]15号"),
        ("府办发[15]3号", "府办发[15]3号"),
        ("[1]本公报为初步数", "[1]本公报为初步数"),
    ],
)
def test_marks_of_notes_are_not_read(printed: str, read: str) -> None:
    assert repair(printed, 0, len(printed)).text == read
