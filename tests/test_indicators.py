"""Indicator tables: target and actual of each row, setters, completion rates, met or not, aliases."""

import pytest

from corpus.checks_of_claims import is_met
from corpus.ledger import ledger
from corpus.model import Figure, Indicator
from tests.reports import bundled, composed

HEADER = "任务\t指标\t年度绩效指标值\t实际完成情况"


def _rows(*rows: str, header: str = HEADER) -> tuple[list[Indicator], dict[str, Figure]]:
    text = "2022年度某市总结\n\n一、指标\n\n完成情况如下：\n\n" + "\n".join([header, *rows]) + "\n\n后文如此。\n"
    figures, indicators = ledger(composed(text))
    return list(indicators), {figure.id: figure for figure in figures}


def _one(target: str, actual: str, name: str = "新增就业人数") -> tuple[Indicator, dict[str, Figure]]:
    (indicator,), figures = _rows(f"任务1\t{name}\t{target}\t{actual}")
    return indicator, figures


CASES = [
    # target, actual, their base values, bound, computed rate, met
    ("预期实现值：25万人以上。", "新增就业30.55万人，完成指标任务的122.2%。", "250000", "305500", ">=", "122.20", True),
    ("指标解释：人数；预期实现值：不少于3200名。", "已完成，3,303人。", "3200", "3303", ">=", "103.22", True),
    ("预期实现值：约300个。", "发放项目300个。", "300", "300", "~", "100.00", True),
    ("预期实现值：不超10次。", "有效投诉数量0次。", "10", "0", "<=", None, True),
    ("预期实现值：不超10次。", "有效投诉数量12次。", "10", "12", "<=", None, False),
    ("预期实现值：95%。", "审结案件68455件，结案率96.61%。", "95", "96.61", None, "101.69", True),
    ("预期实现值：25万人。", "已完成，新增就业20万人。", "250000", "200000", None, "80.00", False),
]  # fmt: skip


@pytest.mark.parametrize(("target", "actual", "wanted", "done", "bound", "rate", "met"), CASES)
def test_a_row_joins_target_and_actual(
    target: str, actual: str, wanted: str, done: str, bound: str | None, rate: str | None, met: bool
) -> None:
    indicator, figures = _one(target, actual)
    first, result = figures[indicator.target_figures[0]], figures[indicator.actual_figures[0]]
    assert (first.base_value, first.bound, result.base_value) == (wanted, bound, done)
    assert indicator.computed_rate == rate
    assert is_met(indicator, figures) is met


def test_the_printed_rate_and_the_restated_target_are_told_from_the_actual() -> None:
    indicator, figures = _one("预期实现值：2.55万人", "创业5.11万人，完成指标任务（2.55万人）的200.39%。")
    assert [figure.role for figure in figures.values()] == ["target", "actual", "target", "completion_rate"]
    assert indicator.rate_figure is not None
    assert figures[indicator.rate_figure].value == indicator.computed_rate == "200.39"


def test_a_target_set_by_someone_else_has_its_setter() -> None:
    _, figures = _one("预期实现值95%；人社部指标90%；省人社厅指标95%。", "结案率96.61%。", name="结案率")
    assert [figure.target_setter for figure in figures.values() if figure.role == "target"] == [
        None,
        "人社部",
        "省人社厅",
    ]


def test_a_target_in_words_has_no_number_and_no_rate() -> None:
    indicator, figures = _one("预期实现值：加强人才服务保障。", "已完成，印发文件。", name="人才服务")
    assert (indicator.target_figures, indicator.actual_figures, indicator.computed_rate) == ((), (), None)
    assert is_met(indicator, figures) is None


def test_the_definition_stands_between_its_words() -> None:
    indicator, _ = _one("指标解释：全年新增就业的人数；预期实现值：25万人。", "30万人。")
    assert indicator.definition == "全年新增就业的人数"


def test_a_constant_of_a_formula_is_no_target() -> None:
    _, figures = _one("指标解释：结案率=审结数/受理数*100%；预期实现值95%。", "结案率96%。", name="结案率")
    assert [(figure.role, figure.name) for figure in figures.values()][:2] == [
        ("constant", "结案率"),
        ("target", "结案率"),
    ]


def test_a_column_of_rates_gives_the_printed_rate() -> None:
    (indicator,), figures = _rows("新增就业人数\t25万人\t30万人\t120%", header="指标名称\t目标值\t完成值\t完成率")
    assert indicator.rate_figure is not None
    assert figures[indicator.rate_figure].role == "completion_rate"


def test_prose_names_become_aliases() -> None:
    aliases = {alias: one.name for one in ledger(bundled())[1] for alias in one.aliases}
    assert aliases["在站博士后研究人员发放生活补助人数"] == "在站博士后研究人员发放生活补贴人数"
    assert aliases["全年核心业务信息系统可用率"] == "全年信息系统可用率"


def test_places_of_an_indicator_re_cut_from_the_source() -> None:
    text = bundled().text
    for indicator in ledger(bundled())[1]:
        assert indicator.start < indicator.end
        for span in (indicator.target_span, indicator.actual_span):
            assert span is not None and text[span[0] : span[1]].strip()
