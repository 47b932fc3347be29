"""What the clock has to do with planned quizzes."""

import sqlalchemy as sa

from app.courses.models import Unit
from app.courses.rules import QuizPhase, UnitKind
from app.platform.clock import now
from app.platform.db import db
from app.quizzes.followups.models import QuizPlan
from app.quizzes.followups.rules import HELD, LAST_CALL
from app.sessions.models import Meeting, TrainingSession
from app.sessions.rules import MeetingState


def to_plan() -> list[int]:
    """Training sessions without the plans that their course asks for: those of before quizzes planned themselves."""
    known = sa.exists().where(QuizPlan.training_id == TrainingSession.id, QuizPlan.unit_id == Unit.id)
    has_half_day = sa.exists().where(Meeting.training_id == TrainingSession.id, Meeting.state == MeetingState.PLANNED)
    statement = (
        sa.select(TrainingSession.id)
        .join(Unit, Unit.version_id == TrainingSession.version_id)
        .where(Unit.kind == UnitKind.QUIZ, Unit.phase.in_((QuizPhase.PRE, QuizPhase.FOLLOW_UP)))
        .where(TrainingSession.state.in_(HELD), ~known, has_half_day)
    )
    return sorted(set(db.session.scalars(statement)))


def to_open() -> list[int]:
    """Plans whose time has come, of training sessions that are held."""
    statement = (
        sa.select(QuizPlan.id)
        .join(TrainingSession, TrainingSession.id == QuizPlan.training_id)
        .where(QuizPlan.opens_at <= now(), QuizPlan.closes_at > now(), QuizPlan.opened_at.is_(None))
        .where(TrainingSession.state.in_(HELD))
        .order_by(QuizPlan.id)
    )
    return list(db.session.scalars(statement))


def to_call() -> list[int]:
    """Plans that are open and close within a week, and of which nobody was reminded yet."""
    statement = sa.select(QuizPlan.id).where(
        QuizPlan.opened_at.is_not(None), QuizPlan.last_call_at.is_(None), QuizPlan.phase == QuizPhase.FOLLOW_UP,
        QuizPlan.closes_at > now(), QuizPlan.closes_at <= now() + LAST_CALL,
    )  # fmt: skip
    return list(db.session.scalars(statement.order_by(QuizPlan.id)))
