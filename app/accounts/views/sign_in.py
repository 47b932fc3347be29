"""Signing in and out, and choosing a language."""

from flask import current_app, g, make_response, request, url_for
from werkzeug.wrappers import Response

from app.accounts import cookies, devices, operations, storage
from app.accounts.devices import Proof, device
from app.accounts.entering import enter
from app.accounts.forms import SignInForm
from app.accounts.pages import SignInPage
from app.accounts.views.blueprint import bp
from app.platform.i18n.languages import LANGUAGES
from app.platform.refusal import Refused
from app.platform.web import PUBLIC, render, see_other
from app.platform.web.addresses import own_path


@bp.get("/sign-in", may=PUBLIC)
def sign_in() -> Response:
    form = SignInForm(data={"next": request.args.get("next", "")})
    return see_other(url_for("home.start")) if g.actor.is_signed_in else render(SignInPage(form))


@bp.post("/sign-in", may=PUBLIC)
def begin() -> Response:
    form = SignInForm(request.form)
    if not form.validate():
        return render(SignInPage(form), 422)
    email = form.email.data or ""
    devices.count_try("sign-in", email, most=10)
    try:
        token = operations.sign_in_account(email, form.password.data or "", device())
    except Refused as refusal:
        form.password.errors = [str(refusal)]
        return render(SignInPage(form), 422)
    devices.forget_tries("sign-in", email)
    devices.note(email, Proof.FIRST)
    return enter(token, form.next.data, by_password=True)


@bp.post("/sign-out", may=PUBLIC)
def sign_out() -> Response:
    if g.actor.sign_in_id is not None:
        operations.end(g.actor.sign_in_id)
    cookies.forget()
    return storage.clear(see_other(storage.after_leaving()))


@bp.post("/language", may=PUBLIC)
def choose_language() -> Response:
    response = make_response(see_other(own_path(request.form.get("next")) or url_for("home.start")))
    language = request.form.get("language")
    if language in LANGUAGES:  # content may speak more languages than the site itself
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.set_cookie("language", language, max_age=31_536_000, secure=secure, httponly=True, samesite="Lax")
    return response
