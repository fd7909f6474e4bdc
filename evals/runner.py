"""A run: every case asked once, in order, and judged."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from evals.cases import Case, LoadedCase
from evals.judging import Outcome, Verdict, judge

Ask = Callable[[Case], Outcome]


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A case, what came back, and how it is judged."""

    loaded: LoadedCase
    outcome: Outcome
    verdict: Verdict


def run_cases(cases: Iterable[LoadedCase], ask: Ask, texts: Mapping[str, str]) -> tuple[Asked, ...]:
    """Asks the cases in their order; `texts` are the source texts of the reports by name."""
    return tuple(_asked(loaded, ask(loaded.case), texts) for loaded in cases)


def _asked(loaded: LoadedCase, outcome: Outcome, texts: Mapping[str, str]) -> Asked:
    return Asked(loaded=loaded, outcome=outcome, verdict=judge(loaded, outcome, texts))
