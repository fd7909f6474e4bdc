"""What a number is named: its subject over commas, parallel lists, derived numbers, owners and heads."""

import pytest

from corpus.leaning import rank_name
from corpus.ledger import ledger
from corpus.names import name_quantities
from corpus.quantities import quantities
from corpus.trimming import tidy
from corpus.wording import wording
from tests.reports import composed


def _names(sentence: str, known: str = "", carried: str = "") -> list[str]:
    return [named.name for named in name_quantities(sentence, quantities(sentence), known.__contains__, carried)]


CASES = [
    # the words before, or before and after
    ("全市城镇新增就业人数30.55万人。", ["全市城镇新增就业人数"]),
    ("帮助13.24万城镇登记失业人员实现再就业。", ["帮助城镇登记失业人员实现再就业"]),
    ("一是2022年末社保卡累计持卡人数达到1800万。", ["社保卡累计持卡人数"]),
    ("省属国有企业研发投入增速高于全省平均2个百分点以上。", ["省属国有企业研发投入增速高于全省平均"]),
    ("共济金额69.1亿元。", ["共济金额"]),
    ("亏损企业亏损额高达639.6亿元。", ["亏损企业亏损额"]),
    ("收支规模达到108.9亿元（含代管资金）。", ["收支规模（含代管资金）"]),
    ("对31个省（自治区、直辖市）630家企业开展调查。", ["省（自治区、直辖市）", "省（自治区、直辖市）企业开展调查"]),
    # parallel lists
    ("城乡居民人均可支配收入分别增长5%、7%。", ["城镇居民人均可支配收入增长", "农村居民人均可支配收入增长"]),
    ("旅游人数、旅游综合收入分别增长9.2%、10.2%。", ["旅游人数增长", "旅游综合收入增长"]),
    ("2个市级、10个区级表彰项目获批复。", ["市级表彰项目获批复", "区级表彰项目获批复"]),
    # derived
    ("门店39.0万家，同比增加0.44万家。", ["门店", "门店同比增加"]),
    ("持卡人数1800万，居全省第一。", ["持卡人数", "持卡人数全省排名"]),
    ("营业收入9亿元，产业发展规模居全省首位。", ["营业收入", "产业发展规模全省排名"]),
    ("支出190亿元，压减公用经费15%。", ["支出", "压减公用经费"]),
    # owners and heads
    (
        "娱乐场所4.5万个，从业人员41.8万人，营业收入589.6亿元。",
        ["娱乐场所", "娱乐场所从业人员", "娱乐场所营业收入"],
    ),
    ("国有工业资产总额达47472亿元；工业增加值8307亿元。", ["国有工业资产总额", "国有工业增加值"]),
    (
        "各区域销售额占全国的比重分别为：华东36.3%；中南27.0%。",
        ["各区域销售额占全国的比重华东", "各区域销售额占全国的比重中南"],
    ),
    ("在年初设定的稳定就业任务中，共包含4个绩效指标。", ["稳定就业任务绩效指标"]),
    ("事业单位包含参公事业单位3个。", ["参公事业单位"]),
    # a number within the name of another
    ("年产原油500万吨以上的油气田5个。", ["年产原油", "年产原油500万吨以上的油气田"]),
    ("药品零售前10位企业年销售额1504亿元。", ["药品零售", "药品零售前10位企业年销售额"]),
    ("全市20所技工院校2021-2022学年资助总人数为70442人。", ["全市技工院校", "技工院校资助总人数"]),
]


@pytest.mark.parametrize(("sentence", "names"), CASES)
def test_numbers_are_named_by_what_they_measure(sentence: str, names: list[str]) -> None:
    assert _names(sentence) == names


def test_labels_without_values_of_their_own_serve_the_next_list() -> None:
    sentence = "发放稳岗返还、留工补助15.99亿元、28.93亿元，分别惠及52.07万家、66.24万家企业。"
    assert _names(sentence) == ["发放稳岗返还", "留工补助", "发放稳岗返还惠及企业", "留工补助惠及企业"]


def test_a_shared_tail_reaches_as_far_as_the_report_uses_it() -> None:
    sentence = "基本养老、失业、工伤保险参保人数达1030.53万人、706.64万人、722.15万人。"
    known = "基本养老保险基金；失业保险费率"
    assert _names(sentence, known=known) == ["基本养老保险参保人数", "失业保险参保人数", "工伤保险参保人数"]


def test_a_subject_is_carried_into_the_next_sentence() -> None:
    assert _names("同比增长5%。", carried="门店") == ["门店同比增长"]


@pytest.mark.parametrize(
    ("left", "name"),
    [
        ("数量居全省", "甲数量全省排名"),
        ("各项指标均居全省", "各项指标全省排名"),
        ("居民收入稳居各省区", "居民收入各省区排名"),
        ("", "甲排名"),
    ],
)
def test_a_rank_says_what_is_ranked_and_where(left: str, name: str) -> None:
    assert rank_name(left, "甲", wording()) == name


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("仲裁结案率=当期审结案件数/（甲+乙）*", "仲裁结案率"),
        ("直辖市）药品批发企业", "药品批发企业"),
        ("收支规模（根据统计", "收支规模"),
        ("全国共有公共图书馆", "全国公共图书馆"),
        ("获奖数（含离退休）", "获奖数（含离退休）"),
    ],
)
def test_a_name_has_no_debris(raw: str, name: str) -> None:
    assert tidy(raw) == name


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("其中儿童福利院53家，床位8.9万张。", "儿童福利院床位"),
        ("全年接待游客181万人次，按可比口径增长15.3%。", "接待游客按可比口径增长"),
        ("失业率由上年的4.5%下降到4.2%。", "失业率"),
        ("三次产业占比由上年的1.9:35.4:62.7调整为1.8:34.0:64.2。", "三次产业占比"),
        ("全市产业园176个，其中国家级15个，省级31个，市级130个。", "全市产业园市级"),
        ("全市产业园投资31亿元，市级130个。", "市级"),
        ("[6]全市公交客运量12万人次。", "全市公交客运量"),
    ],
)
def test_the_last_number_of_a_sentence_has_its_owner_and_no_more(sentence: str, name: str) -> None:
    figures, _ = ledger(composed(f"2024年情况报告\n\n{sentence}\n"))
    assert figures[-1].name == name
    assert all(figure.printed not in ("6", "三次") for figure in figures)


def test_how_long_a_state_has_lasted_names_nothing() -> None:
    text = "全县水产总量36.4万吨，连续七年稳定在30万吨以上。快递业务量连续3年超过5亿件。"
    figures, _ = ledger(composed(text))
    assert [figure.name for figure in figures if figure.unit in {"万吨", "亿件"}] == [
        "全县水产总量", "全县水产总量", "快递业务量",
    ]  # fmt: skip
