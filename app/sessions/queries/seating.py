"""Who holds which place, and who waits."""

from collections import Counter
from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from app.factories.models import Factory, Person
from app.platform.db import db
from app.sessions.models import Meeting, Seat, SeatAtMeeting, TrainingSession
from app.sessions.rules import HOLDING, Modality, SeatState
from app.sessions.rules.waiting import Waiting, line

ASKING = frozenset({*HOLDING, SeatState.REQUESTED, SeatState.WAIT_LISTED})
"""Seats that a factory has or wants."""


def capacity(training: TrainingSession, modality: Modality) -> int:
    """How many places of this kind there are."""
    return training.capacity_in_person if modality is Modality.IN_PERSON else training.capacity_virtual


def taken(training: TrainingSession, modality: Modality, but: int = 0) -> set[int]:
    """Places of this kind that somebody has, be it at one half-day only; `but` for one seat. One statement."""
    held = sa.select(Seat.place).where(
        Seat.training_id == training.id, Seat.modality == modality, Seat.id != but
    )
    there = (
        sa.select(SeatAtMeeting.place)
        .join(Meeting, Meeting.id == SeatAtMeeting.meeting_id)
        .where(Meeting.training_id == training.id, SeatAtMeeting.modality == modality, SeatAtMeeting.seat_id != but)
    )
    return {place for place in db.session.scalars(sa.union(held, there)) if place is not None}


def waiting_line(training: TrainingSession, modality: Modality) -> list[Waiting]:
    """Who waits for a place of this kind, in the order in which they get one. Two statements."""
    rows = db.session.execute(
        sa.select(Seat.id, Seat.factory_id, sa.func.coalesce(Seat.settled_at, Seat.requested_at), Seat.rank)
        .outerjoin(Person, Person.id == Seat.person_id)
        .where(Seat.training_id == training.id, Seat.modality == modality, Seat.state == SeatState.WAIT_LISTED)
        .where(Person.merged_into_id.is_(None))
    )
    waiting = [Waiting(*row) for row in rows]
    return line(training.waiting_policy, waiting, held_by_factory(training.id, HOLDING)) if waiting else []


def queue(training: TrainingSession, modality: Modality) -> list[Seat]:
    """The seats of the line, with person and factory. Three statements."""
    order = [each.seat_id for each in waiting_line(training, modality)]
    people = joinedload(Seat.person), joinedload(Seat.factory)
    found = db.session.scalars(sa.select(Seat).where(Seat.id.in_(order)).options(*people))
    by_id = {seat.id: seat for seat in found}
    return [by_id[seat_id] for seat_id in order]


def held_by_factory(training_id: int, states: Collection[SeatState]) -> Counter[int]:
    """How many seats in these states each factory has."""
    rows = db.session.execute(
        sa.select(Seat.factory_id, sa.func.count())
        .where(Seat.training_id == training_id, Seat.state.in_(states))
        .group_by(Seat.factory_id)
    )
    return Counter({row[0]: row[1] for row in rows})


def unnamed(training_id: int, factory_ids: Collection[int] | None = None) -> Sequence[Seat]:
    """Seats that wait for a name - of all factories or of these -: the held ones first, by their places."""
    statement = (
        sa.select(Seat)
        .where(Seat.training_id == training_id, Seat.person_id.is_(None))
        .where(Seat.state.in_((SeatState.RESERVED, SeatState.WAIT_LISTED)))
        .order_by(Seat.place.is_(None), Seat.place, Seat.rank.is_(None), Seat.rank, Seat.settled_at, Seat.id)
    )
    if factory_ids is not None:
        statement = statement.where(Seat.factory_id.in_(factory_ids))
    return db.session.scalars(statement).all()


def offered(training_id: int) -> Sequence[Seat]:
    """Seats that are held for whoever has to answer, the one that ends first before the others."""
    statement = sa.select(Seat).where(Seat.training_id == training_id, Seat.state == SeatState.OFFERED)
    people = joinedload(Seat.person), joinedload(Seat.factory)
    return db.session.scalars(statement.options(*people).order_by(Seat.offer_until, Seat.id)).all()


def shown(training_id: int) -> sa.Select[Seat]:
    """Seats of a training session as its page shows them, by factory and name, those without a name last.

    Left out are entries that turned out to be somebody else, and reserved seats that were given back.
    """
    is_there = sa.or_(Seat.person_id.is_not(None), Seat.state != SeatState.WITHDRAWN)
    return (
        sa.select(Seat)
        .join(Seat.factory)
        .outerjoin(Seat.person)
        .where(Seat.training_id == training_id, Person.merged_into_id.is_(None), is_there)
        .options(contains_eager(Seat.person), contains_eager(Seat.factory), joinedload(Seat.site))
        .order_by(Factory.name, Factory.id, Seat.person_id.is_(None), Person.search_text, Seat.place, Seat.id)
    )
