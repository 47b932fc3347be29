"""The start page of each role."""

from flask import g
from werkzeug.wrappers import Response

from app.home import queries
from app.home.pages import LearnerPage, StartPage
from app.home.sections import sections
from app.platform.web import SIGNED_IN, Blueprint, render

bp = Blueprint("home", __name__)


@bp.get("/", may=SIGNED_IN)
def start() -> Response:
    if g.actor.person_id is not None:
        return render(LearnerPage(queries.own(g.actor, g.actor.person_id)))
    return render(StartPage(sections(g.actor)))
