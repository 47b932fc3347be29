"""Addresses for programs that read, one for each row of the table, with their document and a page about them."""

import json
from collections.abc import Callable
from typing import Any

import pydantic_core
from flask import Response, g, request

from app.api.door import MOST_A_MINUTE, failed, say_limits
from app.api.v1.asked import BEGINNING
from app.api.v1.document import document as described
from app.api.v1.document import parameters
from app.api.v1.pages import DocumentationPage
from app.api.v1.reading import Misunderstood, read
from app.api.v1.resource import Resource
from app.api.v1.resources import RESOURCES
from app.api.webhooks.rules import TOLD
from app.platform.config import settings
from app.platform.i18n import _
from app.platform.web import PUBLIC, Blueprint, render

bp = Blueprint("v1", __name__, url_prefix="/api/v1")
bp.after_request(say_limits)


@bp.get("", may=PUBLIC)
def documentation() -> Response:
    asked = {resource.name: parameters(resource.asked) for resource in RESOURCES}
    return render(DocumentationPage(RESOURCES, asked, settings().base_url, BEGINNING, MOST_A_MINUTE, TOLD))


@bp.get("/openapi.json", may=PUBLIC)
def document() -> Response:
    response = Response(json.dumps(described(), ensure_ascii=False), mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    return _asked_again(response)


@bp.before_request
def _refuse_without_scope() -> Response | None:
    """Before the route asks for a permission: a program is told which scope is missing, whatever it rests on."""
    resource, entered = _BY_ENDPOINT.get(request.endpoint or ""), g.get("entered")
    return _not_allowed(resource) if resource and entered and resource.scope not in entered.scopes else None


def _list(resource: Resource[Any]) -> Callable[..., Response]:
    def view() -> Response:
        try:
            asked = read(resource.asked, request.args)
        except Misunderstood as error:
            return _misunderstood(error.faults, 409 if error.is_conflict else 400)
        return _answer(resource.page(g.actor, asked))

    return view


def _one(resource: Resource[Any]) -> Callable[..., Response]:
    def view(**named: Any) -> Response:
        if request.args:
            return _misunderstood([{"name": name, "detail": "There is no such parameter."} for name in request.args])
        return _answer(resource.one(g.actor, named[resource.one_name]))

    return view


def _not_allowed(resource: Resource[Any]) -> Response:
    response = failed(403, _("The token does not allow this: %(scope)s is missing.", scope=resource.scope.value))
    response.headers["WWW-Authenticate"] = f'Bearer error="insufficient_scope", scope="{resource.scope.value}"'
    return response


def _misunderstood(faults: list[dict[str, str]], status: int = 400) -> Response:
    return failed(status, _("The question is not understood."), errors=faults)


def _answer(content: object) -> Response:
    response = Response(pydantic_core.to_json(content), mimetype="application/json")
    response.headers["Cache-Control"] = "private, no-cache"
    response.vary.add("Authorization")
    return _asked_again(response)


def _asked_again(response: Response) -> Response:
    """Nothing is sent twice to a program that still has it. Weak: it is the same one compressed - so no `If-Match`
    names it, while `*` is true of whatever is there.
    """
    if request.headers.get("If-Match", "*").strip() != "*":
        return failed(412, "")
    response.add_etag(weak=True)
    response.make_conditional({name: said for name, said in request.environ.items() if name != "HTTP_IF_MATCH"})
    return response


_BY_ENDPOINT = {f"{bp.name}.{what}_{each.name}": each for each in RESOURCES for what in ("list", "read")}

for _each in RESOURCES:
    bp.add_url_rule(f"/{_each.name}", f"list_{_each.name}", _list(_each), may=_each.permission, methods=["GET"])
    if _each.one_by is not None:
        _rule = f"/{_each.name}/<{'code' if _each.one_name == 'code' else 'int:id'}>"
        bp.add_url_rule(_rule, f"read_{_each.name}", _one(_each), may=_each.permission, methods=["GET"])
