"""The blueprint of these pages, and the way in: who plans in several programmes chooses one."""

from typing import Any

from flask import g, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.structure.taken import Taken
from app.platform.i18n.languages import LANGUAGES
from app.platform.web import Blueprint, render, see_other
from app.sessions.queries.planning import programmes
from app.sessions.registers.pages import RegistersPage

bp = Blueprint("registers", __name__)
OWN_NAMES = {code: language.own_name for code, language in LANGUAGES.items()}


@bp.get("/registers", may=Permission.SESSIONS_PLAN)
def index() -> Response:
    found = programmes(g.actor, Permission.SESSIONS_PLAN)
    if len(found) == 1:
        return see_other(url_for("registers.rooms", code=found[0].code))
    return render(RegistersPage(found))


def blame(form: Any, taken: Taken) -> None:
    """Put what a constraint said at the field that it is about."""
    field = form[taken.field]
    field.errors = [*field.errors, str(taken)]
