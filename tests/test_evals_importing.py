"""Cases from tables that evaluators fill in."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from corpus.errors import InputFileError
from evals.cases import GoldFigure, load_cases
from evals.importing import ALL_HEADERS, EXAMPLES, import_cases, write_cases, write_template
from evals.sheets import read_sheet

TEXTS = {"a.txt": "全市新增就业 30.55 万人，执行率99.72%。"}
HEADER = "问题,标准答案,必含,不得含,类别,原文依据\n"


def table(folder: Path, content: str, encoding: str = "utf-8") -> Path:
    path = folder / "题目.csv"
    path.write_text(content, encoding=encoding, newline="")
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_becomes_cases_that_load(tmp_path: Path, encoding: str) -> None:
    row = "新增就业多少,30.55万人。,30.55万｜305500；2022,31万；32万,数据,新增就业 30.55 万人\n"
    loaded = import_cases(table(tmp_path, HEADER + row, encoding), TEXTS)
    assert loaded.refused == ()
    case = loaded.cases[0].case
    assert case.must == (("30.55万", "305500"), ("2022",))
    assert (case.must_not, case.category, case.id) == (("31万", "32万"), "figure", "题目-001")
    write_cases(tmp_path / "a.jsonl", loaded.cases)
    assert load_cases([tmp_path / "a.jsonl"], TEXTS).cases[0].case == case


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("新增就业多少,30.55万人。,30.55万,,猜谜,", "类别是“猜谜”，只能是：数据、表格"),
        (",30.55万人。,30.55万,,数据,", "问题：是空的"),
        ("新增就业多少,30.55万人。,,,数据,", "必含是空的"),
        ("新增就业多少,30.55万人。,30.55万,,数据,新增就业30.55万人", "不在报告“a.txt”里"),
        ("新增就业多少", "类别是“”"),
    ],
)
def test_a_row_that_is_no_case_is_refused_with_the_number_the_spreadsheet_shows(
    tmp_path: Path, row: str, said: str
) -> None:
    good = "执行率多少,99.72%。,99.72%,,数据,\n"
    loaded = import_cases(table(tmp_path, HEADER + good + "\n" + row + "\n" + good), TEXTS)
    assert len(loaded.cases) == 2
    assert [line.line for line in loaded.refused] == [4]
    assert said in str(loaded.refused[0])


GOLD_HEADER = "问题,标准答案,必含,不得含,类别,数值,单位,角色,期间,范围\n"


@pytest.mark.parametrize(
    ("cells", "figure"),
    [
        ("30.55,万人,实际完成值,2022年,全市", {"value": "30.55", "unit": "万人", "role": "actual", "period": "2022年",
                                       "scope": "全市"}),
        ("30.55,,target,,", {"value": "30.55", "role": "target"}),
        ("99.72%,,比率,,", {"value": "99.72", "unit": "%", "role": "rate"}),
        ("99.72％,%,比率,,", {"value": "99.72", "unit": "%", "role": "rate"}),
        ('"1,234",家,数量,,', {"value": "1,234", "unit": "家", "role": "count"}),
        ("4A级,,等级,,", {"value": "4A级", "role": "grade"}),
        ("5.55,万人,计算所得,,", {"value": "5.55", "unit": "万人", "role": "computed"}),
        (",,,,", None),
    ],
)  # fmt: skip
def test_the_columns_of_the_gold_figure_become_one(tmp_path: Path, cells: str, figure: dict[str, str] | None) -> None:
    loaded = import_cases(table(tmp_path, GOLD_HEADER + f"新增就业多少,30.55万人。,30.55万,,数据,{cells}\n"), TEXTS)
    assert loaded.refused == ()
    gold = loaded.cases[0].case.figure
    assert gold == (None if figure is None else GoldFigure.model_validate(figure))
    write_cases(tmp_path / "a.jsonl", loaded.cases)
    assert load_cases([tmp_path / "a.jsonl"], TEXTS).cases[0].case.figure == gold


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (",万人,实际完成值,,", "数值是空的，却填了单位、角色"),
        ("30.55,万人,,,", "角色是“”，只能是：目标值、实际完成值"),
        ("30.55,万人,真实值,,", "角色是“真实值”"),
        ("30.55万,人,数量,,", "数值是“30.55万”，应只写数字"),
        ("99.72%,人,比率,,", "数值是“99.72%”，应只写数字"),
        ("A级,,数量,,", "数值是“A级”"),
    ],
)
def test_a_gold_figure_that_is_none_is_refused_by_its_column(tmp_path: Path, cells: str, said: str) -> None:
    good = "执行率多少,99.72%。,99.72%,,数据,99.72,%,比率,,\n"
    loaded = import_cases(table(tmp_path, GOLD_HEADER + good + f"多少,30.55万人。,30.55万,,数据,{cells}\n"), TEXTS)
    assert len(loaded.cases) == 1
    assert [line.line for line in loaded.refused] == [3]
    assert loaded.refused[0].message.startswith(said)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("问题,标准答案,必含,类别\n", "缺少列：不得含"),
        (HEADER.strip() + ",难度\n", "有不认识的列：难度"),
        (HEADER.strip() + ",问题\n", "有重复的列：问题"),
        ("", "缺少列"),
    ],
)
def test_a_wrong_header_is_named(tmp_path: Path, header: str, said: str) -> None:
    with pytest.raises(InputFileError, match=said):
        import_cases(table(tmp_path, header), TEXTS)


def test_numbers_of_a_workbook_are_read_as_they_are_shown(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (
        REQUIRED_ROW,
        ("一般公共预算执行率", "99.72%。", 0.9972, 30.55, "数据"),
        ("户数", "2034", 2034, None, "数据"),
    ):
        book.active.append(row)
    book.active["C2"].number_format = "0.00%"
    book.save(tmp_path / "题目.xlsx")
    loaded = import_cases(tmp_path / "题目.xlsx", TEXTS)
    assert loaded.refused == ()
    assert [one.case.must for one in loaded.cases] == [(("99.72%",),), (("2034",),)]
    assert loaded.cases[0].case.must_not == ("30.55",)


REQUIRED_ROW = ("问题", "标准答案", "必含", "不得含", "类别")


@pytest.mark.parametrize("name", ["模板.xlsx", "模板.csv"])
def test_the_template_can_be_read_back(tmp_path: Path, name: str) -> None:
    write_template(tmp_path / name)
    rows = read_sheet(tmp_path / name)
    assert rows[0].cells == ALL_HEADERS
    loaded = import_cases(tmp_path / name, TEXTS)
    assert loaded.refused == ()
    assert [one.case.question for one in loaded.cases] == [row["问题"] for row in EXAMPLES]
    assert loaded.cases[0].case.figure == GoldFigure(value="18.6", unit="万人", role="actual", period="2022年")
    assert loaded.cases[1].case.figure is None


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"PK not a zip", "打不开"),
        ("a.ods", b"x", "格式不能读"),
        ("a.csv", b"\xff\xff\xff\xfe\x81", "文字编码"),
    ],
)
def test_a_damaged_table_is_an_error(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputFileError, match=said):
        import_cases(tmp_path / name, TEXTS)


def test_a_case_about_one_report_names_it_and_one_about_several_does_not(tmp_path: Path) -> None:
    path = table(tmp_path, HEADER + "新增就业多少,30.55万人。,30.55万,,数据,新增就业 30.55 万人\n")
    assert import_cases(path, TEXTS).cases[0].case.report == "a.txt"
    assert import_cases(path, {**TEXTS, "b.txt": "别的"}).cases[0].case.report is None


def test_a_missing_table_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="读不了"):
        import_cases(tmp_path / "none.csv", TEXTS)
