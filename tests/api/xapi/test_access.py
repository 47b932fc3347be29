"""Who may read and write what: what a token does not reach is not there."""

import json

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.api.tokens.rules import TokenScope
from app.api.xapi.models import KnownAs, Statement, StatementKey, StatementText
from app.api.xapi.person_data import PERSON_DATA
from app.factories.models import Employment, Factory
from app.factories.rules import EndReason, JobRole
from app.learning_record.operations import consenting
from app.platform.clock import today
from app.platform.db import db
from tests.make import accounts
from tests.make import factories as make
from tests.make.speakers import Speaker, account_of, speaker, statement, voiding

MANAGER = Role.PROGRAMME_MANAGER


@pytest.fixture
def factory(app: Flask) -> Factory:
    return make.factory()


def _focal(app: Flask, factory: Factory) -> Speaker:
    return speaker(app, accounts.account(Role.FOCAL_POINT, factory=factory))


def test_a_factory_reads_what_others_say_of_its_people_and_nobody_elses(app: Flask, factory: Factory) -> None:
    other = make.factory(programme=make.programme("BD"))
    person = make.person(factory)
    actor = account_of(person)
    writer = speaker(app, accounts.account(MANAGER, programme=factory.programme))
    said, of_nobody = statement(actor=actor), statement()
    assert writer.say(said, of_nobody).status_code == 200
    own, foreign, colleague = _focal(app, factory), _focal(app, other), speaker(app, accounts.account(MANAGER, programme=factory.programme))
    assert own.found() == [said["id"]]
    assert sorted(colleague.found()) == sorted([said["id"], of_nobody["id"]])
    assert foreign.found() == [] == foreign.found(agent=actor)
    assert foreign.get("statements", statementId=said["id"]).status_code == 404
    assert foreign.get("activities", activityId="https://courses.example.org/safety").get_json().get("definition") is None


def test_a_narrowed_token_reaches_no_further_than_it_says(app: Flask, factory: Factory) -> None:
    other = make.factory(programme=factory.programme)
    owner = accounts.account(MANAGER, programme=factory.programme)
    wide, narrow = speaker(app, owner), speaker(app, owner, TokenScope.STATEMENTS_READ, TokenScope.STATEMENTS_WRITE, factories=[other.code])
    said = statement(actor=account_of(make.person(factory)))
    assert wide.say(said).status_code == 200
    assert narrow.found() == []
    assert wide.found() == [said["id"]]


def test_somebody_beyond_reach_is_refused_as_nobody_at_all(app: Flask, factory: Factory) -> None:
    stranger = account_of(make.person(make.factory(programme=make.programme("BD"))))
    nobody = {"account": {**stranger["account"], "name": "f" * 32}}
    writer = _focal(app, factory)
    answers = [writer.say(statement(actor=each)) for each in (stranger, nobody)]
    assert [each.status_code for each in answers] == [400, 400]
    details = [each.get_json(force=True)["detail"].partition(": ")[0] for each in answers]
    assert details[0] == details[1]


def test_nobody_takes_back_what_another_system_said(app: Flask, factory: Factory) -> None:
    actor = account_of(make.person(factory))
    one, two = _focal(app, factory), _focal(app, factory)
    said = statement(actor=actor)
    one.say(said)
    assert two.say(voiding(said["id"])).status_code == 200
    assert one.get("statements", statementId=said["id"]).status_code == 200
    assert one.say(voiding(said["id"])).status_code == 200
    assert one.get("statements", statementId=said["id"]).status_code == 404


def _two_narrowed(app: Flask, factory: Factory) -> tuple[Speaker, Speaker, Speaker]:
    """The tokens of one owner: for a factory, for another one, for both."""
    other, owner = make.factory(programme=factory.programme), accounts.account(MANAGER, programme=factory.programme)
    both = (TokenScope.STATEMENTS_READ, TokenScope.STATEMENTS_WRITE)
    return *(speaker(app, owner, *both, factories=[each.code]) for each in (factory, other)), speaker(app, owner)  # type: ignore[return-value]


def test_a_narrowed_token_does_not_read_through_its_account_what_is_of_another_factory(app: Flask, factory: Factory) -> None:
    one, two, wide = _two_narrowed(app, factory)
    said = statement()  # about nobody of ours, so of the factory that its writer reaches
    assert one.say(said).status_code == 200
    assert (one.found(), two.found(), wide.found()) == ([said["id"]], [], [said["id"]])


@pytest.mark.parametrize("comes_first", [False, True])
def test_a_narrowed_token_takes_nothing_back_beyond_it(app: Flask, factory: Factory, comes_first: bool) -> None:
    one, two, wide = _two_narrowed(app, factory)
    said = statement(actor=account_of(make.person(factory)))
    for writer, each in ((two, voiding(said["id"])), (one, said))[:: 1 if comes_first else -1]:
        assert writer.say(each).status_code == 200
    assert one.get("statements", statementId=said["id"]).status_code == 200
    assert wide.say(voiding(said["id"])).status_code == 200  # it reads it, and is of the same account
    assert one.get("statements", statementId=said["id"]).status_code == 404


def test_documents_are_a_systems_own(app: Flask, factory: Factory) -> None:
    one, two = _focal(app, factory), _focal(app, factory)
    at = {"activityId": "https://e.org/a", "agent": '{"mbox": "mailto:a@e.org"}', "stateId": "place"}
    assert one.ask("PUT", "activities/state", {"page": 3}, query_string=at).status_code == 204
    assert (one.get("activities/state", **at).get_json(), two.get("activities/state", **at).status_code) == ({"page": 3}, 404)


def test_documents_of_somebody_beyond_a_narrowed_token_are_not_there(app: Flask, factory: Factory) -> None:
    """Its account shares them among its tokens: those of people whom it reaches, and of whom nobody here is."""
    one, two, wide = _two_narrowed(app, factory)
    agents = (account_of(make.person(factory)), {"mbox": "mailto:a@e.org"})
    for agent, is_there in zip(agents, (False, True), strict=True):
        at = {"activityId": "https://e.org/a", "agent": json.dumps(agent)}
        assert one.ask("PUT", "activities/state", {"page": 3}, query_string={**at, "stateId": "place"}).status_code == 204
        assert one.ask("PUT", "agents/profile", {"page": 3}, query_string={"agent": at["agent"], "profileId": "me"}).status_code == 204
        for reader, sees in ((one, True), (wide, True), (two, is_there)):
            assert reader.get("activities/state", **at, stateId="place").status_code == (200 if sees else 404)
            assert reader.get("activities/state", **at).get_json() == (["place"] if sees else [])
            assert reader.get("agents/profile", agent=agent).get_json() == (["me"] if sees else [])
        for method, name, status in (("PUT", "place", 404), ("POST", "place", 404), ("POST", "other", 400), ("DELETE", "place", 204)):
            headers = {"If-Match": "*"} if name == "place" and is_there else {}
            answer = two.ask(method, "activities/state", {"page": 4}, query_string={**at, "stateId": name}, headers=headers)
            assert answer.status_code == (204 if is_there else status), (method, name)
        assert two.get("activities/state", **at).get_json() == (["other"] if is_there else [])
        assert two.ask("DELETE", "activities/state", query_string=at).status_code == 204
        assert two.get("activities/state", **at).get_json() == []
    assert one.get("activities/state", activityId="https://e.org/a", agent=agents[0], stateId="place").get_json() == {"page": 3}


def test_who_is_erased_stands_in_nothing_that_others_wrote(app: Flask, factory: Factory) -> None:
    person, colleague = make.person(factory), make.person(factory)
    actor, other = account_of(person), account_of(colleague)
    writer = _focal(app, factory)
    gone = [statement(actor=actor), statement(actor=other, context={"instructor": actor})]
    stays = statement(actor=other)
    writer.say(*gone, stays)
    state = {"activityId": "https://e.org/a", "agent": actor, "stateId": "place"}
    writer.ask("PUT", "activities/state", {"name": "Sreymom"}, query_string={name: value if isinstance(value, str) else json.dumps(value) for name, value in state.items()})
    exported = PERSON_DATA.export(person.id)
    assert [len(exported[name]) for name in ("xapi_statement", "xapi_person", "xapi_document")] == [1, 1, 1]
    PERSON_DATA.erase([person.id])
    assert writer.found() == [stays["id"]]
    left = " ".join(db.session.scalars(sa.select(StatementText.text)))
    assert actor["account"]["name"] not in left
    assert db.session.query(Statement).count() == 3
    kept = set(db.session.scalars(sa.select(StatementKey.statement_id)))
    assert len(kept) == 1 and db.session.query(KnownAs).filter_by(person_id=person.id).count() == 0


def test_a_factory_reads_of_people_while_they_are_there_whatever_they_consent_to(app: Flask, factory: Factory) -> None:
    """A move leaves what was said where it was; a consent opens the page of a person, and no door for programs."""
    other = make.factory(programme=factory.programme)
    person = make.person(factory)
    actor = account_of(person)
    writer = speaker(app, accounts.account(MANAGER, programme=factory.programme))
    before = statement(actor=actor)
    assert writer.say(before).status_code == 200
    job, day = db.session.query(Employment).filter_by(person_id=person.id).one(), today("Asia/Phnom_Penh")
    job.ended_on, job.end_reason = day, EndReason.MOVED_FACTORY
    make.employ(person, other, JobRole.SUPERVISOR, number="N1").started_on = day
    consenting.note_consent(SYSTEM, person.id, other.code)
    after = statement(actor=actor)
    assert writer.say(after).status_code == 200
    old, new = _focal(app, factory), _focal(app, other)
    assert (old.found(agent=actor), new.found(agent=actor)) == ([before["id"]], [after["id"]])
    assert old.get("statements", statementId=after["id"]).status_code == new.get("statements", statementId=before["id"]).status_code == 404


def test_no_more_link_leads_beyond_a_factory(app: Flask, factory: Factory) -> None:
    other = make.factory(programme=factory.programme)
    writer = speaker(app, accounts.account(MANAGER, programme=factory.programme))
    stranger = account_of(make.person(other))
    own = [statement(actor=account_of(make.person(factory)), context={"instructor": stranger}) for _ in range(3)]
    for mine in own:  # every second one is of the other factory
        assert writer.say(mine, statement(actor=stranger)).status_code == 200
    reader, foreign = _focal(app, factory), _focal(app, other)
    more = writer.get("statements", limit="1", ascending="true").get_json()["more"].removeprefix("/xapi/")
    for each, seen in ((reader, own[1:]), (foreign, None)):
        found = [row["id"] for row in each.ask("GET", more.replace("limit=1", "limit=50")).get_json()["statements"]]
        assert found == [row["id"] for row in seen] if seen else set(found).isdisjoint(row["id"] for row in own)
    assert reader.found(agent=stranger) == []  # in main places only those of others have her
    assert reader.ask("GET", "agents", query_string={"agent": json.dumps(stranger)}).get_json()["account"] == [stranger["account"]]
