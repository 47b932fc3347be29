"""Which draft a verb works on."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.content.authoring.models import Draft
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused


def hold(actor: Actor, draft_id: int, may: Permission = Permission.COURSES_AUTHOR) -> Draft:
    """An open draft, held until the end of the transaction: of two writers the second waits.

    Raises NotFound for whoever may not, and Refused when the draft is closed.
    """
    require(actor, may)
    draft = db.session.scalar(
        sa.select(Draft).where(Draft.id == draft_id).with_for_update().execution_options(populate_existing=True)
    )
    if draft is None:
        raise NotFound
    if not draft.is_open:
        raise Refused(_("This draft is closed. Start a new one from the course."))
    return draft


def require(actor: Actor, may: Permission) -> None:
    """Raises NotFound for whoever does not hold the permission."""
    if not actor.may(may):
        raise NotFound
