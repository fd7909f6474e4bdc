"""Reading a question: what kind of number, which years, which numbers it states, whether it wants one at all."""

import pytest

from assistant.figures.scope_check import places_in
from assistant.questions.normalise import normalise
from assistant.questions.question import content_of, read_question
from assistant.questions.years import asked_years, issued_year
from corpus.model import Metadata


def _metadata(data_year: int | None, issued: int | None) -> Metadata:
    return Metadata(
        report="r.txt", title="报告", issuer=None, place=None, data_year=data_year, issued_year=issued, checksum=""
    )


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("河道清淤的目标是多少？", "target"),
        ("河道清淤实际完成多少？", "actual"),
        ("河道清淤的完成率是多少？", "completion_rate"),
        ("满意度排名第几？", "rank"),
        ("自评得了多少分？", "score"),
        ("评价等次是什么？", "grade"),
        ("供水量同比增长多少？", "growth"),
        ("供水量占比多少？", "share"),
        ("低保标准每月多少？", "standard"),
        ("投诉率怎么计算？", "definition"),
        ("投诉次数达标了吗？", "met"),
    ],
)
def test_the_role_asked_for_is_read_from_its_words(question: str, role: str):
    assert role in read_question(question).roles


@pytest.mark.parametrize(
    ("question", "dimension"),
    [
        ("惠及多少人？", "people"),
        ("培训多少人次？", "person-times"),
        ("花了多少钱？", "money"),
        ("到账的占百分之几？", "percent"),
        ("建了几家驿站？", "organisations"),
        ("办了多少场招聘会？", "events"),
        ("几天内要备案？", "days"),
        ("去年的营业收入", "money"),
        ("火化率", "percent"),
    ],
)
def test_the_kind_of_number_is_read_from_how_it_is_asked(question: str, dimension: str):
    assert dimension in read_question(question).dimensions


@pytest.mark.parametrize(
    ("question", "years", "shifts"),
    [
        ("2022年新增就业多少？", (2022,), ()),
        ("２０２２年新增就业多少？", (2022,), ()),
        ("22年新增就业多少？", (2022,), ()),
        ("98年的洪水？", (1998,), ()),
        ("2021年和2022年各多少？", (2021, 2022), ()),
        ("去年多少？", (), (-1,)),
        ("舊年幾多？", (), (-1,)),
        ("今年和前年各多少？", (), (0, -2)),
        ("比去年多了多少？", (), ()),
        ("花了2022万元吗？", (), ()),
    ],
)
def test_years_are_read_and_amounts_are_no_years(question: str, years: tuple[int, ...], shifts: tuple[int, ...]):
    asked = read_question(question)
    assert (asked.years, tuple(sorted(asked.relative_years, reverse=True))) == (years, shifts)


@pytest.mark.parametrize(
    ("data_year", "issued", "meant"), [(2022, None, 2022), (2022, 2023, 2022), (2025, 2025, 2024), (None, None, None)]
)
def test_last_year_is_read_from_the_year_of_issue(data_year: int | None, issued: int | None, meant: int | None):
    years = asked_years(read_question("去年多少？"), _metadata(data_year, issued))
    assert years == (() if meant is None else (meant,))
    assert issued_year(_metadata(2022, None)) == 2023


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("是30.55万人吗？", ["305500"]),
        ("2022年是98.5%吗？", ["98.5"]),
        ("1,290场是什么？", ["1290"]),
        ("有多少家？", []),
    ],
)
def test_numbers_the_asker_states_are_read_exactly(question: str, values: list[str]):
    assert [f"{number.base_value.normalize():f}" for number in read_question(question).numbers] == values


@pytest.mark.parametrize(
    ("question", "wants"),
    [
        ("新增就业多少？", True),
        ("满意度第几？", True),
        ("为什么扣了多少分？", False),
        ("人才驿站设在哪几个区？", False),
        ("主要职责有哪些？", False),
        ("谁获得了金牌？", False),
    ],
)
def test_a_number_is_wanted_or_not(question: str, wants: bool):
    assert read_question(question).wants_quantity is wants


@pytest.mark.parametrize(
    ("typed", "read"),
    [("養老保險２０２２", "养老保险2022"), ("參保 人數", "参保人数"), ("Ｅ站 ABC", "e站abc"), ("全角％", "全角%")],
)
def test_traditional_full_width_and_spaced_are_one_form(typed: str, read: str):
    assert normalise(typed) == read


def test_what_names_nothing_is_dropped_from_the_content():
    assert content_of("请问2022年去年河道清淤多少？") == "河道清淤"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("深圳市新增就业", ("深圳",)),
        ("天河区帮扶多少人", ("天河",)),
        ("全市各区社区服务站", ()),
        ("哪个区最多", ()),
        ("地区生产总值", ()),
    ],
)
def test_places_are_told_from_other_words_with_the_same_characters(text: str, places: tuple[str, ...]):
    assert places_in(text) == places


def test_a_word_read_whole_loses_nothing_to_fillers_and_roles():
    assert "数字经济" in read_question("数字经济占比多少").content
    assert "新建" in read_question("新建了多少公里").content
    assert "standard" not in read_question("高标准农田建了多少亩").roles
    assert "growth" not in read_question("新增多少个岗位").roles
    assert "target" not in read_question("争取到多少资金").roles and "target" in read_question("争取达到多少").roles


def test_a_word_parted_by_its_asking_words_is_read_whole():
    assert "立案" in read_question("农机监理立了几个案").content
    assert "几场会" not in read_question("开了几场会").content
