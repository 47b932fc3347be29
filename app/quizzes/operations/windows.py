"""Opening and closing a quiz for the people of a training session."""

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.access.actor import SYSTEM, Actor
from app.access.permissions import Permission
from app.courses.models import Unit
from app.courses.rules import UnitKind
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.quizzes import queries
from app.quizzes.models import Attempt, Question, QuizWindow
from app.quizzes.operations.drawing import prepare
from app.quizzes.rules import HANDED_IN, AttemptState, Terms, due_at, is_due
from app.quizzes.rules.limits import GRACE, LONGEST_WINDOW, answers_were_shown
from app.sessions.models import TrainingSession
from app.sessions.queries import training_for
from app.sessions.rules import TrainingState


def open_window(actor: Actor, training_id: int, unit_id: int, minutes: int) -> QuizWindow:
    """Open a quiz for `minutes` from now; an open one is open so long from now, and so are its running attempts.

    Raises NotFound for units of other courses, Refused when the training session is not confirmed.
    """
    training = _held(actor, training_id)
    unit = _quiz_unit(training, unit_id)
    if training.state is not TrainingState.CONFIRMED:
        raise Refused(_("A quiz opens only while the training session is confirmed."))
    if not 1 <= minutes <= LONGEST_WINDOW:
        raise Refused(_("Choose between 1 and %(most)s minutes.", most=LONGEST_WINDOW))
    if db.session.scalar(sa.select(Question.id).where(Question.unit_id == unit.id).limit(1)) is None:
        raise Refused(_("This quiz has no questions yet."))
    at = now()
    window = _open(training_id, unit_id, at, at + timedelta(minutes=minutes))
    prepare(training_id, unit_id)
    move_deadlines(training_id, unit_id)
    audit.record(actor, "quizzes.open", f"training:{training_id}", unit=unit_id, minutes=minutes)
    return window


def open_until(training_id: int, unit_id: int, closes_at: datetime, leaving_out: Collection[int] = ()) -> bool:
    """Open a quiz by the clock until a moment; one that is open for longer stays so. Whether there is anything to ask.

    `leaving_out` are people for whom no attempt is made beforehand.
    """
    if db.session.scalar(sa.select(Question.id).where(Question.unit_id == unit_id).limit(1)) is None:
        return False
    at = now()
    longest = db.session.scalar(
        sa.select(QuizWindow.closes_at).where(QuizWindow.training_id == training_id, QuizWindow.unit_id == unit_id)
    )
    _open(training_id, unit_id, at, max(closes_at, longest or closes_at))
    prepare(training_id, unit_id, leaving_out)
    move_deadlines(training_id, unit_id)
    audit.record(SYSTEM, "quizzes.open", f"training:{training_id}", unit=unit_id)
    return True


def close_window(actor: Actor, training_id: int, unit_id: int) -> None:
    """Close a quiz now. Running attempts are due now too; what they saved counts. Closing again changes nothing."""
    training = _held(actor, training_id)
    unit = _quiz_unit(training, unit_id)
    at = now()
    window = db.session.scalar(
        sa.select(QuizWindow)
        .where(QuizWindow.training_id == training_id, QuizWindow.unit_id == unit.id, QuizWindow.closes_at > at)
        .with_for_update()
    )
    if window is None:
        return
    window.closes_at = at
    db.session.flush()  # the terms are read from it
    move_deadlines(training_id, unit_id)
    audit.record(actor, "quizzes.close", f"training:{training_id}", unit=unit_id)


def _held(actor: Actor, training_id: int) -> TrainingSession:
    training = training_for(actor, training_id)
    if not actor.scope(Permission.QUIZZES_OPEN).reaches(training.programme_id):
        raise NotFound
    return training


def _quiz_unit(training: TrainingSession, unit_id: int) -> Unit:
    unit = db.session.scalar(
        sa.select(Unit).where(
            Unit.id == unit_id, Unit.version_id == training.version_id, Unit.kind == UnitKind.QUIZ
        )
    )
    if unit is None:
        raise NotFound
    return unit


def _open(training_id: int, unit_id: int, at: datetime, closes_at: datetime) -> QuizWindow:
    """Two trainers who open at once open one window. One that is still open keeps its beginning."""
    is_over = QuizWindow.closes_at <= at
    statement = insert(QuizWindow).values(
        training_id=training_id, unit_id=unit_id, opened_at=at, closes_at=closes_at
    )
    opened = statement.on_conflict_do_update(
        index_elements=["training_id", "unit_id"],
        set_={"closes_at": closes_at, "opened_at": sa.case((is_over, at), else_=QuizWindow.opened_at)},
    ).returning(QuizWindow)
    window: QuizWindow = db.session.scalars(opened, execution_options={"populate_existing": True}).one()
    return window


_WITH_A_DEADLINE = (AttemptState.IN_PROGRESS, AttemptState.OVERDUE, *HANDED_IN)


def move_deadlines(training_id: int, unit_id: int) -> None:
    """Attempts are due by the terms of their people as these are now, and go on where that gives them time. Those whose
    answers were shown before the quiz opened for the person keep their deadline; those for whom it is not open at all
    any more are due now.
    """
    attempts = db.session.scalars(
        sa.select(Attempt)
        .where(Attempt.training_id == training_id, Attempt.unit_id == unit_id, Attempt.state.in_(_WITH_A_DEADLINE))
        .order_by(Attempt.id)
        .with_for_update()  # whoever hands in at this moment must not be taken back
        .execution_options(populate_existing=True)
    ).all()
    of = queries.terms_of(training_id, unit_id, [each.person_id for each in attempts])
    for each in attempts:
        terms = of[each.person_id]
        if each.deadline_at is not None and answers_were_shown(each.deadline_at, terms.opens_at or each.deadline_at):
            continue
        each.deadline_at = _due(each, terms)
        if each.state is AttemptState.OVERDUE and not is_due(now(), each.deadline_at, GRACE):
            each.state = AttemptState.IN_PROGRESS
    db.session.flush()  # who answers or closes in this transaction reads them with statements of its own


def _due(attempt: Attempt, terms: Terms) -> datetime | None:
    if terms.opens_at is None and not terms.policy.practice:
        return min(attempt.deadline_at or now(), now())
    return due_at(attempt.started_at or now(), terms.limit, terms.closes_at)
