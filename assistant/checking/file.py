"""A draft's file, read as reports are."""

from pathlib import Path

from corpus.errors import InputFileError, ReportError
from corpus.ledger import read_report
from corpus.model import Report


def read_draft(path: Path) -> Report:
    """The draft in a file of any kind that reports may have, with its figures.

    Raises:
        InputFileError: missing, empty, too large, of another format, or not readable.
    """
    try:
        return read_report(path)
    except ReportError as error:
        raise InputFileError(f"草稿读不了。{error}") from error
