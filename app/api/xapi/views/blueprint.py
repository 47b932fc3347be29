"""The blueprint, what every answer says, and how failures are answered."""

from typing import Any

from flask import Response, request

from app.api.xapi import door
from app.api.xapi.calls import Forbidden
from app.api.xapi.refusals import Conflict, Outdated
from app.api.xapi.rules.problems import Malformed
from app.api.xapi.rules.reading import write_json
from app.api.xapi.rules.versions import HEADER, Version
from app.platform.web import Blueprint

bp = Blueprint("xapi", __name__, url_prefix="/xapi")


@bp.before_request
def keep_body() -> None:
    """The body is read as it came, before anybody takes it for a form."""
    request.get_data(cache=True)


@bp.after_request
def say_version(response: Response) -> Response:
    response.headers.setdefault(HEADER, door.spoken())
    return response


@bp.errorhandler(Malformed)
def malformed(problem: Malformed) -> Response:
    return door.failed(400, str(problem))


@bp.errorhandler(Forbidden)
def forbidden(problem: Forbidden) -> Response:
    return door.failed(403, str(problem))


@bp.errorhandler(Conflict)
def conflict(problem: Conflict) -> Response:
    return door.failed(409, str(problem))


@bp.errorhandler(Outdated)
def outdated(problem: Outdated) -> Response:
    return door.failed(412, str(problem))


def in_json(value: Any, status: int = 200) -> Response:
    return Response(write_json(value), status, mimetype="application/json")


def nothing() -> Response:
    response = Response(status=204)
    del response.headers["Content-Type"]
    return response


VERSIONS = [Version.NEW.value, Version.OLD.value]
