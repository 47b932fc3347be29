"""Which courses of others count in a programme."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.api.xapi.models import ExternalCourse
from app.api.xapi.rules import values
from app.api.xapi.rules.problems import want
from app.factories.models import Programme
from app.factories.queries import programme_by_code
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound

LONGEST_IRI = 500
LONGEST_TITLE = 200


def register_course(actor: Actor, programme_code: str, iri: str, title: str) -> None:
    """From now on this activity counts in the programme, under a title. Again gives it another title, and one that was
    ended counts again. Raises NotFound for a programme that the actor does not manage, Malformed for what is no IRI.
    """
    iri, title = iri.strip(), title.strip()
    values.check_iri(iri, "iri")
    want(len(iri) <= LONGEST_IRI, "iri", f"holds {LONGEST_IRI} characters at most")
    want(0 < len(title) <= LONGEST_TITLE, "title", f"holds {LONGEST_TITLE} characters at most, and one at least")
    programme = programme_by_code(actor, programme_code, Permission.PROGRAMMES_MANAGE)
    # One at a time, so that two forms cannot both make the first row of it.
    db.session.execute(sa.select(Programme.id).where(Programme.id == programme.id).with_for_update())
    known = sa.select(ExternalCourse).where(ExternalCourse.programme_id == programme.id, ExternalCourse.iri == iri)
    course = db.session.scalar(known) or ExternalCourse(
        programme_id=programme.id, iri=iri, account_id=actor.account_id, registered_at=now()
    )
    if course.id is not None and course.ended_at is None and course.title == title:
        return
    course.title, course.ended_at = title, None
    db.session.add(course)
    audit.record(actor, "xapi.register_course", f"programme:{programme.id}", iri=iri)


def end_course(actor: Actor, programme_code: str, iri: str) -> None:
    """What is said from now on counts no more; what was written stays. Raises NotFound."""
    programme = programme_by_code(actor, programme_code, Permission.PROGRAMMES_MANAGE)
    found = db.session.scalar(
        sa.select(ExternalCourse)
        .where(
            ExternalCourse.programme_id == programme.id, ExternalCourse.iri == iri, ExternalCourse.ended_at.is_(None)
        ).with_for_update()
    )  # fmt: skip
    if found is None:
        raise NotFound
    found.ended_at = now()
    audit.record(actor, "xapi.end_course", f"programme:{found.programme_id}", iri=iri)
