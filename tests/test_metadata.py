"""Metadata: detected where it is printed or follows from a convention, None where it is not."""

import hashlib
import tomllib
from pathlib import Path

import pytest

from corpus.__main__ import main
from corpus.errors import ReportError
from corpus.formats.printed import Limits
from corpus.reading import find_sidecar, read_document
from corpus.source import Source, read_source
from tests.reports import BUNDLED, bundled, composed

FIRST_PAGES = [
    (
        "2023年度苏州市财政局部门整体支出绩效自评报告\n\n一、概况\n\n好。",
        ("2023年度苏州市财政局部门整体支出绩效自评报告", "苏州市财政局", "苏州市", 2023, 2024, "review"),
    ),
    (
        "成都市青羊区民政局\n2024年部门预算\n\n一、概况\n\n好。",
        ("成都市青羊区民政局2024年部门预算", "成都市青羊区民政局", "成都市青羊区", 2024, 2024, "budget"),
    ),
    (
        "2025年云南省政府工作报告\n来源：日报\n省长 某某\n各位代表：\n\n一、回顾\n\n2024年好。",
        ("2025年云南省政府工作报告", "云南省人民政府", "云南省", 2025, 2025, "work_report"),
    ),
    (
        "# 2021年民政事业发展统计公报\n\n中华人民共和国民政部\n发布时间：2022-08-26\n\n2021年，工作进展。",
        ("2021年民政事业发展统计公报", "中华人民共和国民政部", "全国", 2021, 2022, "bulletin"),
    ),
    (
        "2024年药品流通行业运行统计分析报告\n一、概况\n好。",
        ("2024年药品流通行业运行统计分析报告", None, None, 2024, None, "other"),
    ),
    ("各位代表：\n\n全市就业稳定，2023年增长。", ("composed", None, None, None, None, "other")),
]


@pytest.mark.parametrize(("text", "expected"), FIRST_PAGES)
def test_the_first_page_tells_what_a_report_is(text: str, expected: tuple[object, ...]) -> None:
    found = composed(text).metadata
    assert (
        found.title,
        found.issuer,
        found.place,
        found.data_year,
        found.issued_year,
        found.document_kind,
    ) == expected


def test_a_year_in_the_file_name_counts_only_where_the_first_page_agrees() -> None:
    assert composed("第三次普查公报\n\n1995年开始。", "census-1995.md").metadata.data_year == 1995
    assert composed("第三次普查公报\n\n今年开始。", "census-1995.md").metadata.data_year is None


def test_overrides_win_and_unknown_or_wrong_ones_are_refused() -> None:
    source = Source(name="a.txt", text="2023年公报\n\n好。", checksum="")
    assert read_document(source, {"issued_year": 2025, "place": None}).metadata.issued_year == 2025
    for wrong in ({"isued_year": 2025}, {"issued_year": "2025"}, {"document_kind": "novel"}):
        with pytest.raises(ReportError, match=r"请改正|可用的项"):
            read_document(source, wrong)


def test_the_bundled_report_is_the_published_one() -> None:
    provenance = find_sidecar(BUNDLED)
    assert provenance["checksum"] == hashlib.sha256(BUNDLED.read_bytes()).hexdigest() == bundled().metadata.checksum
    assert provenance["source"]


def test_detection_agrees_with_the_sidecar_of_the_bundled_report() -> None:
    source = read_source(BUNDLED, Limits())
    assert read_document(source).metadata == bundled().metadata


def test_a_sidecar_that_is_no_toml_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt.toml").write_text("title: 公报", encoding="utf-8")
    with pytest.raises(ReportError, match=r"a\.txt\.toml"):
        find_sidecar(tmp_path / "a.txt")
    assert find_sidecar(tmp_path / "b.txt") == {}


def test_the_word_lists_of_data_are_read_whole() -> None:
    places = tomllib.loads((BUNDLED.parent.parent / "data" / "places.toml").read_text(encoding="utf-8"))
    assert len(places["provinces"]) == 34
    assert 330 < sum(len(names) for names in places["provinces"].values()) < 350


@pytest.mark.parametrize("command", ["text", "outline", "tables"])
def test_each_command_prints_and_writes_the_same(
    command: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    out = tmp_path / "out"
    assert main([command, str(BUNDLED)]) == 0
    assert main([command, str(BUNDLED), "--out", str(out)]) == 0
    assert capsysbinary.readouterr().out == out.read_bytes()


def test_text_is_the_source_byte_for_byte(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["text", str(BUNDLED)]) == 0
    assert capsysbinary.readouterr().out == BUNDLED.read_bytes()


def test_a_faulty_report_is_told_on_stderr_with_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outline", "missing.txt"]) == 2
    assert "missing.txt" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("first_page", "issuer", "data_year", "issued_year"),
    [
        ("昌平市2021年预算\n\n预算单位：昌平市人民政府东河街道办事处", "昌平市人民政府东河街道办事处", 2021, 2021),
        ("苏州市司法局\n2021年度部门决算\n\n目 录", "苏州市司法局", 2021, 2022),
        ("政府工作报告\n——2021年1月15日在苏州市第十七届人民代表大会上\n苏州市市长", "苏州市人民政府", 2021, 2021),
        ("关于苏州市2021年预算执行情况和2022年预算草案的报告\n苏州市财政局", "苏州市财政局", None, None),
        ("苏州市财政局2021年工作总结和2022年工作计划", "苏州市财政局", None, None),
        ("某单位2021年部门预算\n\n部门名称：（盖章）", None, 2021, 2021),
    ],
)  # fmt: skip
def test_what_the_first_page_of_a_kind_says_is_taken_and_nothing_else(
    first_page: str, issuer: str | None, data_year: int | None, issued_year: int | None
) -> None:
    metadata = composed(f"{first_page}\n\n一、概况\n\n共有12项。\n").metadata
    assert (metadata.issuer, metadata.data_year, metadata.issued_year) == (issuer, data_year, issued_year)


def test_corrections_beside_a_report_win_over_its_sidecar(tmp_path: Path) -> None:
    (tmp_path / "a.txt.toml").write_text('issuer = "甲局"\ndata_year = 2020', encoding="utf-8")
    (tmp_path / "a.txt.metadata.json").write_text('{"issuer": "乙局"}', encoding="utf-8")
    assert find_sidecar(tmp_path / "a.txt") == {"issuer": "乙局", "data_year": 2020}
    (tmp_path / "a.txt.metadata.json").write_text("[1", encoding="utf-8")
    with pytest.raises(ReportError, match=r"a\.txt\.metadata\.json"):
        find_sidecar(tmp_path / "a.txt")
