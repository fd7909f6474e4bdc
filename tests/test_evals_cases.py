"""Cases as they are loaded, and figures and digits held against them."""

import json
from pathlib import Path

import pytest

from assistant.answer import Answer, AnswerFigure, Citation
from corpus.errors import InputFileError
from evals.cases import GoldFigure, load_cases, record_revealed
from evals.digits import unaccounted
from evals.gold import compare_figure, value_follows

TEXTS = {"a.txt": "全市新增就业 30.55 万人，\n完成率122.2%。"}
GOOD = {
    "id": "a-1", "question": "新增就业多少", "history": [], "category": "figure", "answer": "30.55万人。",
    "must": [["30.55万", "305500"]], "must_not": [], "evidence": ["新增就业 30.55 万人"], "section": "", "note": "",
}  # fmt: skip


def write(folder: Path, *rows: object, name: str = "a.tuning.jsonl") -> Path:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"answr": "x"}, "answr：不认识这个键"),
        ({"category": "riddle"}, "category：只能是"),
        ({"must": [[]]}, "至少要有一个写法"),
        ({"must": "30.55万"}, "must：应是列表"),
        ({"must": [["30.55万", "[1]"]]}, "must.0.1：没有可以比对的字"),
        ({"must_not": [" "]}, "must_not.0：没有可以比对的字"),
        ({"question": "  "}, "question：是空的"),
        ({"history": [{"role": "system", "content": "x"}]}, "history.0.role：只能是"),
        ({"history": [{"role": "user", "content": "x", "name": "y"}]}, "history.0.name：不认识这个键"),
        ({"figure": {"value": "1", "role": "guess"}}, "figure.role：只能是"),
        ({"evidence": ["新增就业30.55万人"]}, "逐字"),
        ({"evidence": ["新增就业 30.55 万人， 完成率"]}, "逐字"),
        ({"report": "b.txt"}, "索引里没有报告“b.txt”，有：a.txt"),
    ],
)
def test_a_line_that_is_no_case_is_refused_with_its_number(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    path = write(tmp_path, GOOD, {**GOOD, "id": "a-2", **change}, {**GOOD, "id": "a-3"})
    loaded = load_cases([path], TEXTS)
    assert [one.case.id for one in loaded.cases] == ["a-1", "a-3"], "the others are used"
    assert [(one.file, one.line) for one in loaded.refused] == [("a.tuning.jsonl", 2)]
    assert said in str(loaded.refused[0])


@pytest.mark.parametrize(("line", "said"), [("{oops", "不是 JSON"), ("[1]", "应是对象"), ("3", "应是对象")])
def test_a_malformed_line_is_refused(tmp_path: Path, line: str, said: str) -> None:
    loaded = load_cases([write(tmp_path, GOOD, line)], TEXTS)
    assert len(loaded.cases) == 1
    assert said in loaded.refused[0].message


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    without = {key: value for key, value in GOOD.items() if key != "answer"}
    loaded = load_cases([write(tmp_path, without)], TEXTS)
    assert loaded.refused[0].message == "answer：缺少这个键，请补上"


def test_an_id_used_twice_is_refused_over_several_files(tmp_path: Path) -> None:
    files = [write(tmp_path, GOOD), write(tmp_path, GOOD, name="a.test.jsonl")]
    loaded = load_cases(files, TEXTS)
    assert len(loaded.cases) == 1
    assert "“a-1”前面已经用过" in str(loaded.refused[0])


def test_evidence_is_looked_for_in_the_report_a_file_is_named_after(tmp_path: Path) -> None:
    texts = {"b.txt": "没有", **TEXTS}
    assert load_cases([write(tmp_path, GOOD)], texts).cases[0].report == "a.txt"
    other = load_cases([write(tmp_path, GOOD, name="b.jsonl")], texts)
    assert "不在报告“b.txt”里" in other.refused[0].message


def test_evidence_of_a_case_about_no_report_in_particular_stands_in_any(tmp_path: Path) -> None:
    texts = {"b.txt": "没有", **TEXTS}
    rows = (GOOD, {**GOOD, "id": "a-2", "evidence": ["没有"]}, {**GOOD, "id": "a-3", "evidence": ["三份都没写"]})
    loaded = load_cases([write(tmp_path, *rows, name="c.jsonl")], texts)
    assert [(one.case.id, one.report, one.reports) for one in loaded.cases] == [
        ("a-1", None, ("b.txt", "a.txt")), ("a-2", None, ("b.txt", "a.txt")),
    ]  # fmt: skip
    assert "不在报告“b.txt、a.txt”里" in loaded.refused[0].message


def test_the_split_is_in_the_name_and_a_revealed_case_counts_as_tuning(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD, {**GOOD, "id": "a-2"}, name="a.test.jsonl")
    assert [one.split for one in load_cases([path], TEXTS).cases] == ["test", "test"]
    record_revealed([path], {"a-2"})
    assert [one.split for one in load_cases([path], TEXTS).cases] == ["test", "tuning"]


@pytest.mark.parametrize("name", ["missing.jsonl", "empty.jsonl", "gb.jsonl"])
def test_a_file_that_cannot_be_used_at_all_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty.jsonl").write_text("\n\n")
    (tmp_path / "gb.jsonl").write_bytes("标准".encode("gb18030"))
    with pytest.raises(InputFileError, match="用例文件"):
        load_cases([tmp_path / name], TEXTS)


def test_the_status_follows_the_category_where_none_is_given(tmp_path: Path) -> None:
    rows = [{**GOOD, "id": category, "category": category} for category in ("figure", "conflict", "unanswerable")]
    rows.append({**GOOD, "id": "vague", "status": "clarify"})
    loaded = load_cases([write(tmp_path, *rows)], TEXTS)
    assert [one.case.expected_status for one in loaded.cases] == ["answered", "answered", "refused", "clarify"]


def shown(**changes: str | None) -> AnswerFigure:
    figure = AnswerFigure(
        id="f", name="城镇新增就业人数", value="30.55", unit="万", base_value="305500", base_unit="人",
        printed="30.55 万", qualifier=None, role="actual", period="2022年", scope="全市", citation=1,
    )  # fmt: skip
    return figure.model_copy(update=changes)


GOLD = GoldFigure(value="30.55", unit="万人", role="actual", period="2022年", scope="全市")


@pytest.mark.parametrize(
    ("changes", "different"),
    [
        ({}, ()),
        ({"value": "305500", "unit": "人", "base_value": None}, ()),
        ({"base_value": "305500.00"}, ()),
        ({"base_value": "30.55"}, ("value",)),
        ({"base_unit": "元"}, ("unit",)),
        ({"base_unit": "人次"}, ("unit",)),
        ({"base_unit": None, "unit": None}, ()),
        ({"role": "target"}, ("role",)),
        ({"period": "2021年"}, ("period",)),
        ({"period": "2022年12月"}, ()),
        ({"period": None}, ()),
        ({"scope": "全省"}, ("scope",)),
        ({"scope": "全市城镇"}, ()),
        ({"scope": None}, ()),
    ],
)
def test_a_figure_is_held_against_the_gold_part_by_part(
    changes: dict[str, str | None], different: tuple[str, ...]
) -> None:
    assert compare_figure(GOLD, shown(**changes)).different == different


def test_what_an_answer_leaves_open_is_not_exact_though_not_wrong() -> None:
    assert compare_figure(GOLD, shown()).exact
    for changes in ({"period": None}, {"scope": None}, {"base_unit": None, "unit": None}):
        compared = compare_figure(GOLD, shown(**changes))
        assert not compared.exact
        assert not compared.different


def test_percent_and_percentage_point_are_not_equal() -> None:
    gold = GoldFigure(value="99.72", unit="%", role="rate")
    percent = shown(value="99.72", base_value="99.72", unit="%", base_unit="%", role="rate")
    assert compare_figure(gold, percent).value_exact
    assert not compare_figure(gold, percent.model_copy(update={"unit": "百分点", "base_unit": "百分点"})).value_exact


def test_grades_and_ranks_are_compared_as_what_they_are() -> None:
    grade = shown(value="A级", base_value=None, base_unit=None, unit=None, printed="A级", role="grade")
    assert compare_figure(GoldFigure(value="A级", role="grade"), grade).exact
    rank = shown(value="1", base_value="1", unit=None, base_unit="名", printed="第一", role="rank")
    assert compare_figure(GoldFigure(value="1", unit="名", role="rank"), rank).exact


def test_without_a_gold_figure_the_first_figure_is_one_that_the_case_states() -> None:
    figure = shown(value="5.55", unit="万人", base_value="55500")
    assert value_follows(["5.55万", "55500"], figure)
    assert value_follows(["创业", "30.55万－25万=5.55万人。"], figure)
    assert value_follows(["5.55万", "55500"], shown()) is False
    assert value_follows(["创业", "2022年"], shown()) is None, "a year is no figure"


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("全市新增就业30.55万人[1]。", ()),
        ("新增就业 30.55 万人，约31万人。", ("31",)),
        ("1. 新增就业30.55万人\n2. 完成率122.2%", ()),
        ("①新增就业30.55万人；②完成率122.20%", ()),
        ("见第 3 行、第12页。", ()),
        ("报告没有2019年的数据。", ()),
        ("报告没有2018年的数据。", ("2018",)),
        ("即305,500人。", ("305500",)),
    ],
)
def test_digits_that_no_real_place_accounts_for_are_found(told: str, left: tuple[str, ...]) -> None:
    text = TEXTS["a.txt"]
    quote = Citation(id=1, report="a.txt", section=(), start=0, end=len(text), line=1, quote=text)
    answer = Answer(
        question="2019年新增就业多少", standalone_question="", status="answered", route="passage", answer=told,
        citations=(quote,),
    )  # fmt: skip
    assert unaccounted(answer, TEXTS) == left
