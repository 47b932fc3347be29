"""The facts of a course as a form."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.content.authoring import operations, queries
from app.content.authoring.facts_yaml import facts_text
from app.content.authoring.forms.facts import facts_form, facts_of
from app.content.authoring.models import Draft
from app.content.authoring.pages import FactsPage
from app.content.authoring.queries import StoredFile
from app.content.authoring.refusals import Stale
from app.content.authoring.report import facts_in, report
from app.content.authoring.views.blueprint import MAY, ONE, bp, seen_in
from app.content.authoring.views.shown import frame, shown
from app.content.compare import differences
from app.content.folder import COURSE_FILE, Folder
from app.content.schema import CourseFacts
from app.courses.rules import POINTS
from app.platform.i18n import _, text
from app.platform.web import render, see_other


@bp.get(f"{ONE}/facts", may=MAY)
def facts(draft: int) -> Response:
    found = queries.draft(g.actor, draft)
    stored = queries.file(found.id, COURSE_FILE)
    now = facts_in(found, stored.data)
    return _unreadable(found) if now is None else _show(found, now, _form(now, stored.revision))


@bp.post(f"{ONE}/facts", may=MAY)
def change_facts(draft: int) -> Response:
    found = queries.draft(g.actor, draft)
    stored = queries.file(found.id, COURSE_FILE)
    now = facts_in(found, stored.data)
    if now is None:
        return _unreadable(found, 409)
    form = _form(now, stored.revision, request.form)
    changed = facts_of(form, now) if form.validate() else None
    if changed is None:
        return _show(found, now, form, 422)
    try:
        operations.write_facts(g.actor, found.id, changed, seen=seen_in(form))
    except Stale as stale:
        form.seen.data = stale.revision
        return _show(found, now, form, 409, str(stale), _mine(changed, stored))
    flash(_("The facts are saved."), "done")
    return see_other(url_for("authoring.facts", draft=found.id))


def _form(facts: CourseFacts, revision: int, sent: Any = None) -> Any:
    form = facts_form(facts, [(code, text(titles)) for _id, code, titles, _number in queries.courses()], sent)
    if sent is None:
        form.seen.data = revision
    return form


def _mine(changed: CourseFacts, stored: StoredFile) -> tuple[str, ...]:
    """What saving now would change in what somebody else saved meanwhile."""
    mine = facts_text(changed).encode()
    found = differences(Folder(None, {COURSE_FILE: stored.data}), Folder(None, {COURSE_FILE: mine}))
    return found[0].lines if found else ()


def _show(
    draft: Draft, facts: CourseFacts, form: Any, status: int = 200, conflict: str = "", mine: tuple[str, ...] = ()
) -> Response:
    options = {option.data: option for option in form.themes}
    themes = {theme: [options[theme], *(options[f"{theme}/{point}"] for point in POINTS[theme])] for theme in POINTS}
    locales = list(facts.languages)
    return render(FactsPage(frame(draft), form, locales, themes, (), conflict, mine), status)


def _unreadable(draft: Draft, status: int = 200) -> Response:
    seen = report(draft)
    return render(FactsPage(frame(draft), None, (), {}, shown(draft, seen, seen.of(COURSE_FILE))), status)
