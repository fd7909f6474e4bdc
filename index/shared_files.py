"""The small files of a generation (sources, keywords, units, manifest) in the database that machines share.

A file is kept once under its sha256, in parts of a megabyte, however many generations hold it: a build sends only
what is new, and a machine fetches only what it does not have from the generation before.
"""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from index.manifest import FILE as MANIFEST
from index.manifest import checksum

PART_BYTES = 1 << 20

METADATA = sa.MetaData()
FILES = sa.Table(
    "jushi_generation_files",
    METADATA,
    sa.Column("mark", sa.String(16), primary_key=True),
    sa.Column("generation", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("path", sa.String(512), primary_key=True),
    sa.Column("checksum", sa.String(64), nullable=False),
)
BLOBS = sa.Table(
    "jushi_blobs",
    METADATA,
    sa.Column("mark", sa.String(16), primary_key=True),
    sa.Column("checksum", sa.String(64), primary_key=True),
    sa.Column("part", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("bytes", sa.LargeBinary, nullable=False),
)


class IncompleteError(Exception):
    """A generation's file is not in the database as its checksum says."""


def send(engine: sa.Engine, mark: str, number: int, folder: Path, *, without: frozenset[str]) -> None:
    """Puts every file under `folder` into the database, but for its entries of these names."""
    paths = [path for path in _files(folder) if path.relative_to(folder).parts[0] not in without]
    with engine.connect() as connection:
        query = sa.select(BLOBS.c.checksum).where(BLOBS.c.mark == mark, BLOBS.c.part == 0)
        held = set(connection.execute(query).scalars())
    rows = []
    for path in paths:
        found = checksum(path)
        if found not in held:
            _send_bytes(engine, mark, found, path)
            held.add(found)
        rows.append({"path": path.relative_to(folder).as_posix(), "checksum": found})
    with engine.begin() as connection:
        connection.execute(FILES.insert(), [{"mark": mark, "generation": number, **row} for row in rows])


def fetch(engine: sa.Engine, mark: str, number: int, folder: Path, before: Path | None) -> None:
    """Writes a generation's files into the empty `folder`; those that are in `before` already are copied from there.

    Raises:
        IncompleteError: the generation is not there, or not all of it.
    """
    query = sa.select(FILES.c.path, FILES.c.checksum).where(FILES.c.mark == mark, FILES.c.generation == number)
    with engine.connect() as connection:
        rows = connection.execute(query).all()
        if MANIFEST not in {path for path, _ in rows}:
            raise IncompleteError(MANIFEST)
        for path, expected in rows:
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            present = before / path if before else None
            if present and present.is_file() and checksum(present) == expected:
                shutil.copyfile(present, target)
            elif _write(target, _parts(connection, mark, expected)) != expected:
                raise IncompleteError(path)


def forget(engine: sa.Engine, mark: str, number: int) -> None:
    """Deletes a generation's files, and the bytes that no other generation has."""
    with engine.begin() as connection:
        connection.execute(FILES.delete().where(FILES.c.mark == mark, FILES.c.generation == number))
        in_use = sa.select(FILES.c.checksum).where(FILES.c.mark == mark)
        connection.execute(BLOBS.delete().where(BLOBS.c.mark == mark, BLOBS.c.checksum.not_in(in_use)))


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _send_bytes(engine: sa.Engine, mark: str, found: str, path: Path) -> None:
    """All parts of a file or none; part 0 is there for an empty file too."""
    with path.open("rb") as source, engine.begin() as connection:
        part, piece = 0, source.read(PART_BYTES)
        while piece or not part:
            row = {"mark": mark, "checksum": found, "part": part, "bytes": piece}
            connection.execute(BLOBS.insert().values(row))
            part, piece = part + 1, source.read(PART_BYTES)


def _parts(connection: sa.Connection, mark: str, expected: str) -> Iterator[bytes]:
    of_file = (BLOBS.c.mark == mark, BLOBS.c.checksum == expected)
    count = connection.execute(sa.select(sa.func.count()).select_from(BLOBS).where(*of_file)).scalar_one()
    for part in range(count):
        yield connection.execute(sa.select(BLOBS.c.bytes).where(*of_file, BLOBS.c.part == part)).scalar_one()


def _write(target: Path, parts: Iterator[bytes]) -> str:
    """The sha256 of what was written."""
    digest = hashlib.sha256()
    with target.open("wb") as file:
        for part in parts:
            digest.update(part)
            file.write(part)
    return digest.hexdigest()
