"""The ways to run a course: their sittings, and the units that fill each."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.content.authoring import operations, queries
from app.content.authoring.forms.layouts import layout_form, layout_of
from app.content.authoring.layouts import with_changed_layout, with_layout, without_layout
from app.content.authoring.models import Draft
from app.content.authoring.pages import LayoutPage, LayoutsPage
from app.content.authoring.refusals import Stale
from app.content.authoring.views.blueprint import MAY, ONE, bp, seen_in
from app.content.authoring.views.readable import readable_facts
from app.content.authoring.views.shown import frame
from app.content.schema import CourseFacts, Layout
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.platform.web import render, see_other
from app.platform.web.forms import number

_ALL = f"{ONE}/timetables"
_LAYOUT = f"{_ALL}/<layout>"


@bp.get(_ALL, may=MAY)
def layouts(draft: int) -> Response:
    found = queries.draft(g.actor, draft)
    facts, seen = readable_facts(found)
    return _show_all(found, facts, _form(facts, None, seen))


@bp.post(_ALL, may=MAY)
def add_layout(draft: int) -> Response:
    found = queries.draft(g.actor, draft)
    facts, seen = readable_facts(found)
    form = _form(facts, None, seen, request.form)
    made = layout_of(form, facts, None) if form.validate() else None
    if made is None:
        return _show_all(found, facts, form, 422)
    try:
        operations.write_facts(g.actor, found.id, with_layout(facts, made), seen=seen_in(form))
    except Stale as stale:
        form.seen.data = stale.revision
        return _show_all(found, facts, form, 409, str(stale))
    flash(_("The timetable is added."), "done")
    return _to_list(found)


@bp.get(_LAYOUT, may=MAY)
def layout(draft: int, layout: str) -> Response:
    found = queries.draft(g.actor, draft)
    facts, seen = readable_facts(found)
    one = _one(facts, layout)
    return _show(found, facts, one, seen, _form(facts, one, seen))


@bp.post(_LAYOUT, may=MAY)
def change_layout(draft: int, layout: str) -> Response:
    found = queries.draft(g.actor, draft)
    facts, seen = readable_facts(found)
    one = _one(facts, layout)
    form = _form(facts, one, seen, request.form)
    changed = layout_of(form, facts, one) if form.validate() else None
    if changed is None:
        return _show(found, facts, one, seen, form, 422)
    try:
        operations.write_facts(g.actor, found.id, with_changed_layout(facts, one.id, changed), seen=seen_in(form))
    except Stale as stale:
        form.seen.data = stale.revision
        return _show(found, facts, one, seen, form, 409, str(stale))
    flash(_("The timetable is saved."), "done")
    return _to_list(found)


@bp.post(f"{_LAYOUT}/removal", may=MAY)
def remove_layout(draft: int, layout: str) -> Response:
    found = queries.draft(g.actor, draft)
    facts, _seen = readable_facts(found)
    left = without_layout(facts, _one(facts, layout).id)
    operations.write_facts(g.actor, found.id, left, seen=number(request.form.get("seen")) or 0)
    flash(_("The timetable is taken away. Its units stay."), "done")
    return _to_list(found)


def _one(facts: CourseFacts, code: str) -> Layout:
    found = next((layout for layout in facts.layouts if layout.id == code), None)
    if found is None:
        raise NotFound
    return found


def _form(facts: CourseFacts, layout: Layout | None, seen: int, sent: Any = None) -> Any:
    form = layout_form(facts, layout, [each.id for each in facts.layouts if each is not layout], sent)
    if sent is None:
        form.seen.data = seen
    return form


def _to_list(draft: Draft) -> Response:
    return see_other(url_for("authoring.layouts", draft=draft.id))


def _show_all(draft: Draft, facts: CourseFacts, form: Any, status: int = 200, conflict: str = "") -> Response:
    return render(LayoutsPage(frame(draft), facts.layouts, form, list(facts.languages), conflict), status)


def _show(
    draft: Draft, facts: CourseFacts, layout: Layout, seen: int, form: Any, status: int = 200, conflict: str = ""
) -> Response:
    return render(LayoutPage(frame(draft), layout, form, list(facts.languages), seen, conflict), status)
