"""What an audit finds: two or more stated places that agree, differ, or cannot be held against each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from corpus.model import Figure

Check = Literal["rate", "parts", "items", "claim", "repeat"]
Verdict = Literal["agrees", "differs", "open"]
Reason = Literal["scope", "date", "rounding", "context", "contradiction"]


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundAt:
    """A place the finding rests on; `source_text[start:end] == printed`."""

    start: int
    end: int
    printed: str
    name: str
    figure: str | None  # id of the ledger's row, None for words


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One comparison. `message` is Chinese and complete; `reason` is the likely one where places differ."""

    check: Check
    verdict: Verdict
    subject: str
    message: str
    places: tuple[FoundAt, ...]
    reason: Reason | None = None


def found_at(figure: Figure) -> FoundAt:
    return FoundAt(start=figure.start, end=figure.end, printed=figure.printed, name=figure.name, figure=figure.id)


def places_of(figures: Sequence[Figure]) -> tuple[FoundAt, ...]:
    return tuple(found_at(figure) for figure in figures)


def shown(figure: Figure) -> str:
    """The figure as printed, without the spaces of the page."""
    return "".join(figure.printed.split())


def last_digit(figure: Figure) -> Decimal:
    """One of the last printed digit, in the base unit: 860万人 -> 10000."""
    value, base = Decimal(figure.value or 0), Decimal(figure.base_value or 0)
    digit = Decimal(1).scaleb(int(value.as_tuple().exponent))
    return digit * (base / value) if value else digit


def rounding_of(figure: Figure) -> Decimal:
    """How far a value may be off by rounding: 70.54万家 by 100家, 18个 not at all."""
    return last_digit(figure) if "." in (figure.value or "") or figure.value != figure.base_value else Decimal(0)
