"""Rules of a programme: the list, a new one, the next version, who meets it today."""

from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.certificates.of_factories import operations
from app.certificates.of_factories.forms import condition_rows, conditions_of, rule_form, settings_of
from app.certificates.of_factories.models import FactoryRule
from app.certificates.of_factories.pages import RulePage, RuleRow, RulesPage
from app.certificates.of_factories.queries import ruling, weighing
from app.certificates.of_factories.rules import Count, Weighed
from app.certificates.of_factories.shown import lines
from app.certificates.of_factories.views.blueprint import bp
from app.factories.models import Programme
from app.factories.queries import programme_by_code
from app.factories.structure.texts import name_fields
from app.platform.i18n import _
from app.platform.web import render, see_other

_MAY = Permission.CERTIFICATES_MANAGE
_ADDRESS = "/programmes/<code>/factory-certificates"


@bp.get(_ADDRESS, may=_MAY)
def rules(code: str) -> Response:
    programme = programme_by_code(g.actor, code, Permission.CERTIFICATES_MANAGE)
    requirements = ruling.requirements(programme.id)
    titles = {str(row.course_id): row.titles for row in requirements}
    rows = [
        RuleRow(rule, lines((Weighed(each, Count(0, 0)) for each in rule.asked), titles))
        for rule in ruling.rules_of(programme.id)
    ]
    return render(RulesPage(programme, rows, has_requirements=bool(requirements)))


@bp.get(f"{_ADDRESS}/new", may=_MAY)
def new_rule(code: str) -> Response:
    programme = programme_by_code(g.actor, code, Permission.CERTIFICATES_MANAGE)
    return _show(programme, None, _form(programme))


@bp.post(f"{_ADDRESS}/new", may=_MAY)
def make_rule(code: str) -> Response:
    programme = programme_by_code(g.actor, code, Permission.CERTIFICATES_MANAGE)
    form = _form(programme, request.form)
    if not form.validate():
        return _show(programme, None, form, status=422)
    made = operations.make_rule(g.actor, code, settings_of(form))
    flash(_("The rule is saved. From the next night on it is checked."), "done")
    return _to(code, made)


@bp.post(f"{_ADDRESS}/preview", may=_MAY)
def preview_rule(code: str) -> Response:
    """Which factories would meet what was typed; nothing is saved."""
    programme = programme_by_code(g.actor, code, Permission.CERTIFICATES_MANAGE)
    form = _form(programme, request.form)
    number = request.form.get("rule_number", type=int)
    rule = ruling.rule_in_use(programme.id, number) if number else None
    if not form.validate():
        return _show(programme, rule, form, status=422)
    return _show(programme, rule, form, preview=weighing.preview(programme, conditions_of(form)))


@bp.get(f"{_ADDRESS}/<int:rule_number>", may=_MAY)
def rule(code: str, rule_number: int) -> Response:
    programme = programme_by_code(g.actor, code, Permission.CERTIFICATES_MANAGE)
    found = ruling.rule_in_use(programme.id, rule_number)
    return _show(programme, found, _form(programme, rule=found), preview=weighing.preview(programme, found.asked))


@bp.post(f"{_ADDRESS}/<int:rule_number>", may=_MAY)
def change_rule(code: str, rule_number: int) -> Response:
    programme = programme_by_code(g.actor, code, Permission.CERTIFICATES_MANAGE)
    found = ruling.rule_in_use(programme.id, rule_number)
    form = _form(programme, request.form)
    if not form.validate():
        return _show(programme, found, form, status=422)
    made = operations.change_rule(g.actor, code, rule_number, settings_of(form))
    flash(_("The rule is saved. Certificates that were issued keep the version by which they were earned."), "done")
    return _to(code, made)


@bp.post(f"{_ADDRESS}/<int:rule_number>/end", may=_MAY)
def end_rule(code: str, rule_number: int) -> Response:
    operations.end_rule(g.actor, code, rule_number)
    flash(_("No more certificates are issued by this rule."), "done")
    return see_other(url_for("factory_certificates.rules", code=code))


def _form(programme: Programme, sent: Any = None, rule: FactoryRule | None = None) -> Any:
    return rule_form(programme.languages, ruling.requirements(programme.id), sent, rule)


def _to(code: str, rule: FactoryRule) -> Response:
    return see_other(url_for("factory_certificates.rule", code=code, rule_number=rule.number))


def _show(
    programme: Programme, rule: FactoryRule | None, form: Any, *, preview: weighing.Preview | None = None,
    status: int = 200,
) -> Response:
    older = ruling.versions(programme.id, rule.number) if rule else []
    return render(RulePage(programme, rule, form, name_fields(form), condition_rows(form), preview, older), status)
