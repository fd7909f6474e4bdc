"""Prompts: text files of `data/prompts/`, each with its version in its name: compose-1.txt, reading-1.txt.

A file is filled by `string.Template` ($question); a line ==== parts what the system says from what the user says.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Template

_FOLDER = Path(__file__).parent.parent / "data" / "prompts"
_PART = "\n====\n"


@dataclass(frozen=True, kw_only=True, slots=True)
class Prompt:
    system: str
    user: str

    @property
    def text(self) -> str:
        return f"{self.system}\n{self.user}"


def fill(version: str, **data: str) -> Prompt:
    """The prompt of a version ("compose-1") around these data, which are never read as a template themselves."""
    system, user = _file(version)
    return Prompt(system=Template(system).substitute(data), user=Template(user).substitute(data))


@lru_cache(maxsize=8)
def _file(version: str) -> tuple[str, str]:
    system, _, user = (_FOLDER / f"{version}.txt").read_text(encoding="utf-8").partition(_PART)
    return system.strip(), user.strip()
