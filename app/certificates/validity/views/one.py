"""The page of one certificate, and what its managers do to it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.certificates import operations, queries, rules
from app.certificates.labels import STATES
from app.certificates.models import Certificate
from app.certificates.rules import Reason
from app.certificates.shown import shown
from app.certificates.validity import history
from app.certificates.validity.forms import EndingForm
from app.certificates.validity.labels import STEPS
from app.certificates.validity.pages import CertificatePage, EndingPage
from app.certificates.validity.views.blueprint import bp
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.platform.web import SIGNED_IN, render, see_other

_MANAGE = Permission.CERTIFICATES_MANAGE


@bp.get("/certificates/<int:certificate_id>", may=SIGNED_IN)
def one(certificate_id: int) -> Response:
    found = queries.certificate_for(g.actor, certificate_id)
    is_manager = _manages(certificate_id)
    other = db.session.get(Certificate, found.replaced_by_id) if found.replaced_by_id is not None else None
    page = CertificatePage(
        shown=shown(found),
        other=other,
        code=rules.printed(found.code),
        states=STATES,
        words=STEPS,
        steps=history.steps(found),
        notes=history.notes(found) if is_manager else (),
        is_own=g.actor.person_id is not None,
        is_manager=is_manager,
    )
    return render(page)


@bp.get("/certificates/<int:certificate_id>/suspension", may=_MANAGE)
def ask_to_suspend(certificate_id: int) -> Response:
    return _ask(certificate_id, "suspension", EndingForm().offer(rules.TO_SUSPEND))


@bp.post("/certificates/<int:certificate_id>/suspension", may=_MANAGE)
def suspend(certificate_id: int) -> Response:
    said = _("The certificate is under review.")
    return _end(certificate_id, "suspension", rules.TO_SUSPEND, operations.suspend, said)


@bp.post("/certificates/<int:certificate_id>/reinstatement", may=_MANAGE)
def reinstate(certificate_id: int) -> Response:
    operations.reinstate(g.actor, certificate_id)
    flash(_("The review is over. The certificate holds."), "done")
    return see_other(url_for("validity.one", certificate_id=certificate_id))


@bp.get("/certificates/<int:certificate_id>/revocation", may=_MANAGE)
def ask_to_revoke(certificate_id: int) -> Response:
    return _ask(certificate_id, "revocation", EndingForm().offer(rules.TO_REVOKE))


@bp.post("/certificates/<int:certificate_id>/revocation", may=_MANAGE)
def revoke(certificate_id: int) -> Response:
    said = _("The certificate is revoked.")
    return _end(certificate_id, "revocation", rules.TO_REVOKE, operations.revoke_one, said)


@bp.get("/certificates/<int:certificate_id>/reissue", may=_MANAGE)
def ask_to_reissue(certificate_id: int) -> Response:
    return _ask(certificate_id, "reissue", EndingForm().offer(rules.TO_REISSUE))


@bp.post("/certificates/<int:certificate_id>/reissue", may=_MANAGE)
def reissue(certificate_id: int) -> Response:
    said = _("A new certificate is issued. The old one stays and says that it was replaced.")
    do = partial(operations.reissue, of_revoked=bool(request.form.get("of_revoked")))
    return _end(certificate_id, "reissue", rules.TO_REISSUE, do, said)


def _end(
    certificate_id: int, verb: str, reasons: Sequence[Reason], do: Callable[..., Certificate | None], said: str
) -> Response:
    form = EndingForm(request.form).offer(reasons)
    if not form.validate():
        return _ask(certificate_id, verb, form, 422)
    made: Any = do(g.actor, certificate_id, Reason(form.reason.data), form.note.data or "")
    flash(said, "done")
    return see_other(url_for("validity.one", certificate_id=made.id if made else certificate_id))


def _ask(certificate_id: int, verb: str, form: EndingForm, status: int = 200) -> Response:
    found = queries.managed(g.actor, certificate_id)
    return render(EndingPage(verb, shown(found), form), status)


def _manages(certificate_id: int) -> bool:
    try:
        queries.managed(g.actor, certificate_id)
    except NotFound:
        return False
    return True
