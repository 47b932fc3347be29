"""The forms without right answers that a course has: the evaluation, the survey of workers."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.content.authoring import operations, queries
from app.content.authoring.forms.asking import asked_of, asking_form
from app.content.authoring.models import Draft
from app.content.authoring.pages import FormsPage
from app.content.authoring.refusals import Stale
from app.content.authoring.views.blueprint import MAY, ONE, bp, seen_in
from app.content.authoring.views.readable import readable_facts
from app.content.authoring.views.shown import frame
from app.content.schema import CourseFacts
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.platform.web import render, see_other
from app.platform.web.forms import number

_ALL = f"{ONE}/forms"


@bp.get(_ALL, may=MAY)
def forms(draft: int) -> Response:
    found = queries.draft(g.actor, draft)
    facts, seen = readable_facts(found)
    form = _form(facts)
    form.seen.data = seen
    return _show(found, facts, seen, form)


@bp.post(_ALL, may=MAY)
def add_form(draft: int) -> Response:
    found = queries.draft(g.actor, draft)
    facts, seen = readable_facts(found)
    form = _form(facts, request.form)
    made = asked_of(form, facts.languages) if form.validate() else None
    if made is None:
        return _show(found, facts, seen, form, 422)
    try:
        more = facts.model_copy(update={"forms": (*facts.forms, made)})
        operations.write_facts(g.actor, found.id, more, seen=seen_in(form))
    except Stale as stale:
        form.seen.data = stale.revision
        return _show(found, facts, seen, form, 409, str(stale))
    flash(_("The form is named. Now write its questions."), "done")
    return _to_list(found)


@bp.post(f"{_ALL}/<form>/removal", may=MAY)
def remove_form(draft: int, form: str) -> Response:
    found = queries.draft(g.actor, draft)
    facts, _seen = readable_facts(found)
    if form not in {each.id for each in facts.forms}:
        raise NotFound
    operations.remove_form(g.actor, found.id, facts, form, seen=number(request.form.get("seen")) or 0)
    flash(_("The form and its questions are taken away."), "done")
    return _to_list(found)


def _form(facts: CourseFacts, sent: Any = None) -> Any:
    return asking_form(facts.languages, [each.id for each in facts.forms], sent)


def _to_list(draft: Draft) -> Response:
    return see_other(url_for("authoring.forms", draft=draft.id))


def _show(draft: Draft, facts: CourseFacts, seen: int, form: Any, status: int = 200, conflict: str = "") -> Response:
    return render(FormsPage(frame(draft), facts.forms, form, list(facts.languages), seen, conflict), status)
