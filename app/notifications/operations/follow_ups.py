"""Quizzes before and after training sessions: factories are told who is still to answer and how, and no score."""

from zoneinfo import ZoneInfo

from app.accounts import queries as accounts
from app.courses.rules import QuizPhase
from app.notifications.choices import willing
from app.notifications.operations.about_trainings import send
from app.notifications.operations.telling import claim
from app.notifications.rules import TellingKind, Way
from app.platform.db import db
from app.platform.i18n import lazy
from app.quizzes.followups.models import QuizPlan
from app.quizzes.followups.queries import people
from app.quizzes.followups.rules import Asked


def tell_follow_up(plan_id: int, *, is_last: bool = False) -> None:
    """Each factory of which somebody is missing is told once when it opens, and once a week before the end."""
    plan = db.session.get_one(QuizPlan, plan_id)
    missing = [each for each in people(plan.training_id, plan.unit_id) if each.asked is Asked.MISSING]
    for factory in {each.factory.id: each.factory for each in missing}.values():
        own = [each.person for each in missing if each.factory.id == factory.id]
        for point in willing(accounts.focal_points([factory.id])):
            key = f"followup:{plan.id}:{plan.opened_at}:{is_last}:factory:{factory.id}:account:{point.account_id}"
            about = {"training_id": plan.training_id, "factory_id": factory.id, "account_id": point.account_id}
            if claim(key, TellingKind.REMINDER, Way.MAIL, **about) is not None:
                send(
                    plan.training, point, "follow_up", lazy("Still to answer: %(title)s"),
                    f"follow-ups/{plan.unit_id}", people=own, is_before=plan.phase is QuizPhase.PRE, is_last=is_last,
                    day=plan.closes_at.astimezone(ZoneInfo(plan.training.programme.zone)).date(),
                )  # fmt: skip
