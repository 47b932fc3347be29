"""The document says what the addresses do: both come from one table, and neither has more than the other."""

import re

import pytest
from flask import Flask

from app.api.v1.document import document
from app.api.v1.resources import RESOURCES
from app.api.v1.views import bp
from tests.browse import Browse

pytestmark = pytest.mark.any_engine
_OPEN = {"/api/v1", "/api/v1/openapi.json"}

ADDRESSES = {
    "/api/v1", "/api/v1/openapi.json",
    "/api/v1/factories", "/api/v1/factories/{code}", "/api/v1/people", "/api/v1/people/{id}", "/api/v1/sessions", "/api/v1/sessions/{id}",
    "/api/v1/completions", "/api/v1/completions/{id}", "/api/v1/certificates", "/api/v1/certificates/{id}", "/api/v1/coverage", "/api/v1/indicators",
    "/calendar/{secret}.ics", "/sessions/{training_id}/meetings/{number}.ics",
    "/verify/{code}", "/c/{code}", "/c/{code}/credential.{ending}", "/certificates/{certificate_id}/file",
}  # fmt: skip
"""Other programs, calendars and printed codes hold these. They stay: one that goes needs a redirect for ever."""


def addresses(app: Flask) -> set[str]:
    return {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule) for rule in app.url_map.iter_rules()}


def test_addresses_that_others_hold_stay(shared_app: Flask) -> None:
    assert ADDRESSES - addresses(shared_app) == set()


def test_every_address_is_described_and_no_other(shared_app: Flask) -> None:
    own = {path for path in addresses(shared_app) if path.startswith("/api/v1")} - _OPEN
    assert own == set(document()["paths"])
    views = {name: view for name, view in shared_app.view_functions.items() if name.startswith(f"{bp.name}.")}
    for resource in RESOURCES:
        assert views[f"v1.list_{resource.name}"].may is resource.permission  # type: ignore[attr-defined]


def test_every_field_and_parameter_has_its_words() -> None:
    for path, methods in document()["paths"].items():
        for each in methods["get"]["parameters"]:
            assert each["in"] == "path" or each["description"] or "enum" in each["schema"], (path, each["name"])
    named = {each["name"] for methods in document()["paths"].values() for each in methods["get"]["parameters"]}
    assert not {"token", "access_token", "key"} & named


def test_the_page_tells_of_everything(browse: Browse) -> None:
    page = browse.get("/api/v1")
    assert page.status == 200
    for resource in RESOURCES:
        assert resource.path in page.text
        assert resource.scope.value in page.text
    text = browse.get("/api/v1/openapi.json")
    assert (text.status, text.response.mimetype, text.response.get_json()["openapi"]) == (200, "application/json", "3.1.0")
    assert browse.get("/api/v1/openapi.json", headers={"If-None-Match": text.response.headers["ETag"]}).status == 304
