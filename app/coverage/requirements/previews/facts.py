"""Who is asked on a day and what they hold, loaded in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from app.completions.models import Completion
from app.courses.models import CourseVersion
from app.coverage.ledger.rules import Held, Seat, Stretch, Work
from app.coverage.requirements.models import RequirementWaiver
from app.coverage.requirements.rules import Kind, Rule
from app.factories.models import Committee, CommitteeMember, Employment, Person
from app.factories.queries import held_on, sits
from app.improvement.ambassadors.models import Ambassador
from app.improvement.ambassadors.rules import AmbassadorKind
from app.platform.db import db

SEATED = frozenset({Kind.BODY, Kind.PATHWAY})
"""Kinds that ask people by a seat and not by what they work as."""


@dataclass(frozen=True)
class Placed:
    """Somebody who is asked, and as what."""

    factory_id: int
    person_id: int
    sex: Any
    place: Work | Seat

    @property
    def part(self) -> str | None:
        return self.place.role if isinstance(self.place, Work) else self.place.part

    @property
    def line_id(self) -> int | None:
        return self.place.line_id if isinstance(self.place, Work) else None


def workers(rule: Rule, factories: Sequence[int], day: date) -> sa.Subquery:
    """Everybody whom the rule asks by role on a day, in the work begun last."""
    place = sa.func.row_number().over(
        partition_by=(Employment.factory_id, Employment.person_id),
        order_by=(Employment.started_on.desc(), Employment.id.desc()))
    rows = (
        sa.select(Employment.factory_id, Employment.person_id, Employment.role, Employment.line_id,
                  Employment.started_on, place.label("place"))
        .where(Employment.factory_id.in_(factories), Employment.role.in_(rule.roles), held_on(day))
        .subquery()
    )
    return sa.select(rows).where(rows.c.place == 1).subquery()


def counted(asked: sa.Subquery) -> Sequence[Any]:
    """Factory, role, sex and how many of them are asked."""
    key = (asked.c.factory_id, asked.c.role, Person.sex)
    statement = sa.select(*key, sa.func.count()).join(Person, Person.id == asked.c.person_id).group_by(*key)
    return db.session.execute(statement).all()


def working(asked: sa.Subquery, rule: Rule, *, all_of_them: bool = False) -> list[Placed]:
    """Those who hold one of the courses, or ever did; all of them when somebody asks for people."""
    holds = sa.exists().where(Completion.person_id == asked.c.person_id, Completion.course_id.in_(rule.courses))
    return _placed(asked, sa.true() if all_of_them else holds)


def placed_among(asked: sa.Subquery, people: Collection[int]) -> list[Placed]:
    """Those of the asked whose ids are given."""
    return _placed(asked, asked.c.person_id.in_(people))


def _placed(asked: sa.Subquery, among: sa.ColumnElement[bool]) -> list[Placed]:
    columns = (asked.c.factory_id, asked.c.person_id, Person.sex, asked.c.role, asked.c.line_id, asked.c.started_on)
    statement = sa.select(*columns).join(Person, Person.id == asked.c.person_id).where(among)
    return [
        Placed(factory_id, person_id, sex, Work(start, None, role, line))
        for factory_id, person_id, sex, role, line, start in db.session.execute(statement)
    ]


def seated(rule: Rule, factories: Sequence[int], day: date) -> list[Placed]:
    """Everybody on one of the committees - or named as an ambassador - who works at the factory, in the seat taken
    last. Both are few."""
    if rule.kind is Kind.PATHWAY:
        return _ambassadors(factories, day)
    return _last_seats(
        sa.select(Committee.factory_id, CommitteeMember.person_id, Person.sex, CommitteeMember.side,
                  CommitteeMember.starts_on, Committee.kind)
        .join(Committee, Committee.id == CommitteeMember.committee_id)
        .join(Person, Person.id == CommitteeMember.person_id)
        .where(Committee.factory_id.in_(factories), Committee.kind.in_(rule.committees), sits(day))
        .order_by(CommitteeMember.starts_on, CommitteeMember.id)
    )


def _ambassadors(factories: Sequence[int], day: date) -> list[Placed]:
    stays = sa.or_(Ambassador.ends_on.is_(None), Ambassador.ends_on >= day)
    employed = sa.exists().where(
        Employment.person_id == Ambassador.person_id, Employment.factory_id == Ambassador.factory_id, held_on(day))
    return _last_seats(
        sa.select(Ambassador.factory_id, Ambassador.person_id, Person.sex, Ambassador.kind, Ambassador.starts_on,
                  sa.null())
        .join(Person, Person.id == Ambassador.person_id)
        .where(Ambassador.factory_id.in_(factories), Ambassador.kind == AmbassadorKind.AMBASSADOR,
               Ambassador.starts_on <= day, stays, employed)
        .order_by(Ambassador.starts_on, Ambassador.id)
    )


def _last_seats(statement: sa.Select[*tuple[Any, ...]]) -> list[Placed]:
    """One seat a person and factory, of rows by the day on which each began."""
    found = {
        (factory_id, person_id): Placed(factory_id, person_id, sex, Seat(start, None, side, kind))
        for factory_id, person_id, sex, side, start, kind in db.session.execute(statement)
    }
    return list(found.values())


def held(rule: Rule, people: Sequence[int] | sa.Select[int], zone: str) -> dict[int, list[tuple[int | None, Held]]]:
    """What people hold of the courses, with the factory where they completed it."""
    place, found = ZoneInfo(zone), defaultdict[int, list[tuple[int | None, Held]]](list)
    statement = (
        sa.select(Completion.person_id, Completion.course_id, Completion.completed_at, Completion.valid_until,
                  Completion.withdrawn_at, Completion.factory_id, Completion.role, CourseVersion.hours)
        .join(CourseVersion, CourseVersion.id == Completion.version_id)
        .where(Completion.course_id.in_(rule.courses), Completion.person_id.in_(people))
    )
    for person_id, course_id, begins, ends, withdrawn, factory_id, role, hours in db.session.execute(statement):
        kept = Held(course_id, _day(begins, place), ends and _day(ends, place), withdrawn and _day(withdrawn, place),
                    is_from_here=False, role=role, hours=hours)
        found[person_id].append((factory_id, kept))
    return found


def _day(moment: datetime, place: ZoneInfo) -> date:
    return moment.astimezone(place).date()


def waived(requirement_id: int | None, day: date) -> dict[int, set[int | None]]:
    """Who is exempt on a day, by factory; None is the whole factory."""
    found = defaultdict[int, set[int | None]](set)
    if requirement_id is not None:
        statement = sa.select(RequirementWaiver.factory_id, RequirementWaiver.person_id).where(
            RequirementWaiver.requirement_id == requirement_id, RequirementWaiver.starts_on <= day,
            RequirementWaiver.ends_on > day)
        for factory_id, person_id in db.session.execute(statement):
            found[factory_id].add(person_id)
    return found


def today_only(day: date) -> Stretch:
    """One day as a stretch."""
    return Stretch(day, day + timedelta(days=1))
