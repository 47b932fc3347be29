"""Everything that one actor may see of one training session, read in a fixed number of statements."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts import queries as accounts
from app.accounts.models import Account
from app.factories.models import Factory
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n.languages import LANGUAGES
from app.sessions import policy
from app.sessions.models import Meeting, Seat, Site, TrainingSession
from app.sessions.queries.lookup import with_people
from app.sessions.queries.nominating import nominating_factories
from app.sessions.rules import MeetingState, Modality, Phase, SeatState, TrainingState, is_open, phase


@dataclass(frozen=True)
class Capacity:
    """How many places of one kind there are, and how many are taken and asked for."""

    modality: Modality
    total: int
    booked: int
    requested: int
    waiting: int


@dataclass(frozen=True)
class FactorySeats:
    """The seats of one factory; `may_withdraw` for this actor."""

    factory: Factory
    seats: Sequence[Seat]
    may_withdraw: bool


@dataclass(frozen=True)
class Overview:
    """The page of a training session."""

    training: TrainingSession
    trainers: Sequence[Account]
    capacities: Sequence[Capacity]
    factories: Sequence[FactorySeats]
    phase: Phase
    may_plan: bool
    may_settle_seats: bool
    may_nominate: bool
    may_appoint: bool
    sees_link: bool
    sees_all_seats: bool
    own_factories: frozenset[int]

    @property
    def requested(self) -> int:
        return sum(capacity.requested for capacity in self.capacities)

    @property
    def is_open(self) -> bool:
        return is_open(self.training.state)

    @property
    def can_be_closed(self) -> bool:
        return self.training.state is TrainingState.CONFIRMED and self.phase is Phase.PAST

    @property
    def meetings(self) -> Sequence[Meeting]:
        return sorted(self.training.meetings, key=lambda meeting: (meeting.starts_at, meeting.number))

    @property
    def language_name(self) -> str:
        """What the language of the training calls itself."""
        language = LANGUAGES.get(self.training.language)
        return language.own_name if language else self.training.language

    @property
    def sites(self) -> Sequence[Site]:
        """Where people join from. Who sees the own people only is not told which other factories have a room."""
        seen = {None, *self.own_factories}
        return [site for site in self.training.sites if self.sees_all_seats or site.factory_id in seen]


def overview(actor: Actor, training: TrainingSession) -> Overview:
    """Read what the page shows. The caller has loaded a training session that the actor may see."""
    seats = _seats(actor, training)
    found = accounts.accounts_by_id([trainer.account_id for trainer in training.trainers])
    is_running = is_open(training.state) and _phase(training) is not Phase.PAST
    return Overview(
        training=training,
        trainers=[found[trainer.account_id] for trainer in training.trainers if trainer.account_id in found],
        capacities=_capacities(training),
        factories=_by_factory(actor, training, seats),
        phase=_phase(training),
        may_plan=policy.may_plan(actor, training),
        may_settle_seats=policy.may_settle_seats(actor, training),
        may_nominate=is_running and bool(nominating_factories(actor, training)),
        may_appoint=policy.may_appoint(actor, training),
        sees_link=policy.may_see_link(actor, training, seats),
        sees_all_seats=policy.sees_all_seats(actor, training),
        own_factories=actor.scope(Permission.SESSIONS_READ).factories,
    )


def _seats(actor: Actor, training: TrainingSession) -> list[Seat]:
    statement = with_people(training.id)
    if not policy.sees_all_seats(actor, training):
        statement = statement.where(Seat.factory_id.in_(actor.scope(Permission.SESSIONS_READ).factories))
    return list(db.session.scalars(statement))


def _capacities(training: TrainingSession) -> list[Capacity]:
    counted = sa.select(Seat.modality, Seat.state, sa.func.count()).where(Seat.training_id == training.id)
    rows = db.session.execute(counted.group_by(Seat.modality, Seat.state))
    counts: Counter[tuple[Modality, SeatState]] = Counter({(row[0], row[1]): row[2] for row in rows})
    totals = {Modality.IN_PERSON: training.capacity_in_person, Modality.VIRTUAL: training.capacity_virtual}
    return [
        Capacity(
            modality=modality,
            total=total,
            booked=counts[modality, SeatState.BOOKED],
            requested=counts[modality, SeatState.REQUESTED],
            waiting=counts[modality, SeatState.WAIT_LISTED],
        )
        for modality, total in totals.items()
        if total or any(counts[modality, state] for state in SeatState)
    ]


def _by_factory(actor: Actor, training: TrainingSession, seats: list[Seat]) -> list[FactorySeats]:
    """`seats` come sorted by factory."""
    return [
        FactorySeats(factory, list(own), policy.may_withdraw(actor, training, factory.id))
        for factory, own in groupby(seats, key=lambda seat: seat.factory)
    ]


def _phase(training: TrainingSession) -> Phase:
    """One without a half-day is to come."""
    planned = [m for m in training.meetings if m.state is MeetingState.PLANNED] or training.meetings
    if not planned:
        return Phase.COMING
    return phase(min(m.starts_at for m in planned), max(m.ends_at for m in planned), now())
