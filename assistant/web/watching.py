"""What a logged-in reader does, counted and written to the audit log; where nobody logs in, nothing is."""

from collections.abc import Callable
from datetime import timedelta

from assistant.answer import Answer
from assistant.people.account import PeopleError
from assistant.people.audit import Event
from assistant.web import identity
from assistant.web.origin import address
from corpus.settings import settings

_MINUTE = timedelta(minutes=1)
_ADDRESS_SHARE = 10  # an office may share one address


def before_question() -> None:
    """Counts a question.

    Raises:
        PeopleError: nobody is logged in, there is nothing the account may see, or too many questions were asked
            within a minute.
    """
    if not identity.is_on():
        return
    account, most = identity.required(), settings().questions_per_minute
    if identity.visible() == frozenset():
        raise PeopleError("还没有给您所在的部门开放任何报告，现在不能作答。请联系管理员。")
    counts = identity.people().counts
    of_account = counts.add("question", account.key, _MINUTE)
    of_address = counts.add("question-address", address(), _MINUTE)
    if most and (of_account > most or of_address > most * _ADDRESS_SHARE):
        raise PeopleError(f"提问太快：每分钟最多 {most} 个问题。请稍等再问。")


def asked(question: str, answer: Answer | None) -> None:
    """Writes a question and what became of it to the audit log.

    Raises:
        PeopleError: it could not be written.
    """
    if identity.is_on():
        identity.people().audit.question(identity.required().name, question, answer)


def record(event: Event, **detail: object) -> None:
    """Writes what is about to happen to the audit log.

    Raises:
        PeopleError: it could not be written.
    """
    if identity.is_on():
        identity.people().audit.record(identity.required().name, event, **detail)


def exported(what: str, make: Callable[[], bytes], **detail: object) -> Callable[[], bytes]:
    """A file's maker that writes to the audit log when the file is taken, which no run of the page sees."""
    if not identity.is_on():
        return make
    name, audit = identity.required().name, identity.people().audit

    def made() -> bytes:
        audit.record(name, "export", what=what, **detail)
        return make()

    return made
