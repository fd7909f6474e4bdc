"""A question understood in its conversation, as `conversations/follow_up.py` hands it on."""

from dataclasses import dataclass

from assistant.conversations.slots import Slots, Wish
from corpus.model import Figure
from corpus.units import Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class Understood:
    """`text` is the question as it stands by itself, shown to the user, and is looked up unless rows are known."""

    text: str
    rows: tuple[Figure, ...] = ()
    wish: Wish | None = None
    unit: Unit | None = None
    slots: Slots | None = None  # of a follow-up, for what it adds
    before: Figure | None = None  # the row it starts from, where no row was found for what it asks
    told: str = ""  # the answer it goes on from
    again: str = ""  # the earlier question, where no row is known for it
