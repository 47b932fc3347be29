"""What the clock has to do with anonymous forms."""

import sqlalchemy as sa

from app.courses.models import CourseVersion
from app.courses.rules import FormKind
from app.platform.clock import now
from app.platform.db import db
from app.quizzes.surveys.models import SurveyWindow
from app.quizzes.surveys.queries.windows import published
from app.sessions.models import Meeting, TrainingSession
from app.sessions.rules import MeetingState, TrainingState


def closed() -> list[tuple[int, str]]:
    """Windows that closed and whose figures are not made yet, with when they closed."""
    rows = db.session.execute(
        sa.select(SurveyWindow.id, SurveyWindow.closes_at)
        .where(SurveyWindow.closes_at <= now(), sa.not_(SurveyWindow.is_counted))
        .order_by(SurveyWindow.id)
    )
    return [(window_id, closes_at.isoformat()) for window_id, closes_at in rows]


def to_open() -> list[int]:
    """Confirmed training sessions whose last half-day has begun and whose evaluation was never opened."""
    last = sa.func.max(Meeting.starts_at)
    begun = (
        sa.select(Meeting.training_id)
        .where(Meeting.state == MeetingState.PLANNED)
        .group_by(Meeting.training_id)
        .having(last <= now())
    )
    was_open = sa.exists().where(
        SurveyWindow.training_id == TrainingSession.id, SurveyWindow.factory_id.is_(None)
    )
    rows = db.session.execute(
        sa.select(TrainingSession.id, CourseVersion.forms)
        .join(CourseVersion, CourseVersion.id == TrainingSession.version_id)
        .where(TrainingSession.state == TrainingState.CONFIRMED, TrainingSession.id.in_(begun), ~was_open)
        .order_by(TrainingSession.id)
    )
    return [
        training_id for training_id, forms in rows
        if any(form.kind is FormKind.EVALUATION for form in published(forms))
    ]  # fmt: skip
