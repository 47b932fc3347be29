"""The start page of each role, and the day of whoever has a part in training sessions."""

from datetime import date, timedelta

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.home import queries
from app.home.pages import DayPage, LearnerPage, StartPage
from app.home.sections import sections
from app.platform.clock import today
from app.platform.web import SIGNED_IN, Blueprint, render
from app.sessions.planner.queries.frame import programmes
from app.sessions.planner.rules import asked_day

bp = Blueprint("home", __name__)


@bp.get("/", may=SIGNED_IN)
def start() -> Response:
    if g.actor.person_id is not None:
        return render(LearnerPage(queries.own(g.actor, g.actor.person_id)))
    return render(StartPage(sections(g.actor)))


@bp.get("/my-day", may=Permission.SESSIONS_READ)
def my_day() -> Response:
    present = _today()
    day = asked_day(request.args.get("day", ""), present)
    return render(
        DayPage(
            parts=queries.my_day(g.actor, day),
            day=day,
            today=present,
            before=day - timedelta(days=1),
            after=day + timedelta(days=1),
            may_plan=g.actor.may(Permission.SESSIONS_PLAN),
        )
    )


def _today() -> date:
    """Today where the actor works: in the zone of the first programme."""
    found = programmes(g.actor)
    return today(found[0].zone if found else "UTC")
