"""One mailbox: a name for people and one address that can be nothing else."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

import idna

# RFC 5321 dot-string; quoted local parts, comments and lists are left out on purpose, readers disagree about them.
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_LONGEST, _LONGEST_LOCAL = 254, 64


class AddressError(ValueError):
    """The text is not exactly one plain mail address, or the name beside it cannot stand in a mail."""


def single_address(text: str) -> str:
    """The address in the form that travels: ASCII, the domain in lower case, an international one as xn--.

    Raises AddressError for anything that is not exactly one address, and for local parts outside ASCII.
    """
    local, at, domain = text.rpartition("@")
    if not at or len(local) > _LONGEST_LOCAL or not _LOCAL.fullmatch(local):
        raise AddressError(f"{text!r} is not one mail address.")
    address = f"{local}@{_ascii_domain(domain)}"
    if len(address) > _LONGEST:
        raise AddressError(f"{text!r} is longer than a mail address can be.")
    return address


def is_one_line(text: str) -> bool:
    """Whether the text has no control, no line or paragraph separator and no half of a character."""
    return not any(unicodedata.category(character) in {"Cc", "Zl", "Zp", "Cs"} for character in text)


def in_one_line(text: str) -> str:
    """The text without what `is_one_line` refuses: each run of it, and of space, becomes one space."""
    return " ".join("".join(character if is_one_line(character) else " " for character in text).split())


def _ascii_domain(domain: str) -> str:
    try:
        plain = domain if domain.isascii() else idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError as fault:
        raise AddressError(f"{domain!r} is not the domain of a mail address.") from fault
    labels = plain.split(".")
    # `localhost` is the one name without a dot: the mail server of a development machine.
    if not all(map(_LABEL.fullmatch, labels)) or (len(labels) < 2 and plain != "localhost"):
        raise AddressError(f"{domain!r} is not the domain of a mail address.")
    return plain.lower()


@dataclass(frozen=True)
class Mailbox:
    """Name (may be empty) and address. Raises AddressError when either could break out of a header."""

    name: str
    address: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "address", single_address(self.address))
        if not is_one_line(self.name):
            raise AddressError(f"{self.name!r} cannot stand beside a mail address.")

    @cached_property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]
