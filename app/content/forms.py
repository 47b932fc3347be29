"""Forms without right answers: in every language the same lines to answer."""

from collections.abc import Iterator

from app.content.folder import COURSE_FILE
from app.content.places import FileKind, Place, path_of
from app.content.problems import Problem
from app.content.read import Course, FormFile
from app.content.schema import SOURCE_LOCALE, Form


def form_problems(course: Course) -> Iterator[Problem]:
    """Forms that are missing, that name a line twice, or that ask something else in another language."""
    for number, facts in enumerate(course.facts.forms):
        path = path_of(Place(FileKind.FORM, SOURCE_LOCALE, facts.id))
        if not course.folder.knows(path):
            line = course.tree.line_of(("forms", number))
            yield Problem(course.folder.label(COURSE_FILE), line, f"form {facts.id}: {path} is missing")
    for file in course.forms:
        yield from _problems(course, file)


def _problems(course: Course, file: FormFile) -> Iterator[Problem]:
    label = course.folder.label(file.path)
    ids = [item.id for item in file.form.items]
    if len(set(ids)) < len(ids):
        yield Problem(label, 1, "items: two of them have the same id")
    source = course.form(file.id, SOURCE_LOCALE)
    if source and _skeleton(source.form) != _skeleton(file.form):
        yield Problem(label, 1, f"unlike {source.path}: the items, their order or the ways to answer differ")


def _skeleton(form: Form) -> object:
    return form.anonymous, [(item.id, item.scale, len(item.options or ()), item.lines) for item in form.items]
