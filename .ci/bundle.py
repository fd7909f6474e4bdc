"""Makes one archive that installs without a network: wheels of the lock files (weights inside one of them),
sources, README and an installer. `python .ci/bundle.py [--out DIR]`; for the platform and Python it runs on.

    jushi-0.1.0-cp311-linux_x86_64/
        install.sh README.md PLATFORM SHA256SUMS sources.tar.gz wheels/
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PARTS = PROJECT / "deploy" / "bundle"
LOCKS = ("requirements.lock", "requirements-ocr.lock", "requirements-dev.lock")
BLOCK = 1 << 20


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="做一个离线安装包")
    parser.add_argument("--out", type=Path, default=PROJECT / "dist", help="放在哪个文件夹（默认 dist）")
    out = parser.parse_args(arguments).out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=".bundle-") as work:
        folder = Path(work) / _name()
        folder.mkdir()
        try:
            _fill(folder)
        except subprocess.CalledProcessError as error:
            sys.stderr.write(f"离线安装包没有做成：{' '.join(error.cmd[:4])} …以 {error.returncode} 结束。\n")
            return 2
        archive = out / f"{folder.name}.tar"
        with tarfile.open(archive.with_suffix(".part"), "w") as tar:
            tar.add(folder, arcname=folder.name)
        archive.with_suffix(".part").replace(archive)
    sys.stdout.write(f"{archive}（{archive.stat().st_size / 1e6:.0f} MB）\n")
    return 0


def _fill(folder: Path) -> None:
    _wheels(folder / "wheels")
    _run("git", "-C", str(PROJECT), "archive", "--format=tar.gz", "-o", str(folder / "sources.tar.gz"), "HEAD")
    for part in ("install.sh", "README.md"):
        shutil.copy(PARTS / part, folder / part)
    (folder / "PLATFORM").write_text(_platform() + "\n", encoding="utf-8")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = [f"{_sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in files]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


def _wheels(folder: Path) -> None:
    """Packages that come as sources only are built here, so that the office's machine needs no compiler."""
    locks = [argument for lock in LOCKS for argument in ("-r", str(PROJECT / lock))]
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check")
    _run(*pip, "--wheel-dir", str(folder), *locks, "pip")


def _name() -> str:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return f"{project['name']}-{project['version']}-{_platform().replace(' ', '-')}"


def _platform() -> str:
    """ "cp311 linux_x86_64": what the wheels are for."""
    system = sysconfig.get_platform().replace("-", "_").replace(".", "_")
    return f"cp{sys.version_info.major}{sys.version_info.minor} {system}"


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
