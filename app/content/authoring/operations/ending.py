"""How a draft ends: published, or discarded."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.content.authoring.models import Draft
from app.content.authoring.operations.loading import hold
from app.content.authoring.queries import draft_folder
from app.content.authoring.rules import LONGEST_NOTE, DraftState
from app.content.publish import Published, publish
from app.courses.queries import course_by_code, version_by_number
from app.platform import audit
from app.platform.i18n import _
from app.platform.refusal import Refused


def publish_draft(actor: Actor, draft_id: int, note: str, *, seen: int | None = None) -> Published:
    """Freeze the files of a draft as a version, by the verb of the command line; `note` says why, for the history, and
    `seen` which revision of the draft the publisher looked at.

    Raises ContentRefused with every problem when the check finds errors, and Refused without a note, when the number
    was used already, or when somebody changed the draft since it was seen.
    """
    draft = hold(actor, draft_id, Permission.COURSES_PUBLISH)
    if seen is not None and seen != draft.revision:
        raise Refused(_("Somebody changed this draft meanwhile. Nothing was published: look at the changes again."))
    note = note.strip()
    if not note or len(note) > LONGEST_NOTE:
        raise Refused(_("Say in one or two sentences what is new."))
    published = publish(actor, draft_folder(draft), note)
    version = version_by_number(course_by_code(published.course).id, published.version)
    draft.published_id = version.id
    _end(actor, draft, DraftState.PUBLISHED, version=version.id)
    return published


def discard(actor: Actor, draft_id: int) -> None:
    """Give a draft up. The published course stays as it is."""
    _end(actor, hold(actor, draft_id), DraftState.DISCARDED)


def _end(actor: Actor, draft: Draft, state: DraftState, **details: int) -> None:
    draft.state = state
    audit.record(actor, f"authoring.{state}", f"draft:{draft.id}", code=draft.code, **details)
