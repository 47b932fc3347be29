"""The second factor while signing in: a code, or a passkey, which may also stand for the password."""

from datetime import timedelta

from flask import current_app, g, request
from werkzeug.wrappers import Response

from app.accounts import cookies, operations, tickets
from app.accounts.devices import network
from app.accounts.forms import CodeForm, PasskeyForm, SignInForm
from app.accounts.operations import passkeys
from app.accounts.pages import FactorPage, SignInPage
from app.accounts.rules import Step
from app.accounts.views.blueprint import bp, device
from app.accounts.views.entering import enter
from app.platform.refusal import Refused
from app.platform.web import PUBLIC, SIGNED_IN, render
from app.platform.web.throttle import forgive, spend

WINDOW = timedelta(minutes=10)


@bp.get("/sign-in/factor", may=SIGNED_IN)
def factor() -> Response:
    return _page(CodeForm(data={"next": request.args.get("next", "")}))


@bp.post("/sign-in/factor", may=SIGNED_IN)
def give_factor() -> Response:
    """Five tries in ten minutes: a code has 20 bits (ASVS 6.5)."""
    form = CodeForm(request.form)
    if not form.validate():
        return _page(form, 422)
    key = f"factor:{g.actor.account_id}"
    spend(key, most=5, window=WINDOW)
    try:
        operations.give_code(g.actor, form.code.data or "")
    except Refused as refusal:
        form.code.errors = [str(refusal)]
        return _page(form, 422)
    forgive(key)
    return enter(operations.renew(g.actor.sign_in_id, g.actor.account_id, device()), form.next.data)


def _page(form: CodeForm, status: int = 200) -> Response:
    has_passkey = bool(passkeys.own_passkeys(g.actor))
    has_app = operations.own_account(g.actor).totp_secret is not None
    passkey_form = PasskeyForm(data={"next": form.next.data}) if has_passkey else None
    return render(FactorPage(form, has_app, passkey_form), status)


@bp.post("/sign-in/passkey/question", may=PUBLIC)
def passkey_question() -> Response:
    account_id = g.actor.account_id if cookies.step() is Step.GIVE else None
    return as_json(passkeys.question(account_id, tickets.new_challenge()))


def as_json(text: str) -> Response:
    """JSON for a script of ours."""
    return current_app.response_class(text, mimetype="application/json")


@bp.post("/sign-in/passkey", may=PUBLIC)
def use_passkey() -> Response:
    form = PasskeyForm(request.form)
    spend(f"passkey:{network()}", most=60, window=WINDOW)
    try:
        challenge = tickets.take_challenge()
        token = passkeys.sign_in_with_passkey(g.actor, form.credential.data or "", challenge, device())
    except Refused as refusal:
        if cookies.step() is Step.GIVE:
            again = CodeForm(data={"next": form.next.data})
            again.form_errors = [str(refusal)]
            return _page(again, 422)
        entry = SignInForm(data={"next": form.next.data})
        entry.form_errors = [str(refusal)]
        return render(SignInPage(entry), 422)
    return enter(token, form.next.data)
