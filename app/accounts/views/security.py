"""The second factors of the own account. Whoever changes them has given the password a few minutes ago (ASVS 7.5.1)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import flask
import segno
from flask import g, request, url_for
from werkzeug.wrappers import Response

from app.accounts import cookies, operations, tickets
from app.accounts.devices import device
from app.accounts.forms import CodeForm, ConfirmForm, PasskeyForm
from app.accounts.operations import passkeys
from app.accounts.pages import ConfirmPage, RecoveryCodesPage, SecurityPage, TotpPage
from app.accounts.views.blueprint import bp
from app.accounts.views.factor import WINDOW, as_json
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.platform.web import SIGNED_IN, render, see_other
from app.platform.web.addresses import own_path
from app.platform.web.throttle import forgive, spend


def confirmed(view: Callable[..., Response]) -> Callable[..., Response]:
    """Ask for the password first, unless it was given a few minutes ago."""

    @wraps(view)
    def run(**arguments: Any) -> Response:
        if tickets.is_confirmed():
            return view(**arguments)
        return see_other(url_for("accounts.confirm", next=url_for("accounts.security")))

    return run


@bp.get("/account/confirm", may=SIGNED_IN)
def confirm() -> Response:
    form = ConfirmForm(data={"next": request.args.get("next", "")})
    return render(ConfirmPage(form, operations.own_account(g.actor).email))


@bp.post("/account/confirm", may=SIGNED_IN)
def give_password() -> Response:
    form = ConfirmForm(request.form)
    key = f"password:{g.actor.account_id}"
    spend(key, most=10, window=WINDOW)
    try:
        operations.confirm_password(g.actor, form.password.data or "")
    except Refused as refusal:
        form.password.errors = [str(refusal)]
        return render(ConfirmPage(form, operations.own_account(g.actor).email), 422)
    forgive(key)
    tickets.confirm()
    return see_other(own_path(form.next.data) or url_for("accounts.security"))


@bp.get("/account/security", may=SIGNED_IN)
@confirmed
def security() -> Response:
    return _page(PasskeyForm())


def _page(form: PasskeyForm, status: int = 200) -> Response:
    own = operations.own_account(g.actor)
    page = SecurityPage(
        form,
        has_app=own.totp_secret is not None,
        passkeys=passkeys.own_passkeys(g.actor),
        codes_left=operations.codes_left(own.id),
        must_set_up=cookies.step() is not None,
    )
    return render(page, status)


@bp.get("/account/security/app", may=SIGNED_IN)
@confirmed
def start_totp() -> Response:
    return _totp(CodeForm())


@bp.post("/account/security/app", may=SIGNED_IN)
@confirmed
def add_totp() -> Response:
    form = CodeForm(request.form)
    if not form.validate():
        return _totp(form, 422)
    key = f"factor:{g.actor.account_id}"
    spend(key, most=10, window=WINDOW)
    try:
        operations.add_authenticator(g.actor, form.code.data or "")
    except Refused as refusal:
        form.code.errors = [str(refusal)]
        return _totp(form, 422)
    forgive(key)
    return _done()


def _totp(form: CodeForm, status: int = 200) -> Response:
    drawn = segno.make(operations.offered_address(g.actor), error="m", micro=False)
    picture = drawn.svg_data_uri(border=4, dark="#000", light="#fff")
    return render(TotpPage(form, picture, operations.offered_secret(g.actor)), status)


@bp.post("/account/security/app/removal", may=SIGNED_IN)
@confirmed
def remove_totp() -> Response:
    operations.remove_authenticator(g.actor)
    flask.flash(_("The authenticator app is removed."), "done")
    return see_other(url_for("accounts.security"))


@bp.post("/account/security/passkeys/offer", may=SIGNED_IN)
@confirmed
def passkey_offer() -> Response:
    return as_json(passkeys.offer(g.actor, tickets.new_challenge()))


@bp.post("/account/security/passkeys", may=SIGNED_IN)
@confirmed
def add_passkey() -> Response:
    form = PasskeyForm(request.form)
    try:
        challenge = tickets.take_challenge()
        if not form.validate():
            return _page(form, 422)
        name = (form.name.data or "").strip() or _("Passkey")
        passkeys.add(g.actor, form.credential.data or "", challenge, name)
    except Refused as refusal:
        form.form_errors = [str(refusal)]
        return _page(form, 422)
    return _done()


@bp.post("/account/security/passkeys/<int:passkey_id>/removal", may=SIGNED_IN)
@confirmed
def remove_passkey(passkey_id: int) -> Response:
    passkeys.remove(g.actor, passkey_id)
    flask.flash(_("The passkey is removed."), "done")
    return see_other(url_for("accounts.security"))


@bp.post("/account/security/codes", may=SIGNED_IN)
@confirmed
def new_codes() -> Response:
    return render(RecoveryCodesPage(operations.new_recovery_codes(g.actor)))


def _done() -> Response:
    """The sign-in goes on under a new id, with its second factor; the first one brings recovery codes along."""
    codes = [] if operations.codes_left(g.actor.account_id) else operations.new_recovery_codes(g.actor)
    cookies.remember(operations.renew(g.actor.sign_in_id, g.actor.account_id, device()))
    tickets.confirm()
    if codes:
        return render(RecoveryCodesPage(codes))
    flask.flash(_("Your second factor is set up."), "done")
    return see_other(url_for("accounts.security"))
