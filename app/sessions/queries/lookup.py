"""One training session, and what other rooms ask about it."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.access.actor import Actor, Scope
from app.access.permissions import Permission
from app.factories.models import Factory, Person
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.rules import MeetingState, SeatState, TrainingState
from app.sessions.rules.codes import normal_code
from app.sessions.rules.moves import Facts


def visible(actor: Actor) -> sa.ColumnElement[bool]:
    """Which training sessions the actor sees.

    Programme staff and trainers: those of their programme. Factories: where they have a seat, and those of their
    programme - and for their group, where it is for one - that they can still join. Helpers: the ones they were asked
    to. A draft is seen by those who may plan there, and by nobody else.
    """
    seen, planning = within(actor.scope(Permission.SESSIONS_READ)), actor.scope(Permission.SESSIONS_PLAN)
    if planning.everything:
        return seen
    is_announced = TrainingSession.state != TrainingState.DRAFT
    if not planning.programmes:
        return sa.and_(is_announced, seen)
    return sa.and_(sa.or_(is_announced, TrainingSession.programme_id.in_(planning.programmes)), seen)


def within(scope: Scope) -> sa.ColumnElement[bool]:
    """Which training sessions somebody with this scope sees, drafts apart."""
    if scope.everything:
        return sa.true()
    own_programmes = sa.select(Factory.programme_id).where(Factory.id.in_(scope.factories))
    own_groups = sa.select(Factory.group_id).where(Factory.id.in_(scope.factories), Factory.group_id.is_not(None))
    is_for_them = sa.or_(TrainingSession.group_id.is_(None), TrainingSession.group_id.in_(own_groups))
    is_offered = sa.and_(TrainingSession.state.in_([TrainingState.TENTATIVE, TrainingState.CONFIRMED]), is_for_them)
    has_seat = sa.exists().where(Seat.training_id == TrainingSession.id, Seat.factory_id.in_(scope.factories))
    return sa.or_(
        TrainingSession.programme_id.in_(scope.programmes),
        sa.and_(is_offered, TrainingSession.programme_id.in_(own_programmes)),
        has_seat,
        TrainingSession.id.in_(scope.trainings),
    )


def training_for(actor: Actor, training_id: int) -> TrainingSession:
    """The training session with its parts loaded. Raises NotFound when the actor may not see it."""
    training = db.session.scalar(
        sa.select(TrainingSession)
        .where(TrainingSession.id == training_id, visible(actor))
        .options(
            joinedload(TrainingSession.programme),
            joinedload(TrainingSession.version),
            selectinload(TrainingSession.meetings),
            selectinload(TrainingSession.sites),
            selectinload(TrainingSession.trainers),
        )
    )
    if training is None:
        raise NotFound
    return training


def load_parts(training: TrainingSession) -> None:
    """What the half-days are held with: read at once and not one by one, and only once."""
    parts = {"interpreters", "sites", "host"}
    if not any(parts & sa.inspect(meeting).unloaded for meeting in training.meetings):
        return
    own = sa.select(Meeting).where(Meeting.training_id == training.id)
    loading = selectinload(Meeting.interpreters), selectinload(Meeting.sites), joinedload(Meeting.host)
    db.session.scalars(own.options(*loading)).all()


def booked(training_id: int) -> list[Seat]:
    """The booked seats with person, factory and site, by factory and name."""
    return list(db.session.scalars(with_people(training_id).where(Seat.state == SeatState.BOOKED)))


def with_people(training_id: int) -> sa.Select[Seat]:
    """Seats of a training session with person, factory and site, by factory and name.

    What an entry had that turned out to be somebody else is left out: that person has a seat.
    """
    return (
        sa.select(Seat)
        .join(Seat.factory)
        .join(Seat.person)
        .where(Seat.training_id == training_id, Person.merged_into_id.is_(None))
        .options(contains_eager(Seat.person), contains_eager(Seat.factory), joinedload(Seat.site))
        .order_by(Factory.name, Factory.id, Person.search_text, Seat.id)
    )


def by_code(code: str) -> TrainingSession | None:
    """The training session whose code was typed, in whatever case and digits. Nobody finds a draft."""
    return db.session.scalar(
        sa.select(TrainingSession)
        .where(TrainingSession.code == normal_code(code), TrainingSession.state != TrainingState.DRAFT)
        .options(joinedload(TrainingSession.version), joinedload(TrainingSession.programme))
    )


def seat_of(training_id: int, person_id: int) -> Seat | None:
    """The seat of a person, whatever its state."""
    return db.session.scalar(sa.select(Seat).where(Seat.training_id == training_id, Seat.person_id == person_id))


def seats_of(training_id: int, person_ids: Collection[int]) -> dict[int, Seat]:
    """The seats of these people, whatever their state, by person."""
    found = sa.select(Seat).where(Seat.training_id == training_id, Seat.person_id.in_(person_ids))
    return {seat.person_id: seat for seat in db.session.scalars(found)}


def shared_trainings(person_ids: Collection[int]) -> list[int]:
    """Training sessions in which each of these people has a seat, whatever its state."""
    return list(
        db.session.scalars(
            sa.select(Seat.training_id)
            .where(Seat.person_id.in_(person_ids))
            .group_by(Seat.training_id)
            .having(sa.func.count() == len(person_ids))
            .order_by(Seat.training_id)
        )
    )


def facts_of(training: TrainingSession) -> Facts:
    """What the conditions of a decision ask."""
    states = [meeting.state for meeting in training.meetings]
    return Facts(
        planned=tuple((m.starts_at, m.ends_at) for m in training.meetings if m.state is MeetingState.PLANNED),
        has_postponed=MeetingState.POSTPONED in states,
        has_month=training.expected_on is not None,
        at=now(),
    )


def held_meetings(training_id: int) -> list[Meeting]:
    """The half-days that are not cancelled, in order of time: one that waits for another date is held as well."""
    return list(
        db.session.scalars(
            sa.select(Meeting)
            .where(Meeting.training_id == training_id, Meeting.state != MeetingState.CANCELLED)
            .order_by(Meeting.starts_at, Meeting.number)
        )
    )


def trainings_of_factory(factory_id: int) -> list[TrainingSession]:
    """Training sessions in which people of the factory are booked, with versions and meetings, latest first."""
    has_seat = sa.exists().where(
        Seat.training_id == TrainingSession.id, Seat.factory_id == factory_id, Seat.state == SeatState.BOOKED
    )
    return list(
        db.session.scalars(
            sa.select(TrainingSession)
            .where(has_seat)
            .options(joinedload(TrainingSession.version), selectinload(TrainingSession.meetings))
            .order_by(TrainingSession.id.desc())
        )
    )
