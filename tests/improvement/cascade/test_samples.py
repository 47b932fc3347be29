"""Samples: drawn by chance, visited, and what was found stands beside the figures."""

from datetime import date, timedelta
from secrets import token_hex
from typing import Any

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.factories.models import Employment, Factory
from app.improvement.cascade import operations as cascade
from app.improvement.cascade.rules import Level, Why
from app.improvement.cascade.samples import operations, queries
from app.improvement.cascade.samples.rules import Found, Share
from app.platform.clock import today
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from tests.browse import Browse, fill
from tests.make import accounts, ambassadors, factories
from tests.make.statements import counted

TODAY = today("Asia/Phnom_Penh")
TOMORROW = TODAY + timedelta(days=2)
"""Whenever the test ends."""


@pytest.fixture
def factory(app: Flask) -> Factory:
    return factories.factory("F-1")


def held(factory: Factory, number: int = 6) -> list[Any]:
    return [ambassadors.session(factory, tuple(factories.person(factory) for _ in range(2))) for _ in range(number)]


def test_the_same_seed_draws_the_same(factory: Factory) -> None:
    held(factory)
    first = operations.draw(SYSTEM, "F-1", token_hex(16), sessions=3, people=5)
    again = operations.draw(SYSTEM, "F-1", token_hex(16), sessions=3, people=5, seed=first.seed)
    assert [(each.cascade_id, each.person_id) for each in first.items] == [(each.cascade_id, each.person_id) for each in again.items]
    assert sum(each.person_id is None for each in first.items) == 3
    assert len(first.items) == 8
    form = token_hex(16)
    assert operations.draw(SYSTEM, "F-1", form, sessions=1, people=1) is operations.draw(SYSTEM, "F-1", form, sessions=1, people=1)


def test_only_what_counts_and_who_still_works_there_is_drawn(factory: Factory) -> None:
    gone, old, left = held(factory, 3)
    cascade.withdraw(SYSTEM, "F-1", gone.id, Why.NOT_HELD)
    old.held_on = date(2026, 1, 1)
    people = queries.people_to_draw([left.id], factory.id, TODAY)
    db.session.query(Employment).filter_by(person_id=min(people)).update({"ended_on": TODAY})
    found = operations.draw(SYSTEM, "F-1", token_hex(16), sessions=9, people=9, since=date(2026, 2, 1))
    assert [(each.cascade_id, each.person_id) for each in found.items] == [(left.id, None), (left.id, max(people))]
    with pytest.raises(Refused, match="no session"):
        operations.draw(SYSTEM, "F-1", token_hex(16), sessions=1, people=0, since=TODAY)


def test_what_was_found_is_shown_by_level(factory: Factory) -> None:
    [with_names], without = held(factory, 1), ambassadors.session(factory, heads=ambassadors.Heads(40))
    someone = queries.people_to_draw([with_names.id], factory.id, TODAY)
    sample = ambassadors.sample(factory, (with_names, None), (without, None), *((with_names, db.session.get(factories.Person, each)) for each in someone))
    assert queries.results([factory.id]) == {}
    for item, found in zip(sample.items, (Found.CONFIRMED, Found.NOT_CONFIRMED, Found.CONFIRMED, Found.NOT_FOUND), strict=True):
        operations.note_found(SYSTEM, "F-1", sample.id, item.id, found, TODAY)
    db.session.flush()
    with counted() as statements:
        result = queries.results([factory.id])[factory.id]
    assert len(statements) == 1
    assert result.sessions == {Level.B: Share(confirmed=1), Level.C: Share(not_confirmed=1)}
    assert (result.people, result.people.share, result.last_on) == (Share(1, 0, 1), 1.0, TODAY)
    operations.note_found(SYSTEM, "F-1", sample.id, sample.items[1].id, Found.CONFIRMED, date(2026, 11, 20))
    assert queries.results([factory.id])[factory.id].sessions[Level.C] == Share(1)


def test_a_visit_that_lies_ahead_is_never_stored(factory: Factory) -> None:
    [session] = held(factory, 1)
    sample = ambassadors.sample(factory, (session, None))
    with pytest.raises(Refused, match="not come yet"):
        operations.note_found(SYSTEM, "F-1", sample.id, sample.items[0].id, Found.CONFIRMED, TOMORROW)
    assert sample.items[0].checked_on is None


def test_the_factory_does_not_see_what_is_drawn(factory: Factory, browse: Browse) -> None:
    [session] = held(factory, 1)
    sample = ambassadors.sample(factory, (session, None))
    operations.note_found(SYSTEM, "F-1", sample.id, sample.items[0].id, Found.CONFIRMED, TODAY)
    for role in (Role.FOCAL_POINT, Role.FACTORY_AMBASSADOR):
        account = accounts.account(role, factory=factory)
        with pytest.raises(NotFound):
            operations.draw(accounts.actor(account), "F-1", token_hex(16), sessions=1, people=1)
        reader = browse.as_account(account)
        for address in ("/factories/F-1/samples", f"/factories/F-1/samples/{sample.id}"):
            assert reader.get(address).status == 404
        page = reader.get("/factories/F-1/cascade").text
        assert "100% of sessions of level B confirmed (1 of 1)" in page


def test_an_advisor_draws_visits_and_notes(factory: Factory, browse: Browse) -> None:
    held(factory)
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=factories.programme()))
    reply = advisor.post(*fill(advisor.get("/factories/F-1/samples"), "/samples", sessions="2", people="1"))
    assert reply.status == 303
    page = advisor.get(reply.location)
    assert "Was this person there?" in page.text
    [item, *_rest] = queries.samples(SYSTEM, "F-1")[1][0].items
    action, data = fill(page, f"/items/{item.id}")
    data[f"item-{item.id}-found"] = "not_found"
    assert advisor.post(action, data).status == 303
    assert "Nobody to ask" in advisor.get(reply.location).text
    assert advisor.post("/factories/F-1/samples", {"sessions": "0", "people": "x"}).status == 422
    data[f"item-{item.id}-checked_on"] = TOMORROW.isoformat()
    assert "This day has not come yet." in advisor.post(action, data).text
