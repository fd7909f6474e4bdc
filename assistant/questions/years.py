"""Which years a question means, read from the year a report was issued, never from the clock.

去年 to a review of 2022 (issued 2023) -> 2022; 今年 to a work report of 2025 -> 2025
"""

from assistant.questions.question import Question
from corpus.model import Metadata


def asked_years(question: Question, metadata: Metadata) -> tuple[int, ...]:
    """The years a question names, relative ones resolved against a report; empty where it names none."""
    if not question.relative_years:
        return question.years
    issued = issued_year(metadata)
    relative = tuple(issued + shift for shift in question.relative_years) if issued is not None else ()
    return tuple(dict.fromkeys((*question.years, *relative)))


def issued_year(metadata: Metadata) -> int | None:
    """The year a report counts as issued in: stated, else the year after the one it reviews."""
    if metadata.issued_year is not None:
        return metadata.issued_year
    return metadata.data_year + 1 if metadata.data_year is not None else None
