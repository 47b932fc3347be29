"""The same small world three times: a factory, its twin in the same programme, and one in another programme.

Every name of the twins holds their `mark`, so that a single byte of theirs on somebody else's page is found.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts.models import Account
from app.accounts.operations import printing
from app.accounts.prints import PrintKind
from app.courses.models import CourseVersion, LessonText
from app.factories import operations as rosters
from app.factories.merging import operations as merging
from app.factories.models import Factory, Person, Programme
from app.learning_record import operations as record
from app.platform.db import db
from app.platform.mail.models import MailMessage
from app.quizzes import operations as quizzes
from app.sessions import operations as sessions_verbs
from app.sessions.models import Site, TrainingSession
from app.sessions.rules import SiteKind, TrainingState
from tests.make import accounts, certificates, courses, coverage, factories, sessions
from tests.make import quizzes as quiz_rooms

ROSTER = "Employee number,Name,Sex,Designation\n{number},{mark} Newcomer,F,Supervisor\n"
PLAN = {
    "language": "en", "zone": "Asia/Phnom_Penh", "venue": "Hall", "capacity_in_person": "20", "capacity_virtual": "0",
    **{
        f"half_days-{number}-{name}": value
        for number in (0, 1)
        for name, value in (("day", f"{date.today() + timedelta(days=9 + number)}"), ("starts", "08:00"), ("ends", "12:00"), ("modality", "in_person"))
    },
}
"""A plan as the form sends it; it lacks what the sender puts in, and the course."""


@dataclass
class World:
    """One factory and everything of it that an address can name."""

    mark: str
    programme: Programme
    factory: Factory
    person: Person
    trainer: Account
    focal_point: Account
    training: TrainingSession
    numbers: dict[str, object]
    """Arguments of addresses by name; `code` of each blueprint apart."""
    codes: dict[str, str]


def world(mark: str, programme: Programme, version: CourseVersion, trainer: Account | None = None) -> World:
    """A confirmed training session of one factory, with an open quiz and an attempt, a certificate, mails, a roster."""
    factory = factories.factory(name=f"{mark} Factory", local_name=f"{mark} រោងចក្រ", programme_id=programme.id)
    person = factories.person(factory, name=f"{mark} Person", local_name=f"{mark} មនុស្ស", email=f"{mark}@people.example")
    colleague, once, twice = (factories.person(factory, name=f"{mark} {name}", local_name=None) for name in ("Colleague", "Once", "Twice"))
    teacher = trainer or accounts.account(Role.TRAINER, programme=programme, name=f"{mark} Trainer", email=f"{mark}@office.example")
    speaker = accounts.account(Role.FOCAL_POINT, factory=factory, name=f"{mark} Speaker", email=f"{mark}@factory.example")
    training = sessions.training(programme=programme, version=version, rooms=[factory], trainers=[teacher])
    seat = sessions.seat(training, factory, person)
    sessions_verbs.confirm(SYSTEM, training.id)
    unit = courses.unit(version, "post-test")
    quizzes.open_window(SYSTEM, training.id, unit.id, 30)
    attempt = quizzes.start(quiz_rooms.actor(person, training))
    certificate = certificates.certificate(person, factory, version, training_id=training.id)
    certificates.drawn(certificate, mark.encode())
    record.note_completion(certificate.completion_id)
    text = ROSTER.format(number=f"{mark}1", mark=mark).encode()
    roster = rosters.preview_roster(SYSTEM, factory, f"{mark}.csv", text)
    mail = db.session.scalars(sa.select(MailMessage.id).where(MailMessage.about == f"training:{training.id}")).first()
    numbers = {
        "training_id": training.id, "number": 1, "person_id": person.id, "seat_id": seat.id, "unit_id": unit.id,
        "attempt_id": attempt.id, "question_id": _first_question(unit.id), "certificate_id": certificate.id,
        "import_id": roster.id, "mail_id": mail, "panel": "record", "unit": "lesson",
        "other_id": colleague.id, "merge_id": merging.merge(SYSTEM, once.id, twice.id).id,
        "order_id": printing.order_prints(accounts.actor(speaker), factory, PrintKind.CARDS, None, only_new=False).id,
        "account_id": speaker.id, "grant_id": speaker.grants[0].id, "sign_in_id": 0, "passkey_id": 0, "kind": "password", "token": "x",
    }
    codes = {
        "factories": factory.code, "accounts": factory.code, "coverage": factory.code, "courses": version.course.code,
        "join": training.code, "certificates": factory.code, "certificates.verify": certificate.code,
        "factories.duplicates": programme.code, "factories.set_apart": programme.code,
    }
    return World(mark, programme, factory, person, teacher, speaker, training, numbers, codes)


def twins() -> tuple[World, World, World]:
    """The own factory, another of the same programme - seated in the own training session as well -, and one abroad."""
    version = courses.version("twin-course")
    quiz_rooms.bank(courses.unit(version, "post-test").id)
    db.session.add(LessonText(unit_id=courses.unit(version, "lesson").id, locale="en", html="<p>Plan.</p>"))
    here = factories.programme()
    abroad = factories.programme("BD", zone="Asia/Dhaka", languages=["bn"], country="BD", name={"en": "Zqabroad Programme"})
    for programme in (here, abroad):
        coverage.require(programme, version)
    own = world("Ownmark", here, version)
    other = world("Zqfactory", here, version)
    far = world("Zqabroad", abroad, version)
    sessions.seat(own.training, other.factory, other.person)
    db.session.add(Site(training_id=own.training.id, kind=SiteKind.FACTORY_ROOM, name=other.factory.name, factory_id=other.factory.id))
    other.training.state = TrainingState.CLOSED  # an open one is offered to every factory of its programme
    db.session.commit()
    return own, other, far


def _first_question(unit_id: int) -> int:
    return db.session.scalars(sa.select(quiz_rooms.Question.id).where(quiz_rooms.Question.unit_id == unit_id)).first() or 0
