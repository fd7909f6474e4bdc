"""Pytest plugin: a run without a browser, or without PostgreSQL, says so in its last lines."""

import re

import pytest

_NOT_RUN = re.compile(r"(?:browser|server) tests NOT RUN: .*")
_reasons: set[str] = set()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    text = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else ""
    if report.skipped and (reason := _NOT_RUN.search(text)):
        _reasons.add(reason.group())


def pytest_unconfigure(config: pytest.Config) -> None:
    """After pytest's own summary, so that these are the last lines."""
    for reason in sorted(_reasons):
        config.get_terminal_writer().line(reason)
