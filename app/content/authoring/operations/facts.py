"""Changing course.yaml, and what lies in the files of a unit along with it."""

from collections.abc import Mapping

from app.access.actor import Actor
from app.content.authoring.facts_yaml import facts_text
from app.content.authoring.models import Draft
from app.content.authoring.operations.loading import hold
from app.content.authoring.operations.writing import write_files
from app.content.authoring.queries import draft_folder, file_rows
from app.content.authoring.units import files_of, moves, with_changed, without
from app.content.folder import COURSE_FILE
from app.content.places import FileKind, place_of
from app.content.schema import CourseFacts, UnitFacts


def write_facts(actor: Actor, draft_id: int, facts: CourseFacts, *, seen: int) -> Draft:
    """Write the facts of a course; `seen` is the revision of course.yaml that was seen. Raises as `write_file`."""
    return write_files(actor, draft_id, {COURSE_FILE: facts_text(facts).encode()}, {COURSE_FILE: seen})


def change_unit(actor: Actor, draft_id: int, facts: CourseFacts, code: str, unit: UnitFacts, *, seen: int) -> Draft:
    """Describe a unit of these facts anew; when it is called otherwise, its files move. Raises as `write_file`."""
    draft = hold(actor, draft_id)
    moved = moves(code, unit.id, draft_folder(draft).files) if unit.id != code else {}
    return _write(actor, draft, with_changed(facts, code, unit), moved, seen)


def remove_unit(actor: Actor, draft_id: int, facts: CourseFacts, code: str, *, seen: int) -> Draft:
    """Take a unit and its files away in every language. Raises as `write_file`."""
    draft = hold(actor, draft_id)
    gone: dict[str, bytes | None] = dict.fromkeys(files_of(code, [row.path for row in file_rows(draft.id)]))
    return _write(actor, draft, without(facts, code), gone, seen)


def remove_form(actor: Actor, draft_id: int, facts: CourseFacts, code: str, *, seen: int) -> Draft:
    """Take a form without right answers away, in every language. Raises as `write_file`."""
    draft = hold(actor, draft_id)
    paths = [row.path for row in file_rows(draft.id)]
    gone: dict[str, bytes | None] = dict.fromkeys(path for path in paths if _form_of(path) == code)
    left = facts.model_copy(update={"forms": tuple(form for form in facts.forms if form.id != code)})
    return _write(actor, draft, left, gone, seen)


def _form_of(path: str) -> str | None:
    place = place_of(path)
    return place.about if place and place.kind is FileKind.FORM else None


def _write(actor: Actor, draft: Draft, facts: CourseFacts, changes: Mapping[str, bytes | None], seen: int) -> Draft:
    """The draft is held, so the other files are as they were just found; only course.yaml can have been seen older."""
    revisions = {row.path: row.revision for row in file_rows(draft.id)} | {COURSE_FILE: seen}
    return write_files(actor, draft.id, {**changes, COURSE_FILE: facts_text(facts).encode()}, revisions)
