"""What is read to remind of certificates that end."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.certificates.models import Certificate
from app.certificates.validity.renewals import Renewal, ending, renewals
from app.completions.models import Completion
from app.courses.models import Course, CourseVersion
from app.factories.models import Factory, Person, Programme
from app.notifications.models import Telling
from app.notifications.reminders.queries import Timing
from app.notifications.renewals.rules import WEEK
from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import Meeting, TrainingSession
from app.sessions.rules import MeetingState, TrainingState

_SHOWN = 3


def _open(timing_days: sa.ColumnElement[bool]) -> tuple[sa.ColumnElement[bool], ...]:
    return Certificate.suspended_at.is_(None), Person.erased_at.is_(None), Completion.valid_until > now(), timing_days


def _in_window(days: int) -> sa.ColumnElement[bool]:
    return Completion.valid_until <= now() + timedelta(days=days) + WEEK + timedelta(days=1)


def due_factories(by_programme: Mapping[int, Timing]) -> list[tuple[int, int]]:
    """Factories with somebody who is to renew something soon, and their programme, where it is not quiet now.

    One statement for each programme.
    """
    found = []
    awake = [programme_id for programme_id, timing in by_programme.items() if not timing.is_quiet_now]
    for programme in db.session.scalars(sa.select(Programme).where(Programme.id.in_(awake)).order_by(Programme.id)):
        soon = ending(Factory.programme_id == programme.id, *_open(_in_window(programme.renewal_days)))
        ids = db.session.scalars(soon.with_only_columns(Factory.id).order_by(None).distinct()).all()
        found += [(factory_id, programme.id) for factory_id in sorted(ids)]
    return found


def of_factory(factory: Factory) -> list[Renewal]:
    """What people of a factory are to renew soon, what ends first first."""
    soon = _in_window(factory.programme.renewal_days)
    return renewals(db.session.execute(ending(Factory.id == factory.id, *_open(soon))).all())


def is_told(key: str) -> bool:
    """Whether this was told."""
    return db.session.scalar(sa.select(Telling.id).where(Telling.key == key)) is not None


@dataclass(frozen=True)
class Next:
    """A training session that is to come."""

    training_id: int
    code: str
    starts_at: datetime
    zone: str


@dataclass(frozen=True)
class Renewing:
    """What renews a certificate: a course, and its next training sessions in the programme."""

    code: str
    titles: Mapping[str, str]
    sessions: list[Next]


def renewing(codes: Collection[str], programme_id: int) -> dict[str, Renewing]:
    """Of these courses, by code. Two statements."""
    current = sa.select(Course.code, CourseVersion.titles).join(
        CourseVersion, CourseVersion.id == Course.current_version_id
    )
    found = {
        row.code: Renewing(row.code, row.titles, [])
        for row in db.session.execute(current.where(Course.code.in_(codes)))
    }
    first: Any = sa.func.min(Meeting.starts_at)
    coming = db.session.execute(
        sa.select(
            Course.code.label("course"), TrainingSession.id, TrainingSession.code, first.label("at"), Programme.zone
        )
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .join(Course, Course.id == CourseVersion.course_id)
        .join(Programme, Programme.id == TrainingSession.programme_id)
        .join(Meeting, Meeting.training_id == TrainingSession.id)
        .where(
            TrainingSession.programme_id == programme_id, Course.code.in_(codes), Meeting.state == MeetingState.PLANNED,
            TrainingSession.state.in_((TrainingState.TENTATIVE, TrainingState.CONFIRMED)),
        )
        .group_by(Course.code, TrainingSession.id, TrainingSession.code, Programme.zone)
        .having(first > now())
        .order_by(first, TrainingSession.id)
    )  # fmt: skip
    for row in coming:
        if row.course in found and len(found[row.course].sessions) < _SHOWN:
            found[row.course].sessions.append(Next(row.id, row.code, row.at, row.zone))
    return found
