"""Names as meeting tools show them: with suffixes, nick names, numbers; and how they are compared. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from app.attendance.reports.vocabulary import key, people_words
from app.factories.roster.names import same_name_key, without_title
from app.factories.roster.text import ascii_digits, clean, fold

_LONGEST = 200
_OPENING, _CLOSING = "([{（［【", ")]}）］】"
_HARAKAT = re.compile("[\u064b-\u065f\u0670\u06d6-\u06ed]")
_LETTERS = str.maketrans({
    "ک": "ك", "ڪ": "ك", "ی": "ي", "ې": "ي", "ے": "ي", "ہ": "ه", "ھ": "ه", "ۃ": "ه", "ۀ": "ه", "ە": "ه", "ؤ": "و",
    "ئ": "ي", "ٱ": "ا", "ﻻ": "لا", "\u200c": "", "\u200d": "",
})  # fmt: skip
_WORD = re.compile(r"[^\s,;|_]+")
_PHONE = re.compile(r"(?<![\w*])\+?[\d(][\d\s().\-]{5,24}\d(?![\w*])")
_PHONE_DIGITS = range(7, 16)
_NUMBER_IN_FRONT = re.compile(r"^#?[A-Za-z]{0,3}[-/]?\d{1,6}[\s\-.:)_/]{0,3}(?=[^\W\d])")
_CODE = re.compile(r"([A-Za-z]{0,4}[-/.]?\d{2,12})[-:.]?([^\d\W].*)")
_MAIL = re.compile(r"[^\s<>()@,;:]{1,64}@[^\s<>()@,;:]{1,190}")


def identity(name: str, email: str | None) -> str:
    """Equal for rows of one participant: by address, else by the name without its suffix, case and spaces."""
    if email:
        return f"mail:{email.casefold()}"
    plain = unicodedata.normalize("NFC", without_suffix(clean(name)).casefold())
    return f"name:{plain.replace(' ', '') or clean(name).casefold()}"


def without_suffix(name: str) -> str:
    """The cleaned name without `(Guest)` and its kin at the end; other brackets stay, they tell people apart."""
    while (split := _bracket_at_end(name)) and key(split[1]) in people_words("suffixes"):
        name = split[0]
    return name


def _bracket_at_end(name: str) -> tuple[str, str] | None:
    """What stands before the last bracket, and in it."""
    if not name or name[-1] not in _CLOSING:
        return None
    start = name.rfind(_OPENING[_CLOSING.index(name[-1])])
    before = name[:start].strip()
    return (before, name[start + 1 : -1].strip()) if start > 0 and before else None


@dataclass(frozen=True)
class Shown:
    """The ways to read a display name. `forms`: what stands in the last bracket first, for that is the original name.
    `bare`: without a number in front. `numbers`: words that may be an employee number, each with the rest of the name.
    """

    forms: tuple[str, ...]
    bare: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    phone: str | None = None
    email: str | None = None


@lru_cache(maxsize=4096)
def read_name(display_name: str) -> Shown:
    """Take a display name apart."""
    name = without_suffix(clean(display_name[:_LONGEST]))
    mail = _MAIL.search(name)
    phone = _phone(name)
    split = _bracket_at_end(name)
    forms = [split[1], split[0], name] if split else [name]
    numbers = []
    if phone:
        if not phone.startswith("+"):
            numbers.append((phone, _PHONE.sub(" ", ascii_digits(name)).strip(" -()")))
        name = _PHONE.sub(" ", ascii_digits(name)).strip(" -()")
        forms = [form for each in forms if (form := _PHONE.sub(" ", ascii_digits(each)).strip(" -()"))]
    numbers += _numbers(name)
    bare = [form for each in forms if (form := _without_number_in_front(each)) != each]
    email = mail[0].casefold() if mail else None
    return Shown(tuple(dict.fromkeys(forms)), tuple(bare), tuple(numbers), phone, email)


def _phone(name: str) -> str | None:
    """The digits of a telephone number in a name, with a plus when there is one. A masked one is none."""
    if "*" in name:
        return None
    found = _PHONE.search(ascii_digits(name))
    digits = re.sub(r"\D", "", found[0]) if found else ""
    if found is None or len(digits) not in _PHONE_DIGITS:
        return None
    return f"+{digits}" if found[0].lstrip("(").startswith("+") else digits


def _numbers(name: str) -> Iterator[tuple[str, str]]:
    """Words with a digit, also two beside each other, and the digits that a word begins with."""
    words = [word.strip(_OPENING + _CLOSING + "-.:#") for word in _WORD.findall(ascii_digits(name))]
    for place, word in enumerate(words):
        rest = words[:place] + words[place + 1 :]
        if any(map(str.isdigit, word)):
            yield word, " ".join(rest)
            if head := _CODE.match(word):
                yield head[1], " ".join([*words[:place], head[2], *words[place + 1 :]])
        if place + 1 < len(words) and len(word) <= 4 and words[place + 1].isdecimal():
            yield word + words[place + 1], " ".join(words[:place] + words[place + 2 :])


def _without_number_in_front(name: str) -> str:
    """The name without a number of some list in front, such as `12. Dara` or `A05-Dara`."""
    return _NUMBER_IN_FRONT.sub("", ascii_digits(name))


def full_keys(name: str) -> frozenset[str]:
    """Equal for two writings of one full name, with and without what may be a title."""
    plain = clean(name)
    return frozenset({_spaceless(plain), same_name_key(plain)}) - {""}


def _spaceless(name: str) -> str:
    return re.sub("[\\s'’‘ʼʻ`´ˈ′＇]", "", unicodedata.normalize("NFC", name).casefold())


def words(name: str) -> tuple[str, ...]:
    """The words of a name without case, Latin accents, Arabic letter variants, punctuation and titles."""
    return tuple(_folded(without_title(clean(name), None)).split())


@lru_cache(maxsize=8192)
def _folded(name: str) -> str:
    return _HARAKAT.sub("", fold(name.replace("-", " "))).translate(_LETTERS)
