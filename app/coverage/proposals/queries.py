"""Who is not covered, line by line; who can teach."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts import queries as accounts
from app.courses.models import CourseVersion
from app.coverage.ledger.models import Movement
from app.coverage.proposals.rules import Crew, Teacher
from app.coverage.queries import Required
from app.factories.models import Factory, Holiday, Programme
from app.factories.queries import visible_factories
from app.factories.rules import FactoryStatus
from app.platform.clock import now, today
from app.platform.db import db
from app.sessions.models import Meeting, Seat, Trainer, TrainingSession
from app.sessions.registers.models import Absence, Qualification, TrainerLanguages
from app.sessions.rules import MeetingState, SeatState, TrainingState

_COMING = (TrainingState.DRAFT, TrainingState.TENTATIVE, TrainingState.CONFIRMED, TrainingState.POSTPONED)
_ASKING = (SeatState.REQUESTED, SeatState.OFFERED, SeatState.BOOKED, SeatState.WAIT_LISTED)


def factories(actor: Actor, programme: Programme) -> Sequence[Factory]:
    """Factories of a programme that take part and whose coverage the actor sees, by name. One statement."""
    statement = visible_factories(actor, Permission.COVERAGE_READ).options(
        joinedload(Factory.programme), joinedload(Factory.group)
    )
    own = statement.where(Factory.programme_id == programme.id, Factory.status == FactoryStatus.ACTIVE)
    return db.session.scalars(own.order_by(Factory.name, Factory.id)).all()


def crews(programme: Programme, requirement: Required, factory_ids: Collection[int]) -> list[Crew]:
    """People whom the requirement counts by line, and how many of them neither hold the course nor have a seat to come.

    One statement. The caller has checked the factories.
    """
    counted = (
        sa.select(
            Movement.factory_id, Movement.line_id, Movement.person_id,
            sa.func.sum(Movement.active - Movement.valid).label("uncovered"),
        )
        .where(
            Movement.factory_id.in_(factory_ids), Movement.requirement_id == requirement.id,
            Movement.person_id.is_not(None), Movement.booked_on <= today(programme.zone),
        )
        .group_by(Movement.factory_id, Movement.line_id, Movement.person_id)
        .having(sa.func.sum(Movement.active) != 0)
        .subquery()
    )
    has_seat = sa.exists().where(
        Seat.person_id == counted.c.person_id, Seat.state.in_(_ASKING), Seat.training_id.in_(_coming(requirement))
    )
    waits = sa.case((sa.and_(counted.c.uncovered != 0, ~has_seat), counted.c.person_id))
    place = (counted.c.factory_id, counted.c.line_id)
    rows = db.session.execute(
        sa.select(*place, sa.func.count(), sa.func.count(waits)).group_by(*place).order_by(*place)
    )
    return [Crew(*row) for row in rows]


def reserved(requirement: Required, factory_ids: Collection[int]) -> Counter[int]:
    """Places to come that factories hold without a name. One statement."""
    counted = (
        sa.select(Seat.factory_id, sa.func.count())
        .where(
            Seat.factory_id.in_(factory_ids), Seat.state == SeatState.RESERVED,
            Seat.training_id.in_(_coming(requirement)),
        )
        .group_by(Seat.factory_id)
    )  # fmt: skip
    return Counter({row[0]: row[1] for row in db.session.execute(counted)})


def _coming(requirement: Required) -> sa.Select[int]:
    """Training sessions in the course that are not over."""
    is_over = sa.and_(
        sa.exists().where(Meeting.training_id == TrainingSession.id, Meeting.state == MeetingState.PLANNED),
        ~sa.exists().where(
            Meeting.training_id == TrainingSession.id, Meeting.state == MeetingState.PLANNED, Meeting.ends_at > now()
        ),
    )
    return (
        sa.select(TrainingSession.id)
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .where(CourseVersion.course_id == requirement.course_id, TrainingSession.state.in_(_COMING), ~is_over)
    )


def holidays(programme_id: int, first: date, days: int) -> frozenset[date]:
    """Every holiday, the provisional ones too. One statement."""
    own = sa.select(Holiday.day).where(Holiday.programme_id == programme_id)
    return frozenset(db.session.scalars(own.where(Holiday.day.between(first, first + timedelta(days=days)))))


def teachers(programme: Programme, course_id: int, first: date, last: date) -> list[Teacher]:
    """Trainers of a programme who may teach the course, and what is known of them in these days. Five statements."""
    known = {account.id: account for account in accounts.trainers(programme.id)}
    spoken = _languages(known)
    taught, away = _taught(known, programme.zone, first, last), _away(known, first, last)
    qualified = _qualified(programme.id, course_id)
    return [
        Teacher(
            number, account.name, spoken.get(number), frozenset(taught[number]), tuple(away[number]),
            qualified.get(number),
        )
        for number, account in known.items()
        if not qualified or number in qualified
    ]  # fmt: skip


def _languages(ids: Collection[int]) -> dict[int, frozenset[str]]:
    rows = sa.select(TrainerLanguages.account_id, TrainerLanguages.languages)
    found = db.session.execute(rows.where(TrainerLanguages.account_id.in_(ids)))
    return {number: frozenset(languages) for number, languages in found}


def _away(ids: Collection[int], first: date, last: date) -> Mapping[int, list[tuple[date, date]]]:
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    rows = sa.select(Absence.account_id, Absence.starts_on, Absence.ends_on).where(Absence.account_id.in_(ids))
    for number, starts, ends in db.session.execute(rows.where(Absence.starts_on <= last, Absence.ends_on >= first)):
        found[number].append((starts, ends))
    return found


def _qualified(programme_id: int, course_id: int) -> dict[int, tuple[date, date | None]]:
    rows = sa.select(Qualification.account_id, Qualification.starts_on, Qualification.ends_on).where(
        Qualification.programme_id == programme_id, Qualification.course_id == course_id
    )
    return {number: (starts, ends) for number, starts, ends in db.session.execute(rows)}


def _taught(ids: Collection[int], zone: str, first: date, last: date) -> Mapping[int, set[date]]:
    """The days on which each of them teaches something, as the programme counts them."""
    place, found = ZoneInfo(zone), defaultdict[int, set[date]](set)
    begin = datetime.combine(first, datetime.min.time(), place)
    rows = db.session.execute(
        sa.select(Trainer.account_id, Meeting.starts_at, Meeting.ends_at)
        .join(TrainingSession, TrainingSession.id == Trainer.training_id)
        .join(Meeting, Meeting.training_id == TrainingSession.id)
        .where(
            Trainer.account_id.in_(ids), Meeting.state == MeetingState.PLANNED, Meeting.ends_at > begin,
            TrainingSession.state.not_in([TrainingState.CANCELLED, TrainingState.POSTPONED]),
            Meeting.starts_at < begin + timedelta(days=(last - first).days + 1),
        )
    )  # fmt: skip
    for number, starts_at, ends_at in rows:
        found[number] |= {starts_at.astimezone(place).date(), ends_at.astimezone(place).date()}
    return found
