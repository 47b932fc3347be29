"""Codes, numbers, states and file names of certificates. Pure."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without I, L, O and U, which hands and eyes confuse."""
LENGTH = 26
"""Signs of 128 bits."""
_ALIKE = str.maketrans("ILO", "110")


class State(StrEnum):
    """What the verification page answers. A code that nobody issued has none."""

    VALID = "valid"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REPLACED = "replaced"
    REVOKED = "revoked"


class Form(StrEnum):
    """As what a certificate is drawn: a sheet, a wallet card, or a page of the record book that some laws ask for."""

    LANDSCAPE = "landscape"
    PORTRAIT = "portrait"
    CARD = "card"
    RECORD_PAGE = "record_page"


class Reason(StrEnum):
    """Why a certificate was suspended, revoked or issued anew: a sentence that everybody may read."""

    CORRECTED = "corrected"
    """The system itself knows: a correction undid the completion."""
    IN_ERROR = "in_error"
    OTHER_PERSON = "other_person"
    RULE_NOT_MET = "rule_not_met"
    ASKED = "asked"
    CHECKED = "checked"
    NAME = "name"
    CONTENTS = "contents"
    LOOK = "look"


TO_SUSPEND = (Reason.CHECKED,)
TO_REVOKE = (Reason.IN_ERROR, Reason.OTHER_PERSON, Reason.RULE_NOT_MET, Reason.ASKED)
TO_REISSUE = (Reason.NAME, Reason.CONTENTS, Reason.LOOK)
"""What somebody may choose."""


def code_of(number: int) -> str:
    """A number of 128 bits as 26 signs."""
    return "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))


def normal_code(text: str) -> str:
    """What was typed or scanned, as codes are stored: capitals, plain digits, no spaces and hyphens, 1 for I and L, 0
    for O.
    """
    signs = (str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text.upper() if sign.isalnum())
    return "".join(signs).translate(_ALIKE)


def check_sign(code: str) -> str:
    """The sign that is printed behind a code: ISO 7064, hybrid system with modulus 32 (one wrong sign is always found,
    and so are two neighbours that changed places, but for one pair).
    """
    many, product = len(ALPHABET), len(ALPHABET)
    for sign in code:
        product = ((product + ALPHABET.index(sign)) % many or many) * 2 % (many + 1)
    return ALPHABET[(1 - product) % many]


@dataclass(frozen=True)
class Typed:
    """A code as somebody gave it."""

    code: str
    """As codes are stored, without the check sign."""
    is_mistyped: bool
    """It cannot be a code of ours: a sign is wrong, missing or too many. Says nothing about which codes there are."""


def typed(text: str) -> Typed:
    """A code with its check sign or, as older paper has it, without."""
    normal = normal_code(text)
    code, check = normal[:LENGTH], normal[LENGTH:]
    is_ours = len(code) == LENGTH and set(code) <= set(ALPHABET) and check in {"", check_sign(code)}
    return Typed(code, not is_ours)


def grouped(code: str) -> str:
    """A code in groups of four, as people read it out."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def printed(code: str) -> str:
    """A code as it stands on paper and in addresses: with its check sign, in groups of four."""
    return grouped(code + check_sign(code))


def verify_address(base_url: str, code: str) -> str:
    """Where anybody sees what the certificate with this code is worth."""
    return f"{base_url}/verify/{printed(code)}"


def number(programme: str, year: int, row: int) -> str:
    """The number that people quote. It is made of the row's own key, so that no two can be equal, whatever happens."""
    return f"{programme}-{year}-{row:06d}"


@dataclass(frozen=True)
class Standing:
    """What happened to a certificate since it was issued; None is: not that."""

    valid_until: datetime | None = None
    suspended_at: datetime | None = None
    replaced_at: datetime | None = None
    revoked_at: datetime | None = None


def state(standing: Standing, at: datetime) -> State:
    """What a certificate is worth at a moment. What lasts for ever says more than what may end, and a doubt more
    than a day: what is under review may never have held.
    """
    if standing.revoked_at is not None:
        return State.REVOKED
    if standing.replaced_at is not None:
        return State.REPLACED
    if standing.suspended_at is not None:
        return State.SUSPENDED
    return State.EXPIRED if standing.valid_until is not None and at >= standing.valid_until else State.VALID


def draw_from(issued_at: datetime, days: int, zone: str) -> datetime | None:
    """When the file is drawn: as the day begins, so many days after that of issue; None for at once."""
    if not days:
        return None
    day = issued_at.astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def file_name(number: str, name: str, ending: str = "pdf") -> str:
    """A file name that people recognise and every system takes: number and name, composed, without signs that mean
    something, short enough for folders that count bytes. The number makes it unique.
    """
    shown = _cut(" ".join(_plain(name).split()), LONGEST_NAME).strip(" .")
    return f"{_plain(number)} - {shown}.{ending}" if shown else f"{_plain(number)}.{ending}"


MOST_LETTERS = 80
LONGEST_NAME = 160
"""Bytes of a name in a file name: with the number it stays below the 255 that most disks take."""
_JOINERS = "\u200c\u200d"
"""They are seen only by what they do to the letters beside them: Sinhala and Persian names need them."""


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    allowed = (sign in _JOINERS or (sign.isprintable() and sign not in '/\\"<>:|?*') for sign in composed)
    return "".join(sign if is_allowed else " " for sign, is_allowed in zip(composed, allowed, strict=True))


def _cut(text: str, most: int) -> str:
    """As much of it as fits, no letter without its marks."""
    kept = text.encode()[:most].decode(errors="ignore")[:MOST_LETTERS]
    rest = text[len(kept) :]
    if rest and (unicodedata.category(rest[0]).startswith("M") or rest[0] in _JOINERS):
        kept = kept.rstrip(_JOINERS)
        while kept and unicodedata.category(kept[-1]).startswith("M"):
            kept = kept[:-1]
        kept = kept[:-1]
    return kept
