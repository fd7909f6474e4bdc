"""How long hostile questions and histories take: every one of `tests/hostile.py`, and some of exact lengths.

`python -m tests.bench_hostile` asks each of an assistant over the bundled report with everything loaded, in wall
time, and prints the slowest with their share of the second that is allowed, and how many ordinary questions that
would have been. What is refused as no question counts as answered. It fails where one takes longer.
"""

import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

from assistant.assistant import Assistant
from assistant.conversations.conversation import Turn
from corpus.errors import JushiError
from tests.bench_answers import opened, ordinary, store_of
from tests.hostile import FOLLOW_UPS, HISTORIES, LONGEST, QUESTIONS

ALLOWED_SECONDS = 1.0
TOLD = 8
_SENTENCE = "2022年全市城镇新增就业人数和失业保险参保人数实际完成多少，分别比目标多了百分之几？"

LENGTHS: Mapping[str, str] = {
    "1,000 characters of questions": (_SENTENCE * 100)[:LONGEST],
    "100,000 characters of questions": (_SENTENCE * 10_000)[:100_000],
    "10,000 digits": "0123456789" * 1000,
    "1,000 digits": "0123456789" * 100,
    "1,000 control characters": "".join(chr(number % 32) for number in range(LONGEST)),
    "control characters between": "".join(f"{character}\x00\x1b" for character in _SENTENCE),
    "100,000 control characters": "\x07" * 100_000,
}


def seconds_of(assistant: Assistant, question: str, history: Sequence[Turn] = ()) -> float:
    """Wall time until the answer, or the refusal to read the question."""
    began = time.perf_counter()
    with suppress(JushiError):  # an orderly refusal: empty, too long, no words
        assistant.answer(question, history)
    return time.perf_counter() - began


def measured(assistant: Assistant) -> dict[str, float]:
    """Seconds of each hostile question, alone and behind a hostile history."""
    found = {name: seconds_of(assistant, question) for name, question in {**QUESTIONS, **LENGTHS}.items()}
    for name, history in HISTORIES.items():
        for follow_up in FOLLOW_UPS:
            found[f"{follow_up} after {name}"] = seconds_of(assistant, follow_up, history)
    return found


def main() -> int:
    assistant = opened(store_of(1))
    usual = statistics.median(seconds_of(assistant, question) for question in ordinary())
    found = measured(assistant)
    slowest = sorted(found, key=lambda name: -found[name])
    lines = [f"{len(found)} hostile questions, allowed {ALLOWED_SECONDS:.1f} s each, an ordinary one {usual:.3f} s"]
    lines += [
        f"{name[:44]:44} {found[name]:6.3f} s   {found[name] / ALLOWED_SECONDS:5.2f} of what is allowed   "
        f"{found[name] / usual:6.1f} ordinary questions"
        for name in dict.fromkeys([*slowest[:TOLD], *LENGTHS])
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return int(found[slowest[0]] > ALLOWED_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
