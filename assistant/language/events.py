"""What a streamed answer consists of: sentences as each is verified, signs of waiting, the whole answer at last."""

from dataclasses import dataclass

from assistant.answer import Answer


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A verified piece of the answer's text, to be shown behind those before it; never taken back.

    The pieces of one answer, joined, are its `answer`.
    """

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """Nothing new yet: comes several times a second, so that a page can look whether the asker gave up."""

    seconds: float  # since the model was asked


Progress = Sentence | Waiting
Event = Progress | Answer
