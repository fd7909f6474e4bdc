"""An account, its role, and what each role may do.

Editors, evaluators and administrators work on the store as a whole and see every report; a reader sees the reports
granted to one of the reader's bureaus or to everyone.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from corpus.errors import JushiError

Role = Literal["reader", "editor", "evaluator", "administrator"]
Right = Literal["see_all", "change_reports", "evaluate", "administer"]

ROLES: tuple[Role, ...] = get_args(Role)
ROLE_NAMES: dict[Role, str] = {"reader": "读者", "editor": "编辑", "evaluator": "评测员", "administrator": "管理员"}
RIGHTS: dict[Role, frozenset[Right]] = {
    "reader": frozenset(),
    "editor": frozenset({"see_all", "change_reports"}),
    "evaluator": frozenset({"see_all", "evaluate"}),
    "administrator": frozenset({"see_all", "change_reports", "evaluate", "administer"}),
}
EVERYONE = "*"  # the bureau that every account belongs to


class PeopleError(JushiError):
    """An account, a login or a grant is refused, or their database does not answer."""

    code = "people"


@dataclass(frozen=True, kw_only=True, slots=True)
class Account:
    name: str
    key: str  # stays the account's for good; nobody else ever gets it
    role: Role
    bureaus: tuple[str, ...] = ()
    disabled: bool = False
    must_change: bool = False  # the password, before anything else
    is_local: bool = True  # has a password here; otherwise an identity provider vouches for it

    def may(self, right: Right) -> bool:
        return right in RIGHTS[self.role]
