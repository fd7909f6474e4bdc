"""Cases of the bundled report worded by a real model: python -m tests.bench_language [MOST] [MINUTES]

All of them, or a sample of MOST spread evenly over them; after MINUTES no further one is asked. Prints how many
answers were worded, how many fell back to code's own words, and every quantity shown that code's answer to the same
question does not tell; it fails where there is one. Of the cases only the questions are read.
"""

import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.conversations.conversation import Turn
from assistant.language.model import open_model
from corpus.quantities import scan
from corpus.settings import Settings, settings
from tests.model_server import CONTEXT_TOKENS, missing, model_server

Line = TypeVar("Line")
CASES = sorted((Path(__file__).parent.parent / "evals" / "cases").glob("gz-hrss-2022.*.jsonl"))


def main(most: int, minutes: float) -> int:
    if reason := missing():
        sys.stdout.write(reason + "\n")
        return 0
    every = [json.loads(line) for path in CASES for line in path.read_text(encoding="utf-8").splitlines()]
    lines = sample(every, most)
    with tempfile.TemporaryDirectory() as folder, model_server(Path(folder) / "model.gguf") as address:
        asked = [(line["question"], tuple(Turn(**turn) for turn in line.get("history", ()))) for line in lines]
        return _measure(asked, address, minutes * 60)


def sample(lines: Sequence[Line], most: int) -> Sequence[Line]:
    """At most so many lines, spread evenly, in an order whose beginning is spread as well."""
    kept = [lines[order * len(lines) // most] for order in range(most)] if most < len(lines) else list(lines)
    random.Random(0).shuffle(kept)
    return kept


def _measure(asked: list[tuple[str, tuple[Turn, ...]]], address: str, seconds: float) -> int:
    model = open_model(
        Settings(
            llm="openai:gemma-3-270m", llm_base_url=address, llm_max_tokens=64, llm_retries=0,
            llm_context_tokens=CONTEXT_TOKENS, llm_timeout_seconds=30,
        )
    )  # fmt: skip
    alone = Assistant.open(settings())
    assistant = Assistant(alone.library, max_question_characters=2000, model=model)
    started, worded, by_code, changed, wrong = time.monotonic(), 0, 0, 0, 0
    done = 0
    for question, history in asked:
        if time.monotonic() - started > seconds:
            break
        done += 1
        code = alone.answer(question, history)
        answer = assistant.answer(question, history)
        worded += answer.model is not None
        by_code += answer.model is not None and answer.answer == code.answer
        changed += answer.status != code.status
        wrong += bool(strange(answer, code))
    rate = by_code / worded if worded else 0.0
    told = [
        f"{done} of {len(asked)} questions, {worded} put to the model",
        f"{by_code} of them in code's own words ({rate:.0%})",
        f"status changed {changed}, answers with a quantity code does not tell {wrong}",
        f"{(time.monotonic() - started) / max(1, done):.1f} s a question",
    ]
    sys.stdout.write("\n".join(told) + "\n")
    return 1 if wrong or changed else 0


def strange(answer: Answer, code: Answer) -> list[str]:
    told = re.sub(r"\s", "", code.answer)
    text = re.sub(r"\[\d+\]", "", answer.answer)
    found = [text[each.start : each.end] for each in scan(text) if each.numeral_class == "figure"]
    return [words for words in found if re.sub(r"\s", "", words) not in told]


if __name__ == "__main__":
    most, minutes = (*sys.argv[1:3], *("10000", "600")[len(sys.argv) - 1 :])
    sys.exit(main(int(most), float(minutes)))
