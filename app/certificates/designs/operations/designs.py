"""Beginning a design, and taking it out of use."""

from app.access.actor import Actor
from app.certificates.designs.content import Content, stored
from app.certificates.designs.models import Design, DesignVersion
from app.certificates.designs.operations.loading import hold
from app.certificates.designs.queries.designs import MAY
from app.courses.models import Course
from app.factories.queries import programme_by_code
from app.factories.structure.taken import unless_taken
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound


def create(actor: Actor, programme_code: str, course_id: int | None, name: str) -> Design:
    """A design for a programme, or for one course of it, with a draft as the product dresses certificates.

    Raises NotFound out of scope, and Taken when there is a design for the same already.
    """
    programme = programme_by_code(actor, programme_code, MAY)
    if course_id is not None and db.session.get(Course, course_id) is None:
        raise NotFound
    made = Design(programme_id=programme.id, course_id=course_id, name=name)
    with unless_taken("course", _taken()):
        db.session.add(made)
    draft = DesignVersion(
        design_id=made.id, number=1, content=stored(Content()), made_at=now(), made_by=actor.account_id
    )
    db.session.add(draft)
    db.session.flush()
    audit.record(actor, "designs.create", f"design:{made.id}", programme=programme.id, course=course_id)
    return made


def rename(actor: Actor, design_id: int, name: str) -> None:
    """Call a design otherwise. Raises NotFound."""
    found = hold(actor, design_id)
    if found.name != name:
        found.name = name
        audit.record(actor, "designs.rename", f"design:{found.id}")


def archive(actor: Actor, design_id: int) -> None:
    """Issue nothing more with it. Certificates stay as they are; doing it again changes nothing. Raises NotFound."""
    found = hold(actor, design_id)
    if found.archived_at is None:
        found.archived_at = now()
        audit.record(actor, "designs.archive", f"design:{found.id}")


def restore(actor: Actor, design_id: int) -> None:
    """Bring an archived design back. Raises NotFound, and Taken when another one is in its place."""
    found = hold(actor, design_id)
    if found.archived_at is not None:
        with unless_taken("course", _taken()):
            found.archived_at = None
        audit.record(actor, "designs.restore", f"design:{found.id}")


def _taken() -> str:
    return _("There is a design for this already. Open that one, or archive it first.")
