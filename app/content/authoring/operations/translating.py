"""Writing translations: each note of what it was made from is written with it."""

from datetime import date

from app.access.actor import Actor
from app.content.authoring.facts_yaml import facts_text
from app.content.authoring.models import Draft
from app.content.authoring.operations.facts import write_facts
from app.content.authoring.operations.loading import hold
from app.content.authoring.operations.writing import write_files
from app.content.authoring.queries import draft_folder, file_rows
from app.content.folder import COURSE_FILE
from app.content.ledgers import stamp_file
from app.content.places import place_of
from app.content.schema import SOURCE_LOCALE, CourseFacts, Language
from app.platform import audit


def write_translation(
    actor: Actor, draft_id: int, path: str, data: bytes, *, seen: int, is_current: bool
) -> Draft:
    """Write a translated file; `is_current`: it is a translation of the source as that is now, and the ledger of its
    language says so. Raises as `write_file`."""
    place = place_of(path)
    locale = place.locale if place else ""
    source = SOURCE_LOCALE + path.removeprefix(locale)
    return _write(actor, draft_id, path, data, seen, (locale, source) if is_current else None)


def write_translated_facts(
    actor: Actor, draft_id: int, facts: CourseFacts, locale: str, *, seen: int, is_current: bool
) -> Draft:
    """Write course.yaml with other texts of one language; like `write_translation` otherwise."""
    data = facts_text(facts).encode()
    return _write(actor, draft_id, COURSE_FILE, data, seen, (locale, COURSE_FILE) if is_current else None)


def _write(
    actor: Actor, draft_id: int, path: str, data: bytes, seen: int, made: tuple[str, str] | None
) -> Draft:
    """The draft is held, so that its ledger is as it was just found."""
    draft = hold(actor, draft_id)
    changes: dict[str, bytes | None] = {path: data}
    stamped = stamp_file(draft_folder(draft).with_file(path, data), *made) if made else None
    if stamped:
        changes[stamped[0]] = stamped[1]
    revisions = {row.path: row.revision for row in file_rows(draft.id)} | {path: seen}
    return write_files(actor, draft.id, changes, revisions)


def begin_language(actor: Actor, draft_id: int, facts: CourseFacts, locale: str, *, seen: int) -> Draft:
    """One more language of a course, not reviewed; it has no text yet. Raises as `write_file`."""
    languages = {**facts.languages, locale: facts.languages.get(locale, Language(reviewed=False))}  # type: ignore[arg-type] # as the file says it
    return write_facts(actor, draft_id, facts.model_copy(update={"languages": languages}), seen=seen)


def review_language(
    actor: Actor, draft_id: int, facts: CourseFacts, locale: str, day: date | None, *, seen: int
) -> Draft:
    """Note the day on which a native speaker and expert reviewed a language, or that nobody did; the log says who noted
    it. Raises as `write_file`."""
    languages = {**facts.languages, locale: Language.model_validate({"reviewed": day.isoformat() if day else False})}
    draft = write_facts(actor, draft_id, facts.model_copy(update={"languages": languages}), seen=seen)
    audit.record(actor, "authoring.review", f"draft:{draft.id}", language=locale, day=day.isoformat() if day else None)
    return draft
