"""The set-up: what make offers, and when an environment is made, kept or made anew.

A stub stands in for Python, so that nothing is downloaded; it writes down what it was asked to do.
"""

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
COMMANDS = ["chat", "serve", "ocr", "test", "check", "build", "eval", "bench", "bundle", "clean"]
STUB = """#!/bin/sh
case "$*" in
    --version) echo "Python {version}"; exit 0 ;;
    "-m venv "*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
esac
echo "$*" >>{log}
case "$*" in *" pip install "*) exit {pip_exit} ;; esac
"""

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="no make on this machine")


class Machine:
    """A folder with a stub for Python and the environment that the set-up makes of it."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "log"
        self.python = folder / "python"
        self.venv = folder / "venv"
        self.install_python()

    def install_python(self, version: str = "3.12.1", pip_exit: int = 0) -> None:
        self.python.write_text(STUB.format(version=version, log=self.log, pip_exit=pip_exit), encoding="utf-8")
        self.python.chmod(0o755)

    def set_up(self, *kind: str) -> subprocess.CompletedProcess[str]:
        """Runs the set-up and forgets what earlier runs had done."""
        self.log.write_text("", encoding="utf-8")
        return _run("sh", ".ci/setup.sh", str(self.venv), *kind, environment={"PYTHON": str(self.python)})

    def done(self) -> str:
        return self.log.read_text(encoding="utf-8")


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def _run(*command: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    path = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8"}
    return subprocess.run(
        command, cwd=PROJECT, env=path | (environment or {}), capture_output=True, text=True, check=False, timeout=60
    )


def test_help_lists_every_command_with_one_line() -> None:
    lines = _run("make", "help").stdout.splitlines()[1:]
    assert [line.split()[0] for line in lines] == COMMANDS
    assert all(len(line.split()) > 1 for line in lines)


def test_a_second_run_installs_nothing(machine: Machine) -> None:
    assert machine.set_up().returncode == 0
    assert "-r requirements.lock" in machine.done()
    assert "requirements-dev.lock" not in machine.done()
    assert machine.set_up().returncode == 0
    assert machine.done() == ""


def test_the_tests_add_to_the_environment_of_the_chat(machine: Machine) -> None:
    machine.set_up()
    machine.set_up("dev")
    assert "requirements-dev.lock" in machine.done()
    assert "-m venv" not in machine.done()
    machine.set_up()
    assert machine.done() == ""


def test_an_interrupted_run_starts_over(machine: Machine) -> None:
    machine.install_python(pip_exit=1)
    broken = machine.set_up()
    assert broken.returncode == 2
    assert "再运行" in broken.stderr
    left_behind = machine.venv / "half-installed"
    left_behind.touch()
    machine.install_python()
    assert machine.set_up().returncode == 0
    assert not left_behind.exists()


def test_an_upgrade_that_is_interrupted_starts_over_too(machine: Machine) -> None:
    machine.set_up()
    python = machine.venv / "bin" / "python"
    python.write_text(python.read_text(encoding="utf-8").replace("exit 0 ;; esac", "exit 1 ;; esac"), encoding="utf-8")
    assert machine.set_up("dev").returncode == 2
    machine.set_up("dev")
    assert "-m venv" in machine.done()


def test_another_python_makes_the_environment_anew(machine: Machine) -> None:
    machine.set_up()
    python = machine.venv / "bin" / "python"
    python.write_text(python.read_text(encoding="utf-8").replace("3.12.1", "3.13.0"), encoding="utf-8")
    machine.set_up()
    assert "-m venv" in machine.done()


def test_an_old_python_is_named_in_the_message(tmp_path: Path) -> None:
    old = tmp_path / "python"
    old.write_text('#!/bin/sh\nif [ "$1" = --version ]; then echo "Python 3.9.2"; else exit 1; fi\n', encoding="utf-8")
    old.chmod(0o755)
    refused = _run("make", "chat", f"VENV={tmp_path / 'venv'}", f"PYTHON={old}")
    assert refused.returncode != 0
    assert "需要 Python 3.11" in refused.stderr
    assert "3.9.2" in refused.stderr
    assert not (tmp_path / "venv").exists()


def test_a_taken_port_is_said_in_chinese_before_anything_starts() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused = _run(sys.executable, "-m", "assistant.web.port", port)
    assert refused.returncode == 2
    assert f"端口 {port} 已被占用" in refused.stderr
    assert "PORT=" in refused.stderr


def test_locks_pin_exact_versions_that_fit_every_machine() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        lines = [line for line in (PROJECT / lock).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        assert lines
        assert all("==" in line and "+" not in line and "@" not in line for line in lines)
    assert "torch==2.13.0" in (PROJECT / "requirements.lock").read_text(encoding="utf-8").splitlines()
