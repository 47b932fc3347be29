"""What of reports the actor may read."""

from collections.abc import Sequence

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.courses.models import Course, CourseVersion
from app.factories.models import Programme
from app.platform.db import db
from app.platform.refusal import NotFound
from app.reports.models import PromotionCourse


def programmes(actor: Actor) -> Sequence[Programme]:
    """Those whose reports the actor reads, by code."""
    scope = actor.scope(Permission.REPORTS_READ)
    own = sa.true() if scope.everything else Programme.id.in_(scope.programmes)
    return db.session.scalars(sa.select(Programme).where(own).order_by(Programme.code)).all()


def chosen(actor: Actor, code: str) -> tuple[Sequence[Programme], Programme | None]:
    """All programmes in sight and the one that was asked for by its code; none when the code is empty.

    Raises NotFound for one that is not in sight, and for whoever sees none.
    """
    seen = programmes(actor)
    one = next((each for each in seen if each.code == code), None)
    if not seen or (code and one is None):
        raise NotFound
    return seen, one


def courses() -> list[tuple[str, dict[str, str]]]:
    """Code and titles of every course."""
    current = CourseVersion.id == Course.current_version_id
    rows = db.session.execute(sa.select(Course.code, CourseVersion.titles).join(CourseVersion, current))
    return sorted(((code, titles) for code, titles in rows), key=lambda each: each[0])


def promotion_courses(programme_id: int) -> list[str]:
    """Codes of the courses that lead to promotion in a programme. The caller has checked it."""
    chosen = sa.select(Course.code).join(PromotionCourse, PromotionCourse.course_id == Course.id)
    return list(db.session.scalars(chosen.where(PromotionCourse.programme_id == programme_id)))


def sees_people(actor: Actor, programme_ids: Sequence[int]) -> bool:
    """Whether names may stand behind the figures of these programmes."""
    scope = actor.scope(Permission.FACTORIES_READ)
    return all(scope.reaches(number) for number in programme_ids)
