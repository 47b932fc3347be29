"""People with a whole life in the record: rows in every table that speaks of people."""

from datetime import datetime
from decimal import Decimal
from itertools import count

from app.access.actor import SYSTEM
from app.accounts import operations as accounts
from app.accounts.models import NoticeShown, PersonCard
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.rules import Evidence, Mark
from app.certificates import operations as certificates
from app.certificates.models import Certificate
from app.completions.models import UnitResult
from app.completions.operations import reconsider
from app.courses.models import CourseVersion, Unit
from app.courses.rules import UnitKind
from app.coverage.ledger import settling as coverage
from app.factories.models import Factory, Person
from app.learning_record import operations as record
from app.lessons.photos import keep
from app.platform.clock import now
from app.platform.db import db
from app.platform.files.photos import Photo, PhotoKind
from app.quizzes.models import Answer, Attempt, Question
from app.quizzes.rules import AttemptState
from app.sessions.models import TrainingSession
from tests.make import attendance, completions, courses, factories, lessons, quizzes, sessions

_numbers = count(1)


def trained(factory: Factory, version: CourseVersion, training: TrainingSession, at: datetime = completions.AT, **values: object) -> Person:
    """A person with a card, a PIN, a sign-in, a seat, marks, a quiz, a completion, a certificate and a record entry."""
    person = factories.person(factory, **values)
    _signed_in(person)
    sessions.seat(training, factory, person)
    _attended(person, training, at)
    _answered(person, training, version, at)
    completion = completions.completion(person, version, factory, training_id=training.id, at=at)
    coverage.settle_people([person.id], "made")
    certificates.issue(completion.id)
    record.note_completion(completion.id)
    _practised(person, factory, version, at)
    db.session.flush()
    reconsider(person.id)  # what the completion rests on is what the results say
    return person


def training(version: CourseVersion) -> TrainingSession:
    """A training session whose post-test has questions."""
    made = sessions.training(version=version)
    unit = courses.unit(version, "post-test")
    if not db.session.query(Question).filter_by(unit_id=unit.id).count():
        quizzes.bank(unit.id)
    return made


def certificate_of(person: Person) -> Certificate:
    """The first certificate of a person."""
    return db.session.query(Certificate).filter_by(person_id=person.id).order_by(Certificate.id).first()


def _signed_in(person: Person) -> None:
    accounts.set_pin(SYSTEM, person.id, quizzes.PIN)
    accounts.begin("phone", hours=1, person_id=person.id)
    db.session.add(PersonCard(person_id=person.id, token=f"card-{next(_numbers)}", issued_at=now(), revoked_at=None))
    db.session.add(NoticeShown(account_id=None, person_id=person.id, version="1", language="km", at=now()))
    db.session.flush()


def _attended(person: Person, training: TrainingSession, at: datetime) -> None:
    for meeting in training.meetings:
        said = {"mark_id": f"m{next(_numbers):031d}", "meeting_id": meeting.id, "person_id": person.id, "mark": Mark.PRESENT, "evidence": Evidence.ROLL_CALL, "at": at}
        db.session.add(CurrentMark(standing=[said["mark_id"]], **said))
        db.session.add(MarkEntry(account_id=None, strength=Evidence.ROLL_CALL.strength, **said))
        attendance.check_in(meeting, person, device=f"phone-{next(_numbers)}", at=at)
    _result(person, training, courses.unit(training.version, "meetings").id, at)


def _answered(person: Person, training: TrainingSession, version: CourseVersion, at: datetime) -> None:
    unit = courses.unit(version, "post-test")
    attempt = Attempt(
        training_id=training.id, unit_id=unit.id, person_id=person.id, number=1, state=AttemptState.GRADED, seed=1,
        question_ids=[question.id for question in db.session.query(Question).filter_by(unit_id=unit.id)], started_at=at,
        deadline_at=at, submitted_at=at, score=3, max_score=3, passed=True, rule_version=1,
    )
    db.session.add(attempt)
    db.session.flush()
    for question in db.session.query(Question).filter_by(unit_id=unit.id):
        db.session.add(Answer(attempt_id=attempt.id, question_id=question.id, choice=["a"], revision=1, saved_at=at))
    _result(person, training, unit.id, at)


def _practised(person: Person, factory: Factory, version: CourseVersion, at: datetime) -> None:
    """A lesson read; a task logged in words that name the person."""
    if not db.session.query(Unit).filter_by(version_id=version.id, code="practice").count():
        told = {"code": "practice", "kind": UnitKind.PRACTICE, "position": 9, "minutes": 9, "titles": {"en": "Try"}, "objectives": {}}
        db.session.add(Unit(version_id=version.id, **told))
    lessons.begun(person, version, "lesson")
    photo = {"photo_key": keep(Photo(PhotoKind.JPEG, person.name.encode())), "photo_kind": PhotoKind.JPEG}
    lessons.log(person, version, factory, "practice", text=f"{person.name} tried it", created_at=at, **photo)


def _result(person: Person, training: TrainingSession, unit_id: int, at: datetime) -> None:
    db.session.add(UnitResult(person_id=person.id, training_id=training.id, unit_id=unit_id, share=Decimal(1), at=at))
    db.session.flush()


def everything(*but: str) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the logs, the merges themselves and what is named, to be compared.

    That calendars are to be looked at once more is no trace of a merge: the worker finds them right and says nothing.
    """
    db.session.flush()
    db.session.expire_all()
    metadata = Person.metadata
    left_out = {"person_merge", "audit_entry", *but}
    return {
        table.name: [
            tuple(map(repr, row))
            for row in db.session.execute(table.select().order_by(table.c.id))
            if table.name != "job" or row.kind != "sessions.settle_calendars"
        ]
        for table in metadata.sorted_tables if table.name not in left_out
    }
