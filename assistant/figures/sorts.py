"""Of what sort a row is: what tells its kind of number, apart from its words."""

from decimal import Decimal

from assistant.questions.years import issued_year
from corpus.changes import BEFORE_CHANGE
from corpus.model import Figure, Metadata

# Rows of one sort answer the same kinds of questions, whatever their words.
Sort = tuple[str | int | bool | None, ...]

_SMALL = 1000


def is_small(figure: Figure) -> bool:
    """Whether nobody would count the row in 万 or 亿."""
    return figure.base_value is not None and abs(Decimal(figure.base_value)) < _SMALL


def no_longer(figure: Figure) -> bool:
    """Whether it is what held before a change."""
    return figure.name.endswith(BEFORE_CHANGE)


def is_older(figure: Figure, year: int | None, metadata: Metadata) -> bool:
    """Whether a row, of this year, is older than what its report reports on; a school year spans two."""
    if year is None or metadata.data_year is None or "学年" in (figure.period or ""):
        return False
    return year < metadata.data_year - (issued_year(metadata) == metadata.data_year)


def named_a_rate(figure: Figure) -> bool:
    """Whether its name says that it is a rate: 覆盖率."""
    return figure.name.endswith("率")
