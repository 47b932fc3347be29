"""To whom a message goes, and what it may say. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

LONGEST_SUBJECT, LONGEST_TEXT = 120, 4000
_TOKEN = re.compile(r"[0-9a-f]{32}")
_KEPT = {"\n", "\t"}


class Audience(StrEnum):
    """Who is meant."""

    BOOKED = "booked"
    """People with a place, and those who speak for their factories."""
    WAITING = "waiting"
    """And those who asked for a place or wait for one."""
    FACTORIES = "factories"
    """Only those who speak for the factories."""
    TRAINERS = "trainers"


@dataclass(frozen=True)
class Recipient:
    """Somebody whom a mail reaches."""

    address: str
    name: str
    language: str


def each_once(recipients: Iterable[Recipient]) -> list[Recipient]:
    """One for each address, however it is written; the first is kept."""
    found: dict[str, Recipient] = {}
    for each in recipients:
        found.setdefault(each.address.lower(), each)
    return list(found.values())


def paragraphs(text: str) -> list[list[str]]:
    """The lines of each paragraph; empty lines part them."""
    parts = re.split(r"\n\s*\n", plain(text))
    return [part.split("\n") for part in parts if part.strip()]


def plain(text: str) -> str:
    """What somebody typed, without characters that no keyboard writes; lines end in one way."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (sign for sign in lines if sign in _KEPT or unicodedata.category(sign) not in {"Cc", "Cs"})
    return "".join(kept).strip()


def is_token(text: str) -> bool:
    """Whether this is the mark of one form, by which sending it twice is told from sending two."""
    return bool(_TOKEN.fullmatch(text))
