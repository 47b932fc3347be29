"""Who works where, at a day and for an actor."""

from datetime import date

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.permissions import Permission
from app.access.roles import Role
from app.factories import queries
from app.platform.db import db
from app.platform.refusal import NotFound
from tests.make import accounts, factories


def test_open_employment_is_the_one_that_holds(app: Flask) -> None:
    factory, other = factories.factory(), factories.factory()
    person = factories.person()
    first = factories.employ(person, factory, "operator", number="1")
    first.ended_on = date(2026, 6, 30)
    db.session.flush()
    second = factories.employ(person, other, "supervisor", number="1")
    second.started_on = date(2026, 6, 30)
    db.session.flush()
    assert queries.open_employment(person.id) is second
    assert queries.open_employment(person.id, date(2026, 6, 29)) is first
    assert queries.open_employment(person.id, date(2026, 6, 30)) is second
    assert queries.open_employment(person.id, date(2019, 12, 31)) is None
    assert queries.open_employment(person.id, factory_id=factory.id) is None


def test_people_of_other_factories_are_not_found(app: Flask) -> None:
    own, twin = factories.factory(), factories.factory()
    mine, theirs = factories.person(own), factories.person(twin)
    focal = accounts.actor(accounts.account(Role.FOCAL_POINT, programme=own.programme, factory=own))
    assert queries.person(focal, mine.id) is mine
    assert [row.person_id for row in db.session.execute(queries.people(own.id))] == [mine.id]
    for ask in (
        lambda: queries.person(focal, theirs.id),
        lambda: queries.factory_by_code(focal, twin.code),
        lambda: queries.factory_by_code(focal, own.code, Permission.PEOPLE_MERGE),
        lambda: queries.person(focal, 10**6),
    ):
        with pytest.raises(NotFound):
            ask()
    assert list(db.session.scalars(queries.visible_factories(focal, Permission.FACTORIES_READ))) == [own]
    assert queries.person(SYSTEM, theirs.id) is theirs
    assert queries.programme(own.programme_id) is own.programme


def test_heads(app: Flask) -> None:
    factory = factories.factory()
    factories.person(factory, "operator", sex="M")
    factories.person(factory, "supervisor", sex="F")
    factories.person(factory, "supervisor", sex=None)
    heads = queries.heads(factory.id)
    assert (heads.total, heads.of("supervisor"), heads.all_with_sex("F"), heads.with_sex("M", "operator")) == (3, 2, 1, 1)
