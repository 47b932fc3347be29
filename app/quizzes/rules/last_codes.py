"""The last resort without network: a short code says to the trainer which option was chosen. Pure."""

import hmac
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O and U."""
LENGTH = 6
IN_WORDS = "+"
"""Stands in the place of an option where the answer is none: its code says which question it is, and the words or
numbers go with it.
"""
_BETWEEN = frozenset(" \t\r\n,;.-–،؛、")
_ALIKE = str.maketrans("OIL", "011")


def code_of(secret: str, attempt_id: int, question_id: int, revision: int, option: str) -> str:
    """The code of an option, as the page shows it that knows `revision` of the answer.

    It is the same for nobody else and says nothing to whoever does not hold the secret. With the revision in it, a code
    that was written down before the person saved something else is no longer the code of anything.
    """
    about = f"last code:{attempt_id}:{question_id}:{revision}:{option}"
    number = int.from_bytes(hmac.digest(secret.encode(), about.encode(), "sha256")[:8])
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))


def codes_in(text: str) -> list[str]:
    """What was typed as codes, each once: any digits and letters, O for 0, I and L for 1, hyphens within a code."""
    folded = unicodedata.normalize("NFKC", text).upper().replace("-", "")
    signs = (str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in folded)
    words = "".join(sign if sign.isalnum() else " " for sign in signs).translate(_ALIKE).split()
    return list(dict.fromkeys(words))


def numbers_in(text: str, count: int) -> list[int] | None:
    """What was typed as numbers, one for each of so many lines, in the digits of any script; without anything between
    them each digit is one. None when there are more or fewer, or anything else.
    """
    words = "".join(sign if sign.isdecimal() else " " if sign in _BETWEEN else "?" for sign in text).split()
    if len(words) == 1 and count > 1:
        words = [*words[0]]
    return [int(word) for word in words] if len(words) == count and all(word.isdecimal() for word in words) else None
