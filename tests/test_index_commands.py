"""`python -m index`: what it prints and with which exit code it ends."""

import json
from pathlib import Path

import pytest

from index.__main__ import main
from index.place import Place


@pytest.fixture
def store(bundled_place: Place) -> list[str]:
    return ["--store", str(bundled_place.folder)]


def test_queries_are_answered_line_by_line_and_a_bad_line_in_its_place(store: list[str], tmp_path: Path):
    queries, out = tmp_path / "q.jsonl", tmp_path / "hits.jsonl"
    good = {"id": "a", "query": "城镇新增就业", "other": 1}
    queries.write_text(
        "\n".join([json.dumps(good), "{", '{"id": 7, "query": "  "}', '{"id": "n"}', "[]", json.dumps(good)]) + "\n",
        encoding="utf-8",
    )
    assert main(["search", "--queries", str(queries), "--out", str(out), "-k", "3", *store]) == 1
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["a", None, 7, "n", None, "a"]
    assert [row.get("error", {}).get("code") for row in rows] == [None, "input", "question", "input", "input", None]
    assert rows[0] == rows[5]
    assert len(rows[0]["hits"]) == 3
    assert set(rows[0]["hits"][0]) == {"report", "start", "end", "text", "similarity"}


def test_good_queries_end_with_zero(store: list[str], tmp_path: Path):
    queries, out = tmp_path / "q.jsonl", tmp_path / "hits.jsonl"
    queries.write_text('{"id": 1, "query": "博士后"}\n', encoding="utf-8")
    assert main([*store, "search", "--queries", str(queries), "--out", str(out)]) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["search"],
        ["search", "词", "--out", "x"],
        ["search", "--queries", "no-such-file", "--out", "x"],
        ["search", " "],
    ],
)
def test_what_cannot_be_searched_ends_with_two_and_a_reason(store, arguments, capsys):
    assert main([*arguments, *store]) == 2
    assert "请" in capsys.readouterr().err


def test_an_unknown_option_ends_with_two(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["build", "--no-such-option"])
    assert ended.value.code == 2


def test_info_lists_the_reports(store: list[str], capsys):
    assert main(["info", "--json", *store]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert [row["report"] for row in shown["reports"]] == ["gz-hrss-2022.txt"]
    assert shown["reports"][0]["indicators"] == 26
    assert main(["info", *store]) == 0
    assert "26 项指标" in capsys.readouterr().out


def test_fits_tells_a_missing_index_from_a_good_one(store: list[str], tmp_path: Path, capsys):
    assert main(["fits", "--quiet", *store]) == 0
    assert main(["fits", "--quiet", "--store", str(tmp_path / "none")]) == 3
    assert capsys.readouterr().out == ""
    assert main(["info", "--store", str(tmp_path / "none")]) == 2


def test_a_build_with_a_bad_report_indexes_the_good_one_and_ends_with_one(tmp_path: Path, small_report: Path, capsys):
    missing = tmp_path / "no-such.txt"
    arguments = ["build", "--store", str(tmp_path / "store"), "--reports", str(small_report), str(missing)]
    assert main(arguments) == 1
    told = capsys.readouterr()
    assert "1 份报告" in told.out
    assert "no-such.txt" in told.err
    assert main(["remove", small_report.name, "--store", str(tmp_path / "store")]) == 0
    assert main(["remove", small_report.name, "--store", str(tmp_path / "store")]) == 2
