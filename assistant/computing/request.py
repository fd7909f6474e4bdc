"""A question that wants something computed, put to one report."""

import re
from dataclasses import dataclass

from assistant.computing.operands import Operands, Trusted, find_operands, sought
from assistant.computing.wanted import Wanted
from assistant.draft import Draft
from assistant.library import Library
from assistant.questions.question import Question

ANY: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    question: Question
    wanted: Wanted
    report: str
    library: Library
    trusted: Trusted

    def operands(self, dimensions: frozenset[str] = ANY, *, roles: bool = False, one_unit: bool = True) -> Operands:
        """The rows of all operands; `roles` keeps words such as 占比 in an operand as the kind of number wanted."""
        growth = re.search("增速|增幅|涨幅|增长率|降幅", self.wanted.text) is not None
        found = [sought(self.question, each, dimensions, roles=roles, growth=growth) for each in self.wanted.operands]
        return find_operands(found, self.report, self.library, self.trusted, one_unit=one_unit)


def lacking(operands: Operands) -> Draft:
    """The refusal that names the operands the report does not state."""
    named = "”和“".join(dict.fromkeys(phrase for phrase in operands.missing if phrase))
    return refused(f"这个问题需要计算，但报告没有写明其中的“{named}”" if named else "报告没有写明要参与计算的数")


def refused(reason: str) -> Draft:
    return Draft(status="refused", route="none", text=f"{reason}，不能作答。")
