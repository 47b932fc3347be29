"""Trainers: what they can teach and speak, and when they are away."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.accounts import queries as accounts
from app.accounts.models import Account
from app.courses.models import Course, CourseVersion
from app.factories.models import Programme
from app.platform.clock import today
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions.models import Trainer, TrainingSession
from app.sessions.queries.planning import possible_trainers
from app.sessions.registers.models import Absence, Qualification, TrainerLanguages


@dataclass(frozen=True)
class TrainerRow:
    """A trainer in the list. `languages` is None where nobody said any; `away` is the leave that comes next."""

    account: Account
    languages: Sequence[str] | None
    courses: int
    away: Absence | None


def trainers(actor: Actor, programme: Programme) -> list[Account]:
    """The trainers of a programme, whoever else teaches there, and the actor: who plans may teach. By name."""
    found = {account.id: account for account in possible_trainers(actor, programme)}
    teaching = (
        sa.select(Trainer.account_id)
        .join(TrainingSession, TrainingSession.id == Trainer.training_id)
        .where(TrainingSession.programme_id == programme.id)
    )
    found |= accounts.accounts_by_id(set(db.session.scalars(teaching)) - found.keys())
    return sorted(found.values(), key=lambda account: (account.name, account.id))


def rows(actor: Actor, programme: Programme) -> list[TrainerRow]:
    """The list, in a fixed number of statements."""
    people = trainers(actor, programme)
    numbers = [account.id for account in people]
    spoken = {each.account_id: each.languages for each in _languages(numbers)}
    counted = sa.select(Qualification.account_id, sa.func.count()).where(Qualification.programme_id == programme.id)
    courses = {row[0]: row[1] for row in db.session.execute(counted.group_by(Qualification.account_id))}
    away: dict[int, list[Absence]] = defaultdict(list)
    for absence in _leave(numbers, today(programme.zone)):
        away[absence.account_id].append(absence)
    return [
        TrainerRow(each, spoken.get(each.id), courses.get(each.id, 0), next(iter(away[each.id]), None))
        for each in people
    ]


def trainer(actor: Actor, programme: Programme, account_id: int) -> Account:
    """One of them. Raises NotFound."""
    found = next((each for each in trainers(actor, programme) if each.id == account_id), None)
    if found is None:
        raise NotFound
    return found


def languages(account_id: int) -> list[str] | None:
    """What a trainer speaks; None where nobody said it."""
    return next((each.languages for each in _languages([account_id])), None)


def leave(account_id: int, since: date) -> Sequence[Absence]:
    """Days on which a trainer is away, from a day on."""
    return _leave([account_id], since)


def absence(account_id: int, absence_id: int) -> Absence:
    """Leave of a trainer. Raises NotFound."""
    found = db.session.get(Absence, absence_id)
    if found is None or found.account_id != account_id:
        raise NotFound
    return found


def qualifications(programme_id: int, account_id: int) -> Sequence[tuple[Qualification, dict[str, str]]]:
    """What a trainer may teach in a programme, with the titles of the courses."""
    found = db.session.execute(
        sa.select(Qualification, CourseVersion.titles)
        .join(Qualification.course)
        .join(CourseVersion, CourseVersion.id == Course.current_version_id)
        .where(Qualification.programme_id == programme_id, Qualification.account_id == account_id)
        .options(joinedload(Qualification.course))
        .order_by(Course.code)
    )
    return [(row, titles) for row, titles in found]


def qualification(programme_id: int, account_id: int, qualification_id: int) -> Qualification:
    """One of them. Raises NotFound."""
    found = db.session.get(Qualification, qualification_id)
    if found is None or (found.programme_id, found.account_id) != (programme_id, account_id):
        raise NotFound
    return found


def _languages(numbers: Sequence[int]) -> Sequence[TrainerLanguages]:
    return db.session.scalars(sa.select(TrainerLanguages).where(TrainerLanguages.account_id.in_(numbers))).all()


def _leave(numbers: Sequence[int], since: date) -> Sequence[Absence]:
    coming = sa.select(Absence).where(Absence.account_id.in_(numbers), Absence.ends_on >= since)
    return db.session.scalars(coming.order_by(Absence.starts_on, Absence.id)).all()
