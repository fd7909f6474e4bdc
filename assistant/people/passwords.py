"""Passwords: which are good enough, and argon2 hashes of them."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assistant.people.account import PeopleError
from assistant.people.strength import is_guessable

SHORTEST, LONGEST = 12, 128
_HASHER = PasswordHasher()
# What an account that does not exist is checked against: it takes as long as a real one.
_NOBODY = _HASHER.hash("nobody has this password")


def hashed(password: str, *, name: str) -> str:
    """The argon2id hash of a new password for the account `name`.

    Raises:
        PeopleError: it is too short, too long, or easily guessed.
    """
    text = _normal(password)
    if not SHORTEST <= len(text) <= LONGEST:
        raise PeopleError(f"密码应有 {SHORTEST} 到 {LONGEST} 个字符，现在是 {len(text)} 个。可以用一句好记的话。")
    if is_guessable(text, (name,)):
        raise PeopleError("这个密码太容易猜到（常见密码、重复、顺序字符，或含账户名）。请换一个，比如几个不相干的词。")
    return _HASHER.hash(text)


def matches(password: str, known: str | None) -> bool:
    """Whether a password is the one of the hash; without a hash as slow as with one, and false."""
    typed = _normal(password)[: 4 * LONGEST]
    try:
        return _HASHER.verify(known or _NOBODY, typed) and known is not None
    except (VerificationError, InvalidHashError):
        return False


def is_dated(known: str) -> bool:
    """Whether the hash was made with weaker settings than those of today."""
    return _HASHER.check_needs_rehash(known)


def rehashed(password: str) -> str:
    """A new hash of a password that was found right."""
    return _HASHER.hash(_normal(password))


def _normal(password: str) -> str:
    """The same characters however the keyboard sends them."""
    return unicodedata.normalize("NFKC", password)
