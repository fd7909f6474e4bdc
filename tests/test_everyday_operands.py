"""Operands in everyday words, found together; and numbers that a question holds up against each other."""

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.library import Library
from index.store import Store
from tests.answer_checks import faults_of
from tests.compute_reports import store_of

BRIEF = """# 2023年云州市人民政府工作报告

## 一、2022年工作回顾

2022年，全市生产茶叶3.2万吨、增长4.1%。新建农村公路180公里。全市接待游客640万人次。

全市城镇、农村居民人均可支配收入分别达到41200元和19850元，城乡居民收入比为2.08。

全市共有养老机构96家，其中公办养老机构31家、民办养老机构65家。全年迁入人口2.41万人，迁出人口1.86万人。

全市孵化器累计达到214家。规模以上文化企业达到118家。

截至2022年底，全市备案民宿1326家。

## 二、2023年工作安排

2023年，生产茶叶3.5万吨，新建农村公路200公里。培育规模以上文化企业9家。

截至2023年1月20日，全市备案民宿已达1358家。

## 三、项目支出

| 项目 | 调整后预算（万元） | 实际支出（万元） |
| --- | --- | --- |
| 困境儿童关爱 | 420.50 | 388.25 |
| 河道清淤 | 1,260.00 | 1,260.00 |
| 街区亮化 | 315.00 | 297.40 |
"""


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return store_of(tmp_path_factory.mktemp("brief"), brief_2023=BRIEF)


def _ask(store: Store, question: str) -> Answer:
    answer = Assistant(Library(store), max_question_characters=2000).answer(question)
    assert faults_of(answer, store) == []
    return answer


EVERYDAY = [
    ("城里人比农村人一年多挣多少", "21350", "元"),
    ("私人办的养老院比公家的多几家", "34", "家"),
    ("搬进来的比搬出去的多多少人？", "0.55", "万人"),
    ("今年想采的茶叶比去年多多少吨", "0.3", "万吨"),
    ("今年打算修的乡下路比去年多多少公里", "20", "公里"),
    ("关爱困境娃娃那笔预算还剩多少没花完", "32.25", "万元"),
]


@pytest.mark.parametrize(("question", "value", "unit"), EVERYDAY)
def test_operands_in_everyday_words_are_found_as_one_pair(brief: Store, question: str, value: str, unit: str):
    answer = _ask(brief, question)
    assert answer.status == "answered", answer.answer
    first = answer.figures[0]
    assert (first.value, first.unit, first.role) == (value, unit, "computed"), answer.answer


@pytest.mark.parametrize("question", ["医院里男的比女的多多少", "今年想种的花比去年多多少亩", "出口比进口多多少亿"])
def test_a_pair_that_the_report_does_not_have_is_not_made_up(brief: Store, question: str):
    assert _ask(brief, question).status == "refused"


def test_a_ratio_is_no_answer_to_a_difference(brief: Store):
    assert "2.08" not in _ask(brief, "城里人比农村人多赚多少钱").answer


@pytest.mark.parametrize(
    "question", ["民宿一处写1326一处写1358，到底多少家", "备案民宿怎么有0.13万和0.14万两个数，到底哪个"]
)
def test_two_numbers_held_up_are_both_told_with_their_dates(brief: Store, question: str):
    answer = _ask(brief, question)
    assert answer.status == "answered"
    assert {figure.value for figure in answer.figures} == {"1326", "1358"}
    assert "2022年底" in answer.answer
    assert "1月20日" in answer.answer
    assert answer.computation is None


def test_of_two_numbers_the_one_that_the_report_has_is_told_and_the_other_is_said_to_be_missing(brief: Store):
    answer = _ask(brief, "去年底说备案民宿1326家，怎么又说1400家")
    assert [figure.value for figure in answer.figures] == ["1326"]
    assert "1400家" in answer.warnings[0]


def test_numbers_of_other_things_are_not_held_up_as_one(brief: Store):
    answer = _ask(brief, "孵化器一会儿214一会儿118，到底多少家")
    assert [figure.value for figure in answer.figures] == ["214"] or answer.status == "refused"


TABLES = """# 2022年度云州市教育局部门整体支出绩效自评报告

## 一、项目支出

| 项目 | 调整后预算（万元） | 实际支出（万元） | 执行率（%） |
| --- | --- | --- | --- |
| 校舍维修 | 820.00 | 795.40 | 97.00 |
| 教师培训 | 310.00 | 186.00 | 60.00 |
| 营养改善 | 1,450.00 | 1,450.00 | 100.00 |

## 二、民生实事完成情况

| 序号 | 事项 | 年度目标 | 实际完成 | 完成率（%） |
| --- | --- | --- | --- | --- |
| 1 | 新建幼儿园 | 12 | 12 | 100 |
| 2 | 改造食堂 | 40 | 34 | 85 |
| 3 | 资助学生 | 5000 | 5260 | 105.2 |

改造食堂没有完成，主要是部分学校施工图纸审查推迟。

## 三、各区县情况

| 区县 | 在校学生（人） | 增速（%） | 学生投诉受理量（件） |
| --- | --- | --- | --- |
| 云溪区 | 48210 | 2.6 | 126 |
| 石桥县 | 30155 | -1.8 | 88 |
| 青浦区 | 51977 | 3.1 | 214 |
"""


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return store_of(tmp_path_factory.mktemp("tables"), tables_2022=TABLES)


def test_planned_and_spent_are_told_together(tables: Store):
    answer = _ask(tables, "给老师培训的那笔钱，安排多少用了多少")
    assert [figure.value for figure in answer.figures] == ["186.00", "310.00"]


def test_how_far_the_money_went_is_the_printed_rate_first(tables: Store):
    answer = _ask(tables, "教师培训那笔钱，花出去几成")
    assert (answer.figures[0].value, answer.figures[0].unit) == ("60.00", "%")


def test_both_sides_of_a_row_that_the_report_does_not_have_are_not_told(tables: Store):
    assert _ask(tables, "治沙种草那笔钱，安排多少用了多少").status == "refused"


def test_another_rate_is_not_taken_for_the_one_that_is_named(tables: Store):
    assert _ask(tables, "教师流失率当初定多少最后干到多少").status == "refused"


def test_what_was_not_reached_is_told_with_how_much_it_lacks(tables: Store):
    answer = _ask(tables, "民生实事有没有没办成、没达标的，差多少")
    assert {figure.value for figure in answer.figures} >= {"34", "40"}
    assert "40－34＝6" in answer.answer


def test_why_something_was_not_reached_is_not_answered_with_the_verdict(tables: Store):
    answer = _ask(tables, "改造食堂为什么没达标")
    assert "图纸" in answer.answer or answer.status == "refused"


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("石桥县在校学生多少，涨得咋样", ["30155", "-1.8"]),
        ("云溪区在校学生多少人，是多了还是少了", ["48210", "2.6"]),
    ],
)
def test_growth_asked_beside_the_level_is_told_beside_it(tables: Store, question: str, values: list[str]):
    answer = _ask(tables, question)
    assert [figure.value for figure in answer.figures] == values
    assert ("即下降" in answer.answer) == values[1].startswith("-")


PARTS = """# 2022年度云州市城市管理局部门整体支出绩效自评报告

## 一、基本情况

截至2022年底，部门编制总数320名，其中行政编制48名、事业编制272名；年末实有在职人员297人，其中行政人员45人、事业人员252人，离退休人员133人。

全市在用充电桩52400台。智慧充电平台接入充电桩47150台。新增充电桩1260台。更换老旧充电桩860台。全市公厕1180座，平均每座日均清扫6次。

2022年，全市四大片区垃圾清运量占全市的比重分别为：城东38.2%，同比上升0.4个百分点；城西26.5%；城南20.1%；城北15.2%，\
同比下降0.3个百分点。其中餐厨垃圾占12.4%。

全年发放各类补贴资金1260万元。全市垃圾中转站总数186座，比上年增加9座。
"""


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return store_of(tmp_path_factory.mktemp("parts"), parts_2022=PARTS)


MISSING = [
    ("编制还空着多少个", "23", "人"),
    ("事业编制还空着几个", "20", "人"),
    ("还有多少充电桩没连上智慧充电平台", "5250", "台"),
]


@pytest.mark.parametrize(("question", "value", "unit"), MISSING)
def test_what_is_missing_of_a_whole_is_the_whole_less_its_part(parts: Store, question: str, value: str, unit: str):
    answer = _ask(parts, question)
    assert answer.status == "answered", answer.answer
    assert (answer.figures[0].value, answer.figures[0].unit) == (value, unit), answer.answer
    assert len(answer.citations) == 2 or len(answer.figures) == 3


@pytest.mark.parametrize("question", ["还有多少公厕没改造", "参公编制还空着几个", "还有多少充电桩没刷漆"])
def test_a_whole_without_a_certain_part_is_not_answered(parts: Store, question: str):
    assert _ask(parts, question).status == "refused"


def test_every_part_is_told_where_every_part_is_asked_for(parts: Store):
    answer = _ask(parts, "全市分四块，各块垃圾占百分之几")
    assert [figure.value for figure in answer.figures] == ["38.2", "26.5", "20.1", "15.2"]


def test_one_figure_is_no_answer_to_a_question_for_every_part(parts: Store):
    answer = _ask(parts, "全市公厕分五块，各块占多少")
    assert answer.status == "refused" or len(answer.figures) > 1


def test_a_name_that_begins_with_each_is_still_one_figure(parts: Store):
    assert [figure.value for figure in _ask(parts, "发放各类补贴资金多少").figures] == ["1260"]


def test_the_level_of_the_year_before_is_worked_back_from_the_change_told_beside_it(parts: Store):
    answer = _ask(parts, "垃圾中转站上一年底是多少座")
    assert (answer.figures[0].value, answer.figures[0].role) == ("177", "computed")
    assert "186座－9座＝177座" in answer.answer


def test_this_years_level_is_no_answer_for_the_year_before(parts: Store):
    assert _ask(parts, "公厕上一年底有多少座").status == "refused"


PLACES = [
    ("哪个区告状投诉的最多，多少", "214"),
    ("哪个县在校学生最少", "30155"),
    ("哪个地方增速最慢", "-1.8"),
]


@pytest.mark.parametrize(("question", "value"), PLACES)
def test_the_place_with_the_most_or_least_of_a_column_is_told(tables: Store, question: str, value: str):
    assert [figure.value for figure in _ask(tables, question).figures] == [value]


def test_no_place_is_told_for_what_no_column_has(tables: Store):
    assert _ask(tables, "哪个区下雨最多").status == "refused"


STATED_TWICE = """# 2022年度云州市教育局工作总结

## 一、产出情况

全年组建教育联盟16个，覆盖学校52所。

## 二、改进措施

在现有17个教育联盟的基础上新组建3个，推动教师交流。
"""


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return store_of(tmp_path_factory.mktemp("twice"), twice_2022=STATED_TWICE)


def test_one_quantity_told_with_another_value_as_what_there_is_already_is_told_with_both(twice: Store):
    answer = _ask(twice, "教育联盟一共几个")
    assert {figure.value for figure in answer.figures} == {"16", "17"}
    assert "新组建为17" not in answer.answer
    assert answer.warnings
