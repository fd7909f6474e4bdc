"""Files a user hands over: named safely, checked by size, suffix and first bytes, and put aside for a build.

"../../年报.PDF" -> "年报.PDF"; the same name with other bytes than the held report -> asked about
"""

import hashlib
import secrets
import shutil
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Literal

from corpus.errors import ReportError
from corpus.formats.kinds import reader_of
from corpus.model import Metadata

Standing = Literal["new", "same", "other"]  # beside what is held: no such name, the same bytes, other bytes
FOLDER = "uploads"
_LONGEST_NAME = 120  # characters; a file system takes 255 bytes, and a Chinese character is three
_FORBIDDEN = set('<>:"|?*')


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    """A file as it was handed over, under a name that is safe as a report's."""

    name: str
    data: bytes

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def standing(self, held: Sequence[Metadata]) -> Standing:
        """How it stands to the reports the index holds."""
        known = {metadata.report: metadata.checksum for metadata in held}
        if self.name not in known:
            return "new"
        return "same" if known[self.name] == self.checksum else "other"


def checked_upload(name: str, data: bytes, max_bytes: int) -> Upload:
    """The upload, if its size and content are those of a report that can be read.

    Raises:
        ReportError: too large, empty, of a format that cannot be read, or its bytes are of another kind.
    """
    upload = Upload(name=safe_name(name), data=data)
    if len(data) > max_bytes:
        raise ReportError(
            f"“{upload.name}”有 {len(data)} 字节，超过上限 {max_bytes}。"
            "请拆分文件，或请管理员调大 JUSHI_MAX_REPORT_BYTES。"
        )
    if not data.strip():
        raise ReportError(f"“{upload.name}”是空的。请换一个有内容的文件。")
    reader_of(upload.name, data)
    return upload


def safe_name(name: str) -> str:
    """The last part of a file name, without what file systems or pages read as something else.

    Raises:
        ReportError: nothing is left of it, or it is too long.
    """
    last = PureWindowsPath(PurePosixPath(unicodedata.normalize("NFC", name)).name).name
    kept = "".join(character for character in last if character.isprintable() and character not in _FORBIDDEN)
    kept = kept.strip().lstrip(".-")
    if not PurePosixPath(kept).stem:
        raise ReportError("这个文件没有可用的名字。请改名后再上传。")
    if len(kept) > _LONGEST_NAME or len(kept.encode()) > 240:
        raise ReportError(
            f"文件名“{kept[:20]}……”太长（{len(kept)} 字）。请改短到 {_LONGEST_NAME} 字以内、80 个汉字以内。"
        )
    return kept


def renamed(upload: Upload, taken: Collection[str]) -> Upload:
    """The same file under a name that is still free: 年报.pdf -> 年报（2）.pdf."""
    path = PurePosixPath(upload.name)
    names = (f"{path.stem}（{number}）{path.suffix}" for number in range(2, len(taken) + 3))
    return Upload(name=next(name for name in names if name not in taken), data=upload.data)


def put_aside(uploads: Sequence[Upload], store: Path) -> Path:
    """Writes the files into a fresh folder beside the index; whoever builds from it removes it.

    Raises:
        ReportError: the folder cannot be written.
    """
    folder = store / FOLDER / secrets.token_hex(8)
    try:
        folder.mkdir(parents=True)
        for upload in uploads:
            (folder / upload.name).write_bytes(upload.data)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise ReportError(f"上传的文件存不下来（{error.strerror}）。请检查磁盘空间，再试一次。") from error
    return folder
