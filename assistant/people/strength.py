"""How easily a password is guessed, by zxcvbn: common passwords, names, dates, keyboard rows, repetitions."""

from collections.abc import Sequence

from zxcvbn import zxcvbn

_SAFE = 3  # of 0 to 4: more than 10^8 guesses
_READ = 72  # characters that zxcvbn takes


def is_guessable(password: str, own: Sequence[str]) -> bool:
    """`own` are words that belong to the account and are tried first."""
    return int(zxcvbn(password[:_READ], user_inputs=list(own))["score"]) < _SAFE
