"""Taking hold of unknown people before something is said of them."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.attendance import labels, queries, rules
from app.attendance.guests.models import Guest
from app.platform.clock import now
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.sessions.models import Meeting, TrainingSession
from app.sessions.operations.loading import hold as hold_training
from app.sessions.policy import may_take_roll


def hold_by_key(key: str) -> Guest | None:
    """A guest, locked until the transaction ends. The caller holds the training session."""
    return db.session.scalar(
        sa.select(Guest).where(Guest.key == key).with_for_update(of=Guest).execution_options(populate_existing=True)
    )


def hold(actor: Actor, training_id: int, guest_id: int) -> tuple[TrainingSession, Guest]:
    """A guest of a training session in which the actor takes the roll; both stay as they are until the transaction
    ends. Raises NotFound.
    """
    training = hold_training(actor, training_id)
    guest = db.session.scalar(
        sa.select(Guest)
        .where(Guest.id == guest_id, Guest.training_id == training.id)
        .with_for_update(of=Guest)
        .execution_options(populate_existing=True)
    )
    if guest is None or not may_take_roll(actor, training):
        raise NotFound
    return training, guest


def refuse_unmarkable(meeting: Meeting) -> None:
    """Raises Refused when nobody can be marked at the half-day now."""
    is_closed = queries.closed_roll_call(meeting.id) is not None
    found = rules.hindrance(
        meeting.training.state, meeting.state, meeting.starts_at, now(), is_closed=is_closed
    )
    if found:
        raise Refused(str(labels.HINDRANCES[found]))
