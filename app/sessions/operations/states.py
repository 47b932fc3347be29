"""Confirming, cancelling and closing a training session. Doing it again changes nothing and is no fault."""

from app.access.actor import Actor
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.sessions import policy
from app.sessions.events import TrainingCancelled, TrainingConfirmed
from app.sessions.models import TrainingSession
from app.sessions.operations import invitations
from app.sessions.operations.loading import hold, refuse_unless_open
from app.sessions.rules import MeetingState, TrainingState, may_become
from app.sessions.rules.states import ALLOWED_MOVES

LONGEST_REASON = 500


def confirm(actor: Actor, training_id: int) -> TrainingSession:
    """It will take place: whoever has a part in it is invited. Raises NotFound, Refused."""
    training = _to_plan(actor, training_id)
    if training.state is TrainingState.CONFIRMED:
        return training
    refuse_unless_open(training)
    training.state = TrainingState.CONFIRMED
    audit.record(actor, "sessions.confirm", f"training:{training.id}")
    invitations.settle(training)
    publish(TrainingConfirmed(training.id))
    return training


def cancel(actor: Actor, training_id: int, reason: str) -> TrainingSession:
    """It will not take place: entries leave the calendars, and the factories are told why. Raises NotFound, Refused."""
    training = _to_plan(actor, training_id)
    if training.state is TrainingState.CANCELLED:
        return training
    refuse_unless_open(training)
    if not reason.strip():
        raise Refused(_("Say why the training session is cancelled."))
    training.state = TrainingState.CANCELLED
    training.cancelled_reason = reason.strip()[:LONGEST_REASON]
    audit.record(actor, "sessions.cancel", f"training:{training.id}")
    invitations.settle(training)
    publish(TrainingCancelled(training.id))
    return training


def close(actor: Actor, training_id: int) -> TrainingSession:
    """Nothing can change any more. Only after the last half-day. Raises NotFound, Refused."""
    training = _to_plan(actor, training_id)
    if training.state is TrainingState.CLOSED:
        return training
    if not may_become(ALLOWED_MOVES, training.state, TrainingState.CLOSED):
        raise Refused(_("Only a confirmed training session can be closed."))
    if not is_over(training):
        raise Refused(_("The last half-day is not over yet."))
    training.state = TrainingState.CLOSED
    audit.record(actor, "sessions.close", f"training:{training.id}")
    return training


def is_over(training: TrainingSession) -> bool:
    """Whether the last half-day that was held has ended."""
    return all(m.ends_at <= now() for m in training.meetings if m.state is MeetingState.PLANNED)


def _to_plan(actor: Actor, training_id: int) -> TrainingSession:
    training = hold(actor, training_id)
    if not policy.may_plan(actor, training):
        raise NotFound
    return training
