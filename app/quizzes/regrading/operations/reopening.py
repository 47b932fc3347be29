"""An attempt that was abandoned is opened again."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.quizzes import queries
from app.quizzes.models import Attempt, AttemptReopening
from app.quizzes.operations.submission import hand_in
from app.quizzes.regrading.operations.loading import hold_attempt, refuse_who_may_not
from app.quizzes.rules import OPEN, AttemptState, due_at, is_due
from app.quizzes.rules.limits import GRACE
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import SeatState, TrainingState


def reopen(actor: Actor, training_id: int, attempt_id: int, *, why: str) -> Attempt:
    """Open an abandoned attempt again: the person goes on under the terms of now, from what is saved. When its time is
    over by these, it is handed in at once with what is saved, as of the end of its time. One that is not abandoned
    stays as it is.

    Raises NotFound for whoever may not; Refused when the person has another open attempt or no seat any more, or the
    training was cancelled.
    """
    refuse_who_may_not(actor, training_id)
    attempt = hold_attempt(training_id, attempt_id)
    if attempt.state is not AttemptState.ABANDONED:
        return attempt
    _refuse_without_place(attempt)
    _refuse_beside_another(attempt)
    terms = queries.terms_of(training_id, attempt.unit_id, [attempt.person_id])[attempt.person_id]
    attempt.started_at = attempt.started_at or now()
    attempt.deadline_at = due_at(attempt.started_at, terms.limit, terms.closes_at)
    attempt.state = AttemptState.IN_PROGRESS
    db.session.add(AttemptReopening(attempt_id=attempt.id, why=why, account_id=actor.account_id, at=now()))
    audit.record(actor, "quizzes.reopen", f"attempt:{attempt.id}")
    if is_due(now(), attempt.deadline_at, GRACE):
        db.session.flush()  # it is handed in by a statement of its own
        hand_in(actor, attempt.id)
        db.session.refresh(attempt)
    return attempt


def _refuse_without_place(attempt: Attempt) -> None:
    row = db.session.execute(
        sa.select(TrainingSession.state, Seat.state.label("seat_state"))
        .join(Seat, Seat.training_id == TrainingSession.id)
        .where(TrainingSession.id == attempt.training_id, Seat.person_id == attempt.person_id)
    ).one()
    if row.state is TrainingState.CANCELLED:
        raise Refused(_("This training was cancelled."))
    if row.seat_state is not SeatState.BOOKED:
        raise Refused(_("This person has no seat in the training any more."))


def _refuse_beside_another(attempt: Attempt) -> None:
    """A person has one open attempt at a time. One that was only prepared gives way."""
    others = db.session.scalars(
        sa.select(Attempt).where(
            Attempt.training_id == attempt.training_id, Attempt.unit_id == attempt.unit_id,
            Attempt.person_id == attempt.person_id, Attempt.id != attempt.id, Attempt.state.in_(OPEN),
        )
    ).all()  # fmt: skip
    for other in others:
        if other.state is not AttemptState.NOT_STARTED:
            raise Refused(_("This person is taking the quiz again already."))
        db.session.delete(other)
    db.session.flush()  # the constraint allows one open attempt
