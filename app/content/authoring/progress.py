"""How far the translations of a course are. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.content.authoring.outline import FileState
from app.content.folder import COURSE_FILE
from app.content.places import FileKind, Place, path_of
from app.content.read import Course, file_kind_of
from app.content.schema import SOURCE_LOCALE, CourseFacts
from app.content.translations import outdated

_LISTED = {FileKind.TEXT, FileKind.QUIZ, FileKind.GUIDE, FileKind.HANDOUT, FileKind.FORM}


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text of course.yaml: the name of its field, the source, what it is in the language; lists have a line each."""

    name: str
    source: str
    target: str
    is_list: bool


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of the source and how far its translation is."""

    place: Place
    path: str
    state: FileState
    is_needed: bool
    """Without it the language is not complete; of others the source is used."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A language: its texts and needed files that are there and up to date, of how many."""

    locale: str
    reviewed: date | None
    done: int
    total: int
    missing: int
    outdated: int

    @property
    def share(self) -> float:
        """In 0..1."""
        return self.done / self.total if self.total else 1.0


def progress(course: Course, locale: str, wrong: frozenset[str] = frozenset()) -> Progress:
    """How far a language is. `wrong` are the paths of files that have errors."""
    texts = text_rows(course.facts, locale)
    files = [row for row in file_rows(course, locale, wrong) if row.is_needed]
    changed = outdated(course, locale)
    written = sum(bool(row.target) for row in texts)
    good = sum(row.state is FileState.THERE for row in files)
    facts_changed = COURSE_FILE in changed and written > 0
    return Progress(
        locale=locale,
        reviewed=course.facts.languages[locale].reviewed,
        done=written + good,
        total=len(texts) + len(files),
        missing=len(texts) - written + sum(row.state is FileState.MISSING for row in files),
        outdated=sum(row.state is FileState.OUTDATED for row in files) + facts_changed,
    )


def text_rows(facts: CourseFacts, locale: str) -> list[TextRow]:
    """Every text of course.yaml, in the order of the file."""
    return list(_text_rows(facts, locale))


def file_rows(course: Course, locale: str, wrong: frozenset[str] = frozenset()) -> list[FileRow]:
    """The files of the source by unit, as they are in a language."""
    units = {unit.id: number for number, unit in enumerate(course.facts.units)}
    needed = {(file_kind_of(unit), unit.id) for unit in course.facts.units}
    changed = outdated(course, locale)
    places = [text.place for text in course.texts if text.place.locale == SOURCE_LOCALE]
    places += [Place(FileKind.QUIZ, quiz.locale, quiz.unit) for quiz in course.quizzes if quiz.locale == SOURCE_LOCALE]
    places += [Place(FileKind.FORM, form.locale, form.id) for form in course.forms if form.locale == SOURCE_LOCALE]
    places.sort(key=lambda place: (units.get(place.about, -1), place.kind))
    rows = []
    for place in places:
        path = path_of(Place(place.kind, locale, place.about))
        state = FileState.THERE
        if path not in course.folder.files:
            state = FileState.MISSING
        elif path in wrong:
            state = FileState.WRONG
        elif path_of(place) in changed:
            state = FileState.OUTDATED
        rows.append(FileRow(Place(place.kind, locale, place.about), path, state, (place.kind, place.about) in needed))
    return rows


def with_texts(facts: CourseFacts, locale: str, said: Mapping[str, str]) -> dict[str, Any]:
    """The value of course.yaml with other texts of one language; a text that is empty is left out."""
    value = facts.model_dump(mode="json")
    for language in value["languages"].values():
        language["reviewed"] = language["reviewed"] or False
    for name, by_locale, is_list in _by_locale(value):
        text = said.get(name, "").strip()
        if not text:
            (by_locale or {}).pop(locale, None)
        elif by_locale is not None:
            by_locale[locale] = [line.strip() for line in text.split("\n") if line.strip()] if is_list else text
    return value


def _text_rows(facts: CourseFacts, locale: str) -> Iterator[TextRow]:
    for name, by_locale, is_list in _by_locale(facts.model_dump(mode="json")):
        if by_locale and by_locale.get(SOURCE_LOCALE):
            source, target = by_locale[SOURCE_LOCALE], by_locale.get(locale)
            yield TextRow(name, _shown(source), _shown(target), is_list)


def _shown(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else value or ""


def _by_locale(value: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any] | None, bool]]:
    """Each text by language, under the name of its field."""
    yield "titles", value["titles"], False
    yield "summary", value["summary"], False
    yield "objectives", value["objectives"], True
    for number, unit in enumerate(value["units"]):
        yield f"units-{number}-titles", unit["titles"], False
        yield f"units-{number}-objectives", unit["objectives"], True
    for number, layout in enumerate(value["layouts"]):
        yield f"layouts-{number}-titles", layout["titles"], False
        for at, part in enumerate(layout["parts"]):
            yield f"layouts-{number}-{at}-titles", part["titles"], False
    for number, form in enumerate(value["forms"]):
        yield f"forms-{number}-titles", form["titles"], False
