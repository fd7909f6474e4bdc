"""A number made from ledger rows: right, with its formula, its rows cited; or the reason why there is none."""

from decimal import Decimal

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.computing.question import read_wanted
from assistant.library import Library
from assistant.questions.normalise import normalise
from index.store import Store
from tests.answer_checks import faults_of
from tests.compute_reports import FOREST_2021, HARBOUR_2021, store_of


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return store_of(tmp_path_factory.mktemp("harbour"), harbour_2021=HARBOUR_2021)


@pytest.fixture(scope="module")
def forest(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return store_of(tmp_path_factory.mktemp("forest"), forest_2021=FOREST_2021)


def _ask(store: Store, question: str) -> Answer:
    answer = Assistant(Library(store), max_question_characters=2000).answer(question)
    assert faults_of(answer, store) == []
    return answer


COMPUTED = [
    ("船舶更新、岸电改造、船员培训三笔补贴加埋一共几多亿", "1.993", "亿元"),
    ("三个项目的预算加起来有多少？", "5765.5", "万元"),
    ("服务质量评估得分比航运安全评估得分低几分", "1.4", "分"),
    ("航运安全和服务质量评估，边个得分高，高几多分", "1.4", "分"),
    ("招聘会平均一场有几多个岗位？", "126", "个"),
    ("船员生活津贴领满一年是多少钱", "7800", "元"),
    ("三个项目里预算最多的是最少的多少倍", "5.08", "倍"),
    ("内河航道养护项目预算换算成亿元是多少", "0.325", "亿元"),
    ("照比例算，新能源船舶有多少艘", "300", "艘"),
    ("倒推一下，2020年在册船舶是多少艘", "2250", "艘"),
    ("新增泊位比目标多几个", "2", "个"),
    ("港口环保设施的预算占内河航道养护预算的百分之几", "57.71", "%"),
]


@pytest.mark.parametrize(("question", "value", "unit"), COMPUTED)
def test_a_computed_number_comes_first_with_its_formula(harbour: Store, question: str, value: str, unit: str):
    answer = _ask(harbour, question)
    assert (answer.status, answer.route) == ("answered", "compute")
    first = answer.figures[0]
    assert (first.value, first.unit, first.role, first.id) == (value, unit, "computed", None)
    assert answer.computation is not None
    assert answer.computation.formula in answer.answer
    assert answer.computation.formula.endswith(f"{value}{unit}")
    assert set(answer.computation.inputs) == {figure.id for figure in answer.figures[1:]}


def test_a_rounded_result_names_its_rounding_and_an_exact_one_does_not(harbour: Store):
    assert "保留两位小数" in _ask(harbour, "三个项目里预算最多的是最少的多少倍").answer
    assert "保留" not in _ask(harbour, "三个项目的预算加起来有多少？").answer


def test_mixed_magnitudes_are_converted_in_sight(harbour: Store):
    answer = _ask(harbour, "船舶更新、岸电改造、船员培训三笔补贴加起来一共多少")
    assert "0.093亿元" in answer.answer
    assert "930万元" in answer.answer


def test_all_rows_of_a_column_are_added_and_the_stated_total_comes_first(forest: Store):
    answer = _ask(forest, "各乡镇造林面积合计多少亩")
    assert answer.figures[0].base_value == "3660"
    assert answer.figures[0].id is not None  # the report's own total, not a computed one


def test_the_total_is_no_row_among_the_others(forest: Store):
    assert _ask(forest, "各乡镇造林面积哪个最大").figures[0].name.startswith("大柘镇")
    assert _ask(forest, "各乡镇培训人数哪个最少").figures[0].name.startswith("石练镇")


def test_a_part_of_a_table_is_added_by_name(forest: Store):
    answer = _ask(forest, "云峰镇和石练镇两个镇的造林面积加起来多少亩")
    assert (answer.figures[0].role, answer.figures[0].base_value) == ("computed", "2230")


NOT_ADDABLE = [
    ("招聘会提供的岗位和面向退役军人的岗位加起来多少个", "已包含在另一项里"),
    ("在册船舶和新增泊位相差多少", "单位不同"),
]


@pytest.mark.parametrize(("question", "reason"), NOT_ADDABLE)
def test_what_cannot_be_added_is_refused_with_the_reason(harbour: Store, question: str, reason: str):
    answer = _ask(harbour, question)
    assert answer.status == "refused"
    assert reason in answer.answer


def test_a_missing_operand_is_named(harbour: Store):
    answer = _ask(harbour, "在册船舶比渔业码头多多少")
    assert answer.status == "refused"
    assert "渔业码头" in answer.answer
    assert "在册船舶”" not in answer.answer.split("报告里")[0]


def test_the_stated_growth_answers_before_anything_is_computed(harbour: Store):
    answer = _ask(harbour, "在册船舶比上年增加多少艘")
    assert (answer.figures[0].base_value, answer.computation) == ("150", None)


NOT_COMPUTED = ["一共新增泊位几个", "在册船舶有多少艘", "新能源船舶占比是多少", "招聘会办了几场"]


@pytest.mark.parametrize("question", NOT_COMPUTED)
def test_a_plain_question_is_not_computed(harbour: Store, question: str):
    answer = _ask(harbour, question)
    assert answer.computation is None
    assert len(answer.figures) == 1


READ = [
    ("参加甲保险的比参加乙保险的多多少万人", "difference"),
    ("甲、乙、丙三项合计多少", "sum"),
    ("甲支出占总收入的比重是多少", "share"),
    ("甲是乙的几倍", "multiple"),
    ("平均每场招聘会有几个岗位", None),
    ("今年入库多少", None),
    ("减负多少亿元", None),
    ("B2C网站用户多少", None),
    ("以人为本的理念有哪些", None),
]


@pytest.mark.parametrize(("question", "kind"), READ)
def test_what_is_to_be_computed_is_read_from_words(question: str, kind: str | None):
    wanted = read_wanted(normalise(question), lambda words: False)
    assert (wanted.kind if wanted is not None else None) == kind


def test_no_digit_of_a_computation_is_a_float(harbour: Store):
    for question, value, _ in COMPUTED:
        assert Decimal(_ask(harbour, question).figures[0].base_value or 0).is_finite(), (question, value)
