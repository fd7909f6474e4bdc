"""Replies in wordings that the word lists were not made from, over composed reports: sound ones and spoiled ones.

The sound ones were written as capable models write, most of them before the lists; `tests/wordings` has them with the
composed reports they are about, figures in braces as code shows them. Spoiled ones are of two kinds: written by hand,
and sound ones changed by a script.
"""

import json
import random
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.language.guard import Told, check, further
from assistant.language.known import Known, known_of
from assistant.language.material import Material, material_of
from assistant.language.sentences import sentences_of
from assistant.library import Library
from index.build import build
from index.place import Place
from index.store import Store
from tests.language_spoiled import changed

FOLDER = Path(__file__).parent / "wordings"
# Of the sound replies so many are shown as written; what is not falls back to code's own words.
SHOWN = 0.87
SPOILED = 5000
_VALUE = re.compile(r"\{([^{}]+)\}")


def rows(name: str) -> list[dict[str, str]]:
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def with_slots(reply: str, material: Material) -> str | None:
    """A reply with slots for its figures; None where the draft does not tell one of them."""
    slots = {slot.shown.partition("（")[0]: slot.key for slot in reversed(material.told)}
    values = _VALUE.findall(reply)
    return _VALUE.sub(lambda match: f"{{{slots[match[1]]}}}", reply) if set(values) <= set(slots) else None


class Desk:
    """What the guard is given for a question over one set of reports."""

    def __init__(self, libraries: Mapping[str, Library]) -> None:
        self.libraries = libraries
        self.assistants = {name: Assistant(library, max_question_characters=500) for name, library in libraries.items()}
        self.asked = cache(self._asked)

    def _asked(self, reports: str, question: str) -> tuple[Material, Known] | None:
        draft = self.assistants[reports]._draft_of(question)
        material = material_of(question, draft, self.libraries[reports])
        return (material, known_of(material)) if material is not None else None

    def given(self, row: Mapping[str, str]) -> tuple[Material, Known]:
        found = self.asked(row["reports"], row["question"])
        assert found is not None, row["question"]
        return found

    def reply(self, row: Mapping[str, str]) -> str:
        """The reply with slots; empty where the answer composed by code tells other figures."""
        found = self.asked(row["reports"], row["question"])
        return (with_slots(row["reply"], found[0]) or "") if found is not None else ""

    def rejected(self, row: Mapping[str, str]) -> str:
        """Why a sentence of a reply is not shown as it is, or empty."""
        material, known = self.given(row)
        told = Told()
        for sentence in sentences_of(self.reply(row)):
            verdict = check(sentence, material, known, told)
            if verdict.reason:
                return verdict.reason
            told = further(told, verdict)
        return ""

    def shows(self, row: Mapping[str, str], reply: str) -> list[str]:
        """The sentences of a spoiled reply that are shown, but those that the sound one has too."""
        material, known = self.given(row)
        told, sound = Told(), set(sentences_of(self.reply(row)))
        found = []
        for sentence in sentences_of(reply):
            verdict = check(sentence, material, known, told)
            if verdict.reason:
                break
            told = further(told, verdict)
            found += [sentence] if sentence not in sound else []
        return found


@pytest.fixture(scope="module")
def desk(drafts_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    libraries = {"drafts": drafts_library}
    for report in sorted(FOLDER.glob("*.txt")):
        place = Place(folder=tmp_path_factory.mktemp(report.stem))
        assert build(place, [report]).failures == ()
        libraries[report.stem] = Library(Store.at(place))
    return Desk(libraries)


def test_sound_replies_in_free_wordings_are_shown_as_written(desk: Desk) -> None:
    replies = [row for row in rows("sound") if desk.reply(row)]
    assert len(replies) >= 200
    rejected = [(row["reply"], reason) for row in replies if (reason := desk.rejected(row))]
    assert len(rejected) <= (1 - SHOWN) * len(replies), rejected


def test_replies_spoiled_by_hand_are_not_shown(desk: Desk) -> None:
    spoiled = [row for row in rows("spoiled") if desk.reply(row)]
    assert len(spoiled) >= 70
    assert [row for row in spoiled if not desk.rejected(row)] == []
    assert [row for row in spoiled if desk.shows({**row, "reply": ""}, desk.reply(row))] == []


def test_sound_replies_with_one_thing_changed_are_not_shown(desk: Desk) -> None:
    draw, tried = random.Random(3), Counter[str]()
    replies = [row for row in rows("sound") if desk.reply(row)]
    kept = set(map(desk.reply, replies))
    spoiled = [
        (kind, text, row)
        for row in replies
        for kind, text in changed(desk.reply(row), desk.given(row)[0], desk.libraries[row["reports"]], draw)
        if text not in kept
    ]
    draw.shuffle(spoiled)
    shown = []
    for kind, text, row in spoiled[:SPOILED]:
        tried[kind] += 1
        shown += [(kind, sentence) for sentence in desk.shows(row, text)]
    assert sum(tried.values()) == SPOILED
    assert len(tried) >= 12, tried
    assert shown == []
