"""One action: how far it is, its history, and what a person does with it."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.accounts.queries import accounts_by_id
from app.improvement.roadmap import operations, queries, rules
from app.improvement.roadmap.forms import DropForm, PlanForm
from app.improvement.roadmap.labels import OBSTACLES
from app.improvement.roadmap.models import RoadmapAction
from app.improvement.roadmap.pages import ActionPage, PlanPage
from app.improvement.roadmap.views.asking import titles
from app.improvement.roadmap.views.blueprint import bp
from app.improvement.roadmap.views.factory import ADDRESS
from app.improvement.roadmap.views.planning import planned
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import render, see_other

_READ, _WRITE, _CLOSE = Permission.ROADMAP_READ, Permission.ROADMAP_WRITE, Permission.ROADMAP_CLOSE
_ONE = f"{ADDRESS}/<int:action_id>"


@bp.get(_ONE, may=_READ)
def action(code: str, action_id: int) -> Response:
    return _show(_action(code, action_id, _READ))


@bp.get(f"{_ONE}/plan", may=_WRITE)
def plan(code: str, action_id: int) -> Response:
    found = _action(code, action_id, _WRITE)
    form = planned(found.factory)
    form.show(found)
    return _show_plan(found, form)


@bp.post(f"{_ONE}/plan", may=_WRITE)
def change(code: str, action_id: int) -> Response:
    found = _action(code, action_id, _WRITE)
    form = planned(found.factory, request.form)
    if not form.validate():
        return _show_plan(found, form, 422)
    try:
        operations.change(g.actor, action_id, form.plan())
    except Refused as refusal:
        form.form_errors = [str(refusal)]
        return _show_plan(found, form, 422)
    flash(_("The action is planned anew."), "done")
    return _back(code, action_id)


@bp.post(f"{_ONE}/step", may=_WRITE)
def mark_step(code: str, action_id: int) -> Response:
    _action(code, action_id, _WRITE)
    operations.mark_step(g.actor, action_id, is_done=request.form.get("done") == "1")
    flash(_("The step is noted."), "done")
    return _back(code, action_id)


@bp.post(f"{_ONE}/closing", may=_CLOSE)
def close(code: str, action_id: int) -> Response:
    _action(code, action_id, _CLOSE)
    operations.close(g.actor, action_id)
    flash(_("The action is closed."), "done")
    return _back(code, action_id)


@bp.post(f"{_ONE}/dropping", may=_CLOSE)
def drop(code: str, action_id: int) -> Response:
    found, form = _action(code, action_id, _CLOSE), DropForm(request.form)
    if not form.validate():
        return _show(found, form, 422)
    operations.drop(g.actor, action_id, form.reason.data)
    flash(_("The action is not gone on with."), "done")
    return _back(code, action_id)


def _action(code: str, action_id: int, permission: Permission) -> RoadmapAction:
    found = queries.action(g.actor, action_id, permission)
    if found.factory.code != code:
        raise NotFound
    return found


def _back(code: str, action_id: int) -> Response:
    return see_other(url_for("roadmap.action", code=code, action_id=action_id))


def _show_plan(found: RoadmapAction, form: PlanForm, status: int = 200) -> Response:
    address = url_for("roadmap.change", code=found.factory.code, action_id=found.id)
    return render(PlanPage(found.factory, found, form, address), status)


def _show(found: RoadmapAction, form: DropForm | None = None, status: int = 200) -> Response:
    factory, history = found.factory, queries.history(found.id)
    names = accounts_by_id({each.account_id for each in history if each.account_id})
    may = {each: g.actor.scope(each).reaches(factory.programme_id, factory.id) for each in (_WRITE, _CLOSE)}
    page = ActionPage(
        factory=factory,
        action=found,
        history=history,
        names={number: account.name for number, account in names.items()},
        titles=titles(),
        day=today(factory.programme.zone),
        obstacle=rules.obstacle(
            found.state, has_course=found.course_id is not None, step_is_done=found.step_done_on is not None),
        obstacles=OBSTACLES,
        drop_form=form or DropForm(),
        may_write=may[_WRITE],
        may_close=may[_CLOSE],
    )
    return render(page, status)
