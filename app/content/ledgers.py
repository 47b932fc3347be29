"""Noting that the translations into a language are made from the source files as they are."""

from app.content.folder import Folder
from app.content.places import FileKind, Place, path_of
from app.content.problems import Problem
from app.content.read import read_course
from app.content.translations import ledger_text, ledger_text_with


def stamp(folder: Folder, locale: str) -> tuple[str, bytes] | None:
    """The path and the bytes of a language's ledger; None when the course cannot be read or has no such language."""
    problems: list[Problem] = []
    course = read_course(folder, problems)
    if course is None or locale not in course.facts.languages:
        return None
    return path_of(Place(FileKind.LEDGER, locale)), ledger_text(course, locale).encode()


def stamp_file(folder: Folder, locale: str, source: str) -> tuple[str, bytes] | None:
    """Like `stamp`, for the translation of one source file; what the ledger says of the others stays."""
    course = read_course(folder, [])
    if course is None or locale not in course.facts.languages:
        return None
    return path_of(Place(FileKind.LEDGER, locale)), ledger_text_with(course, locale, source).encode()
