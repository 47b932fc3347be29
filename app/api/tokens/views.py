"""Tokens in the browser. Whoever makes one has given the password a few minutes ago."""

from secrets import token_hex

from flask import Response, flash, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.access.permissions import Permission
from app.accounts import tickets
from app.api.tokens import operations, queries
from app.api.tokens.forms import TokenForm
from app.api.tokens.labels import SCOPES
from app.api.tokens.pages import MadeTokenPage, NewTokenPage, TokensPage
from app.api.tokens.rules import USUAL
from app.platform.clock import now
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import Blueprint, render, see_other

bp = Blueprint("tokens", __name__)
_MAY = Permission.TOKENS_MANAGE


@bp.get("/account/tokens", may=_MAY)
def index() -> Response:
    return render(TokensPage(queries.listed(g.actor), {scope.value: label for scope, label in SCOPES.items()}))


@bp.get("/account/tokens/new", may=_MAY)
def new() -> BaseResponse:
    if not tickets.is_confirmed():
        return _ask_password()
    form = TokenForm(g.actor, data={"sent_id": token_hex(16), "last_day": now().date() + USUAL})
    return render(NewTokenPage(form))


@bp.post("/account/tokens", may=_MAY)
def create() -> BaseResponse:
    if not tickets.is_confirmed():
        return _ask_password()
    form = TokenForm(g.actor, request.form)
    if not form.validate():
        return render(NewTokenPage(form), 422)
    try:
        made = operations.create(g.actor, form.wanted())
    except NotFound:
        raise
    except Refused as refusal:
        form.form_errors = [str(refusal)]
        return render(NewTokenPage(form), 422)
    if not made.text:
        flash(_("This token was made before. It is shown only once."), "need")
        return see_other(url_for("tokens.index"))
    return render(MadeTokenPage(made.token, made.text))


@bp.post("/account/tokens/<int:token_id>/end", may=_MAY)
def end(token_id: int) -> BaseResponse:
    operations.end(g.actor, token_id)
    flash(_("The token works no more."), "done")
    return see_other(url_for("tokens.index"))


def _ask_password() -> BaseResponse:
    return see_other(url_for("accounts.confirm", next=url_for("tokens.new")))
