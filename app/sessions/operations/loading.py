"""Taking hold of a training session before changing it."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import policy
from app.sessions.models import Meeting, TrainingSession
from app.sessions.queries import training_for
from app.sessions.rules import TrainingState, is_open


def hold(actor: Actor, training_id: int) -> TrainingSession:
    """The training session, its row locked until the transaction ends: places and invitations of one training session
    are settled one after the other. SQLite has locked the whole database by then. Raises NotFound.
    """
    db.session.execute(
        sa.select(TrainingSession.id).where(TrainingSession.id == training_id).with_for_update()
    )
    db.session.expire_all()  # what was read before the lock may be old
    return training_for(actor, training_id)


def to_plan(actor: Actor, training_id: int) -> TrainingSession:
    """One that the actor plans and that can still change, held. Raises NotFound, Refused."""
    training = hold(actor, training_id)
    if not policy.may_plan(actor, training):
        raise NotFound
    refuse_unless_open(training)
    return training


def refuse_unless_open(training: TrainingSession) -> None:
    """Raises Refused for a training session that is cancelled or closed."""
    if is_open(training.state):
        return
    if training.state is TrainingState.CANCELLED:
        raise Refused(_("This training session is cancelled. Nothing was changed."))
    raise Refused(_("This training session is closed. Nothing was changed."))


def meeting_of(training: TrainingSession, number: int) -> Meeting:
    """A half-day by its number. Raises NotFound."""
    found = next((meeting for meeting in training.meetings if meeting.number == number), None)
    if found is None:
        raise NotFound
    return found
