"""What is counted and written down of a question: route, status, time; its words only where a setting allows."""

import logging

from assistant.answer import Answer
from assistant.keeping.job import JobState
from assistant.language.fallbacks import fallback_of
from assistant.operations.metrics import metrics
from corpus.errors import JushiError
from corpus.settings import settings

log = logging.getLogger("jushi.questions")


def answered(question: str, answer: Answer) -> None:
    seconds = answer.timing_ms["total"] / 1000
    fallback = fallback_of(answer)
    metrics().answered(answer, seconds, fallback)
    told: dict[str, object] = {
        "route": answer.route,
        "status": answer.status,
        "seconds": round(seconds, 3),
        "figures": len(answer.figures),
        "reports": sorted({citation.report for citation in answer.citations}),
        "fallback": fallback,
    }
    log.info("question", extra=told | _words(question))


def failed(question: str, error: Exception) -> None:
    """The traceback of a bug is logged where its number is given to the user."""
    code = error.code if isinstance(error, JushiError) else "bug"
    metrics().failed(code)
    log.warning("question failed", extra={"code": code} | _words(question))


def built(state: JobState) -> None:
    """A build of the index that the page started has ended."""
    failures = state.result.get("failures")
    unread = len(failures) if isinstance(failures, list) else 0
    succeeded = state.code in {0, 1}  # 1: some reports could not be read
    metrics().built(succeeded=succeeded, unread=unread)
    log.log(logging.INFO if succeeded else logging.ERROR, "build", extra={"code": state.code, "unread": unread})


def _words(question: str) -> dict[str, object]:
    return {"question": question} if settings().log_questions else {}
