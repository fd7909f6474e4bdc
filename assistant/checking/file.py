"""A draft's file read as reports are; Word files are read here as long as reports cannot be."""

import hashlib
from pathlib import Path

from corpus.errors import InputFileError, ReportError
from corpus.formats.word import read_word
from corpus.ledger import read_report, report_of
from corpus.model import Report
from corpus.settings import settings
from corpus.source import Source

_WORD = ".docx"


def read_draft(path: Path) -> Report:
    """The draft in a txt, md or docx file, with its figures.

    Raises:
        InputFileError: missing, empty, too large, of another format, or not text.
    """
    try:
        if path.suffix.lower() == _WORD and path.is_file():
            return _word_draft(path)
        return read_report(path)
    except ReportError as error:
        raise InputFileError(f"草稿读不了。{error}") from error


def _word_draft(path: Path) -> Report:
    limits = settings()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputFileError(f"打不开文件“{path}”：{error.strerror}。请检查权限。") from error
    text = read_word(data, path.name, max_bytes=limits.max_report_bytes)
    if not text.strip():
        raise InputFileError(f"草稿“{path.name}”是空的。请换一个有内容的文件。")
    source = Source(name=path.name, text=text, checksum=hashlib.sha256(data).hexdigest())
    return report_of(source, max_table_columns=limits.max_table_columns)
