"""Webhooks in the browser. Whoever makes one has given the password a few minutes ago."""

from datetime import timedelta
from secrets import token_hex

from flask import Response, flash, g, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.access.permissions import Permission
from app.accounts import tickets
from app.api.webhooks import operations, queries, rules
from app.api.webhooks.forms import WebhookForm
from app.api.webhooks.labels import HAPPENINGS, PROBLEMS, STATES
from app.api.webhooks.models import Webhook
from app.api.webhooks.pages import NewWebhookPage, WebhookPage, WebhooksPage
from app.platform.clock import now
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.platform.web import Blueprint, render, see_other
from app.platform.web.addresses import neighbours
from app.platform.web.paging import paginate
from app.platform.web.throttle import spend

bp = Blueprint("webhooks", __name__)
_MAY = Permission.WEBHOOKS_MANAGE
_ALL, _ONE = "/account/webhooks", "/account/webhooks/<int:webhook_id>"
MOST_AN_HOUR = 60
"""Tests and repetitions that one account asks for."""


@bp.get(_ALL, may=_MAY)
def index() -> Response:
    return render(WebhooksPage(queries.listed(g.actor)))


@bp.get(f"{_ALL}/new", may=_MAY)
def new() -> BaseResponse:
    if not tickets.is_confirmed():
        return see_other(url_for("accounts.confirm", next=url_for("webhooks.new")))
    return render(NewWebhookPage(WebhookForm(g.actor, data={"sent_id": token_hex(16)})))


@bp.post(_ALL, may=_MAY)
def create() -> BaseResponse:
    if not tickets.is_confirmed():
        return see_other(url_for("accounts.confirm", next=url_for("webhooks.new")))
    form = WebhookForm(g.actor, request.form)
    if not form.validate():
        return render(NewWebhookPage(form), 422)
    try:
        row, is_new = operations.create(g.actor, form.wanted())
    except NotFound:
        raise
    except Refused as refusal:
        form.form_errors = [str(refusal)]
        return render(NewWebhookPage(form), 422)
    return _page(row, row.secret) if is_new else see_other(url_for("webhooks.one", webhook_id=row.id))


@bp.get(_ONE, may=_MAY)
def one(webhook_id: int) -> Response:
    return _page(queries.webhook(g.actor, webhook_id), "")


def _page(row: Webhook, secret: str) -> Response:
    shown = paginate(queries.deliveries(row.id), request.args.get("page", 1, type=int))
    came = {each.id: rules.shown(each.state, each.happened_at, each.tried_at, now()) for each in shown.rows}
    return render(WebhookPage(row, secret, shown, came, HAPPENINGS, STATES, PROBLEMS, *neighbours(shown)))


@bp.post(f"{_ONE}/end", may=_MAY)
def end(webhook_id: int) -> BaseResponse:
    operations.end(g.actor, webhook_id)
    flash(_("Nothing is sent there any more."), "done")
    return see_other(url_for("webhooks.index"))


@bp.post(f"{_ONE}/resumption", may=_MAY)
def resume(webhook_id: int) -> BaseResponse:
    operations.resume(g.actor, webhook_id)
    flash(_("What happens from now on is sent again."), "done")
    return see_other(url_for("webhooks.one", webhook_id=webhook_id))


@bp.post(f"{_ONE}/secret", may=_MAY)
def change_secret(webhook_id: int) -> BaseResponse:
    queries.webhook(g.actor, webhook_id)
    if not tickets.is_confirmed():
        return see_other(url_for("accounts.confirm", next=url_for("webhooks.one", webhook_id=webhook_id)))
    row = operations.change_secret(g.actor, webhook_id)
    return _page(row, row.secret)


def _count() -> None:
    """Before anything is asked of the database: the counter writes in a transaction of its own."""
    spend(f"webhooks:{g.actor.account_id}", MOST_AN_HOUR, timedelta(hours=1))


@bp.post(f"{_ONE}/ping", may=_MAY)
def ping(webhook_id: int) -> BaseResponse:
    _count()
    operations.ping(g.actor, webhook_id)
    flash(_("A test is on its way. Load the page again to see what came of it."), "done")
    return see_other(url_for("webhooks.one", webhook_id=webhook_id))


@bp.post(f"{_ONE}/deliveries/<int:delivery_id>/replay", may=_MAY)
def replay(webhook_id: int, delivery_id: int) -> BaseResponse:
    _count()
    operations.replay(g.actor, webhook_id, delivery_id)
    flash(_("It is sent once more."), "done")
    return see_other(url_for("webhooks.one", webhook_id=webhook_id))
