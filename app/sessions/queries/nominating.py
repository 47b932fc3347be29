"""Whom a factory can nominate."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories import queries as factories
from app.factories.models import Employment, Factory, Person
from app.factories.rules import JobRole
from app.platform.db import db
from app.sessions.models import Seat, Site, TrainingSession
from app.sessions.rules import SeatState, SiteKind

MOST_SHOWN = 200
_FIRST = {JobRole.SUPERVISOR: 0, JobRole.INDIRECT_SUPERVISOR: 1, JobRole.MANAGER: 2}


@dataclass(frozen=True)
class Nominee:
    """A person of the factory, and the seat that he or she has in this training session, if any."""

    person_id: int
    name: str
    local_name: str | None
    language: str
    employee_number: str
    role: JobRole | None
    line: str | None
    seat_state: SeatState | None

    @property
    def can_be_nominated(self) -> bool:
        return self.seat_state in {None, SeatState.WITHDRAWN, SeatState.DECLINED}

    @property
    def can_come_instead(self) -> bool:
        """Whether the person has no place: who only asked or waits can get one."""
        return self.seat_state not in {SeatState.BOOKED, SeatState.OFFERED}


def nominating_factories(actor: Actor, training: TrainingSession) -> list[Factory]:
    """Factories of the programme for which the actor may nominate, by name."""
    statement = factories.visible_factories(actor, Permission.SEATS_NOMINATE)
    own = statement.where(Factory.programme_id == training.programme_id)
    if training.group_id is not None:
        own = own.where(Factory.group_id == training.group_id)
    return list(db.session.scalars(own.order_by(Factory.name, Factory.id)))


def present_factories(actor: Actor, training: TrainingSession) -> list[Factory]:
    """Factories whose people can be added at the door, by name: those that the actor sees, or - for who only helps
    here - those that have people in this training session.
    """
    seen = factories.visible_factories(actor, Permission.FACTORIES_READ)
    if not actor.may(Permission.FACTORIES_READ):
        here = sa.select(Seat.factory_id).where(Seat.training_id == training.id, Seat.state != SeatState.WITHDRAWN)
        seen = sa.select(Factory).where(Factory.id.in_(here))
    own = seen.where(Factory.programme_id == training.programme_id)
    if training.group_id is not None:
        own = own.where(Factory.group_id == training.group_id)
    return list(db.session.scalars(own.order_by(Factory.name, Factory.id)))


def nominees(training: TrainingSession, factory: Factory, words: str) -> list[Nominee]:
    """The factory's people, supervisors first, at most MOST_SHOWN: a search finds the others."""
    rank: sa.ColumnElement[int] = sa.case(
        *((Employment.role == role, place) for role, place in _FIRST.items()), else_=len(_FIRST)
    )
    seated = sa.and_(Seat.person_id == Person.id, Seat.training_id == training.id)
    statement = (
        factories.people(factory.id, words)
        .outerjoin(Seat, seated)
        .add_columns(Seat.state.label("seat_state"))
        .order_by(None)
        .order_by(rank, Person.search_text, Person.id)
        .limit(MOST_SHOWN)
    )
    return [_nominee(row) for row in db.session.execute(statement)]


def _nominee(row: Any) -> Nominee:
    return Nominee(
        person_id=row.person_id,
        name=row.name,
        local_name=row.local_name,
        language=row.language,
        employee_number=row.employee_number,
        role=row.role,
        line=row.line,
        seat_state=row.seat_state,
    )


def sites_for(training: TrainingSession, factory: Factory) -> list[Site]:
    """Where people of this factory can join from: the venue, their own factory's room, alone by link."""
    return [site for site in training.sites if site.kind is not SiteKind.FACTORY_ROOM or site.factory_id == factory.id]


def employed(factory_id: int, person_ids: set[int]) -> set[int]:
    """Those of the people who work at the factory now."""
    statement = sa.select(Employment.person_id).where(
        Employment.factory_id == factory_id, Employment.ended_on.is_(None), Employment.person_id.in_(person_ids)
    )
    return set(db.session.scalars(statement))
