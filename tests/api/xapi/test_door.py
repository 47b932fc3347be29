"""Who comes in, in which edition, and what each token may."""

import base64

import pytest
from flask import Flask

from app.access.roles import Role
from app.api.tokens.rules import TokenScope
from app.api.xapi import door
from tests.browse import Browse
from tests.make import accounts
from tests.make.speakers import Speaker, speaker, statement
from tests.make.tokens import token


@pytest.fixture
def office(app: Flask) -> Speaker:
    return speaker(app, accounts.account(Role.ADMINISTRATOR))


def test_anybody_may_ask_what_is_spoken(app: Flask) -> None:
    assert app.test_client().get("/xapi/about").get_json()["version"] == ["2.0.0", "1.0.3"]


@pytest.mark.parametrize("header", ["", "Basic", "Basic x", "Basic \xfc", "Basic " + base64.b64encode(b"a\0:b").decode(), "Bearer x", "Basic " + base64.b64encode(b"foo:bar").decode()])
def test_without_a_token_nobody_comes_in(app: Flask, header: str) -> None:
    answer = app.test_client().get("/xapi/statements", headers={"Authorization": header, "X-Experience-API-Version": "2.0.0"})
    assert answer.status_code == 401 and answer.headers["WWW-Authenticate"].startswith("Basic")


def test_the_whole_token_may_be_the_password(app: Flask) -> None:
    text = token(accounts.account(Role.ADMINISTRATOR), TokenScope.STATEMENTS_READ).text
    whole = Speaker(Browse(app), "Basic " + base64.b64encode(f"seamwise:{text}".encode()).decode())
    assert whole.get("statements").status_code == 200


def test_a_token_that_runs_wild_waits(office: Speaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MOST_A_MINUTE", 2)
    answers = [office.get("statements") for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert answers[2].headers["Retry-After"]


def test_a_cookie_counts_for_nothing(browse: Browse) -> None:
    signed_in = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    assert signed_in.get("/xapi/statements", headers={"X-Experience-API-Version": "2.0.0"}).status == 401


def test_each_scope_opens_its_own(app: Flask) -> None:
    owner = accounts.account(Role.ADMINISTRATOR)
    reader, writer = speaker(app, owner, TokenScope.STATEMENTS_READ), speaker(app, owner, TokenScope.STATEMENTS_WRITE)
    other = speaker(app, owner, TokenScope.PEOPLE_READ)
    assert [each.say(statement()).status_code for each in (reader, writer, other)] == [403, 200, 403]
    assert [each.get("statements").status_code for each in (reader, writer, other)] == [200, 403, 403]


@pytest.mark.any_engine
@pytest.mark.parametrize(("asked", "status", "answered"), [("2.0.0", 200, "2.0.0"), ("2.0", 200, "2.0.0"), ("1.0.3", 200, "1.0.3"), ("1.0", 200, "1.0.3"), ("", 400, "2.0.0"), ("0.95", 400, "2.0.0"), ("3.0", 400, "2.0.0")])
def test_the_answer_speaks_the_edition_that_was_asked_for(office: Speaker, asked: str, status: int, answered: str) -> None:
    office.version = asked
    answer = office.get("statements")
    assert (answer.status_code, answer.headers["X-Experience-API-Version"]) == (status, answered)


def test_the_older_edition_knows_no_agents_of_a_context_and_wraps_calls_in_forms(office: Speaker) -> None:
    said = statement(context={"contextAgents": [{"objectType": "contextAgent", "agent": {"mbox": "mailto:a@e.org"}}]})
    assert office.say(said).status_code == 200
    office.version = "1.0.3"
    assert office.say({**said, "id": statement()["id"]}).status_code == 400
    form = {"Authorization": office.header, "X-Experience-API-Version": "1.0.3", "statementId": said["id"]}
    wrapped = office.browse.client.post("/xapi/statements?method=GET", data=form)
    assert (wrapped.status_code, wrapped.get_json()["id"]) == (200, said["id"])
    wrapped = office.browse.client.post("/xapi/statements?method=GET", data={**form, "X-Experience-API-Version": "2.0.0"})
    assert wrapped.status_code == 400
