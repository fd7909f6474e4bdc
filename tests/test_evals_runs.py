"""Runs: an answerer in a process of its own, its folder, its exit codes, its repetition to the byte."""

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

import pytest

from evals import __main__ as command
from evals import evaluation, keeping
from evals.answering import AnsweringProcess
from evals.cases import Case, LoadedCase, StrictTurn, load_cases
from evals.evaluation import Evaluation, OpenOver, evaluate
from evals.grounds import OneIndex
from evals.run_folder import Run
from index.place import Place
from index.store import Store
from tests import evals_answerers as answerers

CASES = Path(__file__).parent.parent / "evals" / "cases"
FEW = 12


@pytest.fixture(scope="module")
def text(bundled_store: Store) -> str:
    return bundled_store.source_text(answerers.REPORT)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few cases of each split."""
    folder = tmp_path_factory.mktemp("cases")
    for split in ("tuning", "test"):
        name = f"gz-hrss-2022.{split}.jsonl"
        lines = (CASES / name).read_text(encoding="utf-8").splitlines()[:FEW]
        (folder / name).write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def cases(folder: Path, text: str) -> tuple[LoadedCase, ...]:
    return load_cases(sorted(folder.glob("*.jsonl")), {answerers.REPORT: text}).cases


@pytest.fixture(scope="module")
def written(folder: Path, cases: tuple[LoadedCase, ...], text: str) -> Path:
    return answerers.write_answers(folder / "answers.txt", [answerers.parrot_answer(case, text) for case in cases])


def run(
    place: Place, folder: Path, out: Path, open_answerer: OpenOver, *, reveal: bool = False, timeout: float = 60
) -> Run:
    asked_for = Evaluation(
        case_files=tuple(sorted(folder.glob("*.jsonl"))), open_answerer=open_answerer, timeout_seconds=timeout,
        library=OneIndex(place.folder), out=out, reveal=reveal, baselines=False,
    )  # fmt: skip
    return evaluate(asked_for, lambda _, chosen: chosen)[1]


def test_a_run_repeats_to_the_byte_but_for_timings(
    bundled_place: Place, folder: Path, written: Path, tmp_path: Path
) -> None:
    for name in ("first", "second"):
        run(bundled_place, folder, tmp_path / name, partial(answerers.open_written, written))
    names = sorted(path.name for path in (tmp_path / "first").iterdir())
    assert {"answers.jsonl", "failures.jsonl", "outcomes.json", "settings.json", "summary.json", "junit.xml"} <= set(
        names
    )
    timed = {"timings.json", "report.html", "report.md"}  # the pages show how long it took
    for name in set(names) - timed:
        assert (tmp_path / "first" / name).read_bytes() == (tmp_path / "second" / name).read_bytes(), name
    for page in ("report.html", "report.md"):
        first, second = (
            (tmp_path / one / page).read_text(encoding="utf-8").splitlines() for one in ("first", "second")
        )
        assert len(first) == len(second)
        differing = [line for line, other in zip(first, second, strict=True) if line != other]
        assert all("毫秒" in line or "完成时间" in line for line in differing), differing


@pytest.mark.parametrize(
    ("fault", "kind", "said"),
    [(answerers.raise_error, "crash", "ZeroDivisionError"), (answerers.die, "crash", "意外结束"),
     (answerers.hang, "timeout", "3 秒内没有回答")],
)  # fmt: skip
def test_a_case_that_fails_costs_itself_only(
    cases: tuple[LoadedCase, ...], written: Path, fault: Callable[[], None], kind: str, said: str
) -> None:
    chosen = [one.case for one in cases if one.split == "tuning"][:4]
    process = AnsweringProcess(timeout_seconds=3)
    try:
        process.open(partial(answerers.open_faulty, written, chosen[1].question, fault))
        outcomes = [process.ask(case) for case in chosen]
    finally:
        process.close()
    assert [outcome.error.kind if outcome.error else None for outcome in outcomes] == [None, kind, None, None]
    error = outcomes[1].error
    assert error is not None and said in error.message
    assert ("raise_error" in error.traceback) == (fault is answerers.raise_error)


def test_the_history_of_a_case_reaches_the_answerer() -> None:
    turns = (StrictTurn(role="user", content="新增就业多少"), StrictTurn(role="assistant", content="30.55万人"))
    case = Case(id="f", question="目标呢", history=turns, category="followup", answer="25万人")
    process = AnsweringProcess()
    try:
        process.open(answerers.Echo)
        answer = process.ask(case).answer
    finally:
        process.close()
    assert answer is not None
    assert answer.answer == "user：新增就业多少；assistant：30.55万人"


def test_a_missing_library_is_named_before_the_first_question(
    bundled_place: Place, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    monkeypatch.delitem(sys.modules, "evals.ranking", raising=False)
    arguments = ["run", "--store", str(bundled_place.folder), "--cases", *map(str, folder.glob("*.jsonl"))]
    assert command.main(arguments) == 2
    assert "检索基线缺少 ir_measures" in capsys.readouterr().err


def test_errors_and_refused_lines_are_reported_by_case_and_the_run_goes_on(
    bundled_place: Place, folder: Path, cases: tuple[LoadedCase, ...], written: Path, tmp_path: Path
) -> None:
    name = "gz-hrss-2022.tuning.jsonl"
    (tmp_path / name).write_text((folder / name).read_text(encoding="utf-8") + "\n{oops\n", encoding="utf-8")
    broken = next(one.case for one in cases if one.split == "tuning")
    answerer = partial(answerers.open_faulty, written, broken.question, answerers.raise_error)
    done = run(bundled_place, tmp_path, tmp_path / "out", answerer)
    assert len(done.asked) == FEW
    assert [line.line for line in done.refused] == [FEW + 1]
    failure = json.loads((tmp_path / "out" / "failures.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert (failure["id"], failure["why"]) == (broken.id, ["回答时出错"])
    assert "ZeroDivisionError" in failure["error"]["traceback"]
    root = ElementTree.parse(tmp_path / "out" / "junit.xml").getroot()
    assert {suite.get("name"): suite.get("errors") for suite in root} == {"数据": "1", "用例文件": "1"}
    assert "不是 JSON" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_the_test_split_is_hidden_until_it_is_revealed(
    bundled_place: Place, folder: Path, cases: tuple[LoadedCase, ...], tmp_path: Path, text: str
) -> None:
    wrong = [answerers.parrot_answer(case, text).model_copy(update={"answer": "不知道。"}) for case in cases]
    source = tmp_path / "cases"
    source.mkdir()
    for path in folder.glob("*.jsonl"):
        (source / path.name).write_bytes(path.read_bytes())
    answerer = partial(answerers.open_written, answerers.write_answers(tmp_path / "answers", wrong))
    hidden = [one.case for one in cases if one.split == "test"]

    run(bundled_place, source, tmp_path / "hidden", answerer)
    content = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "hidden").iterdir())
    assert not [case.id for case in hidden if case.id in content or case.question in content]

    run(bundled_place, source, tmp_path / "shown", answerer, reveal=True)
    content = (tmp_path / "shown" / "failures.jsonl").read_text(encoding="utf-8")
    assert all(case.id in content for case in hidden)
    assert set((source / "revealed.txt").read_text(encoding="utf-8").split()) == {case.id for case in hidden}


def test_nothing_a_hidden_case_says_or_is_told_is_in_a_run_or_on_the_screen(
    bundled_place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every text of the case and of what came back bears the same mark, and so do lines that are no cases."""
    marked = {
        "id": "隐甲", "question": "隐问", "history": [{"role": "user", "content": "隐前"}], "category": "figure",
        "answer": "隐答", "must": [["隐必"]], "must_not": ["隐禁"], "evidence": [], "section": "隐节", "note": "隐注",
        "figure": {"value": "77", "unit": "隐位", "role": "count", "period": "隐期", "scope": "隐围"},
    }  # fmt: skip
    changes: list[dict[str, object]] = [
        {}, {"id": "隐乙", "question": "隐崩"}, {"id": "隐丙", "evidence": ["隐“据”"]},
        {"id": "隐丁", "category": "隐类"}, {"id": "隐戊", "must": "隐必"}, {},
    ]  # fmt: skip
    lines = [marked | change for change in changes]
    path = tmp_path / "gz-hrss-2022.test.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    monkeypatch.setattr(command, "open_product", answerers.open_marked)
    arguments = ["run", "--no-baselines", "--store", str(bundled_place.folder), "--cases", str(path), "--out"]
    assert command.main([*arguments, str(tmp_path / "hidden")]) == 1
    written = {one.name: one.read_text(encoding="utf-8") for one in (tmp_path / "hidden").iterdir()}
    shown = capsys.readouterr()
    assert [name for name, content in {**written, "out": shown.out, "err": shown.err}.items() if "隐" in content] == []
    assert len(written["refused.jsonl"].splitlines()) == 4
    assert "第 3 行：原文依据“…”" in shown.err

    assert command.main([*arguments, str(tmp_path / "shown"), "--reveal"]) == 1
    shown_failures = (tmp_path / "shown" / "failures.jsonl").read_text(encoding="utf-8")
    assert all(mark in shown_failures for mark in ("隐甲", "隐问", "隐前", "隐必", "隐说", "隐错"))


def test_pages_escape_what_an_answer_says(
    bundled_place: Place, folder: Path, cases: tuple[LoadedCase, ...], tmp_path: Path, text: str
) -> None:
    said = '<script>alert("x")</script><img src=x onerror=y>'
    answers = [answerers.parrot_answer(case, text).model_copy(update={"answer": said}) for case in cases]
    path = answerers.write_answers(tmp_path / "answers", answers)
    run(bundled_place, folder, tmp_path / "out", partial(answerers.open_written, path))
    html = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in html
    for page in (html, (tmp_path / "out" / "report.md").read_text(encoding="utf-8")):
        assert "<script" not in page
        assert "<img" not in page
    assert "http" not in html.replace("https://", "http"), "self-contained"


def test_an_answerer_that_cannot_be_opened_ends_the_run_with_its_own_message(
    bundled_place: Place, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "open_product", answerers.open_nothing)
    arguments = ["run", "--cases", *map(str, folder.glob("*.jsonl")), "--store", str(bundled_place.folder)]
    assert command.main(arguments) == 2
    assert "问答程序打不开：还没有索引" in capsys.readouterr().err


@pytest.fixture
def batch(cases: tuple[LoadedCase, ...], text: str, tmp_path: Path) -> Path:
    """The answers to all cases but the last, as `python -m assistant batch` writes them."""
    rows = [{"id": one.case.id, **answerers.parrot_answer(one, text).model_dump(mode="json")} for one in cases[:-1]]
    path = tmp_path / "batch.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_answers_given_before_are_judged_without_asking(
    bundled_place: Place, folder: Path, batch: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = sorted(map(str, folder.glob("*.jsonl")))
    arguments = ["run", "--no-baselines", "--json", "--answers", str(batch), "--out", str(tmp_path / "out")]
    assert command.main([*arguments, "--store", str(bundled_place.folder), "--cases", *files]) == 1, "one is missing"
    summary = json.loads(capsys.readouterr().out)
    overall = summary["groups"][0]["shares"]
    assert overall["error"]["hits"] == 1
    assert overall["correct"]["hits"] == 2 * FEW - 1


def test_a_usage_error_has_exit_code_two(
    bundled_place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = ["--store", str(bundled_place.folder)]
    assert command.main(["run", "--cases", str(tmp_path / "none.jsonl"), *store]) == 2
    assert "读不了用例文件" in capsys.readouterr().err
    (tmp_path / "file").touch()
    assert command.main(["run", "--out", str(tmp_path / "file" / "run"), *store]) == 2
    assert "写不了结果文件夹" in capsys.readouterr().err
    assert command.main(["run", "--store", str(tmp_path / "empty")]) == 2
    assert "make build" in capsys.readouterr().err
    assert command.main(["compare", str(tmp_path), str(tmp_path)]) == 2
    assert "不是评测结果文件夹" in capsys.readouterr().err


def test_a_summary_is_kept_for_a_released_version(
    bundled_place: Place, folder: Path, written: Path, cases: tuple[LoadedCase, ...], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(keeping, "RESULTS", tmp_path / "results")
    ran = run(bundled_place, folder, tmp_path / "out", partial(answerers.open_written, written))
    assert command.main(["keep", str(tmp_path / "out"), "0.2.0"]) == 0
    texts = {name: (tmp_path / "results" / name).read_text(encoding="utf-8") for name in ("0.2.0.json", "0.2.0.md")}
    assert json.loads(texts["0.2.0.json"])["summary"]["cases"] == 2 * FEW
    assert "# 据实评测报告：0.2.0" in texts["0.2.0.md"]
    correct = ran.numbers.groups[0].shares["correct"]
    assert f"{correct.hits}/{correct.total}" in texts["0.2.0.md"]
    for content in texts.values():
        assert str(tmp_path) not in content, "no path of this machine"
        assert not [one.case.id for one in cases if one.case.id in content or one.case.question in content]
    capsys.readouterr()
    assert command.main(["keep", str(tmp_path / "out"), "0.2.0"]) == 2
    assert "已经留过" in capsys.readouterr().err
    assert command.main(["keep", str(tmp_path / "out"), "../0.2.0"]) == 2
    assert command.main(["keep", str(tmp_path), "0.2.1"]) == 2
    (tmp_path / "out" / "summary.json").write_text("[]", encoding="utf-8")
    assert command.main(["keep", str(tmp_path / "out"), "0.2.2"]) == 2
    assert sorted(path.name for path in (tmp_path / "results").iterdir()) == ["0.2.0.json", "0.2.0.md"]


@pytest.mark.parametrize(("changed", "warned"), [(0, False), (3, True)])
def test_keeping_numbers_of_uncommitted_code_is_warned_about(
    bundled_place: Place, folder: Path, written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str], changed: int, warned: bool,
) -> None:  # fmt: skip
    monkeypatch.setattr(keeping, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(evaluation, "commit", lambda: ("0" * 40, changed))
    run(bundled_place, folder, tmp_path / "out", partial(answerers.open_written, written))
    assert command.main(["keep", str(tmp_path / "out"), "0.2.0"]) == 0
    assert ("3 个文件未提交" in capsys.readouterr().err) is warned
