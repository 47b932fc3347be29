"""Certificates of factories: the list, one of them, its file, and what staff do with it."""

from collections.abc import Callable, Iterator

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.actor import Actor
from app.access.permissions import Permission
from app.certificates import rules as codes
from app.certificates.of_factories import operations, rules
from app.certificates.of_factories.forms import ReasonForm
from app.certificates.of_factories.labels import STATES
from app.certificates.of_factories.models import FactoryCertificate
from app.certificates.of_factories.pages import CertificatePage, CertificatesPage
from app.certificates.of_factories.queries import certificates
from app.certificates.of_factories.queries.certificates import Wanted
from app.certificates.of_factories.rules import State
from app.certificates.of_factories.shown import lines, shown
from app.certificates.of_factories.views.blueprint import bp
from app.platform.clock import now
from app.platform.db import db
from app.platform.files import FileMissing, files
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.platform.tables import write_csv
from app.platform.web import file_response, render, see_other
from app.platform.web.addresses import page_address
from app.platform.web.paging import paginate

SIZE = 50
_MAY, _MANAGE = Permission.CERTIFICATES_DOWNLOAD, Permission.CERTIFICATES_MANAGE
_ONE = "/factory-certificates/<int:factory_certificate_id>"


@bp.get("/factory-certificates", may=_MAY)
def index() -> Response:
    wanted = _wanted()
    page = paginate(certificates.listed(g.actor, wanted), request.args.get("page", 1, type=int), SIZE)
    return render(
        CertificatesPage(
            certificates=[shown(row) for row in page.rows],
            wanted=wanted,
            values={"programme": wanted.programme or None, "state": wanted.state, "rule": wanted.rule},
            programmes=certificates.programmes(g.actor),
            number=page.number,
            previous_url=page_address(page.number - 1) if page.number > 1 else "",
            next_url=page_address(page.number + 1) if page.has_more else "",
        )
    )


@bp.get("/factory-certificates/table.csv", may=_MAY)
def csv() -> Response:
    header = [
        _("Number"), _("Code of the factory"), _("Factory"), _("Programme"), _("Rule"), _("Version"), _("Issued"),
        _("Valid until"), _("State"), _("Conditions"),
    ]  # fmt: skip
    name = f"{_('Certificates of factories')} {now():%Y-%m-%d}.csv"
    return file_response(write_csv(header, _cells()), name, "text/csv; charset=utf-8")


def _cells() -> Iterator[list[str | int | float | None]]:
    for row in db.session.scalars(certificates.listed(g.actor, _wanted())):
        each = shown(row)
        said = "; ".join(f"{line.asked} {line.counted}" for line in each.lines)
        yield [
            row.number, row.factory.code, row.factory.name, row.factory.programme.code, each.face.title_english,
            row.rule.version, each.facts.counted_on.isoformat(), each.facts.last_day.isoformat(),
            str(STATES[each.state][0]), said,
        ]  # fmt: skip


def _wanted() -> Wanted:
    asked = request.args
    state = next((each for each in State if each == asked.get("state")), None)
    return Wanted(asked.get("programme", ""), state, asked.get("rule", type=int))


@bp.get(_ONE, may=_MAY)
def certificate(factory_certificate_id: int) -> Response:
    return _show(certificates.factory_certificate_for(g.actor, factory_certificate_id), ReasonForm())


def _show(found: FactoryCertificate, form: ReasonForm, status: int = 200) -> Response:
    one = shown(found)
    checks = [
        (check, lines([rules.weighed(kept) for kept in check.counts], one.facts.courses))
        for check in certificates.checks_of(found)
    ]
    may_manage = g.actor.scope(_MANAGE).reaches(found.factory.programme_id, found.factory_id)
    return render(CertificatePage(one, codes.printed(found.code), checks, may_manage, form), status)


@bp.get(f"{_ONE}/file", may=_MAY)
def file(factory_certificate_id: int) -> Response:
    one = shown(certificates.factory_certificate_for(g.actor, factory_certificate_id))
    if one.state in {State.REVOKED, State.DOWNGRADED}:
        raise Refused(_("This certificate no longer holds. Its file is no longer handed out."))
    key = one.certificate.file_key
    if key is None:
        raise Refused(_("The file is being made. Try again in a minute."))
    try:
        data = files().get(key)
    except FileMissing:
        raise Refused(_("The file is missing. Please tell your programme office.")) from None
    return file_response(data, codes.file_name(one.face.number, one.face.factory_latin), "application/pdf")


@bp.post(f"{_ONE}/revocation", may=_MANAGE)
def revoke(factory_certificate_id: int) -> Response:
    said = _("The certificate is revoked. Whoever checks it is told so.")
    return _ended(factory_certificate_id, operations.revoke, said)


@bp.post(f"{_ONE}/review", may=_MANAGE)
def suspend(factory_certificate_id: int) -> Response:
    said = _("The certificate is under review. Whoever checks it is told so.")
    return _ended(factory_certificate_id, operations.suspend, said)


def _ended(factory_certificate_id: int, end: Callable[[Actor, int, str], object], said: str) -> Response:
    form = ReasonForm(request.form)
    if not form.validate():
        return _show(certificates.factory_certificate_for(g.actor, factory_certificate_id, _MANAGE), form, 422)
    end(g.actor, factory_certificate_id, form.reason.data or "")
    flash(said, "done")
    return _to(factory_certificate_id)


@bp.post(f"{_ONE}/review/end", may=_MANAGE)
def reinstate(factory_certificate_id: int) -> Response:
    operations.reinstate(g.actor, factory_certificate_id)
    flash(_("The review is over."), "done")
    return _to(factory_certificate_id)


@bp.post("/factories/<code>/factory-certificates/check", may=_MANAGE)
def check(code: str) -> Response:
    operations.check_factory(g.actor, code)
    flash(_("Counted now. What follows from it is done."), "done")
    return see_other(url_for("factories.panel", code=code, panel="factory-certificates"))


def _to(certificate_id: int) -> Response:
    return see_other(url_for("factory_certificates.certificate", factory_certificate_id=certificate_id))
