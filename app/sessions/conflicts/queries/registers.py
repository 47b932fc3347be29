"""Trainers, interpreters, rooms, host accounts and factories as the registers know them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta

import sqlalchemy as sa

from app.accounts.models import Account
from app.courses.models import CourseVersion
from app.factories.models import Factory
from app.platform.db import db
from app.sessions.conflicts.queries.busy import Window
from app.sessions.conflicts.rules.known import Mill, Teacher, Thing
from app.sessions.models import HostAccount, Interpreter, Room
from app.sessions.registers.models import Absence, Qualification, TrainerLanguages

_DAY = timedelta(days=1)


def teachers(numbers: Collection[int], window: Window) -> dict[int, Teacher]:
    """Names, languages, leave. Two statements."""
    if not numbers:
        return {}
    away: dict[int, list[tuple[date, date]]] = defaultdict(list)
    near = sa.and_(
        Absence.starts_on <= (window.ends_at + _DAY).date(), Absence.ends_on >= (window.starts_at - _DAY).date()
    )
    leave = sa.select(Absence.account_id, Absence.starts_on, Absence.ends_on).where(near)
    for number, first, last in db.session.execute(leave.where(Absence.account_id.in_(numbers))):
        away[number].append((first, last))
    rows = db.session.execute(
        sa.select(Account.id, Account.name, TrainerLanguages.languages)
        .outerjoin(TrainerLanguages, TrainerLanguages.account_id == Account.id)
        .where(Account.id.in_(numbers))
    )
    return {
        number: Teacher(name, None if spoken is None else frozenset(spoken), away[number])
        for number, name, spoken in rows
    }


def qualified(programme_id: int, version_id: int) -> dict[int, tuple[date, date | None]] | None:
    """Who may teach the course and when; None where the programme keeps nobody for it."""
    course = sa.select(CourseVersion.course_id).where(CourseVersion.id == version_id).scalar_subquery()
    rows = db.session.execute(
        sa.select(Qualification.account_id, Qualification.starts_on, Qualification.ends_on).where(
            Qualification.programme_id == programme_id, Qualification.course_id == course
        )
    )
    return {number: (first, last) for number, first, last in rows} or None


def interpreters(numbers: Collection[int]) -> dict[int, Thing]:
    """By number."""
    if not numbers:
        return {}
    found = db.session.execute(
        sa.select(Interpreter.id, Interpreter.name, Interpreter.retired_on, Interpreter.languages).where(
            Interpreter.id.in_(numbers)
        )
    )
    return {number: Thing(name, until, frozenset(spoken)) for number, name, until, spoken in found}


def rooms(numbers: Collection[int]) -> dict[int, Thing]:
    """By number."""
    if not numbers:
        return {}
    found = db.session.execute(
        sa.select(Room.id, Room.name, Room.closed_on, Room.places, Room.province).where(Room.id.in_(numbers))
    )
    return {
        number: Thing(name, until, places=places, province=province) for number, name, until, places, province in found
    }


def hosts(numbers: Collection[int]) -> dict[int, Thing]:
    """By number."""
    if not numbers:
        return {}
    found = db.session.execute(
        sa.select(HostAccount.id, HostAccount.name, HostAccount.closed_on).where(HostAccount.id.in_(numbers))
    )
    return {number: Thing(name, until) for number, name, until in found}


def mills(numbers: Collection[int], usual: frozenset[int]) -> dict[int, Mill]:
    """Factories that take part, with their own rest days or those of the programme."""
    if not numbers:
        return {}
    found = db.session.execute(
        sa.select(Factory.id, Factory.name, Factory.rest_days).where(Factory.id.in_(numbers))
    )
    return {number: Mill(name, usual if own is None else frozenset(own)) for number, name, own in found}
