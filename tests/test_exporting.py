"""A conversation as Word, Excel and Markdown: read back, with every source, and nothing in it can act."""

import io

import pytest
from docx import Document
from openpyxl import load_workbook

from assistant.answer import Answer, AnswerFigure, Citation, Computation
from assistant.archive.exchange import Exchange
from assistant.views.checked_draft import DraftPiece
from assistant.web.excel_file import as_excel
from assistant.web.exporting import Conversation, Said, conversation
from assistant.web.markdown_file import as_markdown
from assistant.web.word_file import as_word, checked_as_word

EVIL = "=1+1 <script>alert(1)</script> | **粗** [链](http://x) \x0b\x00"
QUOTE = "全年疏浚航道74公里。"


class Sources:
    """One report in service, under a title."""

    def text(self, report: str) -> str | None:
        return QUOTE

    def pages(self, report: str) -> tuple[int, ...]:
        return ()

    def title(self, report: str) -> str:
        return f"年度报告{EVIL}"


@pytest.fixture
def said() -> Conversation:
    cited = Citation(id=1, report="a", section=("二、航道",), start=0, end=len(QUOTE), line=1, quote=QUOTE)
    figure = AnswerFigure(
        id="a@4", name=f"疏浚航道{EVIL}", value="74", unit="公里", base_value="74", base_unit="公里", printed="74公里",
        qualifier=None, role="count", period="2021年", scope="全市", citation=1,
    )  # fmt: skip
    answer = Answer(
        question=EVIL, standalone_question=EVIL, status="answered", route="figure", answer=f"74公里[1]。{EVIL}",
        figures=(figure,), citations=(cited,), warnings=(f"注意口径{EVIL}",),
        computation=Computation(formula="37 + 37", inputs=(), result="74", unit="公里"),
    )  # fmt: skip
    failed = Exchange(question="？", fault="问题里没有字。")
    return conversation([Exchange(question=EVIL, answer=answer), failed], Sources())  # type: ignore[arg-type]


def test_word_holds_questions_answers_figures_and_sources(said: Conversation) -> None:
    document = Document(io.BytesIO(as_word(said)))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for part in (
        "74公里[1]。",
        "[1] 《年度报告",
        f"“{QUOTE}”",
        "算式：37 + 37 = 74公里",
        "注意：注意口径",
        "问题里没有字。",
    ):
        assert part in text
    assert [cell.text for cell in document.tables[0].rows[1].cells][1:5] == ["74公里", "2021年", "全市", "数量"]


def test_excel_has_a_row_for_each_figure_and_no_formula(said: Conversation) -> None:
    page = load_workbook(io.BytesIO(as_excel(said)))["对话"]
    rows = list(page.iter_rows(values_only=True))
    assert len(rows) == 3
    assert dict(zip(rows[0], rows[1], strict=True))["数值"] == "74公里"
    assert not any(cell.data_type == "f" for row in page.iter_rows() for cell in row)


def test_markdown_keeps_the_marks_and_escapes_the_rest(said: Conversation) -> None:
    text = as_markdown(said).decode()
    assert "74公里[1]。" in text
    assert f"> {QUOTE}" in text
    assert "<script" not in text.replace("\\<", "")
    assert "[链](" not in text
    assert "**粗**" not in text


def test_a_checked_draft_leaves_as_word_with_its_marks_and_reasons() -> None:
    """A control character of the draft, which no document may hold, is left out."""
    pieces = (
        DraftPiece(text="一、航道\n疏浚\x0b"), DraftPiece(text="80公里", number=1, verdict="differs"),
        DraftPiece(text="。"),
    )  # fmt: skip
    row = ("1", "80公里", "不一致", f"报告是74公里{EVIL}")
    data = checked_as_word(pieces, "共核对 1 个数。", ("序号", "草稿中的数", "结论", "说明"), [row])
    document = Document(io.BytesIO(data))
    text = [paragraph.text for paragraph in document.paragraphs]
    assert text[:5] == ["核稿结果", "共核对 1 个数。", "草稿", "一、航道", "疏浚80公里×1。"]
    (marked,) = [run for paragraph in document.paragraphs for run in paragraph.runs if run.underline]
    assert (marked.text, marked.bold) == ("80公里", True)
    assert document.tables[0].rows[1].cells[3].text.startswith("报告是74公里=1+1 <script>")


def test_a_file_is_named_after_the_first_question() -> None:
    exchange = Said(question="", answer="", formula="", warnings=(), figures=(), sources=())
    name = Conversation(title='全年/疏浚 "多少"？..\\x', said=(exchange,)).file_name
    assert name == "据实_全年_疏浚_多少_？_x"
