"""Pytest plugin of test_browser.py: a run without a browser says so in its last line."""

import pytest

NOT_RUN = "browser tests NOT RUN: "
_reasons: set[str] = set()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    text = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else ""
    if report.skipped and NOT_RUN in text:
        _reasons.add(text.split(NOT_RUN, 1)[1])


def pytest_unconfigure(config: pytest.Config) -> None:
    """After pytest's own summary, so that this is the last line."""
    for reason in sorted(_reasons):
        config.get_terminal_writer().line(NOT_RUN + reason)
