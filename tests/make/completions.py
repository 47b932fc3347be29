"""Completions, and what a completion needs around it."""

from datetime import UTC, datetime, timedelta
from itertools import count

from app.completions.models import Completion
from app.courses.models import CourseVersion
from app.factories.models import Employment, Factory, Person, Programme
from app.platform.db import db
from app.sessions.models import Meeting, TrainingSession
from app.sessions.rules import MeetingState, Modality, TrainingState

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
_numbers = count(1)


def training(version: CourseVersion, programme: Programme, at: datetime = AT, **values: object) -> TrainingSession:
    """A confirmed training session with two half-days, on the day of `at` and the day before."""
    number = next(_numbers)
    defaults = {
        "code": f"T{number:05d}", "state": TrainingState.CONFIRMED, "language": "en", "capacity_in_person": 25,
        "capacity_virtual": 0, "created_at": at, "created_by": None, "cancelled_reason": None,
    }
    row = TrainingSession(programme_id=programme.id, version_id=version.id, **{**defaults, **values})
    db.session.add(row)
    db.session.flush()
    for place, day in enumerate((at - timedelta(days=1), at), 1):
        wall = day.replace(tzinfo=None, hour=8, minute=0, second=0, microsecond=0)
        db.session.add(
            Meeting(
                training_id=row.id, number=place, starts=wall, ends=wall + timedelta(hours=4), zone=programme.zone,
                starts_at=day, ends_at=day + timedelta(hours=4), modality=Modality.IN_PERSON, join_url=None,
                state=MeetingState.PLANNED,
            )
        )
    db.session.flush()
    return row


def completion(
    person: Person, version: CourseVersion, factory: Factory, *, at: datetime = AT, **values: object
) -> Completion:
    """A completion at a factory with both half-days and 70 % in the test, valid two years; no event is published."""
    programme = db.session.get_one(Programme, factory.programme_id)
    job = db.session.query(Employment).filter_by(person_id=person.id, factory_id=factory.id).first()
    earlier = db.session.query(Completion).filter_by(person_id=person.id, course_id=version.course_id).count()
    training_id = values.pop("training_id", None) or training(version, programme, at).id
    defaults = {
        "period": earlier + 1, "completed_at": at, "valid_until": at + timedelta(days=730),
        "line": job.line.name if job and job.line else None, "role": job.role if job else None, "sex": person.sex,
        "evidence": {"meetings": ["1.000000", "0.8"], "post-test": ["0.700000", "0.6"]}, "withdrawn_at": None,
    }
    row = Completion(
        person_id=person.id, course_id=version.course_id, version_id=version.id, factory_id=factory.id,
        training_id=training_id, **{**defaults, **values},
    )
    db.session.add(row)
    db.session.flush()
    return row
