"""Beginning an attempt."""

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.platform.clock import now
from app.platform.db import db
from app.platform.faults import point
from app.platform.i18n import _, lazy, ngettext
from app.platform.refusal import NotFound, Refused
from app.quizzes import queries
from app.quizzes.models import Attempt
from app.quizzes.operations.drawing import begin_new
from app.quizzes.queries import Opening
from app.quizzes.rules import AttemptMode, AttemptState, Hindrance, Terms, due_at, hindrance
from app.quizzes.rules.limits import waits_until
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import SeatState, TrainingState

_RUNNING = (AttemptState.IN_PROGRESS, AttemptState.OVERDUE)
_HINDERED: Mapping[Hindrance, Any] = {
    Hindrance.SAW_ANSWERS: lazy("The answers of this quiz were shown to you. It cannot be taken again."),
    Hindrance.USED: lazy("You have used all your attempts at this quiz."),
}
"""Whoever is answering goes on with that attempt."""


def start(actor: Actor, mode: AttemptMode = AttemptMode.OWN, unit_id: int | None = None) -> Attempt:
    """The person's attempt at the quiz that is open now - at the one named, where there are several -: the running one,
    else the prepared one, else a new one.

    Raises NotFound without a booked seat, Refused while no quiz is open, when all attempts are used or when the answers
    of an earlier one were shown.
    """
    if actor.person_id is None or actor.training_id is None:
        raise NotFound
    _refuse_without_seat(actor.training_id, actor.person_id)
    window = queries.opening(actor.person_id, actor.training_id, unit_id, hold=True)
    if window is None:
        raise Refused(_("The quiz is not open now. Ask your trainer to open it."))
    earlier = _attempts(window, actor.person_id)
    return _running(earlier) or _begun(window, actor.person_id, earlier, mode)


def _begun(window: Opening, person_id: int, earlier: list[Attempt], mode: AttemptMode) -> Attempt:
    """Two who start at once find one attempt: the row count or the constraints decide."""
    terms = queries.terms_of(window.training_id, window.unit_id, [person_id])[person_id]
    taken = [each for each in earlier if each.state is not AttemptState.NOT_STARTED]
    if not terms.is_open(now()):
        raise Refused(_("The quiz is not open now. Ask your trainer to open it."))
    if why := hindrance(earlier, terms, opens_at=terms.opens_at):
        raise Refused(str(_HINDERED[why]))
    _refuse_before_the_wait_is_over(terms, taken)
    deadline_at = due_at(now(), terms.limit, terms.closes_at)
    point("quizzes.beginning")
    if len(taken) < len(earlier):
        _take_up(earlier[-1].id, deadline_at, mode)
    else:
        number = len(taken) + 1
        begin_new(window.training_id, window.unit_id, person_id, number, deadline_at=deadline_at, mode=mode)
    point("quizzes.begun")
    if found := _running(_attempts(window, person_id)):
        return found
    raise Refused(str(_HINDERED[Hindrance.USED]))


def _take_up(attempt_id: int, deadline_at: datetime | None, mode: AttemptMode) -> None:
    db.session.execute(
        sa.update(Attempt)
        .where(Attempt.id == attempt_id, Attempt.state == AttemptState.NOT_STARTED)
        .values(state=AttemptState.IN_PROGRESS, started_at=now(), deadline_at=deadline_at, mode=mode)
        .execution_options(synchronize_session=False)
    )


def _refuse_without_seat(training_id: int, person_id: int) -> None:
    row = db.session.execute(
        sa.select(TrainingSession.state, Seat.state.label("seat_state"))
        .join(Seat, Seat.training_id == TrainingSession.id)
        .where(TrainingSession.id == training_id, Seat.person_id == person_id)
    ).first()
    if row is None or row.seat_state is not SeatState.BOOKED:
        raise NotFound
    if row.state is TrainingState.CANCELLED:
        raise Refused(_("This training was cancelled."))
    if row.state in {TrainingState.DRAFT, TrainingState.POSTPONED}:
        raise Refused(_("This training is held later. The quiz opens with it."))


def _refuse_before_the_wait_is_over(terms: Terms, taken: list[Attempt]) -> None:
    until = waits_until(terms.policy, [each.submitted_at for each in taken], now())
    if until is not None:
        minutes = math.ceil((until - now()) / timedelta(minutes=1))
        raise Refused(
            ngettext("You can try again in %(num)s minute.", "You can try again in %(num)s minutes.", minutes)
        )


def _running(attempts: list[Attempt]) -> Attempt | None:
    return next((each for each in attempts if each.state in _RUNNING), None)


def _attempts(window: Opening, person_id: int) -> list[Attempt]:
    """The person's attempts at this quiz in their order, as they are now."""
    statement = sa.select(Attempt).where(
        Attempt.training_id == window.training_id,
        Attempt.unit_id == window.unit_id,
        Attempt.person_id == person_id,
    )
    return list(db.session.scalars(statement.order_by(Attempt.number).execution_options(populate_existing=True)))
