"""What ends soon and whom it names: people who work somewhere now, whatever factory sent them to the training."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from app.access.actor import Actor
from app.access.permissions import Permission
from app.certificates.models import IN_FORCE, Certificate
from app.completions.models import Completion
from app.completions.rules import window
from app.courses.models import Course, CourseVersion
from app.coverage.rules import last_day
from app.factories.consents.queries import shares_history
from app.factories.models import Employment, Factory, Person, Programme
from app.factories.queries import visible_factories
from app.platform.clock import now
from app.platform.db import db

EXPIRED = "expired"
DEFAULT = "90"
_YEAR = timedelta(days=365)
_MOST_CHOICES = 300


@dataclass(frozen=True)
class RenewalFilter:
    """Codes of a factory and a course, empty for all; `within` is a number of days ahead, or EXPIRED."""

    factory: str = ""
    course: str = ""
    within: str = DEFAULT


@dataclass(frozen=True)
class Renewal:
    """One certificate that ends, of somebody who works at a factory now. It may have been issued at another one."""

    completion_id: int
    certificate_id: int
    number: str
    issued_at_id: int | None
    person_id: int
    name: str
    local_name: str
    language: str
    email: str | None
    factory_id: int
    factory_code: str
    factory: str
    course: str
    titles: Mapping[str, str]
    refresher: str | None
    completed_at: datetime
    until: datetime
    zone: str
    days: int
    factory_may_know: bool
    """Whether it was issued there, or the person lets the factory see what was learned elsewhere."""

    @property
    def opens(self) -> date:
        """The day from which it can be renewed."""
        return window(self.completed_at, self.until, self.days).astimezone(ZoneInfo(self.zone)).date()

    @property
    def last_day(self) -> date:
        """The last whole day on which it holds: by then it should be renewed."""
        return last_day(self.until, self.zone)

    @property
    def renewed_by(self) -> str:
        """The code of the course that renews it."""
        return self.refresher or self.course


def ending(*wanted: sa.ColumnElement[bool]) -> sa.Select[Any]:
    """Certificates in force with an end, not renewed yet, those that end first first."""
    later = aliased(Completion)
    is_renewed = sa.exists().where(
        later.person_id == Completion.person_id, later.course_id == Completion.course_id,
        later.withdrawn_at.is_(None),
        # not by period alone: what a list of earlier trainings said gets the last number, and is older
        sa.or_(
            later.completed_at > Completion.completed_at,
            sa.and_(later.completed_at == Completion.completed_at, later.period > Completion.period),
        ),
    )
    # an entry of the roster for each time that somebody was hired: here each place counts once
    works = sa.select(Employment.person_id, Employment.factory_id).where(Employment.ended_on.is_(None)).distinct()
    place = works.subquery()
    may_know = sa.or_(Certificate.factory_id == Factory.id, shares_history(Person.id, Factory.id))
    columns: tuple[Any, ...] = (
        Completion.id, Certificate.id.label("certificate_id"), Certificate.number, Certificate.factory_id,
        Person.id.label("person_id"), Person.name, sa.func.coalesce(Person.local_name, ""), Person.language,
        Person.email, Factory.id.label("at_id"), Factory.code, Factory.name.label("factory"),
        Course.code.label("course"), CourseVersion.titles, CourseVersion.refresher, Completion.completed_at,
        Completion.valid_until, Programme.zone, Programme.renewal_days, may_know.label("may_know"),
    )  # fmt: skip
    return (
        sa.select(*columns)
        .select_from(Certificate)
        .join(Completion, Completion.id == Certificate.completion_id)
        .join(CourseVersion, CourseVersion.id == Completion.version_id)
        .join(Course, Course.id == Completion.course_id)
        .join(Person, Person.id == Completion.person_id)
        .join(place, place.c.person_id == Person.id)
        .join(Factory, Factory.id == place.c.factory_id)
        .join(Programme, Programme.id == Factory.programme_id)
        .where(*IN_FORCE, Completion.withdrawn_at.is_(None), Completion.valid_until.is_not(None), ~is_renewed, *wanted)
        .order_by(Completion.valid_until, Person.name, Completion.id, Factory.id)
    )


def renewals(rows: Collection[Any]) -> list[Renewal]:
    """Rows of `ending` as values."""
    return [Renewal(*row) for row in rows]


def listed(actor: Actor, chosen: RenewalFilter) -> sa.Select[Any]:
    """`ending` for one filter, at factories that the actor sees: of people there, and issued there, or elsewhere where
    the person shows it to the factory.
    """
    seen = _seen(actor).with_only_columns(Factory.id)
    may_know = sa.or_(Certificate.factory_id.in_(seen), shares_history(Person.id, Factory.id))
    wanted = [Factory.id.in_(seen), may_know, _within(chosen.within)]
    if chosen.factory:
        wanted.append(Factory.code == chosen.factory)
    if chosen.course:
        wanted.append(Course.code == chosen.course)
    return ending(*wanted)


def _within(within: str) -> sa.ColumnElement[bool]:
    until = Completion.valid_until
    if within == EXPIRED:
        return sa.and_(until <= now(), until > now() - _YEAR)
    return sa.and_(until > now(), until <= now() + timedelta(days=int(within)))


def _seen(actor: Actor) -> sa.Select[Factory]:
    return visible_factories(actor, Permission.CERTIFICATES_DOWNLOAD)


def factories(actor: Actor) -> list[tuple[str, str]]:
    """Code and name of the factories to choose from, by name; the first few hundred."""
    rows = _seen(actor).with_only_columns(Factory.code, Factory.name).order_by(Factory.name, Factory.id)
    return [(row.code, row.name) for row in db.session.execute(rows.limit(_MOST_CHOICES))]


def courses_that_end() -> list[tuple[str, Mapping[str, str]]]:
    """Code and titles of the courses whose certificates end, by code."""
    rows = db.session.execute(
        sa.select(Course.code, CourseVersion.titles)
        .join(CourseVersion, CourseVersion.id == Course.current_version_id)
        .where(CourseVersion.validity_months.is_not(None))
        .order_by(Course.code)
        .limit(_MOST_CHOICES)
    )
    return [(row.code, row.titles) for row in rows]


def titles(codes: Collection[str]) -> dict[str, Mapping[str, str]]:
    """Code -> titles of the current version, of these courses."""
    current = sa.select(Course.code, CourseVersion.titles).join(
        CourseVersion, CourseVersion.id == Course.current_version_id
    )
    return {row.code: row.titles for row in db.session.execute(current.where(Course.code.in_(codes)))}
