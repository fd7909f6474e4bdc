"""Web pages: the report without what the site puts around it, in any encoding, tables on their grid."""

import pytest

from corpus.formats.printed import Limits, Printed
from corpus.formats.web import read_web

SENTENCE = "全年新增就业12.3万人，完成年度目标的102.5%。"


def _read(page: str, encoding: str = "utf-8") -> Printed:
    return read_web(page.encode(encoding), "a.html", Limits())


def _lines(body: str) -> list[str]:
    return _read(f"<html><body>{body}</body></html>").text.splitlines()


@pytest.mark.parametrize(
    ("encoding", "meta"),
    [
        ("utf-8", '<meta charset="utf-8">'),
        ("utf-8", ""),
        ("gb18030", ""),
        ("gbk", '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'),
        ("gb18030", "<meta charset=GBK>"),
        ("utf-8-sig", '<meta charset="gbk">'),
        ("utf-8", '<meta charset="nowhere">'),
        ("big5", '<meta charset="big5">'),
    ],
)
def test_a_page_is_read_in_its_encoding(encoding: str, meta: str) -> None:
    sentence = "全年增加12.3萬人，完成年度目標。" if encoding == "big5" else SENTENCE
    page = f"<html><head>{meta}</head><body><p>{sentence * 3}</p></body></html>"
    assert _read(page, encoding).text == sentence * 3 + "\n"


def test_headings_are_told_with_their_levels() -> None:
    printed = _read(f"<html><body><h2>一、综合</h2><p>{SENTENCE}</p><h4>就业</h4><p>{SENTENCE}</p></body></html>")
    assert [(printed.text[start:].split("\n")[0], level) for start, level in printed.headings] == [
        ("一、综合", 1),
        ("就业", 2),
    ]


FURNITURE = {
    "navigation": "<ul>" + "".join(f'<li><a href="/{at}">第{at}栏目</a></li>' for at in range(8)) + "</ul>",
    "place on the site": '<div>当前位置：<a href="/">首页</a> &gt; <a href="/a">公开</a></div>',
    "related": '<div class="related-news"><h3>相关阅读</h3><p>去年新增就业99万人。</p></div>',
    "footer element": "<footer><p>主办单位：某局，备案号05123号。</p></footer>",
    "footer by name": '<div id="pageFooter"><p>主办单位：某局，备案号05123号。</p></div>',
    "buttons": "<button>打印99份</button><select><option>99</option></select>",
    "script": "<script>var a = '99万人，';</script><style>p{width:99px}</style><noscript>99，</noscript>",
    "hidden": '<p hidden>99人。</p><p style="display: none">99人。</p><div aria-hidden="true">99人。</div>',
    "comment": "<!-- 旧稿：99万人。 --><template><p>99，</p></template>",
    "struck out": "<p><del>99万人</del></p>",
    "share": '<div class="bdsharebuttonbox share-box">分享到99个平台：</div>',
}


@pytest.mark.parametrize("furniture", FURNITURE.values(), ids=FURNITURE)
def test_what_a_site_puts_around_a_report_is_not_read(furniture: str) -> None:
    article = f"<div class='article'><h2>一、综合</h2><p>{SENTENCE}</p><p>{SENTENCE}</p></div>"
    assert _lines(f"{furniture}<div><div>{article}</div></div>") == ["一、综合", SENTENCE, SENTENCE]
    assert _lines(f"<div>{article}</div>{furniture}") == ["一、综合", SENTENCE, SENTENCE]


def test_a_name_of_furniture_never_costs_the_report() -> None:
    assert _lines(f'<div class="nav-content print"><p>{SENTENCE}</p></div>') == [SENTENCE]


def test_a_page_that_is_one_form_or_one_frame_of_tables_is_read() -> None:
    frame = f"<form><table><tr><td>{FURNITURE['navigation']}</td><td><table><tr><td><p>{SENTENCE}</p><p>{SENTENCE}</p>"
    assert [line for line in _lines(frame + "</table></table></form>") if "栏目" not in line] == [SENTENCE, SENTENCE]


def test_the_title_and_the_date_outside_the_text_are_kept() -> None:
    page = (
        "<html><head><title>2019年统计公报_长兴市统计局</title></head><body><div><h1>2019年统计公报</h1>"
        "<div><span>发布时间：2020-03-21 09:30</span></div></div>"
        f"<div class='text'><p>{SENTENCE}</p><p>{SENTENCE}</p></div></body></html>"
    )
    printed = _read(page)
    assert printed.text.splitlines()[:3] == ["2019年统计公报", "发布时间：2020-03-21 09:30", SENTENCE]
    assert printed.headings == ((0, 1),)


def test_spans_leave_empty_cells_and_inner_markup_none() -> None:
    table = (
        "<table><caption>表1 机构（单位：个）</caption><thead><tr><th rowspan=2>指标<th colspan=2>数量</tr>"
        "<tr><th>城市<th>农村</tr></thead><tbody><tr><td><p><b>养</b>老院</p></td><td>1<span>2</span>&nbsp;<td>34</tr>"
        "<tr><td rowspan='2'>福利院<td>5<td>6<tr><td>7<td>8</table>"
    )
    assert _lines(table) == [
        "表1 机构（单位：个）", "", "指标\t数量\t", "\t城市\t农村", "养老院\t12\t34", "福利院\t5\t6", "\t7\t8",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>前12项。<br>　　后34项。</p>", ["前12项。", "后34项。"]),
        ("<ol start=3><li>甲12<li>乙34</ol>", ["3. 甲12", "4. 乙34"]),
        ("<p>总产值<sup>1</sup>36亿元，面积5km<sup>2</sup></p>", ["总产值[1]36亿元，面积5km²"]),
        ("<p>增长&gt;5%&#65292;共&#x31;2项</p>", ["增长>5%，共12项"]),
        ("<div>甲12项<div>乙34项</div>丙56项</div>", ["甲12项", "乙34项", "丙56项"]),
    ],
)  # fmt: skip
def test_text_is_read_as_a_browser_shows_it(body: str, lines: list[str]) -> None:
    assert _lines(body) == lines


@pytest.mark.parametrize("hidden", ["hidden", 'style="color: red; display: none"', 'style="VISIBILITY:hidden"'])
def test_hidden_text_inside_the_report_is_not_read(hidden: str) -> None:
    assert _lines(f"<div><p>{SENTENCE}</p><p {hidden}>其中99万人。</p><p>{SENTENCE}</p></div>") == [SENTENCE, SENTENCE]
