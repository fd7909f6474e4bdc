"""What a question means in its conversation: follow-ups become questions that stand by themselves.

The state is rebuilt from the text of the turns each time; nothing is kept between calls.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.conversation import Turn
from assistant.draft import Draft
from assistant.library import Library


@dataclass(frozen=True, kw_only=True, slots=True)
class Understood:
    """`text` is the question as it stands by itself, shown to the user; `asked` is what is looked up for it."""

    text: str
    asked: str


def understand(
    question: str, history: Sequence[Turn], library: Library, draft_of: Callable[[str], Draft]
) -> Understood:
    """The question in its conversation; `draft_of` answers a question that stands by itself."""
    return Understood(text=question.strip(), asked=question)


def fulfil(understood: Understood, draft_of: Callable[[str], Draft], library: Library) -> Draft:
    """The answer to a question that was understood."""
    return draft_of(understood.asked)
