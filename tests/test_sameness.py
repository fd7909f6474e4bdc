"""The same question gives the same bytes: in any order, in any process, beside any other question or report."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.batch import answer_lines
from assistant.conversations.conversation import Turn
from assistant.library import Library
from corpus.settings import PROJECT
from index.place import Place
from index.store import Store
from tests.compute_reports import store_of
from tests.reports import BUNDLED

CASES = PROJECT / "evals" / "cases" / f"{BUNDLED.name.removesuffix('.txt')}.tuning.jsonl"
# Another process answers one line in so many: it has its own order of sets and dictionaries.
_EACH = 5


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return CASES.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def first(bundled_store: Store, lines: list[str]) -> dict[str, str]:
    return _answers(bundled_store, lines)


def _answers(store: Store, lines: Iterable[str]) -> dict[str, str]:
    assistant = Assistant(Library(store), max_question_characters=1000)
    return dict(_untimed(line) for line, _ in answer_lines(assistant, lines))


def _untimed(line: str) -> tuple[str, str]:
    answer = json.loads(line)
    answer.pop("timing_ms")
    return answer["id"], json.dumps(answer, ensure_ascii=False)


def test_the_order_of_questions_changes_no_byte(bundled_store: Store, lines: list[str], first: dict[str, str]):
    shuffled = random.Random(5).sample(lines, len(lines))
    assert len(first) == len(lines)
    assert _answers(bundled_store, shuffled) == first


def test_another_process_gives_the_same_bytes(
    bundled_place: Place, lines: list[str], first: dict[str, str], tmp_path: Path
):
    asked, told = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
    asked.write_text("\n".join(lines[::_EACH]) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "assistant", "batch", str(asked), str(told), "--store", str(bundled_place.folder)]
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    subprocess.run(command, check=True, cwd=PROJECT, env={**os.environ, "PYTHONHASHSEED": seed}, timeout=300)
    again = dict(_untimed(line) for line in told.read_text(encoding="utf-8").splitlines())
    assert again == {name: first[name] for name in again}
    assert len(again) == len(lines[::_EACH])


def _report(grain: str, mills: int) -> str:
    return (
        "# 2022年度云溪县粮食局工作报告\n\n## 一、粮食收购\n\n"
        f"2022年，全县收购粮食{grain}万吨，改造面粉厂{mills}家。\n\n"
        f"## 二、存在的问题\n\n一是仓容不足，{mills}家面粉厂缺少烘干设备。\n"
    )


QUESTIONS = ("收购粮食多少万吨", "改造面粉厂多少家", "存在什么问题", "烘干机多少台", "粮食局是哪份报告")


@pytest.fixture(scope="module")
def two_stores(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, Store]:
    """Two indexes with a report of one name that says different things."""
    folders = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other")
    texts = _report("31.7", 14), _report("58.2", 26)
    one, other = (store_of(folder, grain_2022=text) for folder, text in zip(folders, texts, strict=True))
    return one, other


def test_a_report_of_the_same_name_in_another_store_changes_nothing(two_stores: tuple[Store, Store]):
    apart = [[_told(Assistant(Library(store), max_question_characters=1000), each) for each in QUESTIONS]
             for store in two_stores]  # fmt: skip
    assistants = [Assistant(Library(store), max_question_characters=1000) for store in two_stores]
    together: list[list[str]] = [[], []]
    for question in QUESTIONS:
        for side, assistant in enumerate(assistants):
            together[side].append(_told(assistant, question))
    assert together == apart
    assert "31.7" in apart[0][0]
    assert "58.2" in apart[1][0]


def test_conversations_by_turns_over_one_assistant_are_what_they_are_alone(two_stores: tuple[Store, Store]):
    talks = (["收购粮食多少万吨", "换算成吨", "原文在哪"], ["改造面粉厂多少家", "原文在哪", "换算成万家"])
    assistant = Assistant(Library(two_stores[0]), max_question_characters=1000)
    alone = [_talk([Assistant(Library(two_stores[0]), max_question_characters=1000)], [talk]) for talk in talks]
    together = _talk([assistant, assistant], talks)
    assert together == [said for talk in alone for said in talk]


def _talk(assistants: list[Assistant], talks: Iterable[list[str]]) -> list[list[str]]:
    """What each conversation was told, a turn of each by turns."""
    asked = list(talks)
    histories: list[list[Turn]] = [[] for _ in asked]
    for step in range(len(asked[0])):
        for assistant, talk, history in zip(assistants, asked, histories, strict=True):
            told = assistant.answer(talk[step], history).answer
            history += [Turn(role="user", content=talk[step]), Turn(role="assistant", content=told)]
    return [[turn.content for turn in history] for history in histories]


def _told(assistant: Assistant, question: str) -> str:
    return assistant.answer(question).model_dump_json(exclude={"timing_ms"})
