"""Allowances of a quiz, and who can get one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa

from app.accounts.models import Account
from app.factories.models import Factory, Person
from app.platform.db import db
from app.quizzes.models import QuizAllowance
from app.sessions.models import Seat
from app.sessions.rules import SeatState


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who can be allowed something: `person:7` or `factory:3`."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Allowed:
    """What somebody is allowed."""

    allowance_id: int
    name: str
    language: str
    is_factory: bool
    extra: Decimal | None
    untimed: bool
    attempts: int | None
    opens_at: datetime | None
    closes_at: datetime | None
    why: str
    by: str | None
    at: datetime


def allowances(training_id: int, unit_id: int) -> Sequence[Allowed]:
    """What was allowed in a quiz of a training session. One statement."""
    rows = db.session.execute(
        sa.select(
            QuizAllowance, Factory.name, Person.name, Person.local_name, Person.language, Account.name.label("by")
        )
        .outerjoin(Person, Person.id == QuizAllowance.person_id)
        .outerjoin(Factory, Factory.id == QuizAllowance.factory_id)
        .outerjoin(Account, Account.id == QuizAllowance.account_id)
        .where(QuizAllowance.training_id == training_id, QuizAllowance.unit_id == unit_id)
        .order_by(Factory.name, Person.search_text, QuizAllowance.id)
    )
    return [
        Allowed(
            row.id, local_name or name or factory_name, language or "en", name is None, row.extra, row.untimed,
            row.attempts, row.opens_at, row.closes_at, row.why, by, row.at,
        )
        for row, factory_name, name, local_name, language, by in rows
    ]  # fmt: skip


def who_can(training_id: int) -> Sequence[Who]:
    """The people with a booked seat, then their factories. One statement."""
    rows = db.session.execute(
        sa.select(Person.id, Person.name, Factory.id.label("factory_id"), Factory.name.label("factory"))
        .select_from(Seat)
        .join(Person, Person.id == Seat.person_id)
        .join(Factory, Factory.id == Seat.factory_id)
        .where(Seat.training_id == training_id, Seat.state == SeatState.BOOKED)
        .order_by(Person.search_text, Person.id)
    ).all()
    people = [Who(f"person:{row.id}", f"{row.name} ({row.factory})") for row in rows]
    factories = sorted({(row.factory, row.factory_id) for row in rows})
    return [*people, *(Who(f"factory:{number}", name) for name, number in factories)]
