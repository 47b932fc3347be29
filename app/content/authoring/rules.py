"""What a draft is and how it begins. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.courses.rules import Category
from app.factories.rules import JobRole

LONGEST_CODE = 60
LONGEST_NOTE = 500
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LAST_NUMBER = re.compile(r"[0-9]+$")
_VERSION = re.compile(r"""^version:[ \t]*(["']?)[0-9.]+\1""", re.MULTILINE)


class DraftState(StrEnum):
    """Only an open draft changes; a published or discarded one stays to be looked at."""

    OPEN = "open"
    PUBLISHED = "published"
    DISCARDED = "discarded"


@dataclass(frozen=True, kw_only=True)
class Blank:
    """What has to be known of a course before it can be written. Texts are in the source language."""

    code: str
    title: str
    category: Category
    summary: str
    objectives: tuple[str, ...]
    audience: tuple[JobRole, ...]
    hours: float
    sources: tuple[str, ...]


def is_code(code: str) -> bool:
    """Whether a course or a unit may be called so in addresses and as a file."""
    return len(code) <= LONGEST_CODE and bool(_CODE.fullmatch(code))


def next_number(taken: Iterable[str]) -> str:
    """The version number after the highest one: 2 after 1, 1.3 after 1.2; 1 when there is none."""
    highest = max(taken, key=_parts, default="0")
    return _LAST_NUMBER.sub(lambda last: str(int(last[0]) + 1), highest)


def _parts(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split(".") if part.isdigit())


def renumbered(text: str, number: str) -> str:
    """course.yaml with another version; everything else, comments too, stays as it is."""
    return _VERSION.sub(f'version: "{number}"', text, count=1)


_MEDIA_TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "opus": "audio/ogg",
    "ogg": "audio/ogg",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
}


def media_type(name: str) -> str:
    """What a browser is told that a picture or sound is; something to download for other names."""
    return _MEDIA_TYPES.get(name.rpartition(".")[2], "application/octet-stream")
