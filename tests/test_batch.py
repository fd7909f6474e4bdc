"""`python -m assistant batch`: a line in, a line out; a bad one fails alone, in its place."""

import json
from pathlib import Path

import pytest

from assistant.__main__ import main
from index.place import Place
from tests.answer_checks import without_timing

GOOD = [
    {"id": "a", "question": "技工学校招生人数实际是多少？"},
    {"id": 2, "question": "社保卡累计持卡人数的完成率是多少？"},
    {"id": "c", "question": "你好"},
    {"id": "d", "question": "存在哪些主要问题？"},
    {"id": "e", "question": "2018年技工学校招生人数是多少？"},
    {"id": "f", "question": "参加失业保险人数是多少？"},
]
# a line, the id told, the code of its error, a word of its message
BAD = [
    ("{", None, "input", "整行"),
    ("[]", None, "input", "整行"),
    ("null", None, "input", "整行"),
    ('{"question": "你好"}', None, "input", "id"),
    ('{"id": "n"}', "n", "input", "question"),
    ('{"id": 1.5, "question": "你好"}', None, "input", "id"),
    ('{"id": null, "question": "你好"}', None, "input", "id"),
    ('{"id": "t", "question": 5}', "t", "input", "question"),
    ('{"id": "h", "question": "你好", "history": "你好"}', "h", "input", "history"),
    ('{"id": "r", "question": "你好", "history": [{"role": "system", "content": "x"}]}', "r", "input", "role"),
    ('{"id": "k", "question": "你好", "history": [{"role": "user"}]}', "k", "input", "content"),
    ('{"id": "s", "question": "\\ud800"}', "s", "input", "整行"),
    ('{"id": "0", "question": "  "}', "0", "question", "空"),
    ('{"id": 7, "question": "？！。"}', 7, "question", "标点"),
    ('{"id": "c", "question": "招生\\u0000多少"}', "c", "question", "U+0000"),
    (json.dumps({"id": "l", "question": "问" * 10_000}), "l", "question", "10000"),
]


@pytest.fixture
def batch(bundled_place: Place, tmp_path: Path):
    """Runs lines through the command; gives the exit code and the text it wrote."""

    def run(*lines: str | dict[str, object]) -> tuple[int, str]:
        questions, answers = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
        written = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
        questions.write_text("\n".join(written) + "\n", encoding="utf-8")
        code = main(["batch", str(questions), str(answers), "--store", str(bundled_place.folder)])
        return code, answers.read_text(encoding="utf-8")

    return run


def test_every_line_is_answered_in_order(batch):
    code, written = batch(*GOOD)
    rows = [json.loads(line) for line in written.splitlines()]
    assert code == 0
    assert [row["id"] for row in rows] == [line["id"] for line in GOOD]
    assert [row["question"] for row in rows] == [line["question"] for line in GOOD]
    assert [row["route"] for row in rows] == ["figure", "compute", "none", "list", "none", "figure"]
    assert all(row["timing_ms"]["total"] >= 0 for row in rows)


@pytest.mark.parametrize(("line", "told", "code", "word"), BAD)
def test_a_bad_line_fails_in_its_place_and_the_rest_goes_on(batch, line, told, code, word):
    ended, written = batch(GOOD[0], line, GOOD[2])
    first, failed, last = (json.loads(row) for row in written.splitlines())
    assert ended == 1
    assert [first["status"], last["status"]] == ["answered", "answered"]
    assert set(failed) == {"id", "error"}
    assert (failed["id"], failed["error"]["code"]) == (told, code)
    assert word in failed["error"]["message"]


def test_a_line_nested_too_deeply_fails_alone(batch):
    ended, written = batch("[" * 100_000, GOOD[2])
    failed, last = (json.loads(row) for row in written.splitlines())
    assert (ended, failed["id"], last["status"]) == (1, None, "answered")


def test_an_id_that_no_file_can_hold_fails_alone(batch):
    ended, written = batch('{"id": "\\ud800", "question": "你好"}', GOOD[2])
    failed, last = (json.loads(row) for row in written.splitlines())
    assert (ended, failed["error"]["code"], last["status"]) == (1, "input", "answered")


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\u0085"])
def test_only_a_line_feed_ends_a_line(batch, separator: str):
    ended, written = batch(
        {"id": "a", "question": "你好", "history": [{"role": "user", "content": f"一{separator}二"}]}
    )
    assert (ended, json.loads(written)["id"]) == (0, "a")


def test_blank_lines_are_passed_over_and_other_keys_never_read(batch):
    plain = batch(GOOD[0])[1]
    line = GOOD[0] | {"answer": "99999", "must": [["99999"]], "figure": 5, "history": []}
    code, written = batch("", line, "   ")
    assert code == 0
    assert without_timing(written) == without_timing(plain)
    assert "99999" not in written


def test_a_batch_twice_is_the_same_bytes_but_for_the_timing(batch):
    one, other = (json.dumps(without_timing(batch(*GOOD)[1])) for _ in range(2))
    assert one == other


def test_answers_do_not_depend_on_the_order_of_the_questions(batch):
    forth = without_timing(batch(*GOOD)[1])
    back = without_timing(batch(*reversed(GOOD))[1])
    assert back == forth[::-1]


@pytest.mark.parametrize("fault", ["missing", "not utf-8", "a folder"])
def test_a_questions_file_that_cannot_be_read_ends_with_two(fault, bundled_place, tmp_path, capsys):
    questions, answers = tmp_path / "q.jsonl", tmp_path / "answers.jsonl"
    if fault == "not utf-8":
        questions.write_bytes("问题".encode("gb18030"))
    elif fault == "a folder":
        questions.mkdir()
    assert main(["batch", str(questions), str(answers), "--store", str(bundled_place.folder)]) == 2
    assert "请" in capsys.readouterr().err
    assert not answers.exists()


def test_an_answers_file_that_cannot_be_written_ends_with_two(bundled_place: Place, tmp_path: Path, capsys):
    questions = tmp_path / "q.jsonl"
    questions.write_text(json.dumps(GOOD[0]), encoding="utf-8")
    answers = tmp_path / "none" / "answers.jsonl"
    assert main(["batch", str(questions), str(answers), "--store", str(bundled_place.folder)]) == 2
    assert "answers.jsonl" in capsys.readouterr().err


def test_the_questions_are_not_written_over(bundled_place: Place, tmp_path: Path, capsys):
    questions = tmp_path / "q.jsonl"
    questions.write_text(json.dumps(GOOD[0]), encoding="utf-8")
    before = questions.read_bytes()
    assert main(["batch", str(questions), str(questions), "--store", str(bundled_place.folder)]) == 2
    assert questions.read_bytes() == before
    assert "请" in capsys.readouterr().err
