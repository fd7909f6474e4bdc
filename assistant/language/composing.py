"""Wording an answer with a language model, sentence by sentence; what code composed stays the truth and the way out.

A sentence is shown once it is verified, and stays. Where one fails, the model is told why and goes on once more
behind what was shown; where it fails again, code says what is still to be said.
"""

import time
from collections.abc import Generator
from dataclasses import dataclass, field, replace

from assistant.answer import ModelUsed
from assistant.draft import Draft
from assistant.language.chat import Chat
from assistant.language.events import Progress, Sentence, Waiting
from assistant.language.guard import Told, check, further, missing, year_missing, years_of
from assistant.language.known import Known, known_of
from assistant.language.masking import SLOT, fill
from assistant.language.material import Material, material_of
from assistant.language.patience import NoReplyError, Patience, ask
from assistant.language.prompts import Prompt
from assistant.language.sentences import Sentences, sentences_of
from assistant.language.trace import Trace
from assistant.language.window import COMPOSE, compose_prompt
from assistant.library import Library

_ATTEMPTS = 2
# A second attempt with less time left than this would only keep the asker waiting.
_TOO_LATE_SECONDS = 1.0
_MOST_SENTENCES = 40
NOT_VERIFIED = "语言模型的表述没有通过核对，这里是程序依据报告撰写的答案。"
PARTLY = "语言模型只写了前面一部分，其余表述没有通过核对，由程序依据报告补齐。"
YEARS = "（{years}年数据）"
NO_REPLY = "语言模型没有给出可用的回复（{reason}），这里是程序依据报告撰写的答案。"


@dataclass(frozen=True, kw_only=True, slots=True)
class Composer:
    chat: Chat
    trace: Trace
    prompt_tokens: int  # of the model's window, what a prompt may take

    def compose(
        self, question: str, draft: Draft, library: Library, patience: Patience
    ) -> Generator[Progress, None, Draft]:
        """Yields verified sentences and signs of waiting; returns the draft that was shown in the end."""
        material = material_of(question, draft, library)
        if material is None or compose_prompt(material, self.prompt_tokens) is None:
            return draft
        written = _Written(known=known_of(material))
        for _ in range(_ATTEMPTS):
            yield from self._attempt(material, written, patience)
            if not written.fault or written.silent or patience.left < _TOO_LATE_SECONDS:
                break
        earlier = f"{draft.model.prompt_version}+" if draft.model is not None else ""
        used = ModelUsed(name=self.chat.name, prompt_version=earlier + COMPOSE)
        if not written.fault:
            if year_missing(material, written.told):
                yield from _with_year(material, written)
            return replace(draft, text=written.told.text.strip(), model=used)
        return (yield from _by_code(material, written, replace(draft, model=used)))

    def _attempt(self, material: Material, written: "_Written", patience: Patience) -> Generator[Progress, None, None]:
        prompt = compose_prompt(material, self.prompt_tokens, fault=written.fault, told=written.told.text)
        if prompt is None:
            return
        written.fault, written.reply, started = "", "", time.monotonic()
        try:
            yield from _sentences(self.chat, prompt, material, written, patience)
        except NoReplyError as error:
            written.fault, written.silent = str(error), True
        lacking = missing(material, written.told)
        if not written.fault and lacking:
            written.fault = f"没有写到{{{lacking[0].key}}}"
        outcome = written.fault or "shown"
        self.trace.write(COMPOSE, prompt, written.reply, seconds=time.monotonic() - started, outcome=outcome)


@dataclass(kw_only=True, slots=True)
class _Written:
    """What has become of an answer so far; `fault` is empty as long as nothing was rejected."""

    known: Known
    told: Told = field(default_factory=Told)
    fault: str = ""
    reply: str = ""
    silent: bool = False


def _sentences(
    chat: Chat, prompt: Prompt, material: Material, written: _Written, patience: Patience
) -> Generator[Progress, None, None]:
    """Shows the sentences of one reply up to the first that fails."""
    cut = Sentences()
    for piece in ask(chat, prompt, patience):
        if isinstance(piece, Waiting):
            yield piece
            continue
        written.reply += piece
        for sentence in cut.feed(piece):
            yield from _shown(sentence, material, written)
            if written.fault:
                return
    for sentence in cut.rest():
        yield from _shown(sentence, material, written)
        if written.fault:
            return


def _shown(sentence: str, material: Material, written: _Written) -> Generator[Progress, None, None]:
    verdict = check(sentence, material, written.known, written.told)
    if verdict.reason:
        written.fault = verdict.reason
        return
    if verdict.text in written.told.text:
        return  # said again
    text = verdict.text + ("\n" if sentence.endswith("\n") else "")
    written.told = further(written.told, replace(verdict, text=text))
    yield Sentence(text=text)


def _with_year(material: Material, written: _Written) -> Generator[Progress, None, None]:
    """An answer always names the year that is meant; where the model did not, code does."""
    text = YEARS.format(years="、".join(years_of(material)))
    written.told = replace(written.told, text=written.told.text.rstrip() + text)
    yield Sentence(text=text)


def _by_code(material: Material, written: _Written, draft: Draft) -> Generator[Progress, None, Draft]:
    """What code composed: all of it, or the sentences with the figures that are still to be told."""
    told = written.told
    if not told.text:
        warning = NO_REPLY.format(reason=written.fault) if written.silent else NOT_VERIFIED
        return replace(draft, warnings=(*draft.warnings, warning))
    slots = {slot.key: slot for slot in material.slots}
    lacking = {slot.key for slot in missing(material, told)}
    for sentence in sentences_of(material.outline):
        if lacking & set(SLOT.findall(sentence)):
            text = fill(sentence, slots).text
            told = replace(told, text=told.text + text)
            yield Sentence(text=text)
    return replace(draft, text=told.text.strip(), warnings=(*draft.warnings, PARTLY))
