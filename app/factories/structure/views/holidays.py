"""The holidays of a programme: the list of a year, add, change, remove."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.models import Holiday, Programme
from app.factories.structure import operations
from app.factories.structure.forms import HolidayForm
from app.factories.structure.pages import HolidayPage, HolidaysPage
from app.factories.structure.queries import programmes as queries
from app.factories.structure.taken import Taken
from app.factories.structure.texts import name_data, name_fields, with_names
from app.factories.structure.views.blueprint import blame, bp
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.web import render, see_other

_MAY = Permission.PROGRAMMES_MANAGE
_ONE = "/programmes/<code>/holidays/<int:holiday_id>"


@bp.get("/programmes/<code>/holidays", may=_MAY)
def holidays(code: str) -> Response:
    found = queries.managed_programme(g.actor, code)
    return _show_all(found, _form(found))


@bp.post("/programmes/<code>/holidays", may=_MAY)
def add_holiday(code: str) -> Response:
    found = queries.managed_programme(g.actor, code)
    form = _form(found, request.form)
    if not form.validate():
        return _show_all(found, form)
    try:
        holiday = operations.add_holiday(g.actor, code, form.settings())
    except Taken as taken:
        blame(form, taken)
        return _show_all(found, form)
    flash(_("The holiday is added."), "done")
    return _to_list(code, holiday.day.year)


@bp.get(_ONE, may=_MAY)
def holiday(code: str, holiday_id: int) -> Response:
    found = queries.managed_programme(g.actor, code)
    one = queries.holiday(found.id, holiday_id)
    data = {"day": one.day, "is_provisional": one.is_provisional, **name_data(one.name)}
    return _show(found, one, _form(found, None, data))


@bp.post(_ONE, may=_MAY)
def change_holiday(code: str, holiday_id: int) -> Response:
    found = queries.managed_programme(g.actor, code)
    one = queries.holiday(found.id, holiday_id)
    form = _form(found, request.form)
    if not form.validate():
        return _show(found, one, form)
    try:
        operations.change_holiday(g.actor, code, holiday_id, form.settings())
    except Taken as taken:
        blame(form, taken)
        return _show(found, one, form)
    flash(_("The holiday is changed."), "done")
    return _to_list(code, form.day.data.year)


@bp.post(f"{_ONE}/removal", may=_MAY)
def remove_holiday(code: str, holiday_id: int) -> Response:
    operations.remove_holiday(g.actor, code, holiday_id)
    flash(_("The holiday is removed."), "done")
    return _to_list(code)


def _form(programme: Programme, sent: Any = None, data: Any = None) -> Any:
    return with_names(HolidayForm, programme.languages)(sent, data=data)


def _to_list(code: str, year: int | None = None) -> Response:
    return see_other(url_for("structure.holidays", code=code, year=year))


def _show_all(found: Programme, form: Any) -> Response:
    this_year = today(found.zone).year
    year = request.args.get("year", this_year, type=int)
    year = year if 1900 <= year <= 2200 else this_year
    years = sorted({*queries.holiday_years(found.id), this_year, this_year + 1})
    listed = queries.holidays(found.id, year)
    page = HolidaysPage(found, listed, year, years, form, name_fields(form))
    return render(page, 422 if form.errors else 200)


def _show(found: Programme, one: Holiday, form: Any) -> Response:
    return render(HolidayPage(found, one, form, name_fields(form)), 422 if form.errors else 200)
