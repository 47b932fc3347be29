"""Committees of a factory: the list, one with its members and its balance."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.frame import frame
from app.factories.models import Committee, Factory
from app.factories.queries import factory_by_code
from app.factories.structure import labels, operations
from app.factories.structure.forms import CommitteeForm, DayForm, MemberForm, SideForm
from app.factories.structure.pages import CommitteePage, CommitteesPage, MemberPage
from app.factories.structure.queries import factories as queries
from app.factories.structure.views.blueprint import bp
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import render, see_other
from app.platform.web.forms import offered
from app.platform.web.panels import panels

_READ, _MANAGE, _SIDE = Permission.COMMITTEES_READ, Permission.COMMITTEES_MANAGE, Permission.COMMITTEES_SIDE
_ONE = "/factories/<code>/committees/<int:committee_id>"
_TERM = "term"
_MEMBER = f"{_ONE}/members/<int:member_id>"


@bp.get("/factories/<code>/committees", may=_READ)
def committees(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _READ)
    return _show_all(factory, CommitteeForm() if _holds(factory, _MANAGE) else None)


@bp.post("/factories/<code>/committees", may=_MANAGE)
def create_committee(code: str) -> Response:
    factory, form = factory_by_code(g.actor, code, _MANAGE), CommitteeForm(request.form)
    if not form.validate() or form.starts_on.data is None:
        return _show_all(factory, form)
    try:
        made = operations.create_committee(g.actor, code, form.kind.data, form.starts_on.data, form.ends_on.data)
    except NotFound:
        raise
    except Refused as refusal:
        form.starts_on.errors = [str(refusal)]
        return _show_all(factory, form)
    flash(_("The committee is set up. Now name its members."), "done")
    return _to(code, made.id)


@bp.get(_ONE, may=_READ)
def committee(code: str, committee_id: int) -> Response:
    factory, found = queries.committee(g.actor, code, committee_id, _READ)
    return _show(factory, found)


@bp.post(_ONE, may=_MANAGE)
def change_committee(code: str, committee_id: int) -> Response:
    factory, found = queries.committee(g.actor, code, committee_id, _MANAGE)
    form = CommitteeForm(request.form, prefix=_TERM)
    del form.kind
    if not form.validate() or form.starts_on.data is None:
        return _show(factory, found, form)
    try:
        operations.change_committee(g.actor, code, committee_id, form.starts_on.data, form.ends_on.data)
    except NotFound:
        raise
    except Refused as refusal:
        form.starts_on.errors = [str(refusal)]
        return _show(factory, found, form)
    flash(_("The term is changed."), "done")
    return _to(code, committee_id)


@bp.post(f"{_ONE}/members", may=_MANAGE)
def add_member(code: str, committee_id: int) -> Response:
    factory, found = queries.committee(g.actor, code, committee_id, _MANAGE)
    joining = _joining(factory, request.form)
    if not joining.validate():
        return _show(factory, found, joining=joining)
    try:
        operations.add_member(
            g.actor, code, committee_id, joining.person.data, joining.side.data, joining.starts_on.data)
    except NotFound:
        raise
    except Refused as refusal:
        joining.starts_on.errors = [str(refusal)]
        return _show(factory, found, joining=joining)
    flash(_("The person is on the committee."), "done")
    return _to(code, committee_id)


@bp.get(_MEMBER, may=_MANAGE)
def member(code: str, committee_id: int, member_id: int) -> Response:
    factory, found = queries.committee(g.actor, code, committee_id, _MANAGE)
    return _show_member(factory, found, member_id, _ending(factory))


@bp.post(_MEMBER, may=_MANAGE)
def end_membership(code: str, committee_id: int, member_id: int) -> Response:
    factory, found = queries.committee(g.actor, code, committee_id, _MANAGE)
    form = DayForm(request.form)
    if not form.validate() or form.day.data is None:
        return _show_member(factory, found, member_id, form)
    try:
        operations.end_membership(g.actor, code, committee_id, member_id, form.day.data)
    except NotFound:
        raise
    except Refused as refusal:
        form.day.errors = [str(refusal)]
        return _show_member(factory, found, member_id, form)
    flash(_("The membership ends on that day."), "done")
    return _to(code, committee_id)


@bp.post(f"{_MEMBER}/side", may=_SIDE)
def correct_side(code: str, committee_id: int, member_id: int) -> Response:
    factory, found = queries.committee(g.actor, code, committee_id, _MANAGE)
    siding = SideForm(request.form)
    if not siding.validate():
        return _show_member(factory, found, member_id, _ending(factory), siding)
    operations.correct_side(g.actor, code, committee_id, member_id, siding.side.data)
    flash(_("The side is corrected."), "done")
    return _to(code, committee_id)


def _ending(factory: Factory) -> DayForm:
    return DayForm(data={"day": today(factory.programme.zone)})


def _holds(factory: Factory, permission: Permission) -> bool:
    return bool(g.actor.scope(permission).reaches(factory.programme_id, factory.id))


def _to(code: str, committee_id: int) -> Response:
    return see_other(url_for("structure.committee", code=code, committee_id=committee_id))


def _joining(factory: Factory, sent: Any = None) -> Any:
    """The form for a new member, with the people whom the search finds - the chosen one, once it is sent."""
    words = request.values.get("q", "")
    form = MemberForm(sent, data={"starts_on": today(factory.programme.zone)})
    form.person.choices = offered(queries.people_found(factory.id, words)) if words.strip() else []
    return form


def _show_all(factory: Factory, form: CommitteeForm | None) -> Response:
    tabs = frame(factory, panels("factory", g.actor, factory), "committees")
    rows = queries.committees(factory.id, today(factory.programme.zone))
    return render(CommitteesPage(tabs, rows, labels.COMMITTEES, form), 422 if form and form.errors else 200)


def _show(factory: Factory, found: Committee, form: Any = None, joining: Any = None) -> Response:
    tabs, day = frame(factory, panels("factory", g.actor, factory), "committees"), today(factory.programme.zone)
    members, sees_sides = queries.members(found.id), _holds(factory, _SIDE)
    here = queries.working(factory.id, members, day)
    if _holds(factory, _MANAGE):
        data = {"starts_on": found.starts_on, "ends_on": found.ends_on}
        form, joining = form or CommitteeForm(data=data, prefix=_TERM), joining or _joining(factory)
    page = CommitteePage(
        tabs, found, labels.COMMITTEES, members, here, day, labels.SIDES if sees_sides else None,
        queries.balance_on(found, members, here, day) if sees_sides else None,
        form, joining, request.values.get("q", ""))
    is_wrong = bool((form and form.errors) or (joining and joining.errors))
    return render(page, 422 if is_wrong else 200)


def _show_member(
    factory: Factory, found: Committee, member_id: int, form: DayForm, siding: SideForm | None = None
) -> Response:
    tabs, one = frame(factory, panels("factory", g.actor, factory), "committees"), queries.member(found.id, member_id)
    if siding is None and _holds(factory, _SIDE):
        siding = SideForm(data={"side": one.side})
    is_wrong = bool(form.errors or (siding and siding.errors))
    return render(MemberPage(tabs, found, labels.COMMITTEES, one, form, siding), 422 if is_wrong else 200)
