"""Who may change the reports: anyone at the machine itself, elsewhere whoever knows the password.

Admission(address="localhost", password="")   -> open
Admission(address="0.0.0.0", password="…")    -> asks for the password
Admission(address="0.0.0.0", password="")     -> closed: nothing can be changed from the page
"""

import hashlib
import hmac
import ipaddress
import time
from dataclasses import dataclass
from threading import Lock
from typing import Literal

from pydantic import SecretStr

State = Literal["open", "password", "closed"]
FAILURE_SECONDS = 1.5
# One wrong password at a time for the whole server: guessing in parallel is no faster.
_one_guess = Lock()


@dataclass(frozen=True, kw_only=True, slots=True)
class Admission:
    """`address` is what the server is bound to; None or "" is every network interface."""

    address: str | None
    password: SecretStr

    @property
    def state(self) -> State:
        if is_loopback(self.address):
            return "open"
        return "password" if self.password.get_secret_value() else "closed"

    def admits(self, typed: str) -> bool:
        """Whether `typed` is the password, compared in constant time; a wrong one costs `FAILURE_SECONDS`."""
        known = self.password.get_secret_value()
        if known and hmac.compare_digest(_digest(typed), _digest(known)):
            return True
        with _one_guess:
            time.sleep(FAILURE_SECONDS)
        return False


def is_loopback(address: str | None) -> bool:
    """Whether a server bound to this address is reached from this machine alone."""
    if not address:
        return False
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def _digest(text: str) -> bytes:
    """Of equal length for every text, so that the comparison does not tell how long the password is."""
    return hashlib.sha256(text.encode()).digest()
