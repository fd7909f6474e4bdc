"""The server's log: text for people or JSON lines for programs, one stream for all libraries. Knows python-json-logger.

{"time": "2026-01-02T03:04:05.678901+00:00", "level": "INFO", "logger": "jushi.questions", "message": "question", …}
"""

import logging
import sys
from typing import Literal

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

# Libraries say at most WARNING: below it, clients of language models write whole requests, with the question.
_OURS = ("jushi", "assistant", "index", "corpus", "uvicorn")
Form = Literal["text", "json"]
_NAMES = {"levelname": "level", "name": "logger", "exc_info": "traceback", "timestamp": "time"}
_TEXT = "%(asctime)s %(levelname)s %(name)s %(message)s"


def write_log(form: Form, level: str) -> None:
    """From now on everything goes to the error stream in that form, whatever handlers libraries have set up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_formatter(form))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level]))
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        if logger.handlers:
            logger.handlers.clear()
            logger.propagate = True
    for name in _OURS:
        logging.getLogger(name).setLevel(level)


def _formatter(form: Form) -> logging.Formatter:
    if form == "text":
        return logging.Formatter(_TEXT)
    return JsonFormatter(
        ["levelname", "name", "message"], rename_fields=_NAMES, timestamp=True, json_ensure_ascii=False,
        reserved_attrs=[*RESERVED_ATTRS, "color_message"],  # uvicorn says the same twice
    )  # fmt: skip
