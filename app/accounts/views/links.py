"""One-time links: asking for one, opening it, using it. Opening changes nothing: mail scanners open links, too."""

from datetime import timedelta
from functools import partial

import flask
from flask import request, url_for
from werkzeug.wrappers import Response

from app.accounts import devices, operations, tickets
from app.accounts.devices import Proof, device, network
from app.accounts.entering import enter
from app.accounts.forms import EmailForm, InvitationForm, NewPasswordForm
from app.accounts.models import Account
from app.accounts.pages import AskLinkPage, DeadLinkPage, InvitationPage, LinkSentPage, LinkSignInPage, ResetPage
from app.accounts.rules import LinkPurpose, normal_email
from app.accounts.views.blueprint import bp
from app.platform.db import read_aside
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import PUBLIC, render, see_other
from app.platform.web.throttle import spend

WINDOW = timedelta(minutes=10)
DEAD_LINKS_OF_A_NETWORK = 60
ASKED_FOR = {"sign-in": LinkPurpose.SIGN_IN, "password": LinkPurpose.PASSWORD_RESET}
OPENED = {**ASKED_FOR, "invitation": LinkPurpose.INVITATION}


@bp.get("/links/ask/<kind>", may=PUBLIC)
def ask_link(kind: str) -> Response:
    return render(AskLinkPage(EmailForm(), kind, _asked_for(kind)))


@bp.post("/links/ask/<kind>", may=PUBLIC)
def send_link(kind: str) -> Response:
    """The same answer, by the same statements, for known and unknown addresses."""
    purpose = _asked_for(kind)
    form = EmailForm(request.form)
    if not form.validate():
        return render(AskLinkPage(form, kind, purpose), 422)
    address = normal_email(form.email.data or "")
    devices.count_try("ask-link", address, most=5)
    operations.ask_for_link(address, purpose)
    return see_other(url_for("accounts.link_sent"))


@bp.get("/links/sent", may=PUBLIC)
def link_sent() -> Response:
    return render(LinkSentPage())


@bp.get("/links/<kind>/<token>", may=PUBLIC)
def open_link(kind: str, token: str) -> Response:
    if kind not in OPENED or len(token) > 100:
        raise NotFound
    tickets.keep_link(kind, token)
    return see_other(url_for("accounts.link", kind=kind))


@bp.get("/links/<kind>", may=PUBLIC)
def link(kind: str) -> Response:
    _token, account = _opened(kind)
    if account is None:
        return _dead(kind)
    if kind == "invitation":
        return render(InvitationPage(InvitationForm(data={"name": account.name}), account.email))
    return render(LinkSignInPage() if kind == "sign-in" else ResetPage(NewPasswordForm(), account.email))


@bp.post("/links/sign-in", may=PUBLIC)
def use_sign_in_link() -> Response:
    token, account = _opened("sign-in")
    if account is None:
        return _dead("sign-in")
    devices.note(account.email, Proof.FIRST)
    return enter(operations.sign_in_by_link(token, device()), None)


@bp.post("/links/password", may=PUBLIC)
def use_reset_link() -> Response:
    token, account = _opened("password")
    if account is None:
        return _dead("password")
    form = NewPasswordForm(request.form)
    email = account.email
    try:
        operations.reset_password(token, _password(form))
    except Refused as refusal:
        form.password.errors = [str(refusal)]
        return render(ResetPage(form, email), 422)
    tickets.drop_link()
    flask.flash(_("Your password is changed. Sign in with it now."), "done")
    return see_other(url_for("accounts.sign_in"))


@bp.post("/links/invitation", may=PUBLIC)
def use_invitation() -> Response:
    token, account = _opened("invitation")
    if account is None:
        return _dead("invitation")
    form = InvitationForm(request.form)
    email = account.email
    if not form.validate():
        return render(InvitationPage(form, email), 422)
    try:
        begun = operations.accept_invitation(token, form.name.data or "", form.password.data or "", device())
    except Refused as refusal:
        form.password.errors = [str(refusal)]
        return render(InvitationPage(form, email), 422)
    devices.note(email, Proof.FIRST)
    return enter(begun, None, by_password=True)


def _asked_for(kind: str) -> LinkPurpose:
    if kind not in ASKED_FOR:
        raise NotFound
    return ASKED_FOR[kind]


def _opened(kind: str) -> tuple[str, Account | None]:
    """The kept link and whose it is. What opens nothing is counted; live links always open."""
    if kind not in OPENED:
        raise NotFound
    token = tickets.kept_link(kind)
    if not read_aside(partial(operations.is_live_link, token=token, purpose=OPENED[kind])):
        spend(f"link-network:{network()}", most=DEAD_LINKS_OF_A_NETWORK, window=WINDOW)
        return token, None
    return token, operations.account_of_link(token, OPENED[kind])


def _dead(kind: str) -> Response:
    return render(DeadLinkPage(kind if kind in ASKED_FOR else ""), 410)


def _password(form: NewPasswordForm) -> str:
    return form.password.data or ""
