"""Twenty questions worded by a real model on a real server: whatever it writes, no figure but the ledger's is shown."""

import re
import sys
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.language.model import open_model
from assistant.library import Library
from corpus.quantities import scan
from corpus.settings import Settings
from tests.language_replies import Posed, posed_over
from tests.model_server import CONTEXT_TOKENS, missing, model_server

CASES = 20

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


def strange_numbers(answer: Answer, each: Posed) -> list[str]:
    """Quantities of an answer that the draft of code does not tell."""
    told, text = re.sub(r"\s", "", each.draft.text), re.sub(r"\[\d+\]", "", answer.answer)
    found = [text[numeral.start : numeral.end] for numeral in scan(text) if numeral.numeral_class == "figure"]
    return [words for words in found if re.sub(r"\s", "", words) not in told]


def test_twenty_questions_show_no_figure_but_the_ledgers(drafts_library: Library, tmp_path: Path) -> None:
    asked = posed_over(drafts_library, 40)[:CASES]
    assert len(asked) == CASES
    with model_server(tmp_path / "model.gguf") as address:
        settings = Settings(
            llm="openai:gemma-3-270m", llm_base_url=address, llm_max_tokens=32, llm_retries=0,
            llm_context_tokens=CONTEXT_TOKENS, llm_timeout_seconds=3,
        )  # fmt: skip
        assistant = Assistant(drafts_library, max_question_characters=500, model=open_model(settings))
        answers = [assistant.answer(each.question) for each in asked]
    assert all(answer.model is not None for answer in answers), "the model was not asked"
    assert [strange_numbers(answer, each) for answer, each in zip(answers, asked, strict=True)] == [[]] * CASES
    assert all(answer.figures[0].id == each.figure.id for answer, each in zip(answers, asked, strict=True))
    by_code = sum(answer.answer == each.draft.text for answer, each in zip(answers, asked, strict=True))
    sys.stdout.write(f"real model: {CASES} questions, {by_code} answered in code's own words\n")
