"""The prompt for wording an answer, as much of its evidence as the model's window holds."""

import re

from assistant.language.masking import SLOT
from assistant.language.material import Material, labels
from assistant.language.prompts import Prompt, fill

COMPOSE = "compose-1"
# Tokens of a character, rather too many: tokenizers without Chinese words split a character in two.
_WIDE, _NARROW = 1.5, 0.5
# Stands for a figure that is not to be told.
_OTHER = "（数）"
_FENCE = re.compile(r"<{2,}|>{2,}|[【】]|={4,}")


def tokens(text: str) -> int:
    """An upper estimate of how many tokens a text has."""
    wide = sum(ord(character) > 127 for character in text)
    return int(wide * _WIDE + (len(text) - wide) * _NARROW) + 1


def as_data(text: str) -> str:
    """A text without what marks the parts of a prompt, so that it cannot end its own part."""
    return _FENCE.sub(" ", text)


def compose_prompt(material: Material, most_tokens: int, *, fault: str = "", told: str = "") -> Prompt | None:
    """The prompt, with fewer places of evidence where all would not fit; None where even the draft does not."""
    for count in range(len(material.evidence), -1, -1):
        prompt = _prompt(material, count, fault=fault, told=told)
        if tokens(prompt.text) <= most_tokens:
            return prompt
    return None


def _prompt(material: Material, count: int, *, fault: str, told: str) -> Prompt:
    keys = {slot.key for slot in material.told}
    evidence = [
        f"[{each.mark}] {as_data(SLOT.sub(lambda match: match[0] if match[1] in keys else _OTHER, each.masked))}"
        for each in material.evidence[:count]
    ]
    return fill(
        COMPOSE, question=as_data(material.question), evidence="\n".join(evidence), outline=as_data(material.outline),
        figures=as_data(labels(material.told)) or "（无）",
        notice=_notice(fault, told),
    )  # fmt: skip


def _notice(fault: str, told: str) -> str:
    """What a second attempt is told."""
    notice = f"【上次的毛病】{as_data(fault)}。请改正。\n" if fault else ""
    return notice + (f"【已经写好，接着往下写，不要重复】{as_data(told)}\n" if told else "")
