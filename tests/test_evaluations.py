"""The evaluation page's readers against what `python -m evals` really writes and prints."""

import json
from pathlib import Path

import pytest

from assistant.answer import Answer, AnswerFigure, Citation
from assistant.archive.exchange import Exchange
from assistant.assistant import Assistant
from assistant.evaluations.comparing import compare
from assistant.evaluations.feedback_cases import as_lines, feedback_cases
from assistant.evaluations.run_files import category_rows, failures, finished_runs, refused_lines, splits_of
from assistant.evaluations.words import words
from corpus.errors import InputFileError
from corpus.settings import Settings
from evals.__main__ import main
from evals.cases import CATEGORIES, Case
from evals.metrics import MEASURES
from evals.titles import CATEGORY_TITLES, RESULT_TITLES, SPLIT_TITLES
from index.build import build
from index.place import Place

QUESTION = "2021年低保金发放了多少？"


@pytest.fixture
def store(tmp_path: Path, small_report: Path) -> Path:
    place = Place(folder=tmp_path / "store")
    assert build(place, [small_report]).failures == ()
    return place.folder


def _run(store: Path, out: Path, expected: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """Runs two cases over answers given before; what was printed."""
    cases, answers = out.with_suffix(".jsonl"), out.with_suffix(".answers")
    lines = [
        {"id": "a", "question": QUESTION, "category": "figure", "answer": expected, "must": [[expected]]},
        {"id": "b", "question": "火葬场有几座？", "category": "unanswerable", "answer": "没有"},
    ]
    cases.write_text("".join(json.dumps(line) + "\n" for line in lines) + "{}\n", encoding="utf-8")
    assistant = Assistant.open(Settings(store=store))
    answered = [assistant.answer(str(line["question"])).model_dump() | {"id": line["id"]} for line in lines]
    answers.write_text("".join(json.dumps(line) + "\n" for line in answered), encoding="utf-8")
    given = ["--cases", str(cases), "--answers", str(answers), "--store", str(store), "--out", str(out)]
    capsys.readouterr()
    assert main(["run", "--no-baselines", "--lines", *given]) == 1  # one line is no case
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_run_is_followed_read_back_and_compared(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = tmp_path / "runs"
    runs.mkdir()
    told = _run(store, runs / "first", "9.99亿", capsys)
    assert told[0] == {"stage": "提问", "done": 0, "total": 2}
    assert told[-2:] == [{"stage": "提问", "done": 2, "total": 2}, {"result": {"folder": str(runs / "first")}}]
    _run(store, runs / "second", "1.35亿", capsys)
    read = {run.name: run for run in finished_runs(runs)}
    assert read.keys() == {"first", "second"}
    assert [each.id for each in failures(read["first"])] == ["a"]
    assert "缺“9.99亿”" in failures(read["first"])[0].why
    assert failures(read["second"]) == ()
    assert len(refused_lines(read["first"])) == 1
    rows = category_rows(read["second"], splits_of(read["second"])[0])
    assert rows[0][:3] == ("全部", "2", "2/2（100%）")
    compared = compare(runs / "first", runs / "second")
    assert (compared.shared, compared.counts[0].wins, compared.counts[0].losses) == (2, 1, 0)


def test_what_cannot_be_compared_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="比较不了"):
        compare(tmp_path / "a", tmp_path / "b")


def test_a_broken_failure_file_is_a_sentence(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "runs").mkdir()
    _run(store, tmp_path / "runs" / "one", "1.35亿", capsys)
    (tmp_path / "runs" / "one" / "failures.jsonl").write_text("oops\n", encoding="utf-8")
    with pytest.raises(InputFileError, match=r"failures\.jsonl"):
        failures(finished_runs(tmp_path / "runs")[0])


def test_every_name_of_the_evaluation_has_its_word() -> None:
    """The page imports nothing of the evaluation, so that its words are held against it here."""
    assert words()["categories"] == CATEGORY_TITLES
    assert words()["splits"] == SPLIT_TITLES
    assert words()["results"] == RESULT_TITLES
    assert words()["measures"].keys() <= {measure.name for measure in MEASURES}
    assert set(words()["routes"].values()) <= set(CATEGORIES)


FIGURE = AnswerFigure(
    id="r@5", name="发放低保金", value="1.35", unit="亿元", base_value="135000000", base_unit="元", printed="1.35 亿元",
    qualifier=None, role="amount", period="2021年", scope=None, citation=1,
)  # fmt: skip
ANSWER = Answer(
    question=QUESTION, standalone_question=QUESTION, status="answered", route="figure",
    answer="2021年，发放低保金为1.35亿元[1]。", figures=(FIGURE,),
    citations=(Citation(id=1, report="r", section=(), start=0, end=11, line=1, quote="全年发放低保金1.35 亿元"),),
)  # fmt: skip


def test_an_answer_held_to_be_right_is_a_case_that_runs() -> None:
    case = feedback_cases([Exchange(question=QUESTION, answer=ANSWER, key="k", rating="up")])[0]
    read = Case.model_validate(json.loads(as_lines([case])))
    assert case.is_complete
    assert (read.must, read.evidence) == ((("1.35亿元",),), ("全年发放低保金1.35 亿元",))
    assert read.answer == "2021年，发放低保金为1.35亿元。"
    assert read.figure is not None
    assert (read.figure.value, read.figure.role) == ("1.35", "amount")


def test_a_refusal_held_to_be_right_is_an_unanswerable_case() -> None:
    refusal = ANSWER.model_copy(update={"status": "refused", "figures": (), "answer": "报告中没有。"})
    case = feedback_cases([Exchange(question=QUESTION, answer=refusal, key="k", rating="up")])[0]
    assert Case.model_validate(case.record).category == "unanswerable"


def test_an_answer_held_to_be_wrong_waits_for_the_right_one() -> None:
    exchanges = [
        Exchange(question=QUESTION, answer=ANSWER, key="k", rating="down", reason="是2.6亿"),
        Exchange(question=QUESTION, fault="没有答成", key="f", rating="down"),
    ]
    (case,) = feedback_cases(exchanges)
    assert not case.is_complete
    assert (case.record["answer"], case.record["must"]) == ("", [])
    assert "是2.6亿" in str(case.record["note"])
