"""The rules by which a programme plans, and its breaks."""

from datetime import time
from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.models import Programme
from app.factories.structure.labels import WEEKDAYS
from app.factories.structure.taken import Taken
from app.factories.structure.texts import name_fields, with_names
from app.platform.i18n import _
from app.platform.web import render, see_other
from app.sessions.models import PlanningRules
from app.sessions.registers import operations, policy
from app.sessions.registers.defaults import defaults
from app.sessions.registers.forms import BreakForm, RulesForm
from app.sessions.registers.pages import RulesPage
from app.sessions.registers.queries import things
from app.sessions.registers.settings import times_of
from app.sessions.registers.views.blueprint import blame, bp

_SEE, _MAY = Permission.SESSIONS_PLAN, Permission.REGISTERS_MANAGE


@bp.get("/registers/<code>/rules", may=_SEE)
def rules(code: str) -> Response:
    return _show(things.programme_for(g.actor, code))


@bp.post("/registers/<code>/rules", may=_MAY)
def change_rules(code: str) -> Response:
    programme, form = things.programme_for(g.actor, code, _MAY), RulesForm(request.form)
    if not form.validate():
        return _show(programme, form=form)
    operations.change_rules(g.actor, code, form.settings())
    flash(_("The rules are saved. What is planned stays as it is."), "done")
    return _back(code)


@bp.post("/registers/<code>/breaks", may=_MAY)
def add_break(code: str) -> Response:
    programme = things.programme_for(g.actor, code, _MAY)
    form = _break_form(programme, request.form)
    if not form.validate():
        return _show(programme, breaking=form)
    try:
        operations.add_break(g.actor, code, form.settings())
    except Taken as taken:
        blame(form, taken)
        return _show(programme, breaking=form)
    flash(_("The break is added."), "done")
    return _back(code)


@bp.post("/registers/<code>/breaks/<times>/removal", may=_MAY)
def remove_break(code: str, times: str) -> Response:
    operations.remove_break(g.actor, code, times)
    flash(_("The break is removed."), "done")
    return _back(code)


def _back(code: str) -> Response:
    return see_other(url_for("registers.rules", code=code))


def _break_form(programme: Programme, sent: Any = None) -> Any:
    return with_names(BreakForm, programme.languages)(sent)


def _rules_form(found: PlanningRules) -> RulesForm:
    data = {name: getattr(found, name) for name in ("release_one_in", "travel_near_minutes", "travel_far_minutes")}
    quiet = {name: time.fromisoformat(getattr(found, name)) for name in ("quiet_from", "quiet_until")}
    return RulesForm(data={**data, **quiet, "reminder_days": ", ".join(map(str, found.reminder_days))})


def _show(programme: Programme, form: Any = None, breaking: Any = None) -> Response:
    found = things.planning_rules(programme.id) or defaults()
    status = 422 if form or breaking else 200
    if policy.may_manage(g.actor, programme):
        form, breaking = form or _rules_form(found), breaking or _break_form(programme)
    breaks = [(times_of(each), each) for each in found.breaks]
    names = name_fields(breaking) if breaking else []
    return render(RulesPage(programme, found, breaks, WEEKDAYS, form, breaking, names), status)
