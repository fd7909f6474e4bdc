"""Errors a user can mend. Each message is Chinese and gives the value, the limit and the next step.

Everything that is not a `JushiError` is a bug and rises.
"""


class JushiError(Exception):
    """Base of the errors shown to users as they are; `code` names the kind in JSON output."""

    code = "error"


class ReportError(JushiError):
    """A report cannot be read: missing, empty, not text, too large, or its name is taken."""

    code = "report"


class StoreError(JushiError):
    """The index is missing, out of date, of another format, or its folder cannot be written."""

    code = "store"


class QuestionError(JushiError):
    """A question that cannot be answered as it is typed: empty, too long, or without words."""

    code = "question"


class SettingsError(JushiError):
    """A setting is unknown or out of range."""

    code = "settings"


class InputFileError(JushiError):
    """A file or line handed to a command (questions, history, queries) is malformed."""

    code = "input"


class ModelError(JushiError):
    """The embedding model cannot be prepared or opened."""

    code = "model"
