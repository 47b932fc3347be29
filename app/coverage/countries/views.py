"""Whole programmes. Only for those who see all factories of one."""

from datetime import date

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.coverage.countries.pages import CountryPage, WorldPage
from app.coverage.countries.reading import country, world
from app.coverage.forms import FilterForm
from app.factories.queries import programme_by_code
from app.platform.web import Blueprint, render

bp = Blueprint("countries", __name__)

_MAY = Permission.REQUIREMENTS_READ
"""Whoever looks after a whole programme; a factory sees its own people, and no other factory in sums."""


@bp.get("/coverage/countries", may=_MAY)
def index() -> Response:
    form, on, status = _asked()
    return render(WorldPage(form, world(g.actor, on), on), status)


@bp.get("/coverage/countries/<code>", may=_MAY)
def one(code: str) -> Response:
    programme = programme_by_code(g.actor, code, _MAY)
    form, on, status = _asked()
    found = country(g.actor, programme, on)
    sees_service = g.actor.scope(Permission.SERVICE_READ).reaches(programme.id)
    return render(CountryPage(form, found, sees_service, on), status)


def _asked() -> tuple[FilterForm, date | None, int]:
    form = FilterForm(request.args)
    is_valid = form.validate()
    return form, form.on.data if is_valid else None, 200 if is_valid else 422
