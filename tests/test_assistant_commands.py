"""`python -m assistant ask`: what it prints, what it refuses, with which exit code, and that nothing is lost."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.library import Library
from corpus.errors import QuestionError
from corpus.settings import PROJECT
from index import manifest
from index.generations import current_generation
from index.place import Place
from index.store import Store

QUESTION = "技工学校招生人数实际是多少？"
# a question that cannot be read as one, and what its message has to say
BAD = [
    ("", "空"),
    (" \n\u3000", "空"),
    ("问" * 10_000, "10000 个字，超过上限 1000"),
    ("？！……，。", "标点"),
    ("//..--", "标点"),
    ("招生\x00多少", "U+0000"),
    ("\x1b[31m招生多少", "U+001B"),
    ("招生多少\x7f", "U+007F"),
    ("招生\ud800多少", "U+D800"),
]


@pytest.fixture
def store(bundled_place: Place) -> list[str]:
    return ["--store", str(bundled_place.folder)]


def _digest(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize(("question", "reason"), BAD)
def test_what_is_no_question_is_refused_in_chinese(bundled_store: Store, question: str, reason: str):
    with pytest.raises(QuestionError, match=re.escape(reason)) as refused:
        Assistant(Library(bundled_store), max_question_characters=1000).answer(question)
    assert "请" in str(refused.value)


@pytest.mark.parametrize(("question", "reason"), BAD)
def test_the_command_ends_with_two_says_why_and_leaves_the_store(bundled_place, store, capsys, question, reason):
    before = _digest(bundled_place.folder)
    assert main(["ask", question, *store]) == 2
    told = capsys.readouterr()
    assert reason in told.err
    assert told.out == ""
    assert _digest(bundled_place.folder) == before


@pytest.mark.parametrize("question", ["招生\n人数实际是多少？", "\t技工学校招生人数实际是多少？ ", "９"])
def test_a_tab_a_line_end_or_one_full_width_digit_is_no_fault(bundled_store: Store, question: str):
    assert Assistant(Library(bundled_store), max_question_characters=2000).answer(question).status != "clarify"


def test_a_question_of_just_the_limit_is_read(bundled_store: Store):
    assistant = Assistant(Library(bundled_store), max_question_characters=len(QUESTION))
    assert assistant.answer(QUESTION).figures[0].base_value == "31168"
    with pytest.raises(QuestionError, match=f"{len(QUESTION) + 1} 个字，超过上限 {len(QUESTION)}"):
        assistant.answer(QUESTION + "？")


@pytest.mark.parametrize("question", ["问" * 40, "啊啊啊啊啊啊"])
def test_a_question_without_a_word_of_the_report_is_refused(bundled_store: Store, question: str):
    assert Assistant(Library(bundled_store), max_question_characters=2000).answer(question).status == "refused"


def test_ask_prints_the_answer_object_or_text_for_people(store: list[str], capsys):
    assert main(["ask", QUESTION, "--json", *store]) == 0
    answer = Answer.model_validate_json(capsys.readouterr().out)
    assert (answer.question, answer.figures[0].base_value) == (QUESTION, "31168")
    assert main(["ask", QUESTION, *store]) == 0
    printed = capsys.readouterr().out
    assert answer.answer in printed
    assert f"[1] {answer.citations[0].report} 第{answer.citations[0].line}行" in printed


def test_the_printed_line_number_is_the_reports(store: list[str], bundled_store: Store, capsys):
    main(["ask", QUESTION, "--json", *store])
    citation = Answer.model_validate_json(capsys.readouterr().out).citations[0]
    line = bundled_store.source_text(citation.report).splitlines()[citation.line - 1]
    assert citation.quote.splitlines()[0].strip() in line


@pytest.mark.parametrize("question", ["2018年技工学校招生人数是多少？", "高速公路通车里程有多少公里？"])
def test_a_refusal_ends_with_zero(store: list[str], question: str, capsys):
    assert main(["ask", question, *store]) == 0
    assert "不能作答" in capsys.readouterr().out


def test_the_process_itself_ends_with_two(store: list[str]):
    command = [sys.executable, "-m", "assistant", "ask", "？？", *store]
    ended = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "标点" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_history_file_is_read_and_a_malformed_one_refused(store: list[str], tmp_path: Path, capsys):
    history = tmp_path / "history.json"
    history.write_text(json.dumps([{"role": "user", "content": "你好", "time": 1}]), encoding="utf-8-sig")
    assert main(["ask", QUESTION, "--history", str(history), *store]) == 0
    assert "31168" in capsys.readouterr().out
    for malformed in ("{", '{"role": "user", "content": "x"}', '[{"role": "robot", "content": "x"}]', "[1]"):
        history.write_text(malformed, encoding="utf-8")
        assert main(["ask", QUESTION, "--history", str(history), *store]) == 2
        assert "对话历史的格式不对" in capsys.readouterr().err
    assert main(["ask", QUESTION, "--history", str(tmp_path / "none.json"), *store]) == 2
    assert "none.json" in capsys.readouterr().err


def test_a_store_that_is_missing_or_of_another_format_is_refused_with_the_command(bundled_place, tmp_path, capsys):
    assert main(["ask", QUESTION, "--store", str(tmp_path / "none")]) == 2
    assert "python -m index build" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
    other = tmp_path / "other"
    shutil.copytree(bundled_place.folder, other)
    generation = current_generation(other)
    assert generation is not None
    file = generation / manifest.FILE
    file.write_text(json.dumps(json.loads(file.read_text()) | {"format": 0}))
    before = _digest(other)
    answers = tmp_path / "answers.jsonl"
    answers.write_text("earlier answers\n")
    (tmp_path / "q.jsonl").write_text('{"id": 1, "question": "你好"}\n', encoding="utf-8")
    for command in (["ask", QUESTION], ["batch", str(tmp_path / "q.jsonl"), str(answers)]):
        assert main([*command, "--store", str(other)]) == 2
        assert "python -m index build" in capsys.readouterr().err
    assert _digest(other) == before
    assert answers.read_text() == "earlier answers\n"


@pytest.mark.parametrize("arguments", [[], ["ask"], ["batch", "only-one"], ["ask", "x", "--no-such-option"]])
def test_wrong_usage_ends_with_two(arguments: list[str], capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert capsys.readouterr().err
