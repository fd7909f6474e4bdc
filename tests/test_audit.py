"""A report held against itself: rates, parts, items, claims, repeated quantities."""

import json

import pytest

from corpus.__main__ import main
from corpus.audit import audit
from corpus.findings import Finding
from corpus.ledger import ledger
from corpus.model import Document, Report
from tests.reports import BUNDLED, bundled, composed

TABLE = """2023年度某市民政局绩效自评报告

一、指标完成情况

{claim}

指标	目标值	实际完成情况
新建养老驿站数	20家	新建养老驿站{done}家，完成指标任务的{rate}%。
有效投诉数量	不超10次	有效投诉数量{complaints}次。
"""


def _audit(document: Document) -> tuple[Finding, ...]:
    figures, indicators = ledger(document)
    return audit(Report(document=document, figures=figures, indicators=indicators))


def _table(claim: str = "情况如下：", done: str = "25", rate: str = "125", complaints: str = "0") -> list[Finding]:
    text = TABLE.format(claim=claim, done=done, rate=rate, complaints=complaints)
    return list(_audit(composed(text)))


def _one(findings: list[Finding], check: str) -> Finding:
    (finding,) = [finding for finding in findings if finding.check == check]
    return finding


@pytest.mark.parametrize(
    ("done", "rate", "verdict", "reason"),
    [
        ("25", "125", "agrees", None),
        ("25", "126", "differs", "contradiction"),
        ("30.55", "152.7", "differs", "rounding"),
        ("25", "152", "differs", "contradiction"),
        ("30.55", "152.8", "agrees", None),
    ],
)
def test_a_printed_rate_is_recomputed(done: str, rate: str, verdict: str, reason: str | None) -> None:
    finding = _one(_table(done=done, rate=rate), "rate")
    assert (finding.verdict, finding.reason) == (verdict, reason)
    assert {place.name for place in finding.places} == {"新建养老驿站数"}


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("全局共有单位18个。其中，行政单位1个、事业单位17个。", "agrees"),
        ("全局共有单位18个，其中行政单位2个、事业单位17个。", "open"),
        ("全局共有单位18个，其中行政单位1个、事业单位5个。", None),
        ("持证企业70.54万家，其中批发企业1.51万家、零售企业69.02万家。", "agrees"),
        ("新建学校30所，增长5%，其中小学40所。", None),
    ],
)
def test_parts_are_added_up_where_they_could_make_the_total(sentence: str, verdict: str | None) -> None:
    found = [finding for finding in _audit(composed(f"情况\n\n{sentence}")) if finding.check == "parts"]
    assert [finding.verdict for finding in found] == ([verdict] if verdict else [])


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("本项共包含3个指标，分别为：参保人数（含退休、失业）、结案率、满意度。", "agrees"),
        ("本项共包含3个指标，分别为：参保人数、结案率和满意度。", "agrees"),
        ("本项共包含4个指标，分别为：参保人数、结案率、满意度。", "differs"),
    ],
)
def test_listed_items_are_counted(sentence: str, verdict: str) -> None:
    findings = list(_audit(composed(f"情况\n\n{sentence}")))
    assert _one(findings, "items").verdict == verdict


@pytest.mark.parametrize(
    ("claim", "done", "complaints", "verdict"),
    [
        ("年度2项绩效指标均已完成。", "25", "0", "agrees"),
        ("年度2项绩效指标均已完成。", "19", "0", "differs"),
        ("年度2项绩效指标均已完成。", "25", "11", "differs"),
        ("年度3项绩效指标均已完成。", "25", "0", "differs"),
        ("各项指标均超额完成。", "20", "0", "differs"),
        ("部分指标完成率超过120%。", "25", "0", "agrees"),
        ("部分指标完成率超过150%。", "25", "0", "differs"),
        ("新建养老驿站数25家，均超过年度目标。", "25", "0", "agrees"),
    ],
)
def test_claims_are_held_against_the_indicators(claim: str, done: str, complaints: str, verdict: str) -> None:
    rate = str(int(done) * 5)
    assert _one(_table(claim, done, rate, complaints), "claim").verdict == verdict


@pytest.mark.parametrize(
    ("sentences", "verdict", "reason"),
    [
        ("全市参保人数达1030.53万人。全市参保登记人数达5万人。", None, None),
        ("工伤保险参保人数达706.64万人。参加工伤保险706.64万人。", "agrees", None),
        ("工伤保险参保人数达706.64万人。工伤保险参保人数超706万人。", "differs", "rounding"),
        ("2021年工伤保险参保人数706万人。2022年工伤保险参保人数715万人。", None, None),
        ("工伤保险参保人数706万人。工伤保险参保人数（含灵活就业）715万人。", "differs", "scope"),
        ("2022年6月工伤保险参保人数706万人。2022年12月工伤保险参保人数715万人。", "differs", "date"),
        ("工伤保险参保人数706万人。参加工伤保险人数715万人。", "differs", "contradiction"),
        ("举办招聘会，提供招聘岗位105万个。举办展会，提供招聘岗位82万个。", "open", "context"),
    ],
)
def test_one_quantity_with_two_values_gets_a_likely_reason(
    sentences: str, verdict: str | None, reason: str | None
) -> None:
    found = [finding for finding in _audit(composed(f"2022年度总结\n\n{sentences}")) if finding.check == "repeat"]
    assert [(finding.verdict, finding.reason) for finding in found] == ([(verdict, reason)] if verdict else [])


def test_the_bundled_report_lists_what_it_states_with_two_values() -> None:
    different = {finding.subject: finding for finding in _audit(bundled()) if finding.verdict == "differs"}
    assert set(different) == {"全市基本养老保险参保人数", "失业保险参保人数"}
    assert {place.printed for place in different["失业保险参保人数"].places} == {"706.64 万人", "714.83万人"}
    assert different["全市基本养老保险参保人数"].reason == "scope"


def test_the_bundled_report_agrees_with_itself_where_it_can_be_computed() -> None:
    findings = _audit(bundled())
    counted = {
        check: sum(finding.check == check and finding.verdict == "agrees" for finding in findings)
        for check in ("rate", "parts", "items", "claim")
    }
    assert counted == {"rate": 5, "parts": 3, "items": 5, "claim": 10}


def test_places_of_findings_re_cut_from_the_source() -> None:
    places = [place for finding in _audit(bundled()) for place in finding.places]
    assert len(places) > 100
    assert all(bundled().text[place.start : place.end] == place.printed for place in places)


def test_the_audit_prints_for_people_and_programs(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["audit", str(BUNDLED)]) == 0
    printed = capfdbinary.readouterr().out.decode()
    assert "【不一致】" in printed and "706.64万人" in printed and "714.83万人" in printed
    assert main(["audit", str(BUNDLED), "--json"]) == 0
    rows = json.loads(capfdbinary.readouterr().out)
    assert {"check", "verdict", "subject", "message", "places", "reason"} == set(rows[0])
    assert all(place["line"] >= 1 for row in rows for place in row["places"])
