"""The own account: name, language, password, and where one is signed in."""

import flask
from flask import g, request, url_for
from werkzeug.wrappers import Response

from app.accounts import cookies, operations
from app.accounts.forms import ChangePasswordForm, OwnAccountForm
from app.accounts.pages import AccountPage, PasswordPage
from app.accounts.views.blueprint import bp
from app.accounts.views.factor import WINDOW
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.platform.web import SIGNED_IN, render, see_other
from app.platform.web.panels import panels
from app.platform.web.throttle import spend


@bp.get("/account", may=SIGNED_IN)
def account() -> Response:
    own = operations.own_account(g.actor)
    return _page(OwnAccountForm(data={"name": own.name, "language": own.language, "zone": own.zone or ""}))


@bp.post("/account", may=SIGNED_IN)
def describe() -> Response:
    form = OwnAccountForm(request.form)
    if not form.validate():
        return _page(form, 422)
    operations.describe(g.actor, form.name.data or "", form.language.data, form.zone.data or None)
    flask.flash(_("Saved."), "done")
    return see_other(url_for("accounts.account"))


def _page(form: OwnAccountForm, status: int = 200) -> Response:
    own = operations.own_account(g.actor)
    filled = panels("account", g.actor, own)
    return render(AccountPage(form, own.email, operations.own_sign_ins(g.actor), g.actor.sign_in_id, filled), status)


@bp.post("/account/sign-ins/<int:sign_in_id>/end", may=SIGNED_IN)
def end_sign_in(sign_in_id: int) -> Response:
    operations.end_own(g.actor, sign_in_id)
    flask.flash(_("That device is signed out."), "done")
    return see_other(url_for("accounts.account"))


@bp.post("/account/sign-ins/end", may=SIGNED_IN)
def end_everywhere() -> Response:
    operations.end_everywhere(g.actor)
    cookies.forget()
    flask.flash(_("You are signed out everywhere."), "done")
    return see_other(url_for("accounts.sign_in"))


@bp.get("/account/password", may=SIGNED_IN)
def password() -> Response:
    return render(PasswordPage(ChangePasswordForm(), operations.own_account(g.actor).email))


@bp.post("/account/password", may=SIGNED_IN)
def change_password() -> Response:
    form = ChangePasswordForm(request.form)
    spend(f"password:{g.actor.account_id}", most=10, window=WINDOW)
    email = operations.own_account(g.actor).email
    if not form.validate():
        return render(PasswordPage(form, email), 422)
    try:
        operations.change_password(g.actor, form.old.data or "", form.password.data or "")
    except Refused as refusal:
        form.form_errors = [str(refusal)]
        return render(PasswordPage(form, email), 422)
    flask.flash(_("Your password is changed. All other devices are signed out."), "done")
    return see_other(url_for("accounts.account"))
