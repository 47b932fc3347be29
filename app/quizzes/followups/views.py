"""Which quizzes before and after training sessions are open, and who has not answered."""

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.web import Blueprint, render
from app.platform.web.forms import number
from app.quizzes.followups import queries
from app.quizzes.followups.pages import FollowUpPage, FollowUpsPage
from app.quizzes.followups.rules import Stage
from app.quizzes.policy import factories_seen
from app.sessions.queries import training_for

bp = Blueprint("followups", __name__)
READ = Permission.RESULTS_READ
_ON_A_PAGE = 50


@bp.get("/follow-ups", may=READ)
def index() -> Response:
    stage = next((each for each in Stage if each == request.args.get("stage")), Stage.OPEN)
    page = max(1, number(request.args.get("page")) or 1)
    rows = queries.plans(g.actor, stage, _ON_A_PAGE + 1, (page - 1) * _ON_A_PAGE)
    return render(FollowUpsPage(rows[:_ON_A_PAGE], stage, page, len(rows) > _ON_A_PAGE))


@bp.get("/sessions/<int:training_id>/follow-ups/<int:unit_id>", may=READ)
def one(training_id: int, unit_id: int) -> Response:
    training = training_for(g.actor, training_id)
    plan = queries.plan_for(training, unit_id)
    factories = factories_seen(g.actor, training)
    row = next(each for each in queries.plans_of(training, factories) if each.plan.id == plan.id)
    return render(FollowUpPage(training, plan, row, queries.people(training.id, unit_id, factories)))
