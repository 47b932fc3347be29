"""The units of a course: their order, a new one, what each is."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.content.authoring import operations, queries
from app.content.authoring.forms.units import unit_form, unit_of
from app.content.authoring.models import Draft
from app.content.authoring.pages import UnitPage, UnitsPage
from app.content.authoring.refusals import Stale
from app.content.authoring.units import stays_because, with_moved, with_unit
from app.content.authoring.views.blueprint import MAY, ONE, bp, seen_in
from app.content.authoring.views.readable import readable_facts, stored_facts
from app.content.authoring.views.shown import frame
from app.content.schema import CourseFacts, UnitFacts
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import render, see_other
from app.platform.web.forms import number

_UNIT = f"{ONE}/units/<unit>"
_STAYS = {
    "only": lambda: _("A course has at least one unit."),
    "meeting": lambda: _("The unit of the half-days stays: a course has exactly one."),
    "bank": lambda: _("Another quiz asks the questions of this one. Give it its own first."),
    "test": lambda: _("This is the test to pass. Choose another one in the course facts first."),
}


@bp.get(f"{ONE}/units", may=MAY)
def units(draft: int) -> Response:
    found = queries.draft(g.actor, draft)
    facts, seen = stored_facts(found)
    return _show_all(found, facts, seen, _new(facts, seen))


@bp.post(f"{ONE}/units", may=MAY)
def add_unit(draft: int) -> Response:
    found = queries.draft(g.actor, draft)
    facts, seen = readable_facts(found)
    form = _new(facts, seen, request.form)
    made = unit_of(form, None, facts.languages) if form.validate() else None
    if made is None:
        return _show_all(found, facts, seen, form, 422)
    try:
        operations.write_facts(g.actor, found.id, with_unit(facts, made), seen=seen_in(form))
    except Stale as stale:
        form.seen.data = stale.revision
        return _show_all(found, facts, seen, form, 409, str(stale))
    flash(_("The unit is added."), "done")
    return _to_list(found)


@bp.get(_UNIT, may=MAY)
def unit(draft: int, unit: str) -> Response:
    found = queries.draft(g.actor, draft)
    facts, seen = readable_facts(found)
    one = _one(facts, unit)
    return _show(found, facts, one, seen, _form(facts, one, seen))


@bp.post(_UNIT, may=MAY)
def change_unit(draft: int, unit: str) -> Response:
    found = queries.draft(g.actor, draft)
    facts, seen = readable_facts(found)
    one = _one(facts, unit)
    form = _form(facts, one, seen, request.form)
    changed = unit_of(form, one, facts.languages) if form.validate() else None
    if changed is None:
        return _show(found, facts, one, seen, form, 422)
    try:
        operations.change_unit(g.actor, found.id, facts, one.id, changed, seen=seen_in(form))
    except Stale as stale:
        form.seen.data = stale.revision
        return _show(found, facts, one, seen, form, 409, str(stale))
    flash(_("The unit is saved."), "done")
    return _to_list(found)


@bp.post(f"{_UNIT}/position", may=MAY)
def move_unit(draft: int, unit: str) -> Response:
    found = queries.draft(g.actor, draft)
    facts, _seen = readable_facts(found)
    by = -1 if request.form.get("to") == "earlier" else 1
    moved = with_moved(facts, _one(facts, unit).id, by)
    operations.write_facts(g.actor, found.id, moved, seen=number(request.form.get("seen")) or 0)
    return see_other(url_for("authoring.units", draft=found.id) + f"#unit-{unit}")


@bp.post(f"{_UNIT}/removal", may=MAY)
def remove_unit(draft: int, unit: str) -> Response:
    found = queries.draft(g.actor, draft)
    facts, _seen = readable_facts(found)
    one = _one(facts, unit)
    if why := stays_because(facts, one.id):
        raise Refused(_STAYS[why]())
    operations.remove_unit(g.actor, found.id, facts, one.id, seen=number(request.form.get("seen")) or 0)
    flash(_("The unit and its files are taken away."), "done")
    return _to_list(found)


def _one(facts: CourseFacts, code: str) -> UnitFacts:
    found = next((unit for unit in facts.units if unit.id == code), None)
    if found is None:
        raise NotFound
    return found


def _new(facts: CourseFacts | None, seen: int, sent: Any = None) -> Any:
    others = facts.units if facts else ()
    return _with_seen(unit_form(None, facts.languages if facts else (), others, sent), seen, sent)


def _form(facts: CourseFacts, unit: UnitFacts, seen: int, sent: Any = None) -> Any:
    others = [each for each in facts.units if each.id != unit.id]
    return _with_seen(unit_form(unit, facts.languages, others, sent), seen, sent)


def _with_seen(form: Any, seen: int, sent: Any) -> Any:
    if sent is None:
        form.seen.data = seen
    return form


def _to_list(draft: Draft) -> Response:
    return see_other(url_for("authoring.units", draft=draft.id))


def _show_all(
    draft: Draft, facts: CourseFacts | None, seen: int, form: Any, status: int = 200, conflict: str = ""
) -> Response:
    units, locales = (facts.units, list(facts.languages)) if facts else (None, [])
    return render(UnitsPage(frame(draft), units, form, locales, seen, conflict), status)


def _show(
    draft: Draft, facts: CourseFacts, unit: UnitFacts, seen: int, form: Any, status: int = 200, conflict: str = ""
) -> Response:
    why = stays_because(facts, unit.id)
    stays = _STAYS[why]() if why else ""
    return render(UnitPage(frame(draft), unit, form, list(facts.languages), seen, stays, conflict), status)
