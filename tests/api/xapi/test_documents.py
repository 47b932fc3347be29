"""Documents: nobody writes over what he has not seen."""

import json
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.access.roles import Role
from app.api.xapi.operations import documents
from tests.make import accounts
from tests.make.speakers import Speaker, speaker

AT = {"activityId": "https://e.org/a", "agent": json.dumps({"mbox": "mailto:a@e.org"}), "stateId": "place"}


@pytest.fixture
def office(app: Flask) -> Speaker:
    return speaker(app, accounts.account(Role.ADMINISTRATOR))


def _put(office: Speaker, value: Any, **headers: str) -> TestResponse:
    return office.ask("PUT", "activities/state", value, query_string=AT, headers={name.replace("_", "-"): each for name, each in headers.items()})


def test_two_writers_with_one_document_in_view_are_one_winner(office: Speaker) -> None:
    assert _put(office, {"page": 1}, If_None_Match="*").status_code == 204
    assert _put(office, {"page": 9}, If_None_Match="*").status_code == 412
    assert _put(office, {"page": 9}).status_code == 409
    seen = office.get("activities/state", **AT).headers["ETag"]
    assert [_put(office, {"page": number}, If_Match=seen).status_code for number in (2, 3)] == [204, 412]
    assert office.get("activities/state", **AT).get_json() == {"page": 2}


def test_nothing_is_removed_unseen(office: Speaker) -> None:
    _put(office, {"page": 1})
    old = {"If-Match": '"0"'}
    assert office.ask("DELETE", "activities/state", query_string=AT, headers=old).status_code == 412
    assert office.ask("DELETE", "activities/state", query_string=AT).status_code == 204
    assert office.get("activities/state", **AT).status_code == 404


def test_a_document_that_is_too_large(office: Speaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LARGEST", 10)
    assert _put(office, "x" * 20).status_code == 400
    assert office.get("activities/state", **AT).status_code == 404
