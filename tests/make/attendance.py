"""Training sessions that can be marked."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count

from app.accounts.models import Account
from app.attendance.checkin.models import CheckIn
from app.attendance.checkin.rules import Proof, Way
from app.courses.models import CourseVersion
from app.factories.models import Factory, Person, Programme
from app.platform.clock import now
from app.platform.db import db
from app.sessions.models import Meeting, Seat, Site, Trainer, TrainingSession
from app.sessions.rules import MeetingState, Modality, SeatState, SiteKind, TrainingState
from tests.make import courses, factories

APART = timedelta(hours=4)
_numbers = count(1)


def training(
    *,
    half_days: int = 2,
    first: datetime | None = None,
    programme: Programme | None = None,
    version: CourseVersion | None = None,
    trainers: Sequence[Account] = (),
    **values: object,
) -> TrainingSession:
    """A confirmed training session with a venue; half-days follow each other by four hours,
    and the last starts now unless `first` says when the first does."""
    number = next(_numbers)
    defaults = {
        "code": f"R{number:05d}", "state": TrainingState.CONFIRMED, "language": "en", "capacity_in_person": 200,
        "capacity_virtual": 200, "created_at": now(), "created_by": None, "cancelled_reason": None,
    }
    row = TrainingSession(
        programme_id=(programme or factories.programme()).id, version_id=(version or courses.version()).id,
        **{**defaults, **values},
    )
    db.session.add(row)
    db.session.flush()
    begins = first or now() - (half_days - 1) * APART
    db.session.add_all(half_day(row, place, begins + (place - 1) * APART) for place in range(1, half_days + 1))
    db.session.add_all(Trainer(training_id=row.id, account_id=account.id) for account in trainers)
    site(row)
    return row


def half_day(training: TrainingSession, number: int, starts_at: datetime) -> Meeting:
    """A half-day of three hours in UTC."""
    ends_at = starts_at + timedelta(hours=3)
    return Meeting(
        training_id=training.id, number=number, starts=starts_at.replace(tzinfo=None), ends=ends_at.replace(tzinfo=None),
        zone="UTC", starts_at=starts_at, ends_at=ends_at, modality=Modality.IN_PERSON, join_url=None,
        state=MeetingState.PLANNED,
    )


def site(training: TrainingSession, name: str = "Training centre", kind: SiteKind = SiteKind.VENUE, **values: object) -> Site:
    """A site of the training session."""
    row = Site(training_id=training.id, kind=kind, name=name, **{"factory_id": None, **values})
    db.session.add(row)
    db.session.flush()
    db.session.expire(training, ["sites"])
    return row


def seat(
    training: TrainingSession, person: Person, factory: Factory, *, at: Site | None = None, state: SeatState = SeatState.BOOKED
) -> Seat:
    """A seat at the first site, booked unless said."""
    number = next(_numbers)
    site = at or training.sites[0]
    row = Seat(
        training_id=training.id, factory_id=factory.id, person_id=person.id, site_id=site.id, modality=site.kind.modality,
        state=state, place=number if state is SeatState.BOOKED else None, requested_at=now(), settled_at=now(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def check_in(meeting: Meeting, person: Person, **values: object) -> CheckIn:
    """Somebody says to be at a half-day, by a number alone unless said."""
    said = {"way": Way.SCREEN, "proof": Proof.NUMBER, "device": "d" * 16, "at": now(), **values}
    row = CheckIn(meeting_id=meeting.id, person_id=person.id, site_id=meeting.training.sites[0].id, **said)
    db.session.add(row)
    db.session.flush()
    return row


def people(training: TrainingSession, number: int, factory: Factory | None = None, at: Site | None = None) -> list[Person]:
    """So many people of a factory, each with a booked seat."""
    sender = factory or factories.factory()
    persons = [factories.person(sender, language="en") for _ in range(number)]
    for person in persons:
        seat(training, person, sender, at=at)
    return persons
