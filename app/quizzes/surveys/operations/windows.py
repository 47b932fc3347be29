"""Opening and closing anonymous forms, and making their figures when they are closed."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from app.access.actor import SYSTEM, Actor
from app.access.permissions import Permission
from app.completions.turns import make_turns
from app.courses.models import CourseVersion
from app.courses.rules import FormKind
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.quizzes.surveys import queries
from app.quizzes.surveys.models import SurveyTicket, SurveyWindow
from app.quizzes.surveys.operations.mixing import mix
from app.quizzes.surveys.rules import SurveyPhase, figures, form_text
from app.sessions.models import Seat, TrainingSession
from app.sessions.queries import booked, training_for
from app.sessions.rules import SeatState, TrainingState

EVALUATION_DAYS = 14
LONGEST_HOURS = 14 * 24
_RUNS = (TrainingState.CONFIRMED, TrainingState.CLOSED)
_ASKED = (TrainingState.TENTATIVE, *_RUNS)


def open_evaluation(actor: Actor, training_id: int, form: str) -> SurveyWindow:
    """Open the evaluation for two weeks from now, and make the turns of everybody with a booked seat.

    Raises NotFound for a form that the course does not have, Refused when the training session is not confirmed.
    """
    training = _run_by(actor, training_id)
    queries.form_of(training.version, form, FormKind.EVALUATION)
    if training.state not in _RUNS:
        raise Refused(_("The evaluation opens only when the training session is confirmed."))
    window = _open(training_id, form, timedelta(days=EVALUATION_DAYS))
    make_turns(training_id, form, [seat.person_id for seat in booked(training_id)])
    audit.record(actor, "surveys.open", f"training:{training_id}", form=form)
    return window


def open_survey(
    actor: Actor, training_id: int, form: str, factory_id: int, phase: SurveyPhase, hours: int
) -> SurveyWindow:
    """Ask the workers of a factory whose supervisors have seats, for some hours from now.

    Raises NotFound for another form or factory, Refused when the training session is no longer or not yet planned.
    """
    training = _run_by(actor, training_id)
    queries.form_of(training.version, form, FormKind.WORKER_SURVEY)
    if factory_id not in factories_of(training_id):
        raise NotFound
    if training.state not in _ASKED:
        raise Refused(_("Workers are asked only in a training session that takes place."))
    if not 1 <= hours <= LONGEST_HOURS:
        raise Refused(_("Choose between 1 and %(most)s hours.", most=LONGEST_HOURS))
    window = _open(training_id, form, timedelta(hours=hours), phase, factory_id)
    audit.record(actor, "surveys.open", f"training:{training_id}", form=form, factory=factory_id, phase=phase.value)
    return window


def close_survey(actor: Actor, training_id: int, window_id: int) -> None:
    """Close a form now and make its figures. Closing again changes nothing."""
    _run_by(actor, training_id)
    window = queries.window_for(training_id, window_id, hold=True)
    if window.closes_at > now():
        window.closes_at = now()
        audit.record(actor, "surveys.close", f"training:{training_id}", form=window.form)
    _count(window)


def count_closed(window_id: int) -> None:
    """Make the figures of a window whose time is over. Again does nothing."""
    window = db.session.get_one(SurveyWindow, window_id, populate_existing=True, with_for_update=True)
    if window.closes_at <= now():
        _count(window)


def open_by_the_clock(training_id: int) -> None:
    """Open the evaluation of a training session whose last half-day has begun, unless it was opened before."""
    training = training_for(SYSTEM, training_id)
    known = set(db.session.scalars(sa.select(SurveyWindow.form).where(SurveyWindow.training_id == training_id)))
    for form in queries.forms_of(training.version):
        if form.kind is FormKind.EVALUATION and form.id not in known and training.state in _RUNS:
            open_evaluation(SYSTEM, training_id, form.id)


def factories_of(training_id: int) -> set[int]:
    """Factories with a booked seat."""
    seats = sa.select(Seat.factory_id).where(Seat.training_id == training_id, Seat.state == SeatState.BOOKED)
    return set(db.session.scalars(seats.distinct()))


def _run_by(actor: Actor, training_id: int) -> TrainingSession:
    training = training_for(actor, training_id)
    if not actor.scope(Permission.QUIZZES_OPEN).reaches(training.programme_id):
        raise NotFound
    return training


def _open(
    training_id: int, form: str, length: timedelta, phase: SurveyPhase | None = None, factory_id: int | None = None
) -> SurveyWindow:
    """Two who open at once open one window."""
    at: datetime = now()
    values = {
        "training_id": training_id, "form": form, "phase": phase, "factory_id": factory_id, "opened_at": at,
        "closes_at": at + length, "is_counted": False,
    }  # fmt: skip
    db.session.execute(insert(SurveyWindow).values(**values).on_conflict_do_nothing())
    same = SurveyWindow.training_id == training_id, SurveyWindow.form == form
    whose = SurveyWindow.factory_id.is_(None) if factory_id is None else sa.and_(
        SurveyWindow.factory_id == factory_id, SurveyWindow.phase == phase
    )  # fmt: skip
    window = db.session.scalars(sa.select(SurveyWindow).where(*same, whose).with_for_update()).one()
    if window.closes_at <= at:
        window.opened_at = at
    window.closes_at, window.is_counted = max(window.closes_at, at + length), False
    db.session.flush()  # who answers in this transaction looks for it
    return window


def _count(window: SurveyWindow) -> None:
    """What is shown is made once for all; the answers are mixed once more, and no ticket is needed any longer."""
    if window.is_counted:
        return
    version = db.session.scalars(
        sa.select(CourseVersion)
        .join(TrainingSession, TrainingSession.version_id == CourseVersion.id)
        .where(TrainingSession.id == window.training_id)
    ).one()
    items = form_text(queries.form_of(version, window.form).texts, ()).items
    responses = mix(window)
    answers, languages = [each.answers for each in responses], [each.language for each in responses]
    window.figures = figures(items, answers, languages, window.figures)
    window.is_counted = True
    db.session.execute(sa.delete(SurveyTicket).where(SurveyTicket.window_id == window.id))
