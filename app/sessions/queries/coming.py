"""The next dates of a course."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor, Scope
from app.access.permissions import Permission
from app.courses.models import CourseVersion
from app.factories.models import Programme
from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.queries.lookup import within
from app.sessions.rules import HOLDING, MeetingState, TrainingState

_OFFERED = (TrainingState.TENTATIVE, TrainingState.CONFIRMED)
_FIRST = sa.func.min(Meeting.starts_at).label("first")
_HELD = (
    sa.select(sa.func.count())
    .where(Seat.training_id == TrainingSession.id, Seat.state.in_(HOLDING))
    .correlate(TrainingSession)
    .scalar_subquery()
)
# Built once: building it takes longer than asking it.
_COMING = (
    sa.select(
        TrainingSession.id, TrainingSession.state, Programme.zone, _FIRST, sa.func.count(Meeting.id).label("half_days"),
        (TrainingSession.capacity_in_person + TrainingSession.capacity_virtual - _HELD).label("free"),
    )
    .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
    .join(Programme, Programme.id == TrainingSession.programme_id)
    .join(Meeting, sa.and_(Meeting.training_id == TrainingSession.id, Meeting.state == MeetingState.PLANNED))
    .where(CourseVersion.course_id == sa.bindparam("course_id"), TrainingSession.state.in_(_OFFERED))
    .group_by(
        TrainingSession.id, TrainingSession.state, TrainingSession.capacity_in_person,
        TrainingSession.capacity_virtual, Programme.zone,
    )
    .having(sa.func.min(Meeting.starts_at) > sa.bindparam("now"))
    .order_by(_FIRST, TrainingSession.id)
    .limit(sa.bindparam("most"))
)


def coming(actor: Actor, course_id: int, most: int) -> Sequence[Any]:
    """Training sessions of a course that have not begun and are offered, as far as the actor may see them, the nearest
    first: id, state, zone, first start, half_days, free places. One statement.
    """
    asked = {"course_id": course_id, "now": now(), "most": most}
    return db.session.execute(_within(actor.scope(Permission.SESSIONS_READ)), asked).all()


@lru_cache(maxsize=1000)
def _within(scope: Scope) -> sa.Select[*tuple[Any, ...]]:
    return _COMING.where(within(scope))
