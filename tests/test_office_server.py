"""The office's server as a process: health, metrics, log, a refused start, and a stop that waits."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.place import Place
from tests.servers import free_port

PROJECT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
# A question that takes a while: it begins before the server does and is "kept" one second after being told to.
WORKING = """
import sys, threading, time
from pathlib import Path
from assistant.operations.work import work
from assistant.web.server import main
folder = Path(sys.argv.pop(1))
def question():
    with work().doing():
        (folder / "begun").touch()
        while not work().is_stopping:
            time.sleep(0.05)
        time.sleep(1)
        (folder / "kept").touch()
threading.Thread(target=question, daemon=True).start()
sys.exit(main(sys.argv[1:]))
"""


def _environment(place: Place, **more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "JUSHI_STORE": str(place.folder), **more}


@contextmanager
def _running(command: list[str], environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as written:
        process = subprocess.Popen(command, env=environment, cwd=PROJECT, stderr=written)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _get(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            if _get(address)[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())


def test_it_tells_its_health_and_lets_a_question_end_before_it_stops(bundled_place: Place, tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "log"
    command = [sys.executable, "-c", WORKING, str(tmp_path), "--port", str(port)]
    at = f"http://127.0.0.1:{port}"
    with _running(command, _environment(bundled_place, JUSHI_LOG_FORMAT="json"), log) as server:
        _wait_for(f"{at}/health/live", server, log)
        status, told = _get(f"{at}/health")
        assert (status, json.loads(told)["status"]) == (200, "ready")
        assert "jushi_index_up 1.0" in _get(f"{at}/metrics")[1]
        assert "<html" in _get(f"{at}/indicators")[1], "the pages are served as well"
        taken = _start(_environment(bundled_place), port)
        assert taken.returncode == 2 and f"端口 {port} 用不了" in taken.stderr
        assert "jushi_questions_in_work 1.0" in _get(f"{at}/metrics")[1]
        server.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        assert _get(f"{at}/health")[0] == 503, "no new visitors while it stops"
        assert not (tmp_path / "kept").exists()
        assert server.wait(20) == 0
    assert (tmp_path / "kept").exists()
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert "stopping" in {line["message"] for line in lines}


def _start(environment: dict[str, str], port: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assistant.web.server", "--port", str(port), *arguments]
    return subprocess.run(
        command, env=environment, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=START_SECONDS
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [({"JUSHI_NONSENSE": "1"}, "不认识的设置"), ({"JUSHI_MIN_FREE_BYTES": str(10**15)}, "磁盘只剩")],
)
def test_it_refuses_to_start_with_a_sentence_and_code_2(bundled_place: Place, more: dict[str, str], said: str) -> None:
    refused = _start(_environment(bundled_place, **more), free_port(), "--check")
    assert refused.returncode == 2
    assert refused.stderr.startswith("不能启动：") and said in refused.stderr
    assert "Traceback" not in refused.stderr
