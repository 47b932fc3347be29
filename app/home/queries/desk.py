"""What lies on the desk of a factory's focal point."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor, Scope
from app.access.permissions import Permission
from app.accounts.models import PersonPin
from app.certificates.models import IN_FORCE, Certificate
from app.factories.models import Factory, Person
from app.home.queries.coverage import FactoryRow, coverage
from app.home.queries.upkeep import Due, Upkeep, due, upkeep
from app.platform.clock import now
from app.platform.db import db
from app.quizzes.followups.queries import Row, still_open
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.queries.lists import TrainingFilter, trainings
from app.sessions.rules import MeetingState, Phase, SeatState, TrainingState

_MOST = 6
_HELD = (SeatState.BOOKED, SeatState.OFFERED, SeatState.REQUESTED, SeatState.RESERVED, SeatState.WAIT_LISTED)


@dataclass(frozen=True)
class Desk:
    """`own` are training sessions with people of the factories, `offered` those that still take some."""

    factories: Sequence[FactoryRow]
    own: Sequence[Any]
    offered: Sequence[Any]
    without_pin: Sequence[Any]
    certificates: dict[int | None, int]
    follow_ups: Sequence[Row]
    """Quizzes before and after training sessions that some of the people are still to answer."""
    upkeep: Sequence[Upkeep]
    due: Sequence[Due]


def desk(actor: Actor) -> Desk:
    """The desk of the factories that the actor speaks for. Twenty statements, however many people there are."""
    ids = actor.scope(Permission.SEATS_NOMINATE).factories
    coming = _coming(actor, ids, Phase.COMING)
    rows = coverage(actor, len(ids), Scope(factories=ids))
    factories = [row.factory for row in rows]
    return Desk(
        factories=rows,
        own=[*_own(_coming(actor, ids, Phase.RUNNING)), *_own(coming)][:_MOST],
        offered=[row for row in coming if not row.own][:_MOST],
        without_pin=_without_pin(ids),
        certificates=_certificates(ids),
        follow_ups=still_open(ids),
        upkeep=upkeep(actor, factories),
        due=due(factories),
    )


def _own(rows: Sequence[Any]) -> list[Any]:
    return [row for row in rows if row.own]


def _coming(actor: Actor, ids: Collection[int], phase: Phase) -> Sequence[Any]:
    """Open training sessions, with the number of own people that hold or ask for a seat."""
    held = (
        sa.select(sa.func.count())
        .where(Seat.training_id == TrainingSession.id, Seat.factory_id.in_(ids), Seat.state.in_(_HELD))
        .correlate(TrainingSession)
        .scalar_subquery()
    )
    is_open = TrainingSession.state.in_([TrainingState.TENTATIVE, TrainingState.CONFIRMED])
    statement = trainings(actor, TrainingFilter(phase=phase, is_dated=True)).where(is_open)
    return db.session.execute(statement.add_columns(held.label("own")).limit(4 * _MOST)).all()


def _without_pin(ids: Collection[int]) -> Sequence[Any]:
    """People with a seat in a training session that is not over, who could not take its test today."""
    is_ahead = sa.exists().where(
        Meeting.training_id == Seat.training_id, Meeting.state == MeetingState.PLANNED, Meeting.ends_at > now()
    )
    is_open = TrainingSession.state.in_([TrainingState.TENTATIVE, TrainingState.CONFIRMED])
    statement = (
        sa.select(Person.id, Person.name, Person.local_name, Person.language, Factory.code.label("factory_code"))
        .join(Seat, Seat.person_id == Person.id)
        .join(TrainingSession, TrainingSession.id == Seat.training_id)
        .join(Factory, Factory.id == Seat.factory_id)
        .outerjoin(PersonPin, PersonPin.person_id == Person.id)
        .where(PersonPin.id.is_(None), Seat.factory_id.in_(ids), Seat.state.in_(_HELD), is_open, is_ahead)
        .group_by(Person.id, Person.name, Person.local_name, Person.language, Factory.code, Person.search_text)
        .order_by(Person.search_text, Person.id)
    )
    return db.session.execute(statement.limit(_MOST)).all()


def _certificates(ids: Collection[int]) -> dict[int | None, int]:
    """How many certificates of each factory hold and have a file."""
    counted = sa.select(Certificate.factory_id, sa.func.count()).where(
        Certificate.factory_id.in_(ids),
        Certificate.file_key.is_not(None),
        *IN_FORCE,
        sa.or_(Certificate.valid_until.is_(None), Certificate.valid_until > now()),
    )
    return {row[0]: row[1] for row in db.session.execute(counted.group_by(Certificate.factory_id))}
