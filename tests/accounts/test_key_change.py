"""A new secret key: what was hashed under the one before goes on working, and moves over when it is used."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from app.access.actor import Actor
from app.accounts import operations
from app.accounts.models import PersonPin
from app.platform.db import db
from app.platform.refusal import Refused
from tests.make import cards, factories
from tests.make.staff import sreymom

OLD, NEW = "old-key-0123456789abcdefghijklmnop", "new-key-0123456789abcdefghijklmnop"


@pytest.fixture
def keys(app: Flask) -> Iterator[None]:
    usual = app.extensions["settings"]
    _use(app, OLD)
    yield
    app.config["SECRET_KEY"], app.extensions["settings"] = usual.secret_key, usual


def _use(app: Flask, key: str, *accepted: str) -> None:
    app.config["SECRET_KEY"] = key
    app.extensions["settings"] = replace(app.extensions["settings"], secret_key=key, old_secret_keys=accepted)


def change_key(app: Flask, *accepted: str) -> None:
    _use(app, NEW, *accepted)


def stored(person_id: int) -> str:
    return db.session.query(PersonPin).filter_by(person_id=person_id).one().pin_hash


def enter(person_id: int, pin: str) -> str:
    return operations.sign_in_person(person_id, pin, training_id=None, device="phone")


@pytest.mark.usefixtures("keys")
def test_a_pin_outlives_the_key(app: Flask) -> None:
    person = factories.person(factories.factory())
    cards.card(person)
    before = stored(person.id)
    change_key(app, OLD)
    with pytest.raises(Refused):
        enter(person.id, "0000")
    assert enter(person.id, cards.PIN)
    db.session.expire_all()
    assert stored(person.id) != before
    change_key(app)
    assert enter(person.id, cards.PIN), "it was hashed again under the new key"


@pytest.mark.usefixtures("keys")
def test_a_pin_under_a_key_that_is_not_accepted_any_more(app: Flask) -> None:
    person = factories.person(factories.factory())
    cards.card(person)
    change_key(app)
    with pytest.raises(Refused):
        enter(person.id, cards.PIN)


@pytest.mark.usefixtures("keys")
def test_a_recovery_code_outlives_the_key(app: Flask) -> None:
    own = Actor(account_id=sreymom().id)
    one, other, *_ = operations.new_recovery_codes(own)
    change_key(app, OLD)
    operations.give_code(own, one)
    with pytest.raises(Refused):
        operations.give_code(own, one)
    change_key(app)
    with pytest.raises(Refused):
        operations.give_code(own, other)
