"""Logs of practice tasks: the own ones, and those that somebody may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.access.actor import Actor
from app.courses.models import Course, CourseVersion, Unit
from app.factories.models import Factory, Person, Programme
from app.lessons.models import PracticeLog
from app.lessons.policy import in_sight
from app.platform.db import db
from app.platform.refusal import NotFound


@dataclass(frozen=True)
class Logged:
    """A log as one reads it; without text and photo when it was kept long enough."""

    log_id: int
    text: str
    has_photo: bool
    created_at: datetime
    zone: str | None
    """Of the factory's programme, where there was a factory."""
    unit: Mapping[str, str]
    course: Mapping[str, str]
    person_id: int
    name: str

    @property
    def day(self) -> date:
        """When it was made, by the calendar of the factory."""
        return self.created_at.astimezone(ZoneInfo(self.zone or "UTC")).date()


def logs_of_unit(person_id: int, course_id: int, code: str) -> list[Logged]:
    """The own logs of a task that stand, in whatever version, the latest first. One statement."""
    is_own = PracticeLog.person_id == person_id, PracticeLog.withdrawn_at.is_(None)
    return _logged(*is_own, CourseVersion.course_id == course_id, Unit.code == code)


def logs_of_person(actor: Actor, person_id: int) -> list[Logged]:
    """What the actor may see of somebody's practice, the latest first. One statement."""
    return _logged(PracticeLog.person_id == person_id, in_sight(actor))


def logs_of_factory(actor: Actor, factory_id: int) -> sa.Select[Any]:
    """What the actor may see of the practice of people who worked at a factory then, the latest first: `logged` reads
    its rows.
    """
    return _statement(PracticeLog.factory_id == factory_id, in_sight(actor))


def logged(row: Any) -> Logged:
    """A row of the lists above."""
    return Logged(*tuple(row))


def own_log(person_id: int, log_id: int) -> PracticeLog:
    """An own log that stands. Raises NotFound."""
    return _one(PracticeLog.id == log_id, PracticeLog.person_id == person_id, PracticeLog.withdrawn_at.is_(None))


def seen_log(actor: Actor, log_id: int) -> PracticeLog:
    """A log that the actor may see. Raises NotFound."""
    return _one(PracticeLog.id == log_id, in_sight(actor))


def log_of(person_id: int, log_id: str) -> PracticeLog:
    """The log that somebody made with a form, by the id of the form. Raises NotFound."""
    return _one(PracticeLog.log_id == log_id, PracticeLog.person_id == person_id)


def place_of(log: PracticeLog) -> tuple[str, str]:
    """The codes of course and task that a log is about."""
    codes = (
        sa.select(Course.code, Unit.code)
        .select_from(Unit)
        .join(CourseVersion, CourseVersion.id == Unit.version_id)
        .join(Course, Course.id == CourseVersion.course_id)
        .where(Unit.id == log.unit_id)
    )
    course, unit = db.session.execute(codes).one()
    return course, unit


def _logged(*which: sa.ColumnElement[bool]) -> list[Logged]:
    return [logged(row) for row in db.session.execute(_statement(*which))]


def _statement(*which: sa.ColumnElement[bool]) -> sa.Select[Any]:
    columns: tuple[Any, ...] = (
        PracticeLog.id, PracticeLog.text, PracticeLog.photo_key.is_not(None), PracticeLog.created_at, Programme.zone,
        Unit.titles, CourseVersion.titles, PracticeLog.person_id, Person.name,
    )  # fmt: skip
    return (
        sa.select(*columns)
        .select_from(PracticeLog)
        .join(Person, Person.id == PracticeLog.person_id)
        .join(Unit, Unit.id == PracticeLog.unit_id)
        .join(CourseVersion, CourseVersion.id == PracticeLog.version_id)
        .outerjoin(Factory, Factory.id == PracticeLog.factory_id)
        .outerjoin(Programme, Programme.id == Factory.programme_id)
        .where(*which)
        .order_by(PracticeLog.id.desc())
    )


def _one(*which: sa.ColumnElement[bool]) -> PracticeLog:
    found = db.session.scalar(sa.select(PracticeLog).where(*which))
    if found is None:
        raise NotFound
    return found
