"""Reports that come by themselves."""

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.platform.files import FileMissing, handouts
from app.platform.i18n import _, text
from app.platform.refusal import Refused
from app.platform.web import render, see_other, stream_response
from app.platform.web.forms import offered
from app.reports import queries
from app.reports.asking import told_apart_by
from app.reports.deliveries import operations
from app.reports.deliveries import queries as deliveries
from app.reports.deliveries.forms import SubscriptionForm
from app.reports.deliveries.pages import deliveries_page, file_page
from app.reports.rules.facts import Split
from app.reports.rules.period import Ending
from app.reports.views.blueprint import bp

_MAY = Permission.REPORTS_READ
_ALL = "/reports/deliveries"
_FILE = "/reports/files/<int:made_id>"
_TYPES = {
    Ending.PDF: "application/pdf",
    Ending.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@bp.get(_ALL, may=_MAY)
def deliveries_index() -> Response:
    return _list(_form())


@bp.post(_ALL, may=_MAY)
def subscribe() -> Response:
    form = _form(is_sent=True)
    if not form.validate():
        return _list(form, 422)
    operations.subscribe(g.actor, form.programme.data or "", form.every.data, form.by.data, form.ending.data)
    flash(_("Saved. You get a mail with a link as soon as the next period is over."), "done")
    return see_other(url_for("indicators.deliveries_index"))


@bp.post(f"{_ALL}/<int:subscription_id>/end", may=_MAY)
def unsubscribe(subscription_id: int) -> Response:
    operations.end(g.actor, subscription_id)
    flash(_("Ended. This report is not sent any more."), "done")
    return see_other(url_for("indicators.deliveries_index"))


@bp.get(_FILE, may=_MAY)
def made(made_id: int) -> Response:
    return render(file_page(deliveries.made(g.actor, made_id)))


@bp.post(f"{_FILE}/file", may=_MAY)
def file(made_id: int) -> Response:
    found = deliveries.made(g.actor, made_id)
    key = operations.hand_out(g.actor, found)
    try:
        opened, size = handouts().opened(key)
    except FileMissing:
        raise Refused(_("The file is missing. Open the report itself.")) from None
    code = found.programme.code if found.programme else "all"
    name = f"indicators-{code}-{found.starts_on}-{found.ends_on}.{found.ending}"
    return stream_response(opened, size, name, _TYPES[found.ending])


def _form(*, is_sent: bool = False) -> SubscriptionForm:
    """Begins with the report that was looked at. Raises NotFound for whoever reads none."""
    seen, one = queries.chosen(g.actor, "" if is_sent else request.args.get("programme", ""))
    by = request.args.get("by", "")
    begins = {"programme": one.code if one else "", "by": Split(by) if by in set(Split) else Split.SEX}
    form = SubscriptionForm(request.form if is_sent else None, data=begins)
    form.by.choices = offered(told_apart_by(seen).items())
    names = [(each.code, text(each.name)) for each in seen]
    form.programme.choices = offered([("", _("All programmes")), *names] if len(seen) > 1 else names)
    return form


def _list(form: SubscriptionForm, status: int = 200) -> Response:
    return render(deliveries_page(deliveries.subscriptions(g.actor), deliveries.latest(g.actor), form), status)
