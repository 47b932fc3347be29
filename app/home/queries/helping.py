"""What somebody who helps, or trains colleagues in the own factory, has before him."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory, Programme
from app.factories.queries import visible_factories
from app.home.queries.teaching import next_meetings
from app.platform.db import db
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.queries.lists import TrainingFilter, trainings
from app.sessions.rules import Phase, SeatState, TrainingState

_MOST, _AHEAD = 6, (Phase.RUNNING, Phase.COMING)


@dataclass(frozen=True)
class Helped:
    """A training session that the actor was asked to, and its half-day that runs or comes next."""

    row: Any
    meeting: Meeting | None


@dataclass(frozen=True)
class Helping:
    """`colleagues` are other training sessions, with people of the own factories."""

    asked: Sequence[Helped]
    colleagues: Sequence[Any]
    factories: Sequence[Factory]


def helping(actor: Actor) -> Helping:
    """At most a few training sessions of each kind. Seven statements, however many there are."""
    asked_to, own = actor.scope(Permission.ATTENDANCE_MARK).trainings, actor.scope(Permission.SESSIONS_READ).factories
    asked = _open(actor, TrainingSession.id.in_(asked_to), (*_AHEAD, Phase.PAST))
    meetings = next_meetings([row.id for row in asked])
    has_seat = sa.exists().where(
        Seat.training_id == TrainingSession.id, Seat.factory_id.in_(own), Seat.state == SeatState.BOOKED
    )
    factories = visible_factories(actor, Permission.FACTORIES_READ).where(Factory.id.in_(own))
    return Helping(
        asked=[Helped(row, meetings.get(row.id)) for row in asked],
        colleagues=_open(actor, sa.and_(has_seat, TrainingSession.id.not_in(asked_to)), _AHEAD),
        factories=db.session.scalars(factories.order_by(Factory.name, Factory.id)).all(),
    )


def _open(actor: Actor, which: sa.ColumnElement[bool], phases: Sequence[Phase]) -> list[Any]:
    is_open = TrainingSession.state.in_([TrainingState.TENTATIVE, TrainingState.CONFIRMED])
    found: list[Any] = []
    for phase in phases:
        statement = trainings(actor, TrainingFilter(phase=phase, is_dated=True)).where(is_open, which)
        found += db.session.execute(statement.add_columns(Programme.name.label("programme")).limit(_MOST))
    return found[:_MOST]
