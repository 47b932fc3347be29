"""Training sessions, as they would be after a plan and some clicks. Times are wall time in Phnom Penh, which has no summer time."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from itertools import count

from app.access.actor import SYSTEM
from app.accounts.models import Account
from app.courses.models import CourseVersion
from app.factories.models import Factory, Person, Programme
from app.platform.clock import now
from app.platform.db import db
from app.sessions import operations
from app.sessions.models import Seat, Site, TrainingSession
from app.sessions.operations import Plan, PlannedHalfDay
from app.sessions.rules import HOLDING, Modality, SeatState, SiteKind, TrainingState
from app.sessions.rules.places import smallest_free
from app.sessions.rules.wall_time import HalfDay
from tests.make import courses, factories

LINK = "https://meet.example/room-7"
_numbers = count(1)


def monday(days: int = 10) -> date:
    """The first Monday so many days from now or later: nobody of the programme KH rests on it, nor on the next five days."""
    first = date.today() + timedelta(days=days)
    return first + timedelta(days=-first.weekday() % 7)


def half_day(days: int = 7, hour: int = 8, zone: str = "Asia/Phnom_Penh", modality: Modality = Modality.HYBRID) -> PlannedHalfDay:
    """A half-day of four hours, so many days from now."""
    starts = datetime.combine(date.today() + timedelta(days=days), time(hour))
    when = HalfDay(starts, starts + timedelta(hours=4), zone)
    return PlannedHalfDay(when, modality, None if modality is Modality.IN_PERSON else LINK)


def training(
    *,
    programme: Programme | None = None,
    version: CourseVersion | None = None,
    state: TrainingState = TrainingState.TENTATIVE,
    days: Sequence[int] = (7, 8),
    modality: Modality = Modality.HYBRID,
    rooms: Sequence[Factory] = (),
    trainers: Sequence[Account] = (),
    in_person: int = 20,
    virtual: int = 20,
    code: str | None = None,
) -> TrainingSession:
    """A training session with half-days so many days from now (negative: past), a venue, rooms of `rooms`, and alone."""
    programme = programme or factories.programme()
    version = version or courses.version()
    made = operations.schedule(
        SYSTEM,
        Plan(
            programme_id=programme.id, version_id=version.id, language="km",
            half_days=tuple(half_day(day, zone=programme.zone, modality=modality) for day in days),
            trainer_ids=tuple(account.id for account in trainers),
            capacity_in_person=in_person, capacity_virtual=virtual,
            venue="Training centre, Street 271", factory_ids=tuple(factory.id for factory in rooms), remote=True,
        ),
    )
    made.state = state
    made.code = code or made.code
    db.session.flush()
    return made


def site(training: TrainingSession, kind: SiteKind = SiteKind.VENUE, factory: Factory | None = None) -> Site:
    """A site of the training session."""
    return next(s for s in training.sites if s.kind is kind and (factory is None or s.factory_id == factory.id))


def seat(
    training: TrainingSession,
    factory: Factory,
    person: Person | None = None,
    *,
    state: SeatState = SeatState.BOOKED,
    kind: SiteKind = SiteKind.VENUE,
) -> Seat:
    """A seat; one that holds a place has the smallest free one. A reserved one has no name."""
    if person is None and state is not SeatState.RESERVED:
        person = factories.person(factory)
    where = site(training, kind, factory if kind is SiteKind.FACTORY_ROOM else None)
    modality = kind.modality
    taken = [
        row.place for row in db.session.query(Seat).filter_by(training_id=training.id, modality=modality) if row.place
    ]
    row = Seat(
        training_id=training.id, factory_id=factory.id, person_id=person.id if person else None, site_id=where.id, modality=modality,
        state=state, place=smallest_free(taken, 1000) if state in HOLDING else None,
        requested_at=now() + timedelta(microseconds=next(_numbers)),
        settled_at=None if state is SeatState.REQUESTED else now(),
    )
    db.session.add(row)
    db.session.flush()
    return row
