"""What a translation was made from: when the source file has changed since, the translation is marked.

The ledger of a language (`<language>/translated.yaml`) maps the path of a source file to its mark.
"""

import hashlib
import json
from codecs import BOM_UTF8
from collections.abc import Iterator

from app.content.folder import COURSE_FILE
from app.content.places import FileKind, Place, path_of
from app.content.read import Course
from app.content.schema import SOURCE_LOCALE

_LENGTH = 12


def mark_of(course: Course, path: str) -> str:
    """A short mark that changes when the words to translate change. `path` is a file of the source language, or
    course.yaml, of which only the English texts count."""
    if path == COURSE_FILE:
        words = json.dumps(list(_english(course)), ensure_ascii=False).encode()
    else:
        words = course.folder.files[path].removeprefix(BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n").strip()
    return hashlib.sha256(words).hexdigest()[:_LENGTH]


def sources(course: Course, locale: str) -> tuple[str, ...]:
    """The source files of which there is a translation in a language, course.yaml first."""
    places = [text.place for text in course.texts] + [Place(FileKind.QUIZ, q.locale, q.unit) for q in course.quizzes]
    places += [Place(FileKind.FORM, form.locale, form.id) for form in course.forms]
    found = (path_of(Place(each.kind, SOURCE_LOCALE, each.about)) for each in places if each.locale == locale)
    return (COURSE_FILE, *sorted(path for path in found if path in course.folder.files))


def outdated(course: Course, locale: str) -> tuple[str, ...]:
    """The source files that changed after they were translated, or of which nobody noted what they were."""
    ledger = course.ledgers.get(locale, {})
    return tuple(path for path in sources(course, locale) if ledger.get(path) != mark_of(course, path))


def ledger_text(course: Course, locale: str) -> str:
    """The ledger of a language when all its translations are up to date."""
    lines = [f'"{path}": "{mark_of(course, path)}"' for path in sources(course, locale)]
    return "\n".join(lines) + "\n"


def ledger_text_with(course: Course, locale: str, source: str) -> str:
    """The ledger of a language when the translation of one source file is up to date; of the others it says what it
    said before."""
    before = course.ledgers.get(locale, {})
    marks = {path: mark_of(course, path) if path == source else before.get(path) for path in sources(course, locale)}
    return "".join(f'"{path}": "{mark}"\n' for path, mark in marks.items() if mark)


def _english(course: Course) -> Iterator[object]:
    facts = course.facts
    yield facts.titles[SOURCE_LOCALE]
    for unit in facts.units:
        yield unit.titles[SOURCE_LOCALE]
    for form in facts.forms:
        yield form.titles[SOURCE_LOCALE]
    for layout in facts.layouts:
        yield [layout.titles[SOURCE_LOCALE], *(part.titles[SOURCE_LOCALE] for part in layout.parts)]
    yield facts.summary[SOURCE_LOCALE]
    yield facts.objectives[SOURCE_LOCALE]
    for unit in facts.units:
        yield (unit.objectives or {}).get(SOURCE_LOCALE)
