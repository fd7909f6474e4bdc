"""The offline bundle: what goes in, and what its installer does. The real one is tried by `make offline`."""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).resolve().parent.parent
SETUP = """#!/bin/sh
mkdir -p .venv && echo "$PIP_NO_INDEX $PIP_CONFIG_FILE $PIP_FIND_LINKS $*" >.venv/said
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the installer is a shell script")


@pytest.fixture(scope="session")
def bundling() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bundling", PROJECT / ".ci" / "bundle.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def bundle(bundling: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A bundle of a project that is nothing but a set-up and a module, unpacked."""
    project = tmp_path / "project"
    (project / ".ci").mkdir(parents=True)
    (project / ".ci" / "setup.sh").write_text(SETUP)
    (project / "index").mkdir()
    (project / "index" / "new.py").touch()

    def run(*command: str) -> None:
        if command[0] == "git":
            with tarfile.open(command[command.index("-o") + 1], "w:gz") as tar:
                tar.add(project, arcname=".")
        else:
            wheels = Path(command[command.index("--wheel-dir") + 1])
            wheels.mkdir()
            (wheels / "thing-1-py3-none-any.whl").write_text("wheel")

    monkeypatch.setattr(bundling, "_run", run)
    assert bundling.main(["--out", str(tmp_path / "dist")]) == 0
    archive = next((tmp_path / "dist").glob("*.tar"))
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path / "there", filter="data")
    return tmp_path / "there" / archive.stem


def _install(bundle: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHON": sys.executable}
    return subprocess.run(
        ["sh", str(bundle / "install.sh"), *arguments], env=environment, cwd=bundle.parent,
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_every_file_of_a_bundle_has_its_checksum(bundle: Path) -> None:
    sums = dict(reversed(line.split("  ", 1)) for line in (bundle / "SHA256SUMS").read_text().splitlines())
    files = {path.relative_to(bundle).as_posix() for path in bundle.rglob("*") if path.is_file()} - {"SHA256SUMS"}
    assert sums.keys() == files > {"install.sh", "README.md", "PLATFORM", "sources.tar.gz"}
    for name, known in sums.items():
        assert hashlib.sha256((bundle / name).read_bytes()).hexdigest() == known


def test_nothing_is_left_of_a_bundle_that_fails(
    bundling: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*command: str) -> None:
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(bundling, "_run", fail)
    assert bundling.main(["--out", str(tmp_path)]) == 2
    assert list(tmp_path.iterdir()) == []


def test_it_installs_from_its_own_wheels_alone(bundle: Path) -> None:
    done = _install(bundle, "--tests", "office")
    assert done.returncode == 0, done.stderr
    said = (bundle.parent / "office" / ".venv" / "said").read_text().split()
    assert said == ["1", "/dev/null", str(bundle / "wheels"), ".venv", "dev"]


def test_an_upgrade_takes_old_modules_away_and_keeps_the_index(bundle: Path) -> None:
    office = bundle.parent / "office"
    (office / "index").mkdir(parents=True)
    (office / "index" / "old.py").touch()
    (office / ".jushi").mkdir()
    (office / ".jushi" / "conversations.sqlite").touch()
    assert _install(bundle, "office").returncode == 0
    assert [path.name for path in (office / "index").iterdir()] == ["new.py"]
    assert (office / ".jushi" / "conversations.sqlite").exists()


def test_a_damaged_bundle_is_refused_before_anything_is_touched(bundle: Path) -> None:
    (bundle / "wheels" / "thing-1-py3-none-any.whl").write_text("torn")
    refused = _install(bundle, "office")
    assert refused.returncode == 2 and "安装包不完整" in refused.stderr
    assert not (bundle.parent / "office").exists()


def test_another_python_or_machine_is_refused(bundle: Path) -> None:
    (bundle / "PLATFORM").write_text("cp399 plan9_mips\n")
    refused = _install(bundle, "office")
    assert refused.returncode == 2 and "cp399" in refused.stderr


def test_a_path_with_spaces_is_refused_with_a_sentence(bundle: Path) -> None:
    moved = bundle.with_name("with space")
    shutil.move(bundle, moved)
    refused = _install(moved, "office")
    assert refused.returncode == 2 and "空格" in refused.stderr
