"""Somebody decides that a completion does not count, whatever the results say, and takes that back."""

from app.access.actor import Actor
from app.completions.events import CourseCompleted
from app.completions.models import Completion
from app.completions.operations.deciding import evidence_now, of_course, take_over
from app.completions.operations.noting import hold_person
from app.completions.operations.periods import is_free, withdraw_one
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db


def annul(actor: Actor, completion_id: int) -> None:
    """It does not count any more. A second time changes nothing. The caller has checked the actor."""
    completion = _held(completion_id)
    if completion.annulled_at is not None:
        return
    completion.annulled_at = now()
    audit.record(actor, "completions.annul", f"completion:{completion.id}")
    if completion.withdrawn_at is None:
        withdraw_one(completion)
        take_over(completion)


def restore(actor: Actor, completion_id: int) -> bool:
    """An annulled completion counts again, on the results of now. False when it does not: it was not annulled, the rule
    is not met any more, or another took its place. The caller has checked the actor.
    """
    completion = _held(completion_id)
    evidence = evidence_now(completion)
    theirs = of_course(completion.person_id, completion.course_id)
    holding = [each for each in theirs if each.withdrawn_at is None and each.training_id is not None]
    if completion.annulled_at is None or evidence is None or not is_free(completion, holding):
        return False
    completion.annulled_at = completion.withdrawn_at = None
    completion.evidence = evidence
    audit.record(actor, "completions.restore", f"completion:{completion.id}")
    publish(CourseCompleted(completion.id))
    return True


def _held(completion_id: int) -> Completion:
    """The completion as it is once everybody else who decides about the person is done."""
    completion = db.session.get_one(Completion, completion_id)
    hold_person(completion.person_id)
    db.session.refresh(completion)
    return completion
