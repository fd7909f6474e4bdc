"""Running the office's server: what is checked, counted and written down, and that a stop lets questions end."""

import io
import json
import logging
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
import sqlalchemy as sa

from assistant.answer import Answer
from assistant.archive.archive import Archive, ArchiveError
from assistant.archive.exchange import Exchange
from assistant.keeping.job import Job
from assistant.language.composing import NO_REPLY, NOT_VERIFIED, PARTLY
from assistant.language.fallbacks import fallback_of
from assistant.operations import observing, readiness, starting
from assistant.operations.logs import write_log
from assistant.operations.metrics import Metrics, Serving, metrics
from assistant.operations.readiness import Readiness
from assistant.operations.work import StoppingError, Work
from corpus.errors import QuestionError
from corpus.settings import Settings, settings
from index.database import database_of
from index.place import Place
from tests.servers import ChromaServer, PostgreSQL, free_port

pytest_plugins = ["server_fixtures"]

QUESTION = "甲区修了几座桥？"
NOWHERE = "127.0.0.1:9"  # the port of discarding: nobody listens


def _answer(*, warning: str = "") -> Answer:
    return Answer(
        question=QUESTION, standalone_question=QUESTION, status="answered", route="figure", answer="三座。",
        warnings=(warning,) if warning else (), timing_ms={"total": 120.0},
    )  # fmt: skip


@pytest.fixture
def counted() -> Iterator[Metrics]:
    metrics.cache_clear()
    yield metrics()
    metrics.cache_clear()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the server's log would hold; the loggers are as before afterwards."""
    root, written = logging.getLogger(), io.StringIO()
    before, level, stream = root.handlers[:], root.level, sys.stderr
    sys.stderr = written
    write_log("json", "INFO")
    sys.stderr = stream
    yield written
    root.handlers[:] = before
    root.setLevel(level)
    for name in ("jushi", "assistant", "index", "corpus", "uvicorn"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def _lines(written: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_a_question_is_counted_by_route_and_status_with_its_time(counted: Metrics) -> None:
    observing.answered(QUESTION, _answer())
    text = counted.text().decode()
    assert 'jushi_questions_total{route="figure",status="answered"} 1.0' in text
    assert 'jushi_answer_seconds_bucket{le="0.25",route="figure"} 1.0' in text
    assert 'jushi_answer_seconds_bucket{le="0.1",route="figure"} 0.0' in text


@pytest.mark.parametrize(
    ("warning", "reason"),
    [(NO_REPLY.format(reason="超时"), "no_reply"), (NOT_VERIFIED, "not_verified"), (PARTLY, "partly"), ("别的", None)],
)
def test_an_answer_by_code_in_place_of_the_model_is_a_fallback(warning: str, reason: str | None) -> None:
    assert fallback_of(_answer(warning=warning)) == reason


def test_fallbacks_faults_and_failed_builds_are_counted(counted: Metrics) -> None:
    observing.answered(QUESTION, _answer(warning=NOT_VERIFIED))
    observing.failed(QUESTION, QuestionError("太长"))
    observing.failed(QUESTION, KeyError("bug"))
    job = Job("重建", ["index", "build", "--nonsense"], ended=observing.built)
    assert job.wait(20).code == 2
    text = counted.text().decode()
    for line in (
        'jushi_model_fallbacks_total{reason="not_verified"} 1.0',
        'jushi_question_faults_total{code="question"} 1.0',
        'jushi_question_faults_total{code="bug"} 1.0',
        'jushi_builds_total{outcome="failed"} 1.0',
    ):
        assert line in text


def test_generation_and_age_of_the_index_are_told_and_its_loss_too(bundled_place: Place) -> None:
    shown = Metrics()
    held: list[Serving | None] = [Readiness(Settings(store=bundled_place.folder)).serving(), None]
    assert held[0] is not None and held[0].built is not None
    shown.watch_index(lambda: held[0])
    text = shown.text().decode()
    assert "jushi_index_up 1.0" in text and f"jushi_index_generation {held[0].generation}.0" in text
    age = next(line for line in text.splitlines() if line.startswith("jushi_index_age_seconds "))
    assert 0 <= float(age.split()[1]) < 3600
    held[0] = None
    assert "jushi_index_up 0.0" in shown.text().decode()


def test_the_log_holds_no_word_of_a_question_unless_a_setting_allows(
    log: io.StringIO, counted: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    observing.answered(QUESTION, _answer())
    observing.failed(QUESTION, QuestionError("太长"))
    assert "桥" not in log.getvalue()
    assert [(line["level"], line["message"]) for line in _lines(log)] == [
        ("INFO", "question"), ("WARNING", "question failed"),
    ]  # fmt: skip
    monkeypatch.setenv("JUSHI_LOG_QUESTIONS", "true")
    settings.cache_clear()
    observing.answered(QUESTION, _answer())
    settings.cache_clear()
    assert _lines(log)[-1]["question"] == QUESTION


def test_a_failing_database_is_logged_without_what_was_to_be_stored(log: io.StringIO, tmp_path: Path) -> None:
    archive = Archive(database_of(tmp_path))
    archive.conversations("nobody")  # makes the tables
    with sa.create_engine(database_of(tmp_path)).begin() as connection:
        refusal = "create trigger refusal before insert on jushi_exchanges begin select raise(abort, 'refused'); end"
        connection.execute(sa.text(refusal))
    with pytest.raises(ArchiveError):
        archive.add("owner", "key", [Exchange(question=QUESTION, answer=_answer())])
    assert "refused" in log.getvalue()
    assert "桥" not in log.getvalue() and "\\u6865" not in log.getvalue()


def test_libraries_write_no_requests_however_much_is_logged(log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    root, written = logging.getLogger(), io.StringIO()
    before, level = root.handlers[:], root.level
    monkeypatch.setattr(sys, "stderr", written)
    write_log("json", "DEBUG")
    logging.getLogger("openai._base_client").debug("request: %s", QUESTION)
    logging.getLogger("assistant.web.server").debug("ours")
    root.handlers[:] = before
    root.setLevel(level)
    assert [line["message"] for line in _lines(written)] == ["ours"]


def test_traceback_and_message_are_one_line_of_json(log: io.StringIO) -> None:
    try:
        raise KeyError("一")
    except KeyError:
        logging.getLogger("any.library").exception("said\nin two lines")
    line = _lines(log)
    assert len(line) == 1
    assert line[0]["message"] == "said\nin two lines" and "KeyError" in str(line[0]["traceback"])


def test_a_stop_waits_for_what_is_in_work_and_refuses_what_is_new() -> None:
    work, ended, begun = Work(), Event(), Event()

    def question() -> None:
        with work.doing():
            begun.set()
            ended.wait(10)

    asked = Thread(target=question)
    asked.start()
    assert begun.wait(10)
    assert not work.stop(0.05), "a question was in work"
    with pytest.raises(StoppingError, match="重新启动"):
        work.require_running()
    ended.set()
    assert work.stop(10)
    asked.join(10)


def _parts(chosen: Settings) -> dict[str, str]:
    return {part.name: part.fault for part in Readiness(chosen).parts()}


def test_a_store_with_an_index_is_ready(bundled_place: Place) -> None:
    assert _parts(Settings(store=bundled_place.folder)) == {"index": "", "database": "", "disk": ""}


def test_each_part_that_fails_is_named_without_its_address(
    bundled_place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.database._PAUSES_SECONDS", ())
    assert _parts(Settings(store=tmp_path))["index"] == "索引打不开"
    chosen = Settings(store=bundled_place.folder, chroma_url=f"http://{NOWHERE}", min_free_bytes=10**15)
    found = _parts(chosen)
    assert found["chroma"] == "Chroma 没有响应" and found["disk"] == "磁盘快满了"
    found = _parts(Settings(store=tmp_path, database_url=f"postgresql://name:secret@{NOWHERE}/none"))
    assert found["database"] == "数据库没有响应"
    assert "secret" not in str(found)


def test_a_part_that_hangs_fails_in_time(bundled_place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    hung = Event()
    monkeypatch.setattr(readiness, "_PATIENCE_SECONDS", 0.2)
    monkeypatch.setattr(readiness, "database_answers", lambda *_: hung.wait(10))
    assert "没有回应" in _parts(Settings(store=bundled_place.folder))["database"]
    hung.set()


def test_servers_that_die_and_come_back_are_seen_to(
    database_url: str, chroma: ChromaServer, postgresql: PostgreSQL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.database._PAUSES_SECONDS", ())
    asked = Readiness(Settings(store=tmp_path, database_url=database_url, chroma_url=chroma.url))

    def answering() -> set[str]:
        return {part.name for part in asked.parts() if not part.fault} & {"database", "chroma"}

    assert answering() == {"database", "chroma"}
    chroma.kill()
    assert answering() == {"database"}
    chroma.start()
    postgresql.kill()
    assert answering() == {"chroma"}
    postgresql.start()
    assert answering() == {"database", "chroma"}


def _faults(chosen: Settings) -> list[str]:
    return starting.faults(chosen, address="127.0.0.1", port=free_port())


def test_nothing_is_wrong_with_a_store_that_has_an_index(bundled_place: Place) -> None:
    assert _faults(Settings(store=bundled_place.folder)) == []


def test_a_missing_index_stops_the_start_unless_it_is_being_built(tmp_path: Path) -> None:
    chosen = Settings(store=tmp_path)
    assert "还没有索引" in _faults(chosen)[0]
    with Place(folder=tmp_path).generations().writing():
        assert _faults(chosen) == []


def test_every_fault_is_told_at_once(bundled_place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.database._PAUSES_SECONDS", ())
    found = _faults(
        Settings(
            store=bundled_place.folder,
            chroma_url=f"http://{NOWHERE}",
            min_free_bytes=10**15,
            database_url=f"postgresql://name:secret@{NOWHERE}/none",
        )
    )
    assert [fault.split("，")[0][:4] for fault in found] == ["磁盘只剩", "数据库没", "连不上 "]
    assert "secret" not in str(found)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "写不进去" in _faults(Settings(store=tmp_path / "file" / "store"))[0]


def test_a_port_in_use_is_told(bundled_place: Place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        chosen = Settings(store=bundled_place.folder)
        found = starting.faults(chosen, address="127.0.0.1", port=taken.getsockname()[1])
    assert len(found) == 1 and "端口" in found[0]
