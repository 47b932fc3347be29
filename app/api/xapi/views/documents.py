"""States, profiles of activities, profiles of agents: three kinds of documents, one way to keep them."""

from dataclasses import dataclass

from flask import Response

from app.access.permissions import Permission
from app.api.tokens.rules import TokenScope
from app.api.xapi.calls import Call, call
from app.api.xapi.operations import join_document, put_document, remove_documents
from app.api.xapi.queries.documents import ACTIVITY, AGENT, STATE, Address, found, is_taken, listed
from app.api.xapi.rules import values
from app.api.xapi.rules.documents import Seen
from app.api.xapi.rules.problems import Malformed
from app.api.xapi.rules.versions import Version
from app.api.xapi.views.blueprint import bp, in_json, nothing
from app.platform.refusal import NotFound

_METHODS = ("GET", "PUT", "POST", "DELETE")
_PLAIN = "application/octet-stream"


@dataclass(frozen=True)
class Resource:
    """What documents of a kind are told apart by."""

    kind: str
    id_name: str
    parts: tuple[str, ...]
    """Parameters that every call has, beside the id."""
    may_register: bool = False
    clears: bool = False
    """Whether all documents of an owner can go at once."""


_STATE = Resource(STATE, "stateId", ("activityId", "agent"), may_register=True, clears=True)
_ACTIVITY = Resource(ACTIVITY, "profileId", ("activityId",))
_AGENT = Resource(AGENT, "profileId", ("agent",))


@bp.route("/activities/state", methods=_METHODS, may=Permission.FACTORIES_READ, from_anywhere=True)
def state() -> Response:
    return _answer(_STATE, call())


@bp.route("/activities/profile", methods=_METHODS, may=Permission.FACTORIES_READ, from_anywhere=True)
def activity_profile() -> Response:
    return _answer(_ACTIVITY, call())


@bp.route("/agents/profile", methods=_METHODS, may=Permission.FACTORIES_READ, from_anywhere=True)
def agent_profile() -> Response:
    return _answer(_AGENT, call())


def _answer(resource: Resource, asked: Call) -> Response:
    is_reading = asked.method in {"GET", "HEAD"}
    asked.needs(TokenScope.STATEMENTS_READ if is_reading else TokenScope.STATEMENTS_WRITE)
    address = _address(resource, asked)
    if is_reading:
        return _shown(asked, address) if address.name is not None else _names(asked, address)
    if address.name is None and not (asked.method == "DELETE" and resource.clears):
        raise Malformed(f"the parameter {resource.id_name} is missing")
    if asked.method == "DELETE":
        remove_documents(asked.entered, address, _seen(asked, resource))
        return nothing()
    if is_taken(asked.entered, address):
        raise NotFound
    keep = put_document if asked.method == "PUT" else join_document
    keep(asked.entered, address, asked.content_type or _PLAIN, asked.body, _seen(asked, resource))
    return nothing()


def _address(resource: Resource, asked: Call) -> Address:
    registration = ("registration",) if resource.may_register else ()
    since = ("since",) if asked.method in {"GET", "HEAD"} else ()
    asked.only(resource.id_name, *resource.parts, *registration, *since)
    if resource.may_register and "registration" in asked.parameters:
        values.check_uuid(asked.parameters["registration"], "registration")
    return Address(
        resource.kind,
        activity=asked.iri("activityId") if "activityId" in resource.parts else None,
        agent=asked.agent() if "agent" in resource.parts else None,
        registration=asked.parameters.get("registration", "").lower() or None,
        name=asked.parameters.get(resource.id_name),
    )


def _seen(asked: Call, resource: Resource) -> Seen:
    """Where PUT replaces a document its sender must say which: always in 2.0, for profiles alone in 1.0.3."""
    is_putting, is_old = asked.method == "PUT", asked.version is Version.OLD
    return Seen(
        asked.headers.get("if-match"), asked.headers.get("if-none-match"),
        must_say=is_putting and (not is_old or resource.kind != STATE), also_of_nothing=is_putting and is_old,
    )  # fmt: skip


def _shown(asked: Call, address: Address) -> Response:
    document = found(asked.entered, address)
    if document is None:
        raise NotFound
    response = Response(document.content)
    response.headers["Content-Type"] = document.content_type
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.set_etag(document.etag)
    response.last_modified = document.updated_at
    return response


def _names(asked: Call, address: Address) -> Response:
    since = asked.parameters.get("since")
    documents = listed(asked.entered, address, values.moment(since, "since") if since is not None else None)
    response = in_json([each.name for each in documents])
    if documents:
        response.last_modified = max(each.updated_at for each in documents)
    return response
