"""Several reports in one run: every case is asked over its own, in an index that holds nothing else."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import pytest

from assistant.answer import Answer, Citation
from corpus.errors import StoreError
from corpus.settings import settings
from evals import __main__ as command
from evals import shelf
from evals.cases import Case, LoadedCase, load_cases
from evals.grounds import Ground, in_grounds
from evals.judging import Outcome, judge
from evals.shelf import Shelf
from index.build import build
from index.place import Place
from index.store import Store
from tests import evals_answerers as answerers

BUNDLED = answerers.REPORT
PARKS = "parks-2021.txt"
CRANES = "cranes-2022.txt"
REPORTS = {
    PARKS: "2021年度临江市园林局工作报告\n\n一、公园建设\n\n全年新建口袋公园 17 座，投入 2.4 亿元。\n",
    CRANES: "2022年度白鹤县林业局工作报告\n\n一、保护\n\n全年救护白鹤 63 只，投入 310 万元。\n",
}


class Told:
    """A build's progress, remembered."""

    def __init__(self) -> None:
        self.stages: list[str] = []

    def __call__(self, stage: str, done: int, total: int) -> None:
        self.stages.append(stage)


@pytest.fixture
def composed(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def _own_folders(composed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Composed reports, indexes and the index in use are those of the test."""
    monkeypatch.setattr(shelf, "COMPOSED", composed)
    monkeypatch.setattr(shelf, "STORES", tmp_path / "stores")
    monkeypatch.setenv("JUSHI_STORE", str(tmp_path / "in-use"))
    settings.cache_clear()
    yield
    settings.cache_clear()


def case_file(folder: Path, name: str, *rows: dict[str, object]) -> Path:
    bare = {"question": "问什么", "category": "narrative", "answer": "", "must": [["座", "只", "txt"]]}
    path = folder / name
    path.write_text("".join(json.dumps(bare | row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("file", "named", "over"),
    [
        ("parks-2021.tuning.jsonl", None, (PARKS,)),
        ("parks-2021.test.jsonl", None, (PARKS,)),
        ("parks-2021.tuning.jsonl", CRANES, (CRANES,)),
        ("several.test.jsonl", None, (CRANES, BUNDLED, PARKS)),
        ("several.test.jsonl", PARKS, (PARKS,)),
        ("mine.jsonl", None, (BUNDLED,)),
        ("mine.jsonl", CRANES, (CRANES,)),
        ("gz-hrss-2022.test.jsonl", None, (BUNDLED,)),
    ],
)
def test_a_case_is_asked_over_the_reports_it_or_its_file_names(
    file: str, named: str | None, over: tuple[str, ...]
) -> None:
    assert Shelf(Told()).asked_over(Path(file), named) == over


def test_a_report_that_only_the_index_in_use_holds_is_asked_about_where_it_is_named(tmp_path: Path) -> None:
    own = tmp_path / "ferries-2020.txt"
    own.write_text("2020年度临江市港口局工作报告\n\n全年渡客 9 万人次。\n", encoding="utf-8")
    build(Place(folder=tmp_path / "in-use"), [own])
    library = Shelf(Told())
    assert library.asked_over(Path("mine.jsonl"), None) == (own.name,)
    assert library.asked_over(Path("mine.jsonl"), own.name) == (own.name,)
    assert library.asked_over(Path("ferries-2020.test.jsonl"), None) == (own.name,)
    assert library.asked_over(Path("several.test.jsonl"), None) == (CRANES, BUNDLED, PARKS), "the project's alone"
    assert "渡客 9 万人次" in library.texts[own.name]


def test_cases_of_one_ground_stand_side_by_side_otherwise_in_their_order() -> None:
    case = Case(id="c", question="问", category="list", answer="")
    over = [("a",), ("b", "c"), ("a",), ("d",), ("b", "c")]
    cases = [
        LoadedCase(case=case.model_copy(update={"id": str(place)}), split="test", report=None, reports=reports)
        for place, reports in enumerate(over)
    ]
    grounds = dict.fromkeys(over, Ground(folder=Path(), store=cast(Store, None), texts={}))
    assert [one.case.id for one in in_grounds(cases, grounds)] == ["0", "2", "1", "4", "3"]


@pytest.mark.parametrize(("report", "cited", "covered"), [("a", "a", True), ("a", "b", False), (None, "b", True)])
def test_evidence_is_covered_by_a_quote_of_the_report_the_case_is_about(
    report: str | None, cited: str, covered: bool
) -> None:
    texts = {"a": "救护白鹤 63 只", "b": "救护白鹤 63 只"}
    case = Case(id="c", question="问", category="narrative", answer="", evidence=("白鹤 63 只",))
    loaded = LoadedCase(case=case, split="test", report=report, reports=("a", "b"))
    quote = Citation(id=1, report=cited, section=(), start=0, end=9, line=1, quote=texts[cited])
    answer = Answer(
        question="问", standalone_question="问", status="answered", route="passage", answer="有", citations=(quote,)
    )
    assert judge(loaded, Outcome(answer=answer), texts).evidence_covered is covered


def test_evidence_is_held_against_the_reports_the_case_is_asked_over(tmp_path: Path) -> None:
    parks, cranes = "口袋公园 17 座", "救护白鹤 63 只"
    files = [
        case_file(tmp_path, "parks-2021.jsonl", {"id": "p1", "evidence": [parks]}, {"id": "p2", "evidence": [cranes]}),
        case_file(tmp_path, "several.jsonl", {"id": "s1", "evidence": [parks, cranes]},
                  {"id": "s2", "evidence": ["没有写过"]}),
        case_file(tmp_path, "mine.jsonl", {"id": "m1", "evidence": [cranes], "report": CRANES},
                  {"id": "m2", "evidence": [], "report": "none.txt"}),
    ]  # fmt: skip
    library = Shelf(Told())
    loaded = load_cases(files, library.texts, library.asked_over)
    assert [(one.case.id, one.report) for one in loaded.cases] == [("p1", PARKS), ("s1", None), ("m1", CRANES)]
    assert [(one.file, one.line) for one in loaded.refused] == [
        ("parks-2021.jsonl", 2), ("several.jsonl", 2), ("mine.jsonl", 2),
    ]  # fmt: skip
    assert "没有报告“none.txt”" in loaded.refused[2].message


def test_an_index_is_built_once_and_again_when_its_report_or_the_reading_code_changes(
    composed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told()
    first = Shelf(told).ground((PARKS,))
    assert dict(first.texts) == {PARKS: REPORTS[PARKS]}
    assert told.stages

    def ground_again() -> tuple[str, bool]:
        """The text of a new shelf's index, and whether it was built for it."""
        told = Told()
        return Shelf(told).ground((PARKS,)).texts[PARKS], bool(told.stages)

    assert ground_again() == (REPORTS[PARKS], False)
    (composed / PARKS).write_text(REPORTS[PARKS].replace("17", "18"), encoding="utf-8")
    assert ground_again() == (REPORTS[PARKS].replace("17", "18"), True)
    assert ground_again()[1] is False
    monkeypatch.setattr(shelf, "_reader_checksum", lambda: "another")
    assert ground_again()[1] is True
    assert ground_again()[1] is False


def test_two_runs_that_need_the_same_index_build_it_once() -> None:
    told = [Told(), Told()]
    with ThreadPoolExecutor() as pool:
        grounds = list(pool.map(lambda one: Shelf(one).ground((CRANES,)), told))
    assert [dict(ground.texts) for ground in grounds] == [{CRANES: REPORTS[CRANES]}] * 2
    assert sorted(bool(one.stages) for one in told) == [False, True]


def test_a_folder_of_indexes_that_cannot_be_written_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(shelf, "STORES", tmp_path / "file")
    with pytest.raises(StoreError, match="写不进"):
        Shelf(Told()).ground((CRANES,))


def test_a_ready_index_is_used_where_it_holds_exactly_what_is_asked_for(bundled_place: Place) -> None:
    library = Shelf(Told(), ready=(bundled_place.folder,))
    assert library.ground((BUNDLED,)).folder == bundled_place.folder
    assert library.ground((PARKS,)).folder != bundled_place.folder


def test_a_run_asks_every_case_where_its_reports_are_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [
        case_file(tmp_path, "parks-2021.tuning.jsonl", {"id": "p1", "evidence": ["17 座"]},
                  {"id": "x", "report": CRANES}),
        case_file(tmp_path, "several.tuning.jsonl", {"id": "s1", "question": "白鹤救了几只", "evidence": ["63 只"]}),
        case_file(tmp_path, "again.jsonl", {"id": "p2", "report": PARKS, "evidence": ["2.4 亿元"]}),
    ]  # fmt: skip
    monkeypatch.setattr(command, "open_product", answerers.open_inventory)
    out = tmp_path / "out"
    assert command.main(["run", "--cases", *map(str, files), "--out", str(out)]) == 0
    rows = [json.loads(line) for line in (out / "answers.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["id"], row["answer"]["answer"]) for row in rows] == [
        ("p1", PARKS), ("x", CRANES), ("s1", f"{CRANES}、{BUNDLED}、{PARKS}"), ("p2", PARKS),
    ]  # fmt: skip
    assert len({row["answer"]["warnings"][0] for row in rows}) == 1, "models are loaded in one process"
    known = json.loads((out / "settings.json").read_text(encoding="utf-8"))
    assert [(one["reports"], one["cases"]) for one in known["indexes"]] == [
        ([PARKS], 2), ([CRANES], 1), ([CRANES, BUNDLED, PARKS], 1),
    ]  # fmt: skip
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    product = next(one for one in summary["retrieval"] if one["name"] == "product")
    assert product["within"]["total"] == 3, "evidence of every ground is searched for in its own index"
    assert product["recall"]["5"]["hits"] == 3
    assert "提问：4/4 题" in capsys.readouterr().err


def test_in_a_given_index_every_case_is_asked_over_all_it_holds(
    tmp_path: Path, bundled_place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [case_file(tmp_path, "several.tuning.jsonl", {"id": "s1"}, {"id": "s2", "report": PARKS})]
    monkeypatch.setattr(command, "open_product", answerers.open_inventory)
    arguments = ["run", "--no-baselines", "--store", str(bundled_place.folder), "--out", str(tmp_path / "out")]
    assert command.main([*arguments, "--cases", *map(str, files)]) == 1
    assert "没有报告“parks-2021.txt”，有：gz-hrss-2022.txt" in capsys.readouterr().err
    (row,) = (tmp_path / "out" / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(row)["answer"]["answer"] == BUNDLED


def test_a_report_that_cannot_be_read_ends_the_run_with_its_reason(
    tmp_path: Path, composed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (composed / PARKS).write_bytes(b"\x00\x01\x02 no text")
    files = case_file(tmp_path, "mine.jsonl", {"id": "a", "report": PARKS})
    assert command.main(["run", "--cases", str(files), "--out", str(tmp_path / "out")]) == 2
    assert "“parks-2021.txt”不是文本" in capsys.readouterr().err
