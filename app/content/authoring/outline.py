"""What a draft holds, unit by unit and language by language. Pure."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.content.folder import COURSE_FILE
from app.content.places import FileKind, Place, path_of, place_of
from app.content.problems import Problem, Severity
from app.content.read import Course, file_kind_of
from app.content.schema import SOURCE_LOCALE, UnitFacts
from app.content.translations import outdated


class FileState(StrEnum):
    """How far a file of a unit is."""

    THERE = "there"
    MISSING = "missing"
    OUTDATED = "outdated"
    """A translation whose source changed since."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class LanguageFile:
    """The file of a unit in one language."""

    locale: str
    path: str
    state: FileState


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit and its files; a unit of half-days has none."""

    unit: UnitFacts
    files: tuple[LanguageFile, ...]


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """A language: when it was reviewed, how many files of units lack, how many sources changed since."""

    locale: str
    reviewed: date | None
    missing: int
    outdated: int


@dataclass(frozen=True, slots=True)
class Outline:
    """A draft at a glance. `others` are the texts that stand with no unit."""

    units: tuple[UnitRow, ...]
    languages: tuple[LanguageRow, ...]
    others: tuple[str, ...]


def outline(course: Course, problems: Sequence[Problem]) -> Outline:
    """The outline of a course as read, with what the check says of its files."""
    wrong = {problem.file for problem in problems if problem.severity is Severity.ERROR}
    changed = {locale: outdated(course, locale) for locale in course.facts.languages if locale != SOURCE_LOCALE}
    units = tuple(UnitRow(unit, tuple(_files(course, unit, wrong, changed))) for unit in course.facts.units)
    listed = {COURSE_FILE, *(file.path for row in units for file in row.files)}
    others = tuple(path for path in all_texts(course.folder.files) if path not in listed)
    return Outline(units, tuple(_languages(course, units, changed)), others)


def all_texts(paths: Collection[str]) -> tuple[str, ...]:
    """The paths that are no pictures and no sound, those too that do not belong to a course."""
    return tuple(sorted(path for path in paths if _kind(path) is not FileKind.MEDIA))


def _kind(path: str) -> FileKind | None:
    place = place_of(path)
    return place.kind if place else None


def _files(
    course: Course, unit: UnitFacts, wrong: Collection[str], changed: dict[str, tuple[str, ...]]
) -> Iterator[LanguageFile]:
    kind = file_kind_of(unit)
    for locale in course.facts.languages if kind else ():
        path = path_of(Place(kind or FileKind.TEXT, locale, unit.id))
        source = path_of(Place(kind or FileKind.TEXT, SOURCE_LOCALE, unit.id))
        if path not in course.folder.files:
            state = FileState.MISSING
        elif path in wrong:
            state = FileState.WRONG
        else:
            state = FileState.OUTDATED if source in changed.get(locale, ()) else FileState.THERE
        yield LanguageFile(locale, path, state)


def _languages(course: Course, units: Sequence[UnitRow], changed: dict[str, tuple[str, ...]]) -> Iterator[LanguageRow]:
    for locale, language in course.facts.languages.items():
        files = [file for row in units for file in row.files if file.locale == locale]
        missing = sum(file.state is FileState.MISSING for file in files)
        yield LanguageRow(locale, language.reviewed, missing, len(changed.get(locale, ())))
