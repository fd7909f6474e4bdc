"""Checking a draft: every kind of fault is found, its reason says which, and sound figures are left alone."""

import pytest

from assistant.checking.reasons import reason
from assistant.checking.reports import held_against, rows_of
from corpus.ledger import report_of
from corpus.model import Report
from corpus.source import Source
from tests.draft_quality import checked, measure, paragraphs, place_of

WORK = "work-report-2024.txt"
BUNDLED = "gz-hrss-2022.txt"
HEALTH = "health-review-2020.md"
SPLITS = ["tuning", "unseen", "fresh"]
TRANSPORT = "transport-bulletin-2021.md"


@pytest.mark.parametrize("split", SPLITS)
def test_planted_changes_are_found_and_sound_figures_left_alone(split: str):
    quality = measure(split)
    assert quality.recall >= 0.95, quality.faults
    assert quality.false_alarms <= 0.05, quality.faults


def test_the_report_is_found_among_several():
    quality = measure("unseen", all_reports=True)
    assert quality.recall >= 0.95, quality.faults
    assert quality.false_alarms <= 0.05, quality.faults


def test_the_set_has_forty_paragraphs_and_120_changes_of_every_kind_and_more():
    held = [paragraph for split in SPLITS for paragraph in paragraphs(split)]
    changes = [change for paragraph in held for change in paragraph["changes"]]
    assert (len(held), len(changes)) == (52, 156)
    assert {"digit", "unit", "subject", "year", "rounding", "role"} <= {change["kind"] for change in changes}
    for paragraph in held:
        assert all(paragraph["text"].count(change["from"]) == 1 for change in paragraph["changes"]), paragraph["id"]


# report, draft, number, verdict, words of the reason
CASES = [
    (WORK, "全年地区生产总值2346.8亿元。", "2346.8亿元", "agrees", "与报告一致"),
    (WORK, "地区生产总值达到二千三百四十六点八亿元。", "二千三百四十六点八亿元", "agrees", "与报告一致"),
    (WORK, "全年地区生产总值2364.8亿元。", "2364.8亿元", "differs", "数值不同"),
    (WORK, "全年地区生产总值2346.8万元。", "2346.8万元", "differs", "数量级不同"),
    (WORK, "全年地区生产总值约2347亿元。", "2347亿元", "agrees", "约数"),
    (WORK, "全年地区生产总值2347亿元。", "2347亿元", "differs", "没有注明"),
    (WORK, "全年地区生产总值近2340亿元。", "2340亿元", "differs", "约数不准"),
    (WORK, "2022年地区生产总值2346.8亿元。", "2346.8亿元", "differs", "年份不同"),
    (WORK, "去年地区生产总值2346.8亿元。", "2346.8亿元", "agrees", "与报告一致"),
    (WORK, "前年地区生产总值2346.8亿元。", "2346.8亿元", "differs", "年份不同"),
    (WORK, "襄阳市地区生产总值2346.8亿元。", "2346.8亿元", "differs", "地区不同"),
    (WORK, "高新技术产业增加值比重提高2.3%。", "2.3%", "differs", "单位不同"),
    (WORK, "全年粮食产量260万吨。", "260万吨", "differs", "目标与实际混用"),
    (WORK, "新能源产业产值翻了一番。", "翻了一番", "agrees", "与报告一致"),
    (WORK, "新能源产业产值增长一倍。", "一倍", "agrees", "与报告一致"),
    (WORK, "新能源产业产值翻了两番。", "翻了两番", "differs", "数值不同"),
    (WORK, "专项债券资金用于交通项目的占30%。", "30%", "agrees", "与报告一致"),
    (WORK, "全市超过60%的行政村集体经济收入达到20万元以上。", "60%", "agrees", "与报告一致"),
    (WORK, "全市磷石膏综合利用率居全国首位。", "首位", "differs", "排名范围不同"),
    (WORK, "城镇新增就业4.86万人，比4万人的年度任务多0.86万人。", "0.86万人", "absent", "没有这项数据"),
    (WORK, "城镇居民人均可支配收入增长5.6%，农村居民增长7.4%，快于城镇1.8个百分点。", "1.8个百分点", "agrees", "算出"),
    (
        WORK,
        "城镇居民人均可支配收入增长5.6%，农村居民增长7.4%，快于城镇1.9个百分点。",
        "1.9个百分点",
        "absent",
        "没有这项数据",
    ),
    (WORK, "常住人口城镇化率61.3%。", "61.3%", "absent", "没有这项数据"),
    (WORK, "我们重点抓了三件大事。", "三件", "absent", "没有这项数据"),
    (HEALTH, "23名患者治愈出院，73名医疗队员奔赴湖北，治愈率95.83%。", "95.83%", "agrees", "与报告一致"),
    (HEALTH, "居民平均期望寿命27.3岁。", "27.3岁", "absent", "没有这项数据"),
    (HEALTH, "2020年的目标是：高血压患者规范管理24万人，糖尿病患者规范管理8万人。", "8万人", "agrees", "与报告一致"),
    (HEALTH, "高血压患者规范管理24万人，糖尿病患者规范管理8万人。", "8万人", "differs", "8.62万人"),
    (BUNDLED, "城乡居民基础养老金每年247元。", "247元", "differs", "时间单位不同"),
    (BUNDLED, "城乡居民基础养老金每月247元。", "247元", "agrees", "与报告一致"),
    (BUNDLED, "市属高校2021届毕业生平均去向落实率94.45%。", "94.45%", "differs", "年份不同"),
    (BUNDLED, "失业保险参保目标790万人。", "790万人", "differs", "709"),
    (TRANSPORT, "7216辆公共汽电车中新能源车5845辆，占比超过八成。", "八成", "agrees", "约数"),
    (TRANSPORT, "旅客周转量增长1.9%。", "1.9%", "differs", "升降相反"),
    (TRANSPORT, "年末公路营运汽车11.27万辆，换乘站103座。", "103座", "differs", "张冠李戴"),
    (TRANSPORT, "农村公路列养率达到100%，公交站点500米覆盖率97.4%。", "97.4%", "agrees", "与报告一致"),
]


@pytest.mark.parametrize(("report", "text", "printed", "verdict", "words"), CASES)
def test_a_figure_gets_its_verdict_and_the_reason(report: str, text: str, printed: str, verdict: str, words: str):
    found = checked(text, report)
    place = place_of(printed, found)
    assert place is not None, [alignment.draft.figure.printed for alignment in found]
    assert found[place].verdict == verdict, reason(found[place], 2)
    assert words in reason(found[place], 2)


def test_a_number_inside_a_name_of_the_report_is_no_figure_of_the_draft():
    found = checked("公交站点500米覆盖率97.4%。", TRANSPORT)
    assert [alignment.draft.figure.printed for alignment in found] == ["97.4%"]


def test_numbers_exchanged_between_two_subjects_are_both_told_with_the_right_ones():
    found = checked("巡游出租汽车2.37万辆，网约车8934辆。", TRANSPORT)
    told = [
        (each.verdict, each.row and each.row.figure.printed, each.owner and each.owner.figure.printed) for each in found
    ]
    assert told == [("differs", "8,934辆", "2.37万辆"), ("differs", "2.37万辆", "8,934辆")]


@pytest.mark.parametrize("text", ["", "没有数字的一段话。", "。", "１２", "%", "第", "2023年", "\t\t\n"])
def test_a_text_without_figures_has_no_verdicts_and_does_no_harm(text: str):
    assert all(alignment.verdict == "absent" for alignment in checked(text, WORK))


def test_a_number_said_in_words_is_cut_from_the_draft_as_it_stands_there():
    text = "新能源产业产值翻了 一番，达到268.5亿元。"
    found = checked(text, WORK)
    assert [text[each.draft.figure.start : each.draft.figure.end] for each in found] == ["翻了 一番", "268.5亿元"]
    assert [each.draft.figure.printed for each in found] == ["翻了 一番", "268.5亿元"]


def _yearly(year: int, trained: str) -> Report:
    title = f"{year}年度遵义市总工会部门整体支出绩效自评报告"
    text = f"{title}\n\n一、工作情况\n\n{year}年，全市培训职工{trained}，建成职工书屋38个。\n"
    return report_of(Source(name=f"zunyi-{year}.txt", text=text, checksum="0" * 64))


TWO_YEARS = [
    ("2019年培训职工1.23万人，2020年培训职工1.56万人。", ["agrees", "agrees"]),
    ("2019年培训职工1.56万人，2020年培训职工1.23万人。", ["differs", "differs"]),
    ("2018年培训职工1.23万人。", ["differs"]),
]


@pytest.mark.parametrize(("text", "verdicts"), TWO_YEARS)
def test_figures_of_two_years_are_held_against_the_report_of_their_year(text: str, verdicts: list[str]):
    reports = rows_of([_yearly(2019, "1.23万人"), _yearly(2020, "1.56万人")])
    found = held_against(report_of(Source(name="draft.txt", text=text, checksum="0" * 64)), reports)
    assert [each.verdict for each in found] == verdicts
    for each in found:
        if each.verdict == "agrees":
            assert each.row is not None and each.row.figure.report[6:10] in text[: each.draft.figure.start]
