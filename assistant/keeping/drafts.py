"""A draft that was pasted or handed over, read as reports are; nothing of it is kept."""

from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.checking.file import read_draft
from assistant.keeping.uploads import checked_upload
from corpus.errors import ReportError
from corpus.model import Report

SUFFIXES = (".txt", ".md", ".docx", ".pdf")
PASTED = "草稿.txt"


def draft_of(name: str, data: bytes, max_bytes: int) -> Report:
    """The draft in a file's bytes.

    Raises:
        ReportError: of another format, empty or too large.
        InputFileError: its text cannot be read.
    """
    upload = checked_upload(name, data, max_bytes)
    if Path(upload.name).suffix.lower() not in SUFFIXES:
        raise ReportError(f"草稿“{upload.name}”的格式不能核对。请用 {'、'.join(SUFFIXES)}，或把文字粘贴到框里。")
    with TemporaryDirectory() as folder:
        path = Path(folder) / upload.name
        path.write_bytes(upload.data)
        return read_draft(path)
