"""Hashing of passwords, PINs and sign-in tokens."""

import hashlib
import hmac
from secrets import choice, token_urlsafe

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

_PASSWORDS = PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)
# A PIN has too few values for any hash to protect; throttle and pepper do. This one costs a few milliseconds.
_PINS = PasswordHasher(memory_cost=4 * 1024, time_cost=1, parallelism=1)
_NOBODY = _PASSWORDS.hash("nobody has this password")


def hash_password(password: str) -> str:
    """Argon2id, 19 MiB, two passes."""
    return _PASSWORDS.hash(password)


def password_matches(password: str, password_hash: str | None) -> bool:
    """Takes the same time whether or not there is such an account (`None`)."""
    return _verifies(_PASSWORDS, password_hash or _NOBODY, password) and password_hash is not None


def hash_pin(pin: str, pepper: str) -> str:
    """Argon2id, 4 MiB, of the peppered PIN."""
    return _PINS.hash(_peppered(pin, pepper))


def pin_matches(pin: str, pin_hash: str, pepper: str) -> bool:
    return _verifies(_PINS, pin_hash, _peppered(pin, pepper))


def new_pin(length: int) -> str:
    """Random digits, not all the same."""
    while len(set(pin := "".join(choice("0123456789") for _ in range(length)))) < 3:
        pass
    return pin


def new_token() -> str:
    """256 random bits."""
    return token_urlsafe(32)


def hash_token(token: str) -> str:
    """Tokens are random, so a plain digest keeps them secret in a stolen database."""
    return hashlib.sha256(token.encode()).hexdigest()


def _peppered(pin: str, pepper: str) -> str:
    return hmac.new(pepper.encode(), f"pin:{pin}".encode(), "sha256").hexdigest()


def _verifies(hasher: PasswordHasher, hashed: str, secret: str) -> bool:
    try:
        return hasher.verify(hashed, secret)
    except VerificationError:
        return False
