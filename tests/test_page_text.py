"""What the page makes of an answer before anything is drawn: words, quantities, pieces, escaping."""

from typing import get_args

import pytest

from assistant.answer import Answer, AnswerFigure, Citation
from assistant.places import Surroundings
from assistant.web.markup import figure_card, figure_table, plain, text_block
from assistant.web.passage import answer_pieces, quotation_pieces
from assistant.web.port import PortError, require_free
from assistant.web.words import ROLE_WORDS, place, quantity, reference
from corpus.model import Role


def _figure(**changed: object) -> AnswerFigure:
    stated = {
        "id": "f1",
        "name": "城镇新增就业人数",
        "value": "33.75",
        "unit": "万",
        "base_value": "337500",
        "base_unit": "人",
        "printed": "33.75 万",
        "qualifier": "约",
        "role": "actual",
        "period": "2022年",
        "scope": "全市",
        "citation": 1,
    }
    return AnswerFigure.model_validate(stated | changed)


CITATION = Citation(id=1, report="a.txt", section=("二、成效", "（一）就业"), start=0, end=4, line=88, quote="就业")


def test_every_role_has_a_chinese_word() -> None:
    assert ROLE_WORDS.keys() == {*get_args(Role), "computed"}


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        ({}, ("33.75", "万人")),
        ({"printed": "1,234.50万元", "unit": "万元", "value": "1234.5", "base_unit": "元"}, ("1,234.50", "万元")),
        ({"printed": "99.72%", "unit": "%", "value": "99.72", "base_unit": "%"}, ("99.72", "%")),
        ({"printed": "１３５．\n５７亿元", "unit": "亿元", "value": "135.57", "base_unit": "元"}, ("135.57", "亿元")),
        ({"printed": "五分之四", "unit": None, "value": "0.8", "base_unit": None}, ("五分之四", "")),
        ({"printed": "全省首位", "unit": None, "value": "1", "base_unit": None, "role": "rank"}, ("全省首位", "")),
        ({"printed": "第38名", "unit": "名", "value": "38", "base_unit": "名", "role": "rank"}, ("第38", "名")),
        ({"printed": "", "unit": "%", "value": "153.41", "base_unit": "%", "role": "computed"}, ("153.41", "%")),
    ],
)
def test_a_quantity_is_shown_in_the_digits_of_the_report(changed: dict[str, object], shown: tuple[str, str]) -> None:
    assert quantity(_figure(**changed)) == shown


def test_a_place_names_the_page_where_there_is_one() -> None:
    assert place(CITATION) == "第 88 行"
    assert place(CITATION.model_copy(update={"page": 5})) == "第 5 页，第 88 行"


def test_a_reference_holds_figure_and_source() -> None:
    assert reference(_figure(), CITATION, "某报告") == (
        "城镇新增就业人数：约33.75万人（2022年，全市，实际值）。来源：《某报告》二、成效 （一）就业，第 88 行。"
    )


def test_an_answer_is_cut_at_the_marks_of_its_citations_only() -> None:
    answer = Answer(
        question="",
        standalone_question="",
        status="answered",
        route="figure",
        answer="甲[1]乙[2]。",
        citations=(CITATION,),
    )
    assert answer_pieces(answer) == [
        {"text": "甲", "kind": "plain"},
        {"text": "[1]", "kind": "citation", "citation": 1},
        {"text": "乙[2]。", "kind": "plain"},
    ]


def test_a_quotation_keeps_every_character_and_marks_its_figures() -> None:
    surroundings = Surroundings(
        before="前。", quote="新增33.75万人，超22万人", after="。后", highlights=((11, 14), (2, 8))
    )
    pieces = quotation_pieces(surroundings)
    assert "".join(piece["text"] for piece in pieces) == "前。新增33.75万人，超22万人。后"
    assert [piece["text"] for piece in pieces if piece["kind"] == "highlight"] == ["33.75万", "22万"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**粗** _斜_ `码` [链](x) # 题", r"\*\*粗\*\* \_斜\_ \`码\` \[链\]\(x\) \# 题"),
        ("$5$", r"\$5\$"),
        ("3~5%", "3\\~\u20605\\%"),
        (":red[x]", "\\:\u2060red\\[x\\]"),
        ("a -> b", "a \\-\u2060\\>\u2060 b"),
        ("<b>", "\\<\u2060b\\>\u2060"),
        ("甲\n\n乙", "甲 乙"),
    ],
)
def test_markdown_in_foreign_text_shows_as_itself(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_html_in_foreign_text_is_escaped_everywhere() -> None:
    evil = "<script>alert(1)</script>"
    figure = _figure(name=evil, printed=evil, unit=None, scope=evil, period=evil, qualifier=evil)
    for html in (text_block(evil, "a"), figure_card(figure), figure_table((figure,))):
        assert "<script" not in html
        assert "&lt;script&gt;" in html


@pytest.mark.parametrize("text", ["abc", "0", "65536", "-1", "８６００", ""])
def test_a_port_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(PortError, match="1 到 65535"):
        require_free(text)
