"""What a file of a course is, from where it lies."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from app.content.folder import COUNTRIES_FOLDER, COURSE_FILE, MEDIA_FOLDER

GUIDE = "guide"
LEDGER = "translated.yaml"
MEDIA_SUFFIXES = {".svg", ".png", ".jpg", ".jpeg", ".webp", ".opus", ".ogg", ".mp3", ".m4a"}
AUDIO_SUFFIXES = {".opus", ".ogg", ".mp3", ".m4a"}


class FileKind(StrEnum):
    """What a file of a course holds."""

    FACTS = "facts"
    TEXT = "text"
    """A lesson, or the instructions of a practice task."""
    QUIZ = "quiz"
    GUIDE = "guide"
    """Notes for the trainer: of a unit, or - without a unit - the opening of the facilitator guide."""
    HANDOUT = "handout"
    FORM = "form"
    LEDGER = "ledger"
    COUNTRY = "country"
    MEDIA = "media"


_UNIT_KINDS = {
    ".md": FileKind.TEXT,
    ".gift": FileKind.QUIZ,
    ".guide.md": FileKind.GUIDE,
    ".handout.md": FileKind.HANDOUT,
    ".form.yaml": FileKind.FORM,
}
SUFFIXES = {kind: suffix for suffix, kind in _UNIT_KINDS.items()}


@dataclass(frozen=True, slots=True)
class Place:
    """The kind of a file, its language where it has one, and the unit, form, country or picture it is about."""

    kind: FileKind
    locale: str = ""
    about: str = ""


def place_of(path: str) -> Place | None:
    """What a relative path is, or None where nothing of a course lies."""
    parts = PurePosixPath(path).parts
    if path == COURSE_FILE:
        return Place(FileKind.FACTS)
    if len(parts) != 2:
        return None
    folder, name = parts
    if folder == MEDIA_FOLDER:
        return Place(FileKind.MEDIA, about=name)
    if folder == COUNTRIES_FOLDER:
        return Place(FileKind.COUNTRY, about=name.removesuffix(".yaml")) if name.endswith(".yaml") else None
    if name == LEDGER:
        return Place(FileKind.LEDGER, folder)
    if name == f"{GUIDE}.md":
        return Place(FileKind.GUIDE, folder)
    stem, dot, rest = name.partition(".")
    kind = _UNIT_KINDS.get(dot + rest)
    return Place(kind, folder, stem) if kind else None


def path_of(place: Place) -> str:
    """The relative path of a place."""
    match place.kind:
        case FileKind.FACTS:
            return COURSE_FILE
        case FileKind.MEDIA:
            return f"{MEDIA_FOLDER}/{place.about}"
        case FileKind.COUNTRY:
            return f"{COUNTRIES_FOLDER}/{place.about}.yaml"
        case FileKind.LEDGER:
            return f"{place.locale}/{LEDGER}"
        case FileKind.GUIDE if not place.about:
            return f"{place.locale}/{GUIDE}.md"
        case _:
            return f"{place.locale}/{place.about}{SUFFIXES[place.kind]}"
