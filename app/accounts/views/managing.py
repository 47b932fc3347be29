"""Accounts of others: the list, inviting, roles, closing."""

from typing import TypeVar

import flask
from flask import g, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined] # newer than its stubs

from app.access.permissions import Permission
from app.access.roles import Role
from app.accounts import listing, operations, policy
from app.accounts.forms import GrantForm, InviteForm
from app.accounts.labels import ROLES
from app.accounts.operations import Wanted
from app.accounts.pages import AccountsPage, InvitePage, OneAccountPage
from app.accounts.views.blueprint import bp
from app.platform.i18n import _
from app.platform.refusal import Refused
from app.platform.web import render, see_other
from app.platform.web.addresses import page_address
from app.platform.web.panels import panels

Form = TypeVar("Form", bound=GrantForm)
MAY = Permission.ACCOUNTS_INVITE


@bp.get("/accounts", may=MAY)
def index() -> Response:
    chosen = listing.AccountFilter(
        words=request.args.get("q", "").strip(),
        role=next((role for role in Role if role.value == request.args.get("role")), None),
        state=request.args.get("state", ""),
    )
    found = listing.accounts(g.actor, chosen, request.args.get("page", 1, type=int))
    before = page_address(found.number - 1) if found.number > 1 else ""
    after = page_address(found.number + 1) if found.has_more else ""
    return render(AccountsPage(found, chosen, ROLES, policy.roles_to_give(g.actor), before, after))


@bp.get("/accounts/invite", may=MAY)
def invite() -> Response:
    return render(InvitePage(_choices(InviteForm())))


@bp.post("/accounts/invite", may=MAY)
def send_invitation() -> Response:
    form = _choices(InviteForm(request.form))
    if not form.validate():
        return render(InvitePage(form), 422)
    try:
        operations.invite(
            g.actor,
            email=form.email.data or "",
            name=form.name.data or "",
            language=form.language.data,
            wanted=_wanted(form),
        )
    except Refused as refusal:
        form.form_errors = [str(refusal)]
        return render(InvitePage(form), 422)
    flask.flash(_("Done. Who has no password yet gets a mail with a link."), "done")
    return see_other(url_for("accounts.index"))


@bp.get("/accounts/<int:account_id>", may=MAY)
def one(account_id: int) -> Response:
    return _page(account_id, _choices(GrantForm()))


@bp.post("/accounts/<int:account_id>/grants", may=MAY)
def grant(account_id: int) -> Response:
    form = _choices(GrantForm(request.form))
    if not form.validate():
        return _page(account_id, form, 422)
    try:
        operations.grant(g.actor, account_id, _wanted(form))
    except Refused as refusal:
        if not str(refusal):
            raise
        form.form_errors = [str(refusal)]
        return _page(account_id, form, 422)
    return _back(account_id, _("The role is given. The next sign-in has it."))


@bp.post("/accounts/<int:account_id>/grants/<int:grant_id>/withdrawal", may=MAY)
def withdraw(account_id: int, grant_id: int) -> Response:
    operations.withdraw(g.actor, account_id, grant_id)
    return _back(account_id, _("The role has ended."))


@bp.post("/accounts/<int:account_id>/invitation", may=MAY)
def resend_invitation(account_id: int) -> Response:
    operations.resend_invitation(g.actor, account_id)
    return _back(account_id, _("A new invitation is on its way. The former link is worth nothing."))


@bp.post("/accounts/<int:account_id>/closing", may=MAY)
def disable(account_id: int) -> Response:
    operations.disable(g.actor, account_id)
    return _back(account_id, _("The account is closed and signed out everywhere."))


@bp.post("/accounts/<int:account_id>/opening", may=MAY)
def enable(account_id: int) -> Response:
    operations.enable(g.actor, account_id)
    return _back(account_id, _("The account is open again."))


@bp.post("/accounts/<int:account_id>/factors/removal", may=Permission.ACCOUNTS_MANAGE)
def reset_factors(account_id: int) -> Response:
    operations.reset_factors(g.actor, account_id)
    return _back(account_id, _("The second factor is removed. A new one is set up at the next sign-in."))


def _back(account_id: int, notice: str) -> Response:
    flask.flash(notice, "done")
    return see_other(url_for("accounts.one", account_id=account_id))


def _page(account_id: int, form: GrantForm, status: int = 200) -> Response:
    found = listing.one_account(g.actor, account_id)
    return render(OneAccountPage(found, form, ROLES, panels("one_account", g.actor, account_id)), status)


def _choices(form: Form) -> Form:
    """Offer the roles and places that the actor may give; anything else that is sent is refused by the field."""
    form.role.choices = [SelectChoice(role.value, ROLES[role]) for role in policy.roles_to_give(g.actor)]
    form.place.choices = [SelectChoice(*place) for place in listing.places(g.actor)]
    return form


def _wanted(form: GrantForm) -> Wanted:
    kind, _sign, number = (form.place.data or "").partition(":")
    places = {f"{kind}_id": int(number)} if number else {}
    return Wanted(role=Role(form.role.data), starts_on=form.starts_on.data, ends_on=form.ends_on.data, **places)
