"""One call of a program: what it asks, whether by the request itself or - as 1.0.3 allows - wrapped in a form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import g, request

from app.api.tokens.entering import Entered
from app.api.tokens.rules import TokenScope
from app.api.xapi.rules import actors, values
from app.api.xapi.rules.problems import Malformed, want
from app.api.xapi.rules.reading import read_json
from app.api.xapi.rules.versions import HEADER, Version, version_of

_WRAPPED_HEADERS = ("Authorization", HEADER, "Content-Type", "Content-Length", "If-Match", "If-None-Match")


@dataclass(frozen=True)
class Call:
    """Method, parameters, headers and body, wherever they came from."""

    method: str
    version: Version
    parameters: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    entered: Entered = field(repr=False)

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "")

    def needs(self, scope: TokenScope) -> None:
        """Raise Forbidden unless the token may."""
        if scope not in self.entered.scopes:
            raise Forbidden(f"This token has no scope {scope.value}.")

    def only(self, *allowed: str) -> None:
        """Refuse parameters that mean nothing here: an ignored filter would answer too much."""
        if strange := self.parameters.keys() - set(allowed):
            raise Malformed(f"there is no parameter {min(strange)!r} here")

    def required(self, name: str) -> str:
        value = self.parameters.get(name)
        if value is None:
            raise Malformed(f"the parameter {name} is missing")
        return value

    def iri(self, name: str) -> str:
        value = self.required(name)
        values.check_iri(value, name)
        return value

    def agent(self) -> dict[str, Any]:
        return actors.only_agent(read_json(self.required("agent"), "agent"))

    def yes(self, name: str) -> bool:
        """A parameter that is true or false, and false when left out."""
        said = self.parameters.get(name, "false")
        want(said in {"true", "false"}, name, "must be true or false")
        return said == "true"


class Forbidden(Exception):
    """The token may not do this at all."""


def call() -> Call:
    """The call that this request is. Raises Malformed."""
    parameters = _once(request.args.items(multi=True))
    headers = {name.lower(): value for name, value in request.headers.items()}
    version = version_of(headers.get(HEADER.lower()))
    if "method" in parameters and (version or _wrapped_version()) is Version.OLD:
        return _unwrapped(parameters, headers)
    if version is None:
        raise Malformed(f"the header {HEADER} must be 2.0.x or 1.0.x")
    body = request.get_data(cache=True)
    return Call(request.method, version, parameters, headers, body, g.entered)


def _wrapped_version() -> Version | None:
    return version_of(request.form.get(HEADER))


def _unwrapped(parameters: Mapping[str, str], headers: dict[str, str]) -> Call:
    """The call inside a form."""
    want(request.method == "POST", "a call in a form", "must be sent by POST")
    want(list(parameters) == ["method"], "a call in a form", "must have no parameter in its address but method")
    method = parameters["method"].upper()
    want(method in {"GET", "HEAD", "PUT", "POST", "DELETE"}, "method", "is unknown")
    fields = _once(request.form.items(multi=True))
    for name in _WRAPPED_HEADERS:
        if name in fields:
            headers[name.lower()] = fields.pop(name)
    if method in {"PUT", "POST"}:
        want("content" in fields, "a call in a form", "must have its body as content")
    body = fields.pop("content", "").encode()
    if headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        headers["content-type"] = "application/json"
    version = version_of(headers.get(HEADER.lower()))
    if version is None:
        raise Malformed(f"{HEADER} must be 1.0.x")
    return Call(method, version, fields, headers, body, g.entered)


def _once(pairs: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in pairs:
        want(name not in found, name, "is there twice")
        found[name] = value
    return found
