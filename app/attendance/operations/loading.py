"""Taking hold of what a mark depends on."""

from collections.abc import Callable, Collection

import sqlalchemy as sa

from app.access.actor import Actor
from app.factories.models import Person
from app.platform.db import db
from app.platform.refusal import NotFound
from app.sessions import queries as sessions
from app.sessions.models import Meeting, TrainingSession
from app.sessions.policy import may_take_roll


def hold(actor: Actor, meeting_id: int) -> Meeting:
    """A half-day that the actor may mark. Its training session stays as it is until the transaction ends, while others
    mark as well. Raises NotFound.
    """
    return hold_for(actor, meeting_id, lambda training: may_take_roll(actor, training))


def hold_for(actor: Actor, meeting_id: int, may: Callable[[TrainingSession], bool]) -> Meeting:
    """The same for somebody who sees the training session and may do something less. Raises NotFound."""
    hold_training(meeting_id)
    training_id = db.session.scalar(sa.select(Meeting.training_id).where(Meeting.id == meeting_id)) or 0
    training = sessions.training_for(actor, training_id)
    if not may(training):
        raise NotFound
    return next(meeting for meeting in training.meetings if meeting.id == meeting_id)


def hold_training(meeting_id: int) -> Meeting:
    """A half-day whose training session stays as it is until the transaction ends. Who may is the caller's question.

    Raises NotFound.
    """
    of_meeting = sa.select(Meeting.training_id).where(Meeting.id == meeting_id).scalar_subquery()
    held = sa.select(TrainingSession.id).where(TrainingSession.id == of_meeting).with_for_update(read=True)
    if db.session.scalar(held) is None:
        raise NotFound
    db.session.expire_all()  # what was read before the lock may be old
    return db.session.get_one(Meeting, meeting_id)


def hold_people(ids: Collection[int]) -> set[int]:
    """Lock people, always in the same order: two half-days of one person that are marked at once would each count
    without the other. Before anything is written, because a row that points at a person shares a lock on him.

    Answers those of them who are somebody: not an entry that turned out to be another person.
    """
    rows = db.session.execute(
        sa.select(Person.id, Person.merged_into_id).where(Person.id.in_(ids)).order_by(Person.id).with_for_update()
    )
    return {person_id for person_id, merged_into_id in rows if merged_into_id is None}
