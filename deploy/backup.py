"""Backup and restore of what cannot be made again: `python deploy/backup.py save FOLDER` and `restore BACKUP`.

It reads the same settings as the program. With SQLite: the store's folder, its database copied consistently while the
pages go on. With PostgreSQL: `pg_dump`, which holds the reports themselves too. Vectors on a Chroma server are copied
where its folder is named (--chroma), and can always be built anew (`python -m index build --anew`).

    jushi-20260102-030405/ backup.json store/ database.dump chroma/
"""

import argparse
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from corpus.errors import JushiError
from corpus.settings import Settings, settings
from index.generations import CURRENT, GENERATIONS, current_generation

LIST = "backup.json"
NAME = "jushi-%Y%m%d-%H%M%S"
# of a store's folder: what is being built, put aside for a build, or another machine's copy
PASSING = {GENERATIONS, "shared", "uploads", ".lock", CURRENT + ".new"}
SQLITE = b"SQLite format 3\0"
SIDE_FILES = ("-wal", "-shm", "-journal")


class BackupError(JushiError):
    """A backup cannot be made or read."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="备份与恢复")
    actions = parser.add_subparsers(dest="action", required=True)
    saving = actions.add_parser("save", help="在文件夹里存一份新的备份")
    saving.add_argument("folder", type=Path)
    saving.add_argument("--keep", type=int, metavar="N", help="只留最新的几份")
    restoring = actions.add_parser("restore", help="恢复一份备份（先停下问答服务）")
    restoring.add_argument("backup", type=Path)
    for action in (saving, restoring):
        action.add_argument("--chroma", type=Path, metavar="文件夹", help="Chroma 服务器存数据的文件夹")
    options = parser.parse_args(arguments)
    try:
        if options.action == "save":
            sys.stdout.write(f"已备份到 {save(settings(), options.folder, chroma=options.chroma)}\n")
            _forget(options.folder, options.keep)
        else:
            restore(settings(), options.backup, chroma=options.chroma)
            sys.stdout.write("已恢复。\n")
    except JushiError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def save(chosen: Settings, folder: Path, *, chroma: Path | None = None) -> Path:
    """A new backup in `folder`, under its name only once it is whole."""
    backup = folder / datetime.now(UTC).strftime(NAME)
    part = backup.with_suffix(".part")
    part.mkdir(parents=True)
    try:
        _save_store(chosen.store, part / "store")
        if chosen.database_url:
            _postgres("pg_dump", chosen.database_url, "--format=custom", f"--file={part / 'database.dump'}")
        if chroma is not None:
            _copy(chroma, part / "chroma")
        _write_list(part)
        part.rename(backup)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return backup


def restore(chosen: Settings, backup: Path, *, chroma: Path | None = None) -> None:
    """Puts a backup in the place of what is there; the store's and Chroma's folders of before are put aside."""
    _check(backup)
    if chosen.database_url != "" and not (backup / "database.dump").is_file():
        raise BackupError(f"备份 {backup} 里没有 PostgreSQL 的内容，而 JUSHI_DATABASE_URL 设了数据库。")
    if chosen.database_url:
        dump = str(backup / "database.dump")
        options = ["--clean", "--if-exists", "--no-owner", "--single-transaction", "--dbname"]
        _postgres("pg_restore", chosen.database_url, *options, last=dump)
    _replace(backup / "store", chosen.store)
    if chroma is not None:
        _replace(backup / "chroma", chroma)


def _save_store(store: Path, to: Path) -> None:
    to.mkdir()
    for path in store.iterdir() if store.is_dir() else ():
        if path.name not in PASSING:
            _copy(path, to / path.name)
    serving = current_generation(store)
    if serving is not None:
        _copy(serving, to / GENERATIONS / serving.name)
        (to / CURRENT).write_text(serving.name, encoding="utf-8")


def _copy(path: Path, to: Path) -> None:
    """A file or a folder; SQLite's files as they were at one moment, whoever writes to them."""
    to.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        to.mkdir(exist_ok=True)
        for each in path.iterdir():
            _copy(each, to / each.name)
    elif _is_sqlite(path):
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as source, closing(sqlite3.connect(to)) as copy:
            source.backup(copy)
    elif not path.name.endswith(SIDE_FILES):
        shutil.copy2(path, to)


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(SQLITE)) == SQLITE


def _postgres(program: str, database_url: str, *options: str, last: str | None = None) -> None:
    """The password goes by the environment: arguments can be read by everyone on the machine."""
    url = sa.make_url(database_url).set(drivername="postgresql")
    environment = os.environ | ({"PGPASSWORD": str(url.password)} if url.password else {})
    address = url.set(password=None).render_as_string(hide_password=False)
    command = [program, *options, address, *([last] if last else [])]
    try:
        subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise BackupError(f"没有 {program}。请安装 PostgreSQL 的客户端程序（Debian：postgresql-client）。") from error
    except subprocess.CalledProcessError as error:
        raise BackupError(f"{program} 没有成功：{error.stderr.strip()}") from error


def _write_list(backup: Path) -> None:
    files = sorted(path for path in backup.rglob("*") if path.is_file())
    sums = {path.relative_to(backup).as_posix(): _sha256(path) for path in files}
    (backup / LIST).write_text(json.dumps(sums, ensure_ascii=False, indent=1), encoding="utf-8")


def _check(backup: Path) -> None:
    try:
        sums = json.loads((backup / LIST).read_text(encoding="utf-8"))
        broken = [name for name, known in sums.items() if _sha256(backup / name) != known]
    except (OSError, ValueError) as error:
        raise BackupError(f"{backup} 不是一份完整的备份（{error}）。") from error
    if broken:
        raise BackupError(f"备份 {backup} 已损坏：{'、'.join(broken[:3])}。什么也没有改动。")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _replace(saved: Path, place: Path) -> None:
    """Copies beside the place first, so that a full disk leaves what was there."""
    if not saved.is_dir():
        return
    fresh = place.with_name(place.name + ".restoring")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(saved, fresh)
    if place.exists():
        place.rename(place.with_name(f"{place.name}.{datetime.now(UTC):before-%Y%m%d-%H%M%S}"))
    fresh.rename(place)


def _forget(folder: Path, keep: int | None) -> None:
    backups = sorted(path for path in folder.glob("jushi-*") if (path / LIST).is_file())
    for old in backups[:-keep] if keep else ():
        shutil.rmtree(old)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
