"""One identity, however its signs are encoded; look-alikes of another script are somebody else (TRAPS T54)."""

import unicodedata

import pytest
from flask import Flask

from app.access.roles import Role
from app.accounts.models import SignIn
from app.factories.models import Person
from app.factories.structure.rules import is_code, plain_code
from app.platform.db import db
from tests.browse import Browse
from tests.make import accounts, cards, factories


@pytest.fixture
def person(app: Flask) -> Person:
    """Works under AB-017 at KH-GOLD."""
    factory = factories.factory("KH-GOLD")
    made = factories.person(factory, name="Zoé Nguyễn", local_name=None)
    factories.employ(made, factories.factory("KH-SILVER"), None, number="AB-017")
    cards.card(made)
    return made


def enter(app: Flask, factory: str, number: str) -> int:
    """The status of trying the door."""
    return Browse(app).post("/enter", {"factory": factory, "number": number, "pin": cards.PIN}).status


@pytest.mark.parametrize(
    ("factory", "number"),
    [("KH-SILVER", "AB-017"), ("ＫＨ-ＳＩＬＶＥＲ", "ＡＢ-０１７"), ("kh-silver", "ab\u200d-0\u200b17"), (" KH-SILVER", "\u202aAB 017\u202c")],
    ids=["plain", "full width", "joiners", "direction marks"],
)
def test_a_number_is_the_same_in_every_encoding(app: Flask, person: Person, factory: str, number: str) -> None:
    assert enter(app, factory, number) == 303


@pytest.mark.parametrize(("factory", "number"), [("KH-SILVER", "АВ-017"), ("КН-SILVER", "AB-017")], ids=["cyrillic number", "cyrillic code"])
def test_look_alikes_open_no_door(app: Flask, person: Person, factory: str, number: str) -> None:
    assert enter(app, factory, number) == 422
    assert db.session.query(SignIn).count() == 0


@pytest.mark.parametrize("code", ["КН", "K\u200dH", "ＫＨ", "KH\u0301", "K H", ""])
def test_codes_are_plain_letters(code: str) -> None:
    assert not is_code(plain_code(code))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_is_found_in_either_form_and_shown_as_it_was_written(browse: Browse, person: Person, form: str) -> None:
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme()))
    found = manager.get("/factories/KH-SILVER/people", query_string={"q": unicodedata.normalize(form, "Zoé Nguyễn")})
    assert "Zoé Nguyễn" in found.text
