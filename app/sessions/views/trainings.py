"""The list of training sessions, and one of them."""

from enum import StrEnum
from typing import TypeVar

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.courses import queries as courses
from app.platform.web import render
from app.platform.web.paging import paginate
from app.platform.web.panels import panels
from app.sessions import policy, queries
from app.sessions.pages import TrainingPage, TrainingsPage
from app.sessions.queries.lists import PHASE_OF, TrainingFilter, trainings
from app.sessions.queries.overview import overview
from app.sessions.queries.planning import programmes
from app.sessions.rules import Phase, Standing
from app.sessions.views.blueprint import bp

Choice = TypeVar("Choice", bound=StrEnum)


@bp.get("/sessions", may=Permission.SESSIONS_READ)
def index() -> Response:
    chosen = _chosen()
    return render(
        TrainingsPage(
            slice=paginate(trainings(g.actor, chosen), request.args.get("page", 1, type=int)),
            chosen=chosen,
            courses=courses.catalogue(),
            programmes=programmes(g.actor, Permission.SESSIONS_READ),
            may_plan=g.actor.may(Permission.SESSIONS_PLAN),
            sees_all_seats=policy.sees_whole_programmes(g.actor),
        )
    )


@bp.get("/sessions/<int:training_id>", may=Permission.SESSIONS_READ)
def training(training_id: int) -> Response:
    found = queries.training_for(g.actor, training_id)
    return render(TrainingPage(overview(g.actor, found), panels("training", g.actor, found)))


def _chosen() -> TrainingFilter:
    state = _one_of(Standing, "state")
    return TrainingFilter(
        phase=(PHASE_OF.get(state) if state else None) or _one_of(Phase, "when") or Phase.COMING,
        state=state,
        course=request.args.get("course", ""),
        programme=request.args.get("programme", ""),
    )


def _one_of(choices: type[Choice], name: str) -> Choice | None:
    asked = request.args.get(name, "")
    return next((choice for choice in choices if choice.value == asked), None)
