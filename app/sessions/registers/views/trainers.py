"""Trainers: the list, and one with languages, courses and leave."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.accounts.models import Account
from app.courses import queries as courses
from app.factories.models import Programme
from app.platform.clock import today
from app.platform.i18n import _, text
from app.platform.refusal import NotFound, Refused
from app.platform.web import render, see_other
from app.platform.web.forms import offered
from app.sessions.registers import operations, policy
from app.sessions.registers.forms import LanguagesForm, LeaveForm, QualificationForm
from app.sessions.registers.pages import TrainerPage, TrainersPage
from app.sessions.registers.queries import trainers as queries
from app.sessions.registers.queries.things import programme_for
from app.sessions.registers.views.blueprint import OWN_NAMES, bp

_SEE, _MAY = Permission.SESSIONS_PLAN, Permission.REGISTERS_MANAGE
_ONE = "/registers/<code>/trainers/<int:trainer_id>"
_LEAVE = "leave"


@bp.get("/registers/<code>/trainers", may=_SEE)
def trainers(code: str) -> Response:
    programme = programme_for(g.actor, code)
    rows = queries.rows(g.actor, programme)
    return render(TrainersPage(programme, rows, OWN_NAMES, today(programme.zone)))


@bp.get(_ONE, may=_SEE)
def trainer(code: str, trainer_id: int) -> Response:
    return _show(*_load(code, trainer_id))


@bp.post(f"{_ONE}/languages", may=_SEE)
def say_languages(code: str, trainer_id: int) -> Response:
    form = LanguagesForm(request.form)
    if not form.validate():
        return _show(*_load(code, trainer_id), speaking=form)
    operations.say_languages(g.actor, code, trainer_id, form.languages.data or ())
    flash(_("The languages are saved."), "done")
    return _back(code, trainer_id)


@bp.post(f"{_ONE}/qualifications", may=_MAY)
def qualify(code: str, trainer_id: int) -> Response:
    found, form = _load(code, trainer_id, _MAY), _qualifying(request.form)
    if not form.validate() or form.starts_on.data is None:
        return _show(*found, qualifying=form)
    try:
        operations.qualify(g.actor, code, trainer_id, form.course.data, form.starts_on.data, form.ends_on.data)
    except NotFound:
        raise
    except Refused as refusal:
        form.ends_on.errors = [str(refusal)]
        return _show(*found, qualifying=form)
    flash(_("The trainer may teach this course."), "done")
    return _back(code, trainer_id)


@bp.post(f"{_ONE}/qualifications/<int:qualification_id>/removal", may=_MAY)
def disqualify(code: str, trainer_id: int, qualification_id: int) -> Response:
    operations.disqualify(g.actor, code, trainer_id, qualification_id)
    flash(_("The qualification is removed."), "done")
    return _back(code, trainer_id)


@bp.post(f"{_ONE}/leave", may=_SEE)
def add_leave(code: str, trainer_id: int) -> Response:
    found, form = _load(code, trainer_id), LeaveForm(request.form, prefix=_LEAVE)
    if not form.validate() or form.starts_on.data is None or form.ends_on.data is None:
        return _show(*found, leaving=form)
    try:
        operations.add_leave(g.actor, code, trainer_id, form.starts_on.data, form.ends_on.data)
    except NotFound:
        raise
    except Refused as refusal:
        form.ends_on.errors = [str(refusal)]
        return _show(*found, leaving=form)
    flash(_("The leave is entered. Whoever plans sees the days."), "done")
    return _back(code, trainer_id)


@bp.post(f"{_ONE}/leave/<int:absence_id>/removal", may=_SEE)
def remove_leave(code: str, trainer_id: int, absence_id: int) -> Response:
    operations.remove_leave(g.actor, code, trainer_id, absence_id)
    flash(_("The leave is removed."), "done")
    return _back(code, trainer_id)


def _load(code: str, trainer_id: int, permission: Permission = _SEE) -> tuple[Programme, Account]:
    programme = programme_for(g.actor, code, permission)
    return programme, queries.trainer(g.actor, programme, trainer_id)


def _qualifying(sent: Any = None) -> QualificationForm:
    form = QualificationForm(sent)
    form.course.choices = offered((each.course.code, text(each.titles)) for each in courses.catalogue())
    return form


def _back(code: str, trainer_id: int) -> Response:
    return see_other(url_for("registers.trainer", code=code, trainer_id=trainer_id))


def _show(
    programme: Programme, account: Account, speaking: Any = None, qualifying: Any = None, leaving: Any = None
) -> Response:
    is_wrong = bool(speaking or qualifying or leaving)
    spoken = queries.languages(account.id)
    if policy.may_keep(g.actor, programme, account.id):
        speaking = speaking or LanguagesForm(data={"languages": spoken or []})
        leaving = leaving or LeaveForm(prefix=_LEAVE)
    if policy.may_manage(g.actor, programme):
        qualifying = qualifying or _qualifying()
    page = TrainerPage(
        programme, account, spoken, OWN_NAMES, queries.qualifications(programme.id, account.id),
        queries.leave(account.id, today(programme.zone)), speaking, qualifying, leaving,
    )  # fmt: skip
    return render(page, 422 if is_wrong else 200)
