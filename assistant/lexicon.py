"""The general lexicon: everyday and official words for one thing, read as one (`data/lexicon.tsv`).

    canonical("退休金")  -> "养老金"
"""

import re
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "data" / "lexicon.tsv"


@lru_cache(maxsize=1)
def _forms() -> dict[str, str]:
    official_of: dict[str, str] = {}
    for line in _DATA.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            official, forms, _ = line.split("\t")
            official_of[official.lower()] = official
            for form in forms.split():
                official_of.setdefault(form.lower(), official)
    return official_of


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(form) for form in sorted(_forms(), key=len, reverse=True)))


def canonical(text: str) -> str:
    """`text` with every known form replaced by its official term; the longest form wins."""
    forms = _forms()
    return _pattern().sub(lambda match: forms[match[0]], text.lower())
