"""Hashing of passwords, PINs and sign-in tokens."""

import base64
import hashlib
import hmac
from secrets import choice, token_bytes, token_urlsafe

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

_PASSWORDS = PasswordHasher(memory_cost=19 * 1024, time_cost=2, parallelism=1)
# A PIN has too few values for any hash to protect; throttle and pepper do. This one costs a few milliseconds.
_PINS = PasswordHasher(memory_cost=4 * 1024, time_cost=1, parallelism=1)
NO_PASSWORD = "!"  # noqa: S105 - the lack of one
"""What stands for the password of an account that was invited and has not chosen one."""
_NO_PIN = _PINS.hash("nobody has this PIN")
_NOBODY = _PASSWORDS.hash("nobody has this password")


def hash_password(password: str) -> str:
    """Argon2id, 19 MiB, two passes."""
    return _PASSWORDS.hash(password)


def password_matches(password: str, password_hash: str | None) -> bool:
    """Takes the same time whether or not there is such an account (`None`)."""
    known = password_hash if password_hash != NO_PASSWORD else None
    return _verifies(_PASSWORDS, known or _NOBODY, password) and known is not None


def hash_pin(pin: str, pepper: str) -> str:
    """Argon2id, 4 MiB, of the peppered PIN."""
    return _PINS.hash(_peppered(pin, pepper))


def pin_matches(pin: str, pin_hash: str | None, *peppers: str) -> bool:
    """Whether it is the PIN, with any of the peppers. Takes the same time whether or not there is such a person or PIN
    (`None`); each former key costs a hash more.
    """
    found = [_verifies(_PINS, pin_hash or _NO_PIN, _peppered(pin, pepper)) for pepper in peppers]
    return any(found) and pin_hash is not None


def new_pin(length: int) -> str:
    """Random digits, not all the same."""
    while len(set(pin := "".join(choice("0123456789") for _ in range(length)))) < 3:
        pass
    return pin


def new_card_token() -> str:
    """160 random bits in lower-case base 32: short enough for a small QR code."""
    return base64.b32encode(token_bytes(20)).decode().lower()


def new_token() -> str:
    """256 random bits."""
    return token_urlsafe(32)


def hash_token(token: str) -> str:
    """Tokens are random, so a plain digest keeps them secret in a stolen database."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_recovery_code() -> str:
    """Fifty random bits that can be typed: ten letters and digits without those that look alike."""
    signs = "".join(choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(10))
    return f"{signs[:5]}-{signs[5:]}"


def hash_recovery_code(code: str, pepper: str) -> str:
    """Digest of a recovery code as somebody typed it, useless without the secret key."""
    plain = "".join(sign for sign in code.casefold() if sign.isalnum())
    return hmac.new(pepper.encode(), f"recovery:{plain}".encode(), "sha256").hexdigest()


def authenticator_secret(account_id: int, sign_in_id: int, pepper: str) -> str:
    """The secret offered to an authenticator app in one sign-in, in base 32: the same until it is taken."""
    digest = hmac.new(pepper.encode(), f"authenticator:{account_id}:{sign_in_id}".encode(), "sha256").digest()
    return base64.b32encode(digest[:20]).decode()


def _peppered(pin: str, pepper: str) -> str:
    return hmac.new(pepper.encode(), f"pin:{pin}".encode(), "sha256").hexdigest()


def _verifies(hasher: PasswordHasher, hashed: str, secret: str) -> bool:
    try:
        return hasher.verify(hashed, secret)
    except VerificationError:
        return False
