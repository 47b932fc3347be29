"""The facts of a draft for pages that need them."""

from app.content.authoring import queries
from app.content.authoring.models import Draft
from app.content.authoring.report import facts_in
from app.content.folder import COURSE_FILE
from app.content.schema import CourseFacts
from app.platform.i18n import _
from app.platform.refusal import Refused


def stored_facts(draft: Draft) -> tuple[CourseFacts | None, int]:
    """The facts - None while course.yaml cannot be read - and the revision of their file."""
    stored = queries.file(draft.id, COURSE_FILE)
    return facts_in(draft, stored.data), stored.revision


def readable_facts(draft: Draft) -> tuple[CourseFacts, int]:
    """The facts and the revision of their file. Raises Refused while course.yaml cannot be read."""
    facts, seen = stored_facts(draft)
    if facts is None:
        raise Refused(_("course.yaml cannot be read. Mend it first: the report of the draft says where."))
    return facts, seen
