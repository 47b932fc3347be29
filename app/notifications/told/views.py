"""What a person, a factory or an account was told."""

from collections.abc import Sequence

from flask import g, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.accounts.operations import account_in_scope
from app.factories.queries import factory_by_code, person
from app.notifications.told import queries
from app.notifications.told.pages import ToldPage
from app.notifications.told.queries import Row
from app.notifications.wording import KINDS, STATES, WAYS
from app.platform.web import Blueprint, render
from app.sessions.queries import planning

bp = Blueprint("told", __name__)


@bp.get("/people/<int:person_id>/told", may=Permission.MAIL_READ)
def of_person(person_id: int) -> Response:
    found = person(g.actor, person_id, Permission.MAIL_READ)
    back = url_for("factories.person", person_id=found.id)
    return _page(found.local_name or found.name, back, queries.of_person(g.actor, found.id))


@bp.get("/factories/<code>/told", may=Permission.MAIL_READ)
def of_factory(code: str) -> Response:
    factory = factory_by_code(g.actor, code, Permission.MAIL_READ)
    back = url_for("factories.factory", code=code)
    return _page(factory.local_name or factory.name, back, queries.of_factory(g.actor, factory), factory.programme.zone)


@bp.get("/accounts/<int:account_id>/told", may=Permission.ACCOUNTS_INVITE)
def of_account(account_id: int) -> Response:
    account = account_in_scope(g.actor, account_id)
    back = url_for("accounts.one", account_id=account_id)
    return _page(account.name, back, queries.of_account(g.actor, account))


def _page(name: str, back: str, rows: Sequence[Row], zone: str = "") -> Response:
    return render(ToldPage(name, back, rows, zone or _zone(), KINDS, WAYS, STATES))


def _zone() -> str:
    """The zone of the one programme of the actor, else UTC."""
    programmes = planning.programmes(g.actor, Permission.MAIL_READ)
    return programmes[0].zone if len(programmes) == 1 else "UTC"
