"""Tokens in the browser."""

from app.access.actor import Grant
from app.access.roles import Role
from app.api.tokens.models import ApiToken
from app.api.tokens.rules import TokenScope
from app.platform.db import db
from tests.browse import Browse, fill
from tests.make import accounts
from tests.make import factories as make
from tests.make.staff import PASSWORD, sign_in, sreymom
from tests.make.tokens import token

TOKENS = "/account/tokens"


def confirmed(browse: Browse) -> Browse:
    sign_in(browse)
    browse.post("/account/confirm", {"password": PASSWORD, "next": "/account/tokens/new"})
    return browse


def test_made_listed_and_ended(browse: Browse) -> None:
    sreymom(Grant(Role.ADMINISTRATOR))
    factory = make.factory()
    page = confirmed(browse).get(f"{TOKENS}/new")
    address, data = fill(page, TOKENS, name="Dashboard", scopes=["factories:read", "coverage:read"], factories=f"{factory.code},", sent_id="a" * 32)
    made = browse.post(address, data)
    assert made.status == 200
    [text] = [field.get("value") or "" for field in made.all("input") if field.get("id") == "token"]
    assert text.startswith("swt_")
    assert made.response.headers["Cache-Control"] == "no-store"
    row = db.session.query(ApiToken).one()
    assert (row.name, row.scopes, row.factories) == ("Dashboard", ["factories:read", "coverage:read"], [factory.id])
    again = browse.post(address, data)
    assert again.status == 303
    assert db.session.query(ApiToken).count() == 1
    listed = browse.get(TOKENS)
    assert text not in listed.response.text
    assert "Dashboard" in listed.text
    assert factory.name in listed.text
    assert browse.post(f"{TOKENS}/{row.id}/end").status == 303
    assert "Ended" in browse.get(TOKENS).text


def test_the_password_is_asked_for_first(browse: Browse) -> None:
    browse = browse.as_account(accounts.account(Role.ADMINISTRATOR))  # without a password
    assert browse.get(f"{TOKENS}/new").location == "/account/confirm?next=/account/tokens/new"
    assert browse.post(TOKENS, {"name": "x", "scopes": "factories:read"}).location.startswith("/account/confirm")
    assert db.session.query(ApiToken).count() == 0


def test_forms_with_faults_are_shown_again(browse: Browse) -> None:
    factory = make.factory()
    sreymom(Grant(Role.FOCAL_POINT, factory_id=factory.id))
    good = {"name": "x", "scopes": "factories:read", "last_day": "2027-01-01", "sent_id": "b" * 32}
    confirmed(browse)
    for wrong in ({"name": " "}, {"scopes": ""}, {"scopes": "everything"}, {"last_day": "2001-01-01"}, {"last_day": "x"}, {"factories": "NOWHERE"},
                  {"programme": str(factory.programme_id)}, {"name": "x" * 101}):
        assert browse.post(TOKENS, {**good, **wrong}).status == 422, wrong
    assert db.session.query(ApiToken).count() == 0


def test_who_sees_which(browse: Browse) -> None:
    own, other = make.factory(), make.factory()
    one, two = (accounts.account(Role.FOCAL_POINT, factory=each) for each in (own, other))
    token(one, TokenScope.FACTORIES_READ, name="Of one")
    token(two, TokenScope.FACTORIES_READ, name="Of two")
    assert "Of two" not in browse.as_account(one).get(TOKENS).text
    everything = browse.as_account(accounts.account(Role.ADMINISTRATOR)).get(TOKENS).text
    assert all(name in everything for name in ("Of one", "Of two", one.name, two.name))
    assert browse.as_account(accounts.account(Role.TRAINER, programme=make.programme())).get(TOKENS).status == 404
    assert "Tokens of programs" in browse.as_account(one).get("/account").text
