"""Importing a roster: send a file, look at what it changes, apply it."""

from flask import flash, g, request, url_for
from werkzeug.datastructures import CombinedMultiDict
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories import labels, operations, queries
from app.factories.forms import ColumnsForm, RosterForm, choosing
from app.factories.frame import frame
from app.factories.models import Factory, RosterImport
from app.factories.pages import AppliedPage, ImportPage, RosterPage, WorkingPage
from app.factories.refusals import RosterRefused, found_refusal
from app.factories.roster.size import is_large
from app.factories.rules import ImportState
from app.factories.views.blueprint import bp
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.platform.web import changed, render, see_other
from app.platform.web.panels import panels

_MAY = Permission.ROSTERS_IMPORT


@bp.get("/factories/<code>/roster", may=_MAY)
def roster(code: str) -> Response:
    factory = queries.factory_by_code(g.actor, code, _MAY)
    return _show_roster(factory, RosterForm())


@bp.post("/factories/<code>/roster", may=_MAY)
def send_roster(code: str) -> Response:
    factory = queries.factory_by_code(g.actor, code, _MAY)
    is_chosen = "seen_row" in request.form
    form = (ColumnsForm if is_chosen else RosterForm)(CombinedMultiDict([request.files, request.form]))
    if not form.validate():
        return _show_roster(factory, form)
    chosen = form.chosen() if isinstance(form, ColumnsForm) else None
    try:
        data = form.read()
        take = operations.receive_roster if is_large(data) else operations.preview_roster
        found = take(g.actor, factory, form.file_name, data, chosen)
    except RosterRefused as refusal:
        form.roster.errors = [str(refusal)]
        return _show_roster(factory, form, refusal)
    return see_other(_address(found))


@bp.get("/factories/<code>/roster/<int:import_id>", may=_MAY)
def roster_import(code: str, import_id: int) -> Response:
    found = _load(code, import_id)
    tabs = frame(found.factory, panels("factory", g.actor, found.factory), "roster")
    if found.state in (ImportState.APPLIED, ImportState.UNDONE):
        return render(AppliedPage(tabs, found, found.counts["applied"], labels.CHANGES))
    if found.state == ImportState.WORKING:
        return render(WorkingPage(tabs, found))
    if found.state == ImportState.REFUSED:
        return _show_refused(found)
    form = choosing(ColumnsForm, found.choices["used"], found.choices["headings"])
    overtaken, proposal = queries.is_overtaken(found), queries.proposal(found)
    names = {row.employee_number: row.name for row in proposal.roster.rows}
    page = ImportPage(tabs, found, proposal, overtaken, form, names, labels.problem, labels.FIELDS, labels.ROLES)
    return render(page)


@bp.post("/factories/<code>/roster/<int:import_id>/application", may=_MAY)
def apply_roster(code: str, import_id: int) -> Response:
    found = _load(code, import_id)
    if operations.start_applying(g.actor, found.id, _ids("leaver"), _ids("same_person")).state == ImportState.APPLIED:
        flash(_("The roster is applied."), "done")
    return see_other(_address(found))


@bp.get("/factories/<code>/roster/<int:import_id>/progress", may=_MAY)
def roster_progress(code: str, import_id: int) -> Response:
    found = _load(code, import_id)
    return changed("factories/_progress.html", else_to=_address(found), found=found, factory=found.factory)


@bp.post("/factories/<code>/roster/<int:import_id>/undo", may=_MAY)
def undo_roster(code: str, import_id: int) -> Response:
    found = operations.undo_roster(g.actor, _load(code, import_id).id)
    flash(_("The staff list is taken back."), "done")
    return see_other(_address(found))


def _load(code: str, import_id: int) -> RosterImport:
    found = queries.roster_import(g.actor, import_id)
    if found.factory.code != code:
        raise NotFound
    return found


def _address(found: RosterImport) -> str:
    return url_for("factories.roster_import", code=found.factory.code, import_id=found.id)


def _ids(name: str) -> set[int]:
    return set(request.form.getlist(name, type=int))


def _show_refused(found: RosterImport) -> Response:
    """What `send_roster` shows of a small file that cannot be used."""
    refusal, form = found_refusal(found), RosterForm()
    form.roster.errors = [str(refusal)]
    return _show_roster(found.factory, form, refusal, 200)


def _show_roster(
    factory: Factory, form: RosterForm, refusal: RosterRefused | None = None, status: int = 422
) -> Response:
    tabs = frame(factory, panels("factory", g.actor, factory), "roster")
    columns = None
    if refusal and refusal.headings["columns"]:
        columns = choosing(ColumnsForm, refusal.choices, refusal.headings)
    page = RosterPage(tabs, form, columns, queries.roster_imports(factory.id))
    return render(page, status if form.errors else 200)
