"""The Chinese words for what a run's files name in English (`data/evaluation.toml`)."""

import tomllib
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent.parent / "data" / "evaluation.toml"


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, str]]:
    """Tables by name: categories, splits, statuses, results, measures, routes."""
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))


def word(table: str, name: str) -> str:
    """The word of a table, or the name itself where a newer run names something else."""
    return words()[table].get(name, name)
