"""What a programme serves its tiers, and how it works in its provinces."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories.queries import programme_by_code
from app.factories.structure.rules import EngagementMode, SupportTier
from app.platform.clock import today
from app.platform.i18n import _
from app.platform.web import render, see_other
from app.platform.web.forms import offered
from app.sessions.service import operations, queries
from app.sessions.service.forms import ModeForm, RuleForm
from app.sessions.service.pages import RulesPage
from app.sessions.service.views.blueprint import bp

_MAY = Permission.SERVICE_MANAGE
_ADDRESS = "/programmes/<code>/service"


@bp.get(_ADDRESS, may=_MAY)
def rules(code: str) -> Response:
    return _show(code, _rule_form(code), _mode_form(code))


@bp.post(f"{_ADDRESS}/rules", may=_MAY)
def set_rule(code: str) -> Response:
    form = RuleForm(request.form)
    if not form.validate():
        return _show(code, form, _mode_form(code), 422)
    operations.set_rule(g.actor, code, SupportTier(form.tier.data), form.rule_from.day(), form.hours.data or 0)
    flash(_("The rule holds from that day on."), "done")
    return _back(code)


@bp.post(f"{_ADDRESS}/modes", may=_MAY)
def set_mode(code: str) -> Response:
    form = _mode_form(code, is_sent=True)
    if not form.validate():
        return _show(code, _rule_form(code), form, 422)
    mode = EngagementMode(form.mode.data)
    operations.set_mode(g.actor, code, form.province.data, mode, form.mode_from.day())
    flash(_("The mode holds from that day on."), "done")
    return _back(code)


def _rule_form(code: str) -> RuleForm:
    return RuleForm(data={"rule_from": today(programme_by_code(g.actor, code, _MAY).zone)})


def _mode_form(code: str, *, is_sent: bool = False) -> ModeForm:
    day = today(programme_by_code(g.actor, code, _MAY).zone)
    form = ModeForm(request.form if is_sent else None, data={"mode_from": day})
    form.province.choices = offered((name, name) for name in queries.provinces(g.actor, code))
    return form


def _back(code: str) -> Response:
    return see_other(url_for("service.rules", code=code))


def _show(code: str, rule_form: RuleForm, mode_form: ModeForm, status: int = 200) -> Response:
    programme = programme_by_code(g.actor, code, _MAY)
    page = RulesPage(programme, queries.rules_of(programme.id), queries.modes_of(programme.id), rule_form, mode_form)
    return render(page, status)
