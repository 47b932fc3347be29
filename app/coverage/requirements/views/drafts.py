"""Writing a requirement: choose a kind, fill in its form, look at what it would do, publish it."""

from datetime import timedelta
from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.coverage.requirements import documents, operations
from app.coverage.requirements.checks import problems, reaches_no_role
from app.coverage.requirements.forms import data_of, requirement_form
from app.coverage.requirements.models import RequirementDraft
from app.coverage.requirements.pages import DraftPage, FormPage, KindsPage
from app.coverage.requirements.previews import people_due, preview
from app.coverage.requirements.queries import listed, loading
from app.coverage.requirements.rules import Kind, Rule, Said
from app.coverage.requirements.views.blueprint import bp, factories_of, sliced
from app.coverage.requirements.views.listed import ALL
from app.factories.models import Factory, Programme
from app.factories.queries import factory_by_code
from app.factories.rules import JobRole
from app.factories.structure.taken import Taken
from app.factories.structure.texts import name_fields
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.platform.web import render, see_other
from app.platform.web.addresses import neighbours

_MAY = Permission.REQUIREMENTS_MANAGE
_NEW = f"{ALL}/new"
_DRAFT = f"{ALL}/drafts/<int:requirement_draft_id>"


@bp.get(_NEW, may=_MAY)
def kinds(code: str) -> Response:
    return render(KindsPage(loading.programme(g.actor, code, _MAY)))


@bp.get(f"{_NEW}/<requirement_kind>", may=_MAY)
def new(code: str, requirement_kind: str) -> Response:
    programme, kind = loading.programme(g.actor, code, _MAY), _kind(requirement_kind)
    tomorrow = today(programme.zone) + timedelta(days=1)
    return _show_form(programme, kind, _form(programme, kind, data={"starts_on": tomorrow}))


@bp.post(f"{_NEW}/<requirement_kind>", may=_MAY)
def propose(code: str, requirement_kind: str) -> Response:
    programme, kind = loading.programme(g.actor, code, _MAY), _kind(requirement_kind)
    form = _form(programme, kind, request.form)
    if not form.validate() or form.blame(said := form.said(), loading.known_courses()):
        return _show_form(programme, kind, form)
    if listed.by_code(programme.id, said.code):
        form.code.errors = [str(_("The programme has a requirement with this code already."))]
        return _show_form(programme, kind, form)
    try:
        draft = operations.begin(g.actor, programme.id, said)
    except Taken as taken:
        form.code.errors = [str(taken)]
        return _show_form(loading.programme(g.actor, code, _MAY), kind, form)
    return _to(code, draft)


@bp.get(_DRAFT, may=_MAY)
def draft(code: str, requirement_draft_id: int) -> Response:
    programme, found = _load(code, requirement_draft_id)
    if found.published_at is not None:
        return see_other(url_for("requirements.requirement", code=code, requirement_id=found.requirement_id))
    return render(_page(programme, found))


@bp.get(f"{_DRAFT}/edit", may=_MAY)
def edit(code: str, requirement_draft_id: int) -> Response:
    programme, found = _load_open(code, requirement_draft_id)
    said = documents.said_by(found, found)
    return _show_form(programme, said.rule.kind, _form(programme, said.rule.kind, data=data_of(said)), found)


@bp.post(f"{_DRAFT}/edit", may=_MAY)
def write(code: str, requirement_draft_id: int) -> Response:
    programme, found = _load_open(code, requirement_draft_id)
    kind = documents.rule(found.rule).kind
    form = _form(programme, kind, request.form)
    if found.requirement_id is not None:
        del form.code
    own = found.code if found.requirement_id is not None else ""
    if not form.validate() or form.blame(said := form.said(own), loading.known_courses()):
        return _show_form(programme, kind, form, found)
    try:
        operations.write(g.actor, found.id, said)
    except Taken as taken:
        form.code.errors = [str(taken)]
        return _show_form(*_again(code, requirement_draft_id, kind, form))
    return _to(code, found)


@bp.post(f"{_DRAFT}/publication", may=_MAY)
def publish(code: str, requirement_draft_id: int) -> Response:
    _programme, found = _load(code, requirement_draft_id)
    made = operations.publish(g.actor, found.id)
    flash(_("The requirement is published. It holds from its first day on."), "done")
    return see_other(url_for("requirements.requirement", code=code, requirement_id=made.id))


@bp.post(f"{_DRAFT}/discard", may=_MAY)
def discard(code: str, requirement_draft_id: int) -> Response:
    _programme, found = _load(code, requirement_draft_id)
    operations.discard(g.actor, found.id)
    flash(_("The draft is gone. It asked nothing of anybody."), "done")
    return see_other(url_for("requirements.index", code=code))


def _kind(word: str) -> Kind:
    if word not in set(Kind):
        raise NotFound
    return Kind(word)


def _load(code: str, draft_id: int) -> tuple[Programme, RequirementDraft]:
    programme = loading.programme(g.actor, code, _MAY)
    found = loading.draft(g.actor, draft_id, _MAY)
    if found.programme_id != programme.id:
        raise NotFound
    return programme, found


def _load_open(code: str, draft_id: int) -> tuple[Programme, RequirementDraft]:
    programme, found = _load(code, draft_id)
    if found.published_at is not None:
        raise NotFound
    return programme, found


def _again(code: str, draft_id: int, kind: Kind, form: Any) -> tuple[Programme, Kind, Any, RequirementDraft]:
    programme, found = _load_open(code, draft_id)
    return programme, kind, form, found


def _to(code: str, draft: RequirementDraft) -> Response:
    return see_other(url_for("requirements.draft", code=code, requirement_draft_id=draft.id))


def _form(programme: Programme, kind: Kind, sent: Any = None, data: Any = None) -> Any:
    return requirement_form(kind, programme.languages, listed.course_titles(), sent, data)


def _show_form(programme: Programme, kind: Kind, form: Any, found: RequirementDraft | None = None) -> Response:
    if found is not None and found.requirement_id is not None and "code" in form:
        del form.code
    return render(FormPage(programme, kind, form, name_fields(form), found), 422 if form.errors else 200)


def _page(programme: Programme, found: RequirementDraft) -> DraftPage:
    said, now = documents.said_by(found, found), today(programme.zone)
    day = max(said.starts_on, now)
    would = preview(programme.id, programme.zone, said.rule, said.scope, day, found.requirement_id)
    factory = _factory(programme)
    people = None
    if factory is not None:
        due = people_due(factory.id, programme.zone, said.rule, day, found.requirement_id)
        people = sliced(due, request.args.get("page", 1, type=int))
    is_late, before = False, None
    if found.requirement_id is not None:
        last = loading.versions(found.requirement_id)[-1]
        is_late = said.starts_on < now or said.starts_on <= last.starts_on
        rule, scope = documents.rule(last.rule), documents.scope(last.scope)
        before = preview(programme.id, programme.zone, rule, scope, day, found.requirement_id)
    return DraftPage(
        programme, found, said, listed.course_titles(), problems(said.rule, loading.known_courses(), said.scope),
        _hints(said), is_late, would, before, factories_of(would), factory, people,
        neighbours(people) if people else ("", ""), now)


def _factory(programme: Programme) -> Factory | None:
    """The factory whose people somebody wants to see, as far as the actor sees people there. Raises NotFound."""
    code = request.args.get("factory")
    if not code:
        return None
    found = factory_by_code(g.actor, code, Permission.COVERAGE_READ)
    if found.programme_id != programme.id:
        raise NotFound
    return found


def _hints(said: Said) -> list[str]:
    """What is worth knowing before it is published, though nothing is wrong."""
    rule: Rule = said.rule
    found = []
    if reaches_no_role(rule):
        found.append(_("No role is chosen, so this asks nobody. Choose who is meant."))
    elif rule.kind is Kind.ROLE and set(rule.roles) == set(JobRole):
        found.append(_("Every role is chosen, so this asks everybody who works there."))
    if rule.kind is Kind.CADENCE:
        found.append(_("This asks factories and not single people: nobody becomes due by it."))
    if rule.kind is Kind.FINDING:
        found.append(_("It asks only while a factory has an open finding. This counts as if every factory had one."))
    if rule.kind is Kind.PATHWAY:
        found.append(_("It asks whoever is named as an ambassador of a factory."))
    return [str(each) for each in found]
