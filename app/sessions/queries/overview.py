"""Everything that one actor may see of one training session, read in a fixed number of statements."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts import queries as accounts
from app.accounts.models import Account
from app.factories.models import Factory, Group
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.i18n.languages import LANGUAGES
from app.sessions import policy
from app.sessions.models import Meeting, Seat, Site, TrainingSession
from app.sessions.queries.deadlines import Calendar
from app.sessions.queries.joining import Exceptions, HalfDayPlaces, exceptions, per_half_day
from app.sessions.queries.lookup import facts_of, load_parts
from app.sessions.queries.nominating import nominating_factories
from app.sessions.queries.seating import ASKING, shown
from app.sessions.queries.siblings import Sibling, siblings
from app.sessions.rules import (
    MeetingState,
    Modality,
    Phase,
    SeatState,
    Standing,
    TrainingState,
    is_open,
    phase,
    standing,
)
from app.sessions.rules.moves import Act, possible

Counts = Counter[tuple[Modality, SeatState]]
"""How many seats of each kind are in each state."""


@dataclass(frozen=True)
class Capacity:
    """How many places of one kind there are, and how many are taken and asked for."""

    modality: Modality
    total: int
    booked: int
    requested: int
    waiting: int
    reserved: int = 0
    offered: int = 0


@dataclass(frozen=True)
class FactorySeats:
    """The seats of one factory; `may_withdraw` for this actor."""

    factory: Factory
    seats: Sequence[Seat]
    may_withdraw: bool
    names_due_on: date | None = None
    """Before this day the seats without a name must have one; None where there are no such seats."""

    @property
    def people(self) -> int:
        return sum(seat.has_name for seat in self.seats)

    @property
    def nameless(self) -> int:
        """How many seats wait for a name."""
        return sum(not seat.has_name and seat.state in ASKING for seat in self.seats)


@dataclass(frozen=True)
class Overview:
    """The page of a training session."""

    training: TrainingSession
    trainers: Sequence[Account]
    speakers: Mapping[int, Account]
    """Who looks after the connection in a factory's room, by id of the account."""
    siblings: Sequence[Sibling]
    group: str
    acts: frozenset[Act]
    """What can be decided now, by whoever may plan; reopening also needs its own right."""
    capacities: Sequence[Capacity]
    factories: Sequence[FactorySeats]
    phase: Phase
    may_plan: bool
    may_settle_seats: bool
    may_nominate: bool
    may_appoint: bool
    links_seen: frozenset[int]
    """The half-days whose link is shown."""
    sees_all_seats: bool
    own_factories: frozenset[int]
    elsewhere: Exceptions
    """Who joins single half-days in another way."""
    half_days: Sequence[HalfDayPlaces]
    """How many people join each half-day in which way; for who sees all seats."""
    is_alert: bool
    """Whether too few people are booked, and it is late."""

    @property
    def booked(self) -> int:
        return sum(capacity.booked for capacity in self.capacities)

    @property
    def lacks_people(self) -> bool:
        """Whether fewer are booked than it needs."""
        least = self.training.least_people
        return least is not None and self.booked < least

    @property
    def requested(self) -> int:
        return sum(capacity.requested for capacity in self.capacities)

    @property
    def is_open(self) -> bool:
        return is_open(self.training.state)

    @property
    def standing(self) -> Standing:
        return standing(self.training.state, self.phase)

    @property
    def can_be_switched(self) -> bool:
        """Whether a half-day is still to come, with a date or without."""
        return self.is_open and any(
            meeting.state is MeetingState.POSTPONED
            or (meeting.state is MeetingState.PLANNED and meeting.starts_at > now())
            for meeting in self.training.meetings
        )

    @property
    def can_be_split(self) -> bool:
        """Whether it has people and has not begun."""
        has_dates = self.standing in {Standing.TENTATIVE, Standing.CONFIRMED} and bool(self.training.meetings)
        return has_dates and sum(len(group.seats) for group in self.factories) > 1

    @property
    def postponed(self) -> int:
        """How many half-days wait for another date."""
        return sum(meeting.state is MeetingState.POSTPONED for meeting in self.training.meetings)

    @property
    def meetings(self) -> Sequence[Meeting]:
        return sorted(self.training.meetings, key=lambda meeting: (meeting.starts_at, meeting.number))

    @property
    def language_name(self) -> str:
        """What the language of the training calls itself."""
        return self.own_name(self.training.language)

    def own_name(self, code: str) -> str:
        """What a language calls itself."""
        language = LANGUAGES.get(code)
        return language.own_name if language else code

    @property
    def sites(self) -> Sequence[Site]:
        """Where people join from. Who sees the own people only is not told which other factories have a room."""
        seen = {None, *self.own_factories}
        return [site for site in self.training.sites if self.sees_all_seats or site.factory_id in seen]


def overview(actor: Actor, training: TrainingSession) -> Overview:
    """Read what the page shows. The caller has loaded a training session that the actor may see."""
    load_parts(training)
    seats = _seats(actor, training)
    speaking = [site.focal_account_id for site in training.sites if site.focal_account_id]
    found = accounts.accounts_by_id([*(trainer.account_id for trainer in training.trainers), *speaking])
    is_running = is_open(training.state) and _phase(training) is not Phase.PAST
    is_announced = training.state is not TrainingState.DRAFT
    acts = possible(training.state, facts_of(training))
    sees_all, calendar, known = policy.sees_all_seats(actor, training), Calendar(training), exceptions(training.id)
    alert_on = calendar.deadlines().alert_on
    capacities = _capacities(training, _counted(seats) if sees_all else _counts(training))
    return Overview(
        training=training,
        trainers=[found[trainer.account_id] for trainer in training.trainers if trainer.account_id in found],
        speakers=found,
        siblings=siblings(actor, training),
        group=_group(training),
        acts=acts if policy.may_reopen(actor, training) else acts - {Act.REOPEN},
        capacities=capacities,
        factories=_by_factory(actor, training, seats, calendar),
        phase=_phase(training),
        may_plan=policy.may_plan(actor, training),
        may_settle_seats=policy.may_settle_seats(actor, training),
        may_nominate=is_running and is_announced and bool(nominating_factories(actor, training)),
        may_appoint=policy.may_appoint(actor, training),
        links_seen=policy.links_seen(actor, training, seats, _ways(known)),
        sees_all_seats=sees_all,
        own_factories=actor.scope(Permission.SESSIONS_READ).factories,
        elsewhere=known,
        half_days=per_half_day(training, seats, known) if sees_all else (),
        is_alert=is_running and alert_on is not None and alert_on <= today(training.programme.zone),
    )


def _seats(actor: Actor, training: TrainingSession) -> list[Seat]:
    statement = shown(training.id)
    if not policy.sees_all_seats(actor, training):
        statement = statement.where(Seat.factory_id.in_(actor.scope(Permission.SESSIONS_READ).factories))
    return list(db.session.scalars(statement))


def _ways(known: Exceptions) -> dict[tuple[int, int], Modality]:
    return {(meeting_id, seat_id): row.modality for (seat_id, meeting_id), row in known.items()}


def _counted(seats: list[Seat]) -> Counts:
    """Of who sees every seat: what was read is counted."""
    return Counter((seat.modality, seat.state) for seat in seats)


def _counts(training: TrainingSession) -> Counts:
    counted = sa.select(Seat.modality, Seat.state, sa.func.count()).where(Seat.training_id == training.id)
    rows = db.session.execute(counted.group_by(Seat.modality, Seat.state))
    return Counter({(row[0], row[1]): row[2] for row in rows})


def _capacities(training: TrainingSession, counts: Counts) -> list[Capacity]:
    totals = {Modality.IN_PERSON: training.capacity_in_person, Modality.VIRTUAL: training.capacity_virtual}
    return [
        Capacity(
            modality=modality,
            total=total,
            booked=counts[modality, SeatState.BOOKED],
            requested=counts[modality, SeatState.REQUESTED],
            waiting=counts[modality, SeatState.WAIT_LISTED],
            reserved=counts[modality, SeatState.RESERVED],
            offered=counts[modality, SeatState.OFFERED],
        )
        for modality, total in totals.items()
        if total or any(counts[modality, state] for state in SeatState)
    ]


def _by_factory(
    actor: Actor, training: TrainingSession, seats: list[Seat], calendar: Calendar
) -> list[FactorySeats]:
    """`seats` come sorted by factory."""
    return [
        FactorySeats(
            factory, list(own), policy.may_withdraw(actor, training, factory.id),
            calendar.deadlines(factory).names_end_on,
        )
        for factory, own in groupby(seats, key=lambda seat: seat.factory)
    ]


def _group(training: TrainingSession) -> str:
    if training.group_id is None:
        return ""
    return db.session.scalar(sa.select(Group.name).where(Group.id == training.group_id)) or ""


def _phase(training: TrainingSession) -> Phase:
    """One without a half-day, or that waits for dates, is to come."""
    if training.state is TrainingState.POSTPONED:
        return Phase.COMING
    planned = [m for m in training.meetings if m.state is MeetingState.PLANNED] or training.meetings
    if not planned:
        return Phase.COMING
    return phase(min(m.starts_at for m in planned), max(m.ends_at for m in planned), now())
