"""Beginning an attempt."""

from secrets import randbits

import sqlalchemy as sa

from app.access.actor import Actor
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.quizzes import queries
from app.quizzes.models import Attempt, QuizWindow
from app.quizzes.rules import AttemptState
from app.quizzes.rules.limits import MOST_ATTEMPTS, answers_were_shown
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import SeatState, TrainingState

_SEED_BITS = 31


def start(actor: Actor) -> Attempt:
    """The person's attempt at the quiz that is open now: the running one, else a new one.

    Raises NotFound without a booked seat, Refused while no quiz is open, when all attempts are used or when the answers
    of an earlier one were shown.
    """
    if actor.person_id is None or actor.training_id is None:
        raise NotFound
    _refuse_without_seat(actor.training_id, actor.person_id)
    window = queries.open_window(actor.training_id, hold=True)
    if window is None:
        raise Refused(_("The quiz is not open now. Ask your trainer to open it."))
    running = _running(window, actor.person_id)
    if running is None:
        _refuse_who_saw_the_answers(window, actor.person_id)
        _begin(window, actor.person_id)
        running = _running(window, actor.person_id)
    if running is None:
        raise Refused(_("You have used all your attempts at this quiz."))
    return running


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


def _refuse_who_saw_the_answers(window: QuizWindow, person_id: int) -> None:
    deadlines = db.session.scalars(_attempts(window, person_id).with_only_columns(Attempt.deadline_at))
    if any(answers_were_shown(deadline_at, window.opened_at) for deadline_at in deadlines):
        raise Refused(_("The answers of this quiz were shown to you. It cannot be taken again."))


def _running(window: QuizWindow, person_id: int) -> Attempt | None:
    return db.session.scalar(
        _attempts(window, person_id).where(Attempt.state == AttemptState.IN_PROGRESS)
    )


def _begin(window: QuizWindow, person_id: int) -> None:
    """A second start at the same moment loses against the constraints and finds the first one's attempt."""
    used = db.session.scalar(
        sa.select(sa.func.count()).select_from(_attempts(window, person_id).subquery())
    )
    if (used or 0) < MOST_ATTEMPTS:
        db.session.execute(
            insert(Attempt)
            .values(
                training_id=window.training_id,
                unit_id=window.unit_id,
                person_id=person_id,
                number=(used or 0) + 1,
                state=AttemptState.IN_PROGRESS,
                seed=randbits(_SEED_BITS),
                started_at=now(),
                deadline_at=window.closes_at,
            )
            .on_conflict_do_nothing()
        )


def _attempts(window: QuizWindow, person_id: int) -> sa.Select[Attempt]:
    return sa.select(Attempt).where(
        Attempt.training_id == window.training_id,
        Attempt.unit_id == window.unit_id,
        Attempt.person_id == person_id,
    )
