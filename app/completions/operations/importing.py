"""Completions that rest on an earlier training alone, taken over from a list. No training session led to them."""

from datetime import datetime

from app.access.actor import Actor
from app.completions import queries, rules
from app.completions.events import CourseCompleted
from app.completions.models import Completion
from app.completions.operations.deciding import of_course
from app.completions.operations.noting import hold_person
from app.completions.operations.periods import pinned, withdraw_one
from app.courses.models import Course, CourseVersion
from app.platform import audit
from app.platform.bus import publish
from app.platform.db import db


def take_over_earlier(actor: Actor, person_id: int, course_id: int, factory_id: int, at: datetime) -> int | None:
    """The person counts as having completed the course at that moment, by the edition of now. The caller has checked.

    Answers the completion, or None where one that holds covers that moment already.
    """
    holder_id = hold_person(person_id)
    earlier = of_course(holder_id, course_id)
    holding = [each for each in earlier if each.withdrawn_at is None]
    if any(each.completed_at <= at and (each.valid_until is None or at < each.valid_until) for each in holding):
        return None
    version = db.session.get_one(CourseVersion, db.session.get_one(Course, course_id).current_version_id)
    zone = queries.zone_of(factory_id)
    validity = rules.Validity(version.validity_months, version.valid_from, version.valid_to_day)
    completion = Completion(
        person_id=holder_id,
        course_id=course_id,
        version_id=version.id,
        period=max((each.period for each in earlier), default=0) + 1,
        training_id=None,
        completed_at=at,
        valid_until=rules.valid_until(validity, at, None, zone),
        factory_id=factory_id,
        evidence={"imported": []},
        **pinned(holder_id, factory_id, at, zone),
    )
    db.session.add(completion)
    db.session.flush()  # the event carries the id
    audit.record(actor, "completions.take_over_earlier", f"completion:{completion.id}")
    publish(CourseCompleted(completion.id))
    return completion.id


def take_back_earlier(actor: Actor, completion_id: int) -> None:
    """What was taken over from a list counts no more. A second time changes nothing. The caller has checked."""
    completion = db.session.get_one(Completion, completion_id)
    hold_person(completion.person_id)
    db.session.refresh(completion)
    if completion.withdrawn_at is None:
        audit.record(actor, "completions.take_back_earlier", f"completion:{completion.id}")
        withdraw_one(completion)
