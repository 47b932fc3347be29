"""Writing the questions of the source language: translations follow where only their order or their names change."""

from collections.abc import Callable

from app.access.actor import Actor
from app.content.authoring.models import Draft
from app.content.authoring.operations.loading import hold
from app.content.authoring.operations.writing import write_files
from app.content.authoring.queries import draft_folder, file_rows
from app.content.folder import Folder
from app.content.ledgers import stamp_file
from app.content.places import FileKind, Place, path_of
from app.content.read import Course, read_course
from app.content.schema import SOURCE_LOCALE
from app.content.translations import outdated


def write_bank(
    actor: Actor, draft_id: int, unit: str, data: bytes, *, seen: int, follow: Callable[[str], str] | None = None
) -> Draft:
    """Write the questions of a quiz. `follow` does to the text of a translation what was done to the source: moved,
    renamed or took away a question; a translation that was up to date stays so. Raises as `write_file`."""
    draft = hold(actor, draft_id)
    folder = draft_folder(draft)
    path = path_of(Place(FileKind.QUIZ, SOURCE_LOCALE, unit))
    changes: dict[str, bytes | None] = {path: data}
    course = read_course(folder, []) if follow else None
    if course and follow:
        changes |= _followed(course, unit, follow)
        changes |= _ledgers(course, _with(folder, changes), path)
    revisions = {row.path: row.revision for row in file_rows(draft.id)} | {path: seen}
    return write_files(actor, draft.id, changes, revisions)


def _followed(course: Course, unit: str, follow: Callable[[str], str]) -> dict[str, bytes]:
    files = [quiz.path for quiz in course.quizzes if quiz.unit == unit and quiz.locale != SOURCE_LOCALE]
    texts = {path: course.folder.files[path].decode("utf-8", "surrogateescape") for path in files}
    return {path: follow(text).encode("utf-8", "surrogateescape") for path, text in texts.items()}


def _ledgers(course: Course, after: Folder, path: str) -> dict[str, bytes]:
    up_to_date = [
        locale for locale in course.facts.languages if locale != SOURCE_LOCALE and path not in outdated(course, locale)
    ]
    return dict(stamped for locale in up_to_date if (stamped := stamp_file(after, locale, path)))


def _with(folder: Folder, changes: dict[str, bytes | None]) -> Folder:
    for path, data in changes.items():
        folder = folder.with_file(path, data)
    return folder
