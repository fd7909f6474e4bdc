"""What a question means, where the rules could not tell: a model proposes a ledger row by name, code looks it up.

It is asked twice, the rows in another order and numbered anew. What it proposes counts only if both times it is the
same quantity, its name copied and the question's own words for it given; a model that guesses proposes nothing.
"""

import re
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.answer import ModelUsed
from assistant.conversations.answers import rows_draft
from assistant.conversations.wording import question_of
from assistant.draft import Draft
from assistant.figures.phrases import subject
from assistant.figures.same_quantity import same_quantity
from assistant.language.chat import Chat
from assistant.language.choices import choices, decoys
from assistant.language.events import Progress, Waiting
from assistant.language.patience import NoReplyError, Patience, ask
from assistant.language.prompts import fill
from assistant.language.trace import Trace
from assistant.language.window import as_data, tokens
from assistant.library import Library
from assistant.questions.question import read_question
from assistant.refusal import asks_to_compute
from corpus.model import Figure

READING = "reading-1"
UNDERSTOOD = "程序没有读懂原来的问法；这里按语言模型的理解回答“{question}”，请核对是不是您要问的。"
_OBJECT = re.compile(r"\{[^{}]*\}")
_ROLES = {"target": "目标值", "actual": "实际值", "completion_rate": "完成率", "growth": "增减幅度", "rank": "位次"}
_SHORTEST_WORDS = 2


class _Proposal(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    row: str | None
    name: str = ""
    words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """A question as it stands by itself, and its answer by code."""

    question: str
    draft: Draft


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    chat: Chat
    trace: Trace
    prompt_tokens: int

    def read(self, read: Read, before: str, library: Library, patience: Patience) -> Generator[Progress, None, Read]:
        """Of a refused question the reading a model proposes, where it holds; else what was there.

        `before` is what the asker asked last.
        """
        asked = read_question(read.question)
        if read.draft.status != "refused" or not asked.wants_quantity or asks_to_compute(asked):
            return read
        rows = choices(asked, library)
        shown = _mixed(rows, decoys(rows, library))
        first = yield from self._proposed(read.question, before, shown, patience)
        if first is None or first not in rows:
            return read
        second = yield from self._proposed(read.question, before, shown[::-1], patience)
        if second is None or not _one(first, second):
            return read
        draft = rows_draft((first,), library)
        question = question_of(first, library)
        used = ModelUsed(name=self.chat.name, prompt_version=READING)
        warnings = (*draft.warnings, UNDERSTOOD.format(question=question))
        return Read(question=question, draft=replace(draft, warnings=warnings, model=used))

    def _proposed(
        self, question: str, before: str, rows: Sequence[Figure], patience: Patience
    ) -> Generator[Progress, None, Figure | None]:
        """The row of one reply; None where it names none, or not as it was asked to."""
        listed = "\n".join(f"R{number}：{_label(row)}" for number, row in enumerate(rows, 1))
        prompt = fill(
            READING, question=as_data(question), before=as_data(before) or "（无）", rows=as_data(listed) or "（无）"
        )
        if not rows or tokens(prompt.text) > self.prompt_tokens:
            return None
        reply, outcome, started = "", "", time.monotonic()
        try:
            for piece in ask(self.chat, prompt, patience):
                if isinstance(piece, Waiting):
                    yield piece
                else:
                    reply += piece
        except NoReplyError as error:
            outcome = str(error)
        row = _row(reply, question, rows) if not outcome else None
        outcome = outcome or (row.id if row is not None else "no row")
        self.trace.write(READING, prompt, reply, seconds=time.monotonic() - started, outcome=outcome)
        return row


def _mixed(rows: Sequence[Figure], others: Sequence[Figure]) -> tuple[Figure, ...]:
    """Choices and decoys in an order that depends on nothing but their places in the report; none without a choice."""
    return tuple(sorted((*rows, *others), key=lambda row: (row.start * 7919 % 1009, row.start))) if rows else ()


def _one(first: Figure, second: Figure) -> bool:
    """Whether two rows state the same: one row, one quantity, or one number of one indicator."""
    told = first.base_value == second.base_value and first.base_unit == second.base_unit
    same = first.indicator is not None and first.indicator == second.indicator and first.role == second.role
    return first.id == second.id or (told and (same or same_quantity(first, second)))


def _name(row: Figure) -> str:
    own = row.indicator if row.role in {"target", "actual", "completion_rate"} else None
    return own or subject(row)


def _label(row: Figure) -> str:
    told = filter(None, (_ROLES.get(row.role), row.period, row.scope, re.sub(r"\d", "", row.base_unit or "")))
    return f"{_name(row)}（{'，'.join(told)}）"


def _row(reply: str, question: str, rows: Sequence[Figure]) -> Figure | None:
    """The row a reply names, where name and words are copied from what it was given."""
    found = _OBJECT.findall(reply)
    try:
        proposal = _Proposal.model_validate_json(found[-1]) if found else None
    except ValidationError:
        return None
    if proposal is None or proposal.row is None or not re.fullmatch(r"R\d{1,3}", proposal.row):
        return None
    number = int(proposal.row[1:])
    if not 1 <= number <= len(rows) or len(proposal.words) < _SHORTEST_WORDS or proposal.words not in question:
        return None
    row = rows[number - 1]
    return row if proposal.name.strip() in {_name(row), _label(row)} else None
