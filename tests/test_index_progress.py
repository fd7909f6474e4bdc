"""Progress of a build: rate and time left, with and without a terminal."""

import io

import pytest

from index import progress
from index.progress import LINE_EVERY, BuildProgress


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(progress, "time", clock)
    return clock


def test_without_a_terminal_a_line_tells_rate_and_time_left(clock: Clock, capsys: pytest.CaptureFixture[str]):
    with BuildProgress() as told:
        told("计算向量", 0, 400)
        clock.now += LINE_EVERY - 1
        told("计算向量", 64, 400)
        assert capsys.readouterr().err == ""
        clock.now += 6
        told("计算向量", 200, 400)
        told("计算向量", 264, 400)
    assert capsys.readouterr().err == "计算向量：200/400，每秒 10.0 条，约剩 20 秒\n"


def test_each_stage_counts_from_its_own_beginning(clock: Clock, capsys: pytest.CaptureFixture[str]):
    with BuildProgress() as told:
        told("读取报告", 0, 2)
        clock.now += 50
        told("计算向量", 0, 90)
        clock.now += 30
        told("计算向量", 30, 90)
    assert capsys.readouterr().err == "计算向量：30/90，每秒 1.0 条，约剩 60 秒\n"


def test_on_a_terminal_a_bar_shows_rate_and_time_left(monkeypatch: pytest.MonkeyPatch):
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr("sys.stderr", screen)
    with BuildProgress() as told:
        told("计算向量", 0, 100)
        told("计算向量", 100, 100)
    assert "计算向量: 100%" in screen.getvalue()
    assert "条/s" in screen.getvalue()
