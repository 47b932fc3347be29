"""The second factor while signing in: a code, or a passkey, which may also stand for the password."""

from datetime import timedelta
from functools import partial

from flask import current_app, g, request
from werkzeug.wrappers import Response

from app.accounts import cookies, devices, operations, tickets
from app.accounts.devices import Proof, device, network
from app.accounts.entering import enter
from app.accounts.forms import CodeForm, PasskeyForm, SignInForm
from app.accounts.operations import passkeys
from app.accounts.pages import FactorPage, SignInPage
from app.accounts.rules import Step
from app.accounts.views.blueprint import bp
from app.platform.db import read_aside
from app.platform.refusal import Refused
from app.platform.web import PUBLIC, SIGNED_IN, render
from app.platform.web.throttle import spend

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
    email = _own_email()
    devices.count_try("factor", email, most=5, proof=Proof.SECOND)
    try:
        operations.give_code(g.actor, form.code.data or "")
    except Refused as refusal:
        form.code.errors = [str(refusal)]
        return _page(form, 422)
    devices.forget_tries("factor", email, Proof.SECOND)
    devices.note(email, Proof.FIRST, Proof.SECOND)
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
    spend(f"passkey-network:{network()}", most=devices.TRIES_OF_A_NETWORK, window=WINDOW)
    try:
        challenge = tickets.take_challenge()
        token, account = passkeys.sign_in_with_passkey(g.actor, form.credential.data or "", challenge, device())
    except Refused as refusal:
        if cookies.step() is Step.GIVE:
            again = CodeForm(data={"next": form.next.data})
            again.form_errors = [str(refusal)]
            return _page(again, 422)
        entry = SignInForm(data={"next": form.next.data})
        entry.form_errors = [str(refusal)]
        return render(SignInPage(entry), 422)
    devices.note(account.email, Proof.FIRST, Proof.SECOND)
    return enter(token, form.next.data)


def _own_email() -> str:
    """The address of whoever asks, read aside: tries are counted before the request's own first statement."""
    return read_aside(partial(operations.email_of, account_id=g.actor.account_id))
