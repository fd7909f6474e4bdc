"""Answers over the bundled report: the right figure first, with unit, role, period and a place that re-cuts."""

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.conversations.conversation import Turn
from assistant.library import Library
from index.store import Store
from tests.answer_checks import faults_of, unaccounted


@pytest.fixture(scope="module")
def assistant(bundled_store: Store) -> Assistant:
    return Assistant(Library(bundled_store), max_question_characters=2000)


# question, route, base value, base unit, role, period
FIGURES = [
    ("社保卡累计持卡人数的目标值是多少？", "figure", "16900000", "人", "target", "2022年"),
    ("技工学校招生人数实际完成了多少？", "figure", "31168", "人", "actual", "2022年"),
    ("劳动关系和谐企业创建数量实际多少家？", "figure", "3796", "家", "actual", "2022年"),
    ("劳动人事争议调解成功率的目标是多少？", "figure", "75", "%", "target", "2022年"),
    ("人社部对仲裁结案率的指标是多少？", "figure", "90", "%", "target", "2022年"),
    ("扶持成功创业人数完成率是多少？", "figure", "200.39", "%", "completion_rate", "2022年"),
    ("技工学校中职助学金人数的目标是多少？", "figure", "3200", "人", "target", "2022年"),
    ("技工学校免除中职学费人数实际是多少？", "figure", "70442", "人", "actual", "2021-2022学年"),
    ("有效投诉数量的目标值是多少？", "figure", "10", "次", "target", "2022年"),
    ("城乡居保享受待遇人数的完成率是多少？", "compute", "102.14", "%", "computed", "2022年底"),
    ("引进人才入户多少人？", "figure", "75700", "人", "count", "2022年"),
    ("发放人才绿卡多少张？", "figure", "1890", "张", "count", "2022年"),
    ("失业保险金标准提高到每月多少元？", "figure", "2070", "元/月", "standard", "2022年"),
    ("部门整体支出绩效自评分值是多少分？", "figure", "96.76", "分", "score", "2022年"),
    ("追回工资及福利等待遇多少亿元？", "figure", "870000000", "元", "amount", "2022年"),
    ("一般公共预算执行率在全市排名第几？", "figure", "38", "名", "rank", "2022年"),
    ("中央和省级资金预算执行率是多少？", "figure", "98.4", "%", "rate", "2022年"),
    ("2022年部门决算总支出多少？", "figure", "9850000000", "元", "amount", "2022年"),
    ("全市人力资源服务企业有多少家？", "figure", "2034", "家", "count", "2022年"),
    ("开通个人养老金账户多少人？", "figure", "800000", "人", "count", "2022年"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "route", "base_value", "base_unit", "role", "period"), FIGURES)
def test_the_figure_asked_for_comes_first_with_its_place(
    assistant, bundled_store, question, route, base_value, base_unit, role, period
):
    answer = assistant.answer(question)
    assert (answer.status, answer.route) == ("answered", route)
    first = answer.figures[0]
    assert (first.base_value, first.base_unit, first.role, first.period) == (base_value, base_unit, role, period)
    assert "".join(first.printed.split()) in answer.answer
    assert answer.citations
    assert faults_of(answer, bundled_store) == []


def test_a_digit_that_is_not_the_reports_is_noticed(assistant: Assistant, bundled_store: Store):
    answer = assistant.answer("技工学校招生人数实际完成了多少？")
    doctored = answer.model_copy(update={"answer": answer.answer.replace("31168", "31186")})
    assert unaccounted(doctored, bundled_store) == {"31186"}
    moved = answer.citations[0].model_copy(update={"start": answer.citations[0].start + 1})
    assert "citation 1 does not re-cut" in faults_of(answer.model_copy(update={"citations": (moved,)}), bundled_store)


# question, words the quoted sentences have to hold
PASSAGES = [
    ("存在哪些主要问题？", "改进完善"),
    ("杨书明获得了什么称号？", "国家最佳奖"),
    ("为什么会扣分？", "完成率超过150%"),
    ("确保资金用得好要怎么做？", "资金"),
]


@pytest.mark.parametrize(("question", "held"), PASSAGES)
def test_a_narrative_question_is_answered_with_the_reports_own_sentences(assistant, bundled_store, question, held):
    answer = assistant.answer(question)
    assert answer.status == "answered" and answer.route in {"passage", "list"}
    assert held in answer.answer
    assert faults_of(answer, bundled_store) == []


# question, what is missing, as the refusal names it
REFUSALS = [
    ("2018年技工学校招生人数是多少？", "2018年"),
    ("东莞市技工学校招生人数是多少？", "东莞"),
    ("花都区引进人才入户多少人？", "花都"),
    ("高速公路通车里程有多少公里？", "没有写明"),
    ("全市常住人口有多少？", "没有写明"),
]
DISTRICTS = [
    ("南沙区城镇新增就业人数是多少？", "南沙"),
    ("增城区城镇新增就业人数是多少？", "增城"),
]


@pytest.mark.parametrize(("question", "missing"), REFUSALS)
def test_what_the_report_does_not_say_is_refused_and_what_is_near_can_be_asked(assistant, question, missing):
    answer = assistant.answer(question)
    assert (answer.status, answer.route, answer.figures, answer.citations) == ("refused", "none", (), ())
    assert missing in answer.answer
    for suggestion in answer.suggestions:
        assert assistant.answer(suggestion).status == "answered", suggestion


@pytest.mark.parametrize(("question", "missing"), DISTRICTS)
def test_a_district_is_refused_whatever_its_name(assistant: Assistant, question: str, missing: str):
    answer = assistant.answer(question)
    assert answer.status == "refused"
    assert missing in answer.answer


def test_a_refusal_of_a_year_names_the_year_the_report_has(assistant: Assistant):
    assert "2022年" in assistant.answer("2018年技工学校招生人数是多少？").answer


CONFLICTS = [
    ("参加失业保险人数是多少？", ["7148300", "7066400"]),
    ("基本养老保险参保人数有多少？", ["10234200", "10305300"]),
]


@pytest.mark.parametrize(("question", "values"), CONFLICTS)
def test_a_conflict_is_told_with_both_values_the_tables_first(assistant, bundled_store, question, values):
    answer = assistant.answer(question)
    assert [figure.base_value for figure in answer.figures] == values
    assert len({figure.citation for figure in answer.figures}) == len(values)
    assert any("不同数值" in warning for warning in answer.warnings)
    assert faults_of(answer, bundled_store) == []


def test_none_complained_meets_at_most_ten(assistant: Assistant):
    answer = assistant.answer("有效投诉数量达标了吗？")
    assert answer.route == "table"
    assert [(figure.role, figure.base_value) for figure in answer.figures] == [("actual", "0"), ("target", "10")]
    assert "不超10次" in answer.answer
    assert answer.answer.endswith("，达到目标。")


def test_a_printed_completion_rate_and_a_computed_one_are_told_apart(assistant: Assistant):
    printed = assistant.answer("扶持成功创业人数完成率是多少？")
    computed = assistant.answer("城乡居保享受待遇人数的完成率是多少？")
    assert "报告所列" in printed.answer
    assert [printed.figures[0].role, computed.figures[0].role] == ["completion_rate", "computed"]
    assert printed.computation is None
    assert "报告未列" in computed.answer
    assert computed.computation is not None
    assert computed.figures[0].id is None
    assert computed.computation.inputs == tuple(figure.id for figure in computed.figures[1:])
    assert (computed.computation.result, computed.computation.unit) == ("102.14", "%")
    assert computed.computation.formula in computed.answer


@pytest.mark.parametrize("question", ["有效投诉数量的完成率是多少？", "集聚一批优秀拔尖青年人才的完成率是多少？"])
def test_a_ceiling_or_a_target_in_words_has_no_completion_rate(assistant: Assistant, question: str):
    answer = assistant.answer(question)
    assert answer.computation is None
    assert not {"computed", "completion_rate"} & {figure.role for figure in answer.figures}
    assert "%" not in answer.answer


def test_a_definition_is_quoted_from_the_report(assistant: Assistant, bundled_store: Store):
    answer = assistant.answer("劳动人事争议调解成功率怎么计算？")
    assert (answer.status, answer.route) == ("answered", "table")
    assert "仲裁调解结案数" in answer.answer
    assert "仲裁调解结案数" in answer.citations[0].quote
    assert faults_of(answer, bundled_store) == []


@pytest.mark.parametrize(
    ("question", "name", "role"),
    [
        ("31168是什么数？", "招生人数", "actual"),
        ("66.1亿元是什么数？", "减负", "amount"),
        ("3929元/月是什么数？", "养老金", "standard"),
    ],
)
def test_a_number_is_looked_up_the_other_way_round(assistant, bundled_store, question, name, role):
    answer = assistant.answer(question)
    assert (answer.status, answer.route, answer.figures[0].role) == ("answered", "figure", role)
    assert name in answer.figures[0].name
    assert faults_of(answer, bundled_store) == []


@pytest.mark.parametrize("question", ["你好", "您好！", "你能做什么？", "这是哪份报告？", "这是哪个单位的报告？"])
def test_a_greeting_or_a_question_about_us_is_answered_without_figures(assistant, bundled_store, question):
    answer = assistant.answer(question)
    assert (answer.status, answer.route, answer.figures) == ("answered", "none", ())
    assert faults_of(answer, bundled_store) == []


def test_which_report_is_answered_with_title_issuer_and_year_cited(assistant: Assistant):
    answer = assistant.answer("这是哪份报告？")
    for told in ("部门整体支出绩效自评报告", "广州市人力资源和社会保障局", "2022年"):
        assert told in answer.answer
    assert "自评报告" in answer.citations[0].quote


@pytest.mark.parametrize(
    ("question", "true_value"),
    [("城镇新增就业人数是31.55万人吗？", "305500"), ("一般公共预算执行率是不是98.5%？", "99.72")],
)
def test_a_false_premise_gets_the_true_figure_and_a_warning(assistant, bundled_store, question, true_value):
    answer = assistant.answer(question)
    assert (answer.status, answer.figures[0].base_value) == ("answered", true_value)
    assert "".join(answer.figures[0].printed.split()) in "".join(answer.warnings)
    assert faults_of(answer, bundled_store) == []


def test_a_true_premise_gets_no_warning(assistant: Assistant):
    assert assistant.answer("技工学校招生人数是31168人吗？").warnings == ()


def test_the_year_a_relative_year_means_is_named(assistant: Assistant):
    answer = assistant.answer("去年技工学校招生人数是多少？")
    assert answer.figures[0].base_value == "31168"
    assert "2022年" in answer.answer


def test_digits_of_earlier_answers_are_never_evidence(assistant: Assistant):
    said = (Turn(role="user", content="技工学校招生多少人？"), Turn(role="assistant", content="招生99999人[1]。"))
    answer = assistant.answer("技工学校招生人数实际是多少？", said)
    assert answer.figures[0].base_value == "31168"
    assert "99999" not in answer.answer


def test_the_target_of_an_indicator_in_words_is_not_that_of_another(assistant: Assistant):
    answer = assistant.answer("集聚一批优秀拔尖青年人才的目标是什么？")
    assert not any("岭南英杰" in figure.name for figure in answer.figures)


def test_examples_of_the_page_are_answered_with_figures(assistant: Assistant, bundled_store: Store):
    examples = assistant.examples()
    assert len(examples) == 6
    answers: list[Answer] = [assistant.answer(question) for question in examples]
    assert all(answer.status == "answered" and answer.figures for answer in answers)
    assert [faults_of(answer, bundled_store) for answer in answers] == [[]] * 6


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("企业退休人员人均养老金３９２９元对吗？", "是的，"),
        ("企业退休人员人均养老金是3829元/月吗？", "不是，"),
        ("工伤保险参保人数是722.15万对吗？", "是的，"),
    ],
)
def test_a_stated_number_gets_a_verdict(assistant: Assistant, question: str, verdict: str):
    assert assistant.answer(question).answer.startswith(verdict)


@pytest.mark.parametrize("question", ["全国参加失业保险的人数", "博士后生活补贴人均多少钱？"])
def test_a_target_or_a_total_is_no_answer_to_what_was_not_asked(assistant: Assistant, question: str):
    assert assistant.answer(question).status == "refused"


def test_how_many_were_certified_does_not_ask_for_a_target(assistant: Assistant):
    assert assistant.answer("高层次人才认定了多少个？").figures[0].base_value == "438"
