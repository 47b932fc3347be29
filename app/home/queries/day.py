"""What somebody has to do on one day: the half-days that he teaches, interprets or helps in, or sends people to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.accounts.models import Account
from app.factories.models import Person
from app.home.queries.teaching import tests_of
from app.platform.db import db
from app.sessions import policy
from app.sessions.models import (
    Interpreter,
    Meeting,
    MeetingInterpreter,
    Seat,
    SeatAtMeeting,
    Site,
    Trainer,
    TrainingSession,
)
from app.sessions.policy import may_take_roll
from app.sessions.queries import visible
from app.sessions.rules import HOLDING, MeetingState, Modality, SeatState, TrainingState
from app.sessions.rules.joining import site_at

_HELD = (TrainingState.TENTATIVE, TrainingState.CONFIRMED, TrainingState.CLOSED)


@dataclass(frozen=True)
class Expected:
    """So many people join from a site."""

    site: Site
    number: int


@dataclass(frozen=True)
class DayPart:
    """A half-day of the day, as far as the actor may see it."""

    meeting: Meeting
    expected: Sequence[Expected]
    own: Sequence[Person]
    """People of the own factories, by name; nobody for whoever sees everybody."""
    unnamed: int
    """Reserved places for which nobody is named yet."""
    may_mark: bool
    unit_id: int | None
    """The test of the course, for who may see how it goes."""
    sees_link: bool


def my_day(actor: Actor, day: date) -> list[DayPart]:
    """In order of time, by the calendar on the wall of each half-day. Ten statements."""
    meetings = _meetings(actor, day)
    seats = _seats({meeting.training_id for meeting in meetings})
    moved = _moved({meeting.id for meeting in meetings})
    units = tests_of({meeting.training_id for meeting in meetings}) if actor.may(Permission.RESULTS_READ) else {}
    return [
        _part(actor, meeting, [each for each in seats if each.training_id == meeting.training_id], moved, units)
        for meeting in meetings
    ]


def _meetings(actor: Actor, day: date) -> Sequence[Meeting]:
    midnight = datetime.combine(day, datetime.min.time())
    statement = (
        sa.select(Meeting)
        .join(Meeting.training)
        .where(
            Meeting.state == MeetingState.PLANNED,
            Meeting.starts >= midnight,
            Meeting.starts < midnight + timedelta(days=1),
            TrainingSession.state.in_(_HELD),
            visible(actor),
            sa.or_(*_concerns(actor)),
        )
        .options(
            contains_eager(Meeting.training).options(
                joinedload(TrainingSession.version),
                selectinload(TrainingSession.trainers),
                selectinload(TrainingSession.meetings),
                selectinload(TrainingSession.sites),
            ),
            selectinload(Meeting.sites),
        )
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return db.session.scalars(statement).all()


def _concerns(actor: Actor) -> list[sa.ColumnElement[bool]]:
    """Why a half-day is one of the actor's."""
    teaches = sa.exists().where(Trainer.training_id == TrainingSession.id, Trainer.account_id == actor.account_id)
    mine = sa.select(sa.func.lower(Account.email)).where(Account.id == actor.account_id).scalar_subquery()
    interprets = sa.exists().where(
        MeetingInterpreter.meeting_id == Meeting.id,
        Interpreter.id == MeetingInterpreter.interpreter_id,
        sa.func.lower(Interpreter.email) == mine,
    )
    sends = sa.exists().where(
        Seat.training_id == TrainingSession.id,
        Seat.factory_id.in_(actor.scope(Permission.SESSIONS_READ).factories),
        Seat.state.in_(HOLDING),
    )
    helps = TrainingSession.id.in_(actor.scope(Permission.ATTENDANCE_MARK).trainings)
    return [teaches, interprets, sends, helps]


def _seats(training_ids: set[int]) -> Sequence[Seat]:
    statement = (
        sa.select(Seat)
        .outerjoin(Seat.person)
        .where(Seat.training_id.in_(training_ids), Seat.state.in_(HOLDING))
        .options(contains_eager(Seat.person), joinedload(Seat.site))
        .order_by(Person.search_text, Seat.id)
    )
    return db.session.scalars(statement).all()


def _moved(meeting_ids: set[int]) -> dict[tuple[int, int], Site]:
    """(half-day, seat) -> where somebody joins from that day, where it is not where the seat says."""
    statement = sa.select(SeatAtMeeting).where(SeatAtMeeting.meeting_id.in_(meeting_ids))
    rows = db.session.scalars(statement.options(joinedload(SeatAtMeeting.site)))
    return {(row.meeting_id, row.seat_id): row.site for row in rows}


def _part(
    actor: Actor,
    meeting: Meeting,
    seats: list[Seat],
    moved: dict[tuple[int, int], Site],
    units: dict[int, tuple[int, datetime | None]],
) -> DayPart:
    training = meeting.training
    shown = policy.factories_shown(actor, training)
    seen = [seat for seat in seats if shown is None or seat.factory_id in shown]
    unit_id, _closes = units.get(training.id, (None, None))
    return DayPart(
        meeting=meeting,
        expected=_expected(meeting, seen, moved),
        own=[] if shown is None else [seat.person for seat in seen if seat.state is SeatState.BOOKED],
        unnamed=sum(seat.state is SeatState.RESERVED for seat in seen),
        may_mark=may_take_roll(actor, training),
        unit_id=unit_id,
        sees_link=meeting.id in policy.links_seen(actor, training, seen, _ways(moved)),
    )


def _ways(moved: dict[tuple[int, int], Site]) -> dict[tuple[int, int], Modality]:
    return {key: site.kind.modality for key, site in moved.items()}


def _expected(meeting: Meeting, seats: list[Seat], moved: dict[tuple[int, int], Site]) -> list[Expected]:
    sites = meeting.sites or meeting.training.sites
    there = [
        site_at(meeting.modality, seat.site, moved.get((meeting.id, seat.id)), sites, seat.factory_id) for seat in seats
    ]
    by_id = {site.id: site for site in there}
    return [Expected(by_id[number], count) for number, count in Counter(site.id for site in there).items()]
