"""Taking a course out of the catalogue, and back: nothing that was planned, done or certified goes."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.content.authoring.operations.loading import require
from app.content.authoring.rules import LONGEST_NOTE
from app.courses.models import Course
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused


def archive_course(actor: Actor, code: str, why: str) -> Course:
    """No longer offer a course. Doing it again changes nothing. Raises NotFound, and Refused without a reason."""
    course = _hold(actor, code)
    why = why.strip()
    if not why or len(why) > LONGEST_NOTE:
        raise Refused(_("Say in one or two sentences why the course is no longer offered."))
    if course.archived_at is None:
        course.archived_at, course.archived_why = now(), why
        audit.record(actor, "authoring.archive_course", f"course:{course.id}", why=why)
    return course


def restore_course(actor: Actor, code: str) -> Course:
    """Offer an archived course again. Doing it again changes nothing. Raises NotFound."""
    course = _hold(actor, code)
    if course.archived_at is not None:
        before = course.archived_why
        course.archived_at = course.archived_why = None
        audit.record(actor, "authoring.restore_course", f"course:{course.id}", archived_why=before)
    return course


def _hold(actor: Actor, code: str) -> Course:
    require(actor, Permission.COURSES_PUBLISH)
    course = db.session.scalar(sa.select(Course).where(Course.code == code).with_for_update())
    if course is None:
        raise NotFound
    return course
