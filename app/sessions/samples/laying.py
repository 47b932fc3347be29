"""What the samples begin with: a tentative training session with one seat, which one person has and another awaits."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from app.access.actor import SYSTEM
from app.courses.models import Course, CourseVersion
from app.courses.rules import Category
from app.factories.models import Factory, Person, Programme
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.i18n.folding import searchable
from app.sessions import operations
from app.sessions.models import Seat, TrainingSession
from app.sessions.operations import Plan, PlannedHalfDay
from app.sessions.rules import Modality, SeatState, SiteKind
from app.sessions.rules.wall_time import HalfDay

BOOKED, WAITING = "sophea@factory.example", "dara@factory.example"
LINK = "https://meet.example/{}"
_NAMES = {BOOKED: "Sok Sophea", WAITING: "Chan Dara"}
_DAYS_AHEAD = 30
_LENGTH = timedelta(hours=3, minutes=30)


@dataclass(frozen=True)
class Told:
    """What the samples are about. `zone` is that of the half-day; `language` and `home` are those of the recipients."""

    title: str
    zone: str
    language: str
    home: str

    def when(self, days: int, hour: int) -> HalfDay:
        """A month from now, and so many days more."""
        starts = datetime.combine(today(self.zone) + timedelta(days=_DAYS_AHEAD + days), time(hour))
        return HalfDay(starts, starts + _LENGTH, self.zone)


@dataclass(frozen=True)
class Laid:
    """The training session, and the seat of whoever has it first."""

    told: Told
    training: TrainingSession
    seat: Seat


def lay(told: Told) -> Laid:
    """Write it all into the database, which should be one to throw away."""
    programme = Programme(
        code="SAMPLE", name={"en": "Sample"}, country="BD", zone=told.home, rest_days=[5], languages=["en"]
    )
    db.session.add(programme)
    db.session.flush()
    factory = Factory(
        code="SAMPLE", name="Sample factory", local_name=None, language="en", province="Gazipur",
        programme_id=programme.id,
    )  # fmt: skip
    db.session.add(factory)
    training = operations.schedule(SYSTEM, _plan(programme, _version(told.title), told))
    seats = [_seat(training, factory, _person(address, told.language)) for address in (BOOKED, WAITING)]
    for seat in seats:
        operations.book(SYSTEM, training.id, seat.id)
    return Laid(told, training, seats[0])


def _plan(programme: Programme, version: CourseVersion, told: Told) -> Plan:
    return Plan(
        programme_id=programme.id, version_id=version.id, language=told.language, trainer_ids=(),
        half_days=(PlannedHalfDay(told.when(0, 9), Modality.HYBRID, LINK.format("room")),), capacity_in_person=10,
        capacity_virtual=1, venue="Training centre", remote=True,
    )  # fmt: skip


def _version(title: str) -> CourseVersion:
    course = Course(code="sample", current_version_id=None)
    db.session.add(course)
    db.session.flush()
    version = CourseVersion(
        course_id=course.id, number="1", fingerprint="sample", published_at=now(), category=Category.SUPERVISORY_SKILLS,
        titles={"en": title}, summary={}, objectives={}, audience=[], themes=[], hours=3.5, group_min=1, group_max=20,
        modalities=["hybrid"], languages={"en": None}, validity_months=None, attendance_share=0.8, test_unit=None,
        test_share=None, sources=[], review_by=None, search_text=searchable(title),
    )  # fmt: skip
    db.session.add(version)
    db.session.flush()
    return version


def _person(address: str, language: str) -> Person:
    name = _NAMES[address]
    person = Person(
        name=name, local_name=None, sex=None, language=language, phone=None, email=address, search_text=searchable(name)
    )
    db.session.add(person)
    db.session.flush()
    return person


def _seat(training: TrainingSession, factory: Factory, person: Person) -> Seat:
    alone = next(site for site in training.sites if site.kind is SiteKind.REMOTE)
    seat = Seat(
        training_id=training.id, factory_id=factory.id, person_id=person.id, site_id=alone.id,
        modality=Modality.VIRTUAL, state=SeatState.REQUESTED, place=None, requested_at=now(), settled_at=None,
    )  # fmt: skip
    db.session.add(seat)
    db.session.flush()
    return seat
