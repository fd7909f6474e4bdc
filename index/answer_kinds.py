"""What a question asks for (a time, a number, a reason …), and which texts give such a thing.

The patterns are data (`data/answer_kinds.toml`). They know nothing of the subject asked about.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "answer_kinds.toml"


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerKind:
    name: str
    asked: re.Pattern[str]
    given: re.Pattern[str]


@lru_cache(maxsize=1)
def answer_kinds() -> tuple[AnswerKind, ...]:
    """All kinds, in the order of the file."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        AnswerKind(name=name, asked=re.compile(kind["asked"]), given=re.compile(kind["given"]))
        for name, kind in content.items()
    )
