"""The doors to diagnostics: a factory looks at itself, on a phone if need be."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.courses.queries import catalogue
from app.factories.queries import factory_by_code
from app.improvement.diagnostics import operations, queries, shipped
from app.improvement.diagnostics.forms import answer_form, answers
from app.improvement.diagnostics.pages import AskingPage, DiagnosticsPage, NeedShown, ResultPage
from app.improvement.diagnostics.rules import needs
from app.improvement.findings.queries import training_for
from app.improvement.roadmap.queries import of_factory
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.platform.web import Blueprint, render, see_other

bp = Blueprint("diagnostics", __name__)
_READ, _FILL, _WRITE = Permission.DIAGNOSTICS_READ, Permission.DIAGNOSTICS_FILL, Permission.ROADMAP_WRITE
_ALL = "/factories/<code>/diagnostics"
_ONE = f"{_ALL}/<int:diagnostic_id>"


@bp.get(_ALL, may=_READ)
def index(code: str) -> Response:
    factory = factory_by_code(g.actor, code, _READ)
    filled = queries.of_factory(factory.id)
    themes = [(theme, [each for each in filled if each.theme == theme]) for theme in shipped.forms()]
    return render(DiagnosticsPage(factory, themes, g.actor.scope(_FILL).reaches(factory.programme_id, factory.id)))


@bp.get(f"{_ALL}/<theme>/new", may=_FILL)
def new(code: str, theme: str) -> Response:
    factory, asked = factory_by_code(g.actor, code, _FILL), queries.form(theme)
    return render(AskingPage(factory, asked, answer_form(asked)))


@bp.post(f"{_ALL}/<theme>", may=_FILL)
def fill(code: str, theme: str) -> Response:
    factory, asked = factory_by_code(g.actor, code, _FILL), queries.form(theme)
    form = answer_form(asked, request.form)
    if not form.validate():
        return render(AskingPage(factory, asked, form), 422)
    found = operations.fill(g.actor, code, theme, answers(form))
    return see_other(url_for("diagnostics.result", code=code, diagnostic_id=found.id))


@bp.get(_ONE, may=_READ)
def result(code: str, diagnostic_id: int) -> Response:
    found = queries.diagnostic(g.actor, diagnostic_id)
    factory, offered = found.factory, catalogue()
    if factory.code != code:
        raise NotFound
    asked, said = queries.form(found.theme), queries.answers(found)
    needed = needs(asked, said)
    training = training_for({each.point for each in needed}, today(factory.programme.zone), offered)
    open_actions = {each.point: each.id for each in of_factory(factory.id) if each.is_open}
    page = ResultPage(
        factory=factory,
        found=found,
        asked=asked,
        said=said,
        needs=[NeedShown(each, training.get(each.point, ()), open_actions.get(each.point)) for each in needed],
        titles={edition.course.code: edition.titles for edition in offered},
        may_add=g.actor.scope(_WRITE).reaches(factory.programme_id, factory.id),
    )
    return render(page)


@bp.post(f"{_ONE}/actions/<point>", may=_WRITE)
def add(code: str, diagnostic_id: int, point: str) -> Response:
    if queries.diagnostic(g.actor, diagnostic_id, _WRITE).factory.code != code:
        raise NotFound
    added = operations.add_for_need(g.actor, diagnostic_id, point)
    flash(_("The action stands in the roadmap, with what is recommended. Change what does not fit."), "done")
    return see_other(url_for("roadmap.action", code=code, action_id=added.id))
