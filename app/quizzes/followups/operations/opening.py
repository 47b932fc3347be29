"""Opening by the clock what was planned, and reminding that it closes."""

from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db
from app.platform.faults import point
from app.quizzes.followups.events import FollowUpEnding, FollowUpOpened
from app.quizzes.followups.models import QuizPlan
from app.quizzes.followups.queries.people import left_out
from app.quizzes.followups.rules import HELD, Stage, is_last_call, stage
from app.quizzes.operations.windows import open_until
from app.sessions.models import TrainingSession


def open_planned(plan_id: int) -> None:
    """Open a planned quiz whose time has come, with an attempt ready for everybody who is asked. Again does nothing;
    neither does it where the training session is not held, or where the time is over.
    """
    row = db.session.get(QuizPlan, plan_id, populate_existing=True, with_for_update=True)
    if row is None or row.opened_at is not None or stage(row.opens_at, row.closes_at, now()) is not Stage.OPEN:
        return
    training = db.session.get_one(TrainingSession, row.training_id, populate_existing=True)
    if training.state not in HELD:
        return
    if not open_until(training.id, row.unit_id, row.closes_at, leaving_out=left_out(training.id, row.unit_id)):
        return
    row.opened_at = now()
    point("followups.opened")
    publish(FollowUpOpened(row.id))


def call_last(plan_id: int) -> None:
    """Remind factories once that a quiz closes in a week. Again does nothing."""
    row = db.session.get(QuizPlan, plan_id, populate_existing=True, with_for_update=True)
    if row is None or row.opened_at is None or row.last_call_at is not None:
        return
    if is_last_call(row.opens_at, row.closes_at, now()):
        row.last_call_at = now()
        publish(FollowUpEnding(row.id))
