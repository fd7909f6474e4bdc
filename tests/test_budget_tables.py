"""Tables and paragraphs of budgets and accounts: codes are no figures, lists stand side by side, items are named."""

from itertools import chain

import pytest

from corpus.cells import cell_figures
from corpus.label_columns import label_columns
from corpus.ledger import ledger
from corpus.model import Document, Figure
from tests.reports import composed

CODED = """单位：元

项目\t\t\t\t支出预算\t\t
科目编码\t\t\t科目名称\t合计\t基本支出\t项目支出
类\t款\t项\t\t\t\t
205\t\t\t教育支出\t9,300.00\t5,200.00\t4,100.00
205\t01\t\t教育管理事务\t3,300.00\t3,200.00\t100.00
205\t01\t02\t一般行政管理事务\t3,300.00\t3,200.00\t100.00
205\t02\t\t普通教育\t6,000.00\t2,000.00\t4,000.00
205\t02\t02\t一般行政管理事务\t6,000.00\t2,000.00\t4,000.00
合计\t\t\t\t9,300.00\t5,200.00\t4,100.00
"""
BESIDE = """单位：万元

收入\t\t支出\t
项目\t决算数\t项目\t决算数
一、财政拨款\t81.60\t一、教育支出\t60.10
二、事业收入\t4.20\t二、其他支出\t25.70
\t\t三、结余\t0.00
"""
CODED_BESIDE = """单位：万元

科目编码\t科目名称\t决算数\t科目编码\t科目名称\t决算数
301\t工资\t81.60\t302\t商品服务\t40.90
30101\t基本工资\t53.60\t30201\t印刷\t8.60
30102\t奖金\t28.00\t30202\t咨询\t32.30
人员经费合计\t\t81.60\t公用经费合计\t\t40.90
"""
ITEMS = """1. “教育支出（类）普通教育（款）学前教育（项）”25.70万元，主要用于学前教育。2029年当年预算执行数为\
60.10万元，2030年预算安排25.70万元，比2029年预算执行数减少57.24%。

2、教育支出（205类）教育管理事务（01款）一般行政管理（02项）8.80万元。2029年当年预算执行数为9.00万元。

3、卫生支出（类）卫生管理事务（款）一般行政管理（项）。年初预算为4.50万元，支出决算为4.10万元，完成年初预算的91.11%。
"""


def _document(body: str) -> Document:
    return composed(f"2030年度某区教育局部门预算\n\n一、情况\n\n{body}")


def _names(body: str) -> dict[str, list[str]]:
    """The printed numbers of each name."""
    names: dict[str, list[str]] = {}
    for figure in ledger(_document(body))[0]:
        names.setdefault(figure.name, []).append(figure.printed)
    return names


def _of_table(body: str) -> list[Figure]:
    document = _document(body)
    (table,) = document.tables
    return list(cell_figures(document, table))


def test_a_header_of_three_rows_names_each_column_by_its_group() -> None:
    (table,) = _document(CODED).tables
    assert table.header[4:] == ("支出预算 合计", "支出预算 基本支出", "支出预算 项目支出")
    assert len(table.rows) == 6


def test_codes_are_no_figures_whether_the_header_or_the_numbers_say_so() -> None:
    figures = _of_table(CODED)
    assert len(figures) == 18
    assert {figure.base_unit for figure in figures} == {"元"}
    unnamed = CODED.replace("类\t款\t项", "\t\t").replace("科目编码", "栏一")
    (table,) = _document(unnamed).tables
    assert label_columns(table).codes >= {1}


def test_items_of_one_name_are_told_apart_by_the_level_above() -> None:
    names = _names(CODED)
    assert names["教育管理事务一般行政管理事务支出预算合计"] == ["3,300.00"]
    assert names["普通教育一般行政管理事务支出预算合计"] == ["6,000.00"]
    assert names["教育支出预算合计"] == ["9,300.00"]
    assert names["支出预算基本支出"] == ["5,200.00"]  # the column's total


@pytest.mark.parametrize("body", [BESIDE, CODED_BESIDE], ids=["words", "codes and words"])
def test_numbers_of_lists_side_by_side_are_named_by_their_own_list(body: str) -> None:
    names = _names(body)
    if body is BESIDE:
        expected = {
            "财政拨款收入决算数": "81.60",
            "教育支出决算数": "60.10",
            "事业收入决算数": "4.20",
            "结余支出决算数": "0.00",
        }
    else:
        expected = {
            "基本工资决算数": "53.60",
            "印刷决算数": "8.60",
            "人员经费合计决算数": "81.60",
            "公用经费合计决算数": "40.90",
        }
    assert {name: names.get(name) for name in expected} == {name: [printed] for name, printed in expected.items()}


def test_a_table_of_numbers_only_keeps_its_first_column() -> None:
    names = _names("“三公”经费支出决算表\n\n单位：万元\n\n合计\t接待费\t购置费\n10.80\t0.80\t10.00\n")
    assert names == {"“三公”经费支出决算合计": ["10.80"], "接待费": ["0.80"], "购置费": ["10.00"]}


def test_numbers_that_lean_on_an_item_of_the_classification_carry_its_name() -> None:
    names = _names(ITEMS)
    assert names["学前教育"] == ["25.70万元"]
    assert names["学前教育当年预算执行数"] == ["60.10万元"]
    assert names["学前教育预算安排比2029年预算执行数减少"] == ["57.24%"]
    assert names["教育管理事务一般行政管理"] == ["8.80万元"]
    assert names["卫生管理事务一般行政管理年初预算"] == ["4.50万元"]
    assert not any(printed in ("205类", "01", "02项") for printed in chain.from_iterable(names.values()))


def test_execution_of_a_budget_is_a_completion_rate() -> None:
    (rate,) = [figure for figure in ledger(_document(ITEMS))[0] if figure.printed == "91.11%"]
    assert (rate.role, rate.name) == ("completion_rate", "卫生管理事务一般行政管理完成年初预算")


def test_a_unit_value_belongs_to_the_name_of_what_is_counted() -> None:
    names = _names("共有车辆7辆；单价80万元（含）以上设备（不含车辆）3台。\n")
    assert names["单价80万元（含）以上设备（不含车辆）"] == ["3台"]


def test_clauses_that_end_in_de_belong_to_the_noun_behind_the_comma() -> None:
    names = _names("在其他采购项目中，由小微企业供应商成交的，采购金额7.30万元。\n")
    assert names == {"在其他采购项目中由小微企业供应商成交的采购金额": ["7.30万元"]}


def test_a_number_alone_in_its_paragraph_is_named_by_the_headings_over_it() -> None:
    figures = ledger(
        composed("某局预算\n\n一、普法项目经费情况说明\n\n（一）年度预算安排\n\n95万元\n\n（二）其他\n\n无。\n")
    )[0]
    assert [figure.name for figure in figures] == ["普法项目年度预算安排"]
