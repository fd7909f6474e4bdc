"""Where answers come from: the ledger for figures, Chroma for passages, and nothing else for any digit."""

import json
import subprocess
import sys

import pytest

from assistant.__main__ import main
from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.library import Library
from corpus.settings import PROJECT
from index.place import Place
from index.store import Store
from index.vectors import Vectors
from tests.answer_checks import OWN_WORDS, faults_of, numerals

CASES = PROJECT / "evals" / "cases" / "gz-hrss-2022.tuning.jsonl"
NARRATIVE = [
    "怎样吸引外地人才落户？",
    "怎样让花钱更有效果？",
    "怎样保护打工人的权益？",
    "社会保险基金的绩效管理有什么困难？",
    "为什么要引入第三方？",
]
HEAVY = ("torch", "transformers", "sentence_transformers", "chromadb", "langchain", "jieba", "bm25s")


@pytest.fixture(scope="module")
def assistant(bundled_store: Store) -> Assistant:
    return Assistant(Library(bundled_store), max_question_characters=2000)


def _told(assistant: Assistant) -> list[str]:
    return [assistant.answer(question).answer for question in NARRATIVE]


def test_passage_answers_change_when_chroma_returns_nothing(assistant: Assistant, monkeypatch: pytest.MonkeyPatch):
    asked: list[tuple[float, ...]] = []
    nearest = Vectors.nearest

    def listening(self, vector, n, where=None):
        asked.append(tuple(vector))
        return nearest(self, vector, n, where)

    before = _told(assistant)
    monkeypatch.setattr(Vectors, "nearest", listening)
    assert _told(assistant) == before
    assert len(set(asked)) == len(NARRATIVE)
    monkeypatch.setattr(Vectors, "nearest", lambda *_: ())
    assert _told(assistant) != before


def test_a_collection_that_finds_nothing_changes_passage_answers_too(assistant, monkeypatch):
    before = _told(assistant)
    monkeypatch.setattr("chromadb.Collection.query", lambda self, **_: {"ids": [[]], "distances": [[]]})
    assert _told(assistant) != before


@pytest.mark.parametrize(
    "question",
    [
        "技工学校招生人数实际是多少？",
        "城乡居保享受待遇人数的完成率是多少？",
        "31168是什么数？",
        "2018年技工学校招生人数是多少？",
    ],
)
def test_a_question_settled_by_words_brings_no_model_and_no_search_engine(bundled_place: Place, question: str):
    script = (
        "import sys; from assistant.__main__ import main\n"
        "assert main(['ask', sys.argv[1], '--store', sys.argv[2]]) == 0\n"
        f"print(sorted(name for name in sys.modules if name.split('.')[0].split('_')[0] in {HEAVY} or name in {HEAVY}))"
    )
    command = [sys.executable, "-c", script, question, str(bundled_place.folder)]
    run = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "[]"
    assert run.stderr == ""


def test_a_narrative_question_brings_all_of_them(assistant: Assistant):
    assert assistant.answer(NARRATIVE[0]).route == "passage"
    assert {name for name in HEAVY if name not in sys.modules and f"{name}_core" not in sys.modules} == set()


@pytest.fixture(scope="module")
def tuning_answers(bundled_place: Place, tmp_path_factory: pytest.TempPathFactory) -> list[Answer]:
    """Every question of the tuning cases, answered through the batch command."""
    written = tmp_path_factory.mktemp("tuning") / "answers.jsonl"
    assert main(["batch", str(CASES), str(written), "--store", str(bundled_place.folder)]) == 0
    rows = [json.loads(line) for line in written.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == [json.loads(line)["id"] for line in CASES.read_text().splitlines()]
    return [Answer.model_validate(row) for row in rows]


def test_no_answer_has_a_digit_or_a_place_of_its_own(tuning_answers: list[Answer], bundled_store: Store):
    faults = {answer.question: faults_of(answer, bundled_store) for answer in tuning_answers}
    assert {question: found for question, found in faults.items() if found} == {}
    checked = [numerals(answer.answer) for answer in tuning_answers if answer.route in OWN_WORDS]
    assert sum(map(len, checked)) > len(checked) > 30
    assert sum(len(answer.citations) for answer in tuning_answers) > 50


def test_what_a_refusal_offers_is_answered(tuning_answers: list[Answer], assistant: Assistant):
    offered = {offer for answer in tuning_answers for offer in answer.suggestions}
    assert offered
    assert {offer for offer in offered if assistant.answer(offer).status != "answered"} == set()
