"""The second factor: an authenticator app, recovery codes, and what a password alone opens (ASVS 6.3.3)."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from app.access.actor import Grant
from app.access.roles import Role
from app.accounts.models import Account, RecoveryCode, SignIn
from app.platform.config import Settings
from app.platform.db import db
from tests.browse import Browse, Reply
from tests.make import factories as make
from tests.make.staff import PASSWORD, code_for, required, sign_in, sreymom

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def strict(app: Flask) -> Iterator[None]:
    with required(app):
        yield


def _with_app(account: Account) -> Account:
    account.totp_secret = SECRET
    db.session.commit()
    return account


def _codes(reply: Reply) -> list[str]:
    said = ["".join(element.itertext()) for element in reply.all("bdi")]
    return [words for words in said if re.fullmatch(r"[a-z2-9]{5}-[a-z2-9]{5}", words)]


def test_the_policy_of_the_site() -> None:
    assert Settings(env="production").needs_second_factor
    assert not Settings(env="development").needs_second_factor
    assert not Settings(env="production", second_factor="optional").needs_second_factor
    assert Settings(env="test", second_factor="required").needs_second_factor


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER, Role.TRAINER, Role.ADVISOR])
@pytest.mark.usefixtures("strict")
def test_staff_without_a_factor_are_led_to_set_one_up(browse: Browse, role: Role) -> None:
    programme = make.programme()
    sreymom(Grant(role, None if role is Role.ADMINISTRATOR else programme.id))
    sign_in(browse)
    for address in ("/", "/sessions", "/factories", "/account", "/account/password", "/accounts", "/outbox"):
        assert browse.get(address).location.startswith("/account/security?next="), address
    assert browse.post("/account", {"name": "x", "language": "en"}).status == 401
    assert browse.post("/account/password", {"old": PASSWORD, "password": "another good one"}).status == 401
    assert "One more step" in browse.get("/account/security").text


@pytest.mark.usefixtures("strict")
def test_ambassadors_may_do_without(browse: Browse) -> None:
    sreymom(Grant(Role.FACTORY_AMBASSADOR, factory_id=make.factory().id))
    sign_in(browse)
    assert browse.get("/sessions").status == 200


def test_where_it_is_optional_a_password_is_enough(browse: Browse) -> None:
    sreymom()
    sign_in(browse)
    assert browse.get("/sessions").status == 200


@pytest.mark.usefixtures("strict")
def test_set_up_an_app_and_sign_in_with_it(browse: Browse) -> None:
    sreymom()
    sign_in(browse)
    before = browse.client.get_cookie("seamwise").value
    page = browse.get("/account/security/app")
    [secret] = re.findall(r"\b[A-Z2-7]{32}\b", page.text)
    assert any((image.get("src") or "").startswith("data:image/svg+xml") for image in page.all("img"))
    wrong = browse.post("/account/security/app", {"code": "000000"})
    assert (wrong.status, "not right" in wrong.text) == (422, True)
    first = code_for(secret)
    reply = browse.post("/account/security/app", {"code": " ".join(first)})
    codes = _codes(reply)
    assert (reply.status, len(codes), len(set(codes))) == (200, 10, 10)
    assert browse.get("/sessions").status == 200
    browse.client.set_cookie("seamwise", before)
    assert browse.get("/").location.startswith("/sign-in"), "the sign-in before the factor has ended"
    stored = db.session.query(RecoveryCode).all()
    assert not {row.code_hash for row in stored} & set(codes)

    later = Browse(browse.app)
    assert sign_in(later, following="/sessions").location == "/sessions"
    asked = later.get("/sessions").location
    assert asked == "/sign-in/factor?next=/sessions"
    assert later.get(asked).status == 200
    again = later.post("/sign-in/factor", {"code": first, "next": "/sessions"})
    assert again.status == 422, "the code that set it up is used up"
    assert later.post("/sign-in/factor", {"code": code_for(secret, 1), "next": "/sessions"}).location == "/sessions"
    assert later.get("/sessions").status == 200


def test_a_code_works_once(browse: Browse) -> None:
    _with_app(sreymom())
    code = code_for(SECRET)
    for expected in (303, 422):
        fresh = Browse(browse.app)
        sign_in(fresh)
        assert fresh.post("/sign-in/factor", {"code": code}).status == expected


def test_old_and_future_codes_do_not_work(browse: Browse) -> None:
    _with_app(sreymom())
    sign_in(browse)
    for drift in (-3, 3):
        assert browse.post("/sign-in/factor", {"code": code_for(SECRET, drift)}).status == 422


def test_a_code_in_the_digits_of_the_country(browse: Browse) -> None:
    _with_app(sreymom())
    sign_in(browse)
    khmer = code_for(SECRET).translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩"))
    assert browse.post("/sign-in/factor", {"code": khmer}).status == 303


def test_five_tries_then_wait(browse: Browse) -> None:
    _with_app(sreymom())
    sign_in(browse)
    assert [browse.post("/sign-in/factor", {"code": "x"}).status for _ in range(7)] == [422] * 5 + [429] * 2


def test_before_the_code_nothing_of_the_account_answers(browse: Browse) -> None:
    account = _with_app(sreymom())
    sign_in(browse)
    for address in ("/", "/account", "/account/security", "/account/security/app", "/account/confirm"):
        assert browse.get(address).location.startswith("/sign-in/factor"), address
    sent = {"old": PASSWORD, "password": "another good one", "code": code_for(SECRET), "credential": "{}"}
    for address in ("/account/password", "/account/security/app", "/account/security/app/removal", "/account/security/codes",
                    "/account/security/passkeys", "/account/sign-ins/end"):
        assert browse.post(address, sent).status == 401, address
    db.session.refresh(account)
    assert account.totp_secret == SECRET


def test_a_recovery_code_works_once(browse: Browse) -> None:
    _with_app(sreymom())
    sign_in(browse)
    browse.post("/sign-in/factor", {"code": code_for(SECRET)})
    page = browse.post("/account/security/codes")
    assert page.location.startswith("/account/confirm"), "the sign-in is new: the password is asked for again"
    assert browse.post("/account/confirm", {"password": "wrong"}).status == 422
    assert browse.post("/account/confirm", {"password": PASSWORD}).location == "/account/security"
    codes = _codes(browse.post("/account/security/codes"))
    for expected in (303, 422):
        fresh = Browse(browse.app)
        sign_in(fresh)
        assert fresh.post("/sign-in/factor", {"code": codes[0].upper().replace("-", " ")}).status == expected


def test_the_factor_belongs_to_one_account(browse: Browse) -> None:
    _with_app(sreymom())
    other = sreymom(email="other@seamwise.example", name="Other")
    other.totp_secret = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"
    db.session.commit()
    sign_in(browse, email="other@seamwise.example")
    assert browse.post("/sign-in/factor", {"code": code_for(SECRET)}).status == 422


def test_foreign_passkeys_are_refused_in_words(browse: Browse) -> None:
    for sent in ("", "{", "null", "[]", "[" * 100_000, '{"id": 7}', '{"id": "AAAA", "rawId": "AAAA"}'):
        browse.post("/sign-in/passkey/question")
        reply = browse.post("/sign-in/passkey", {"credential": sent})
        assert (reply.status, "not known here" in reply.text) == (422, True), sent
    assert "took too long" in browse.post("/sign-in/passkey", {"credential": "{}"}).text, "a challenge works once"
    assert db.session.query(SignIn).count() == 0


def test_the_options_of_a_passkey(browse: Browse) -> None:
    sreymom()
    sign_in(browse)
    offer = browse.post("/account/security/passkeys/offer").response.json
    assert (offer["rp"]["id"], offer["authenticatorSelection"]["userVerification"]) == ("localhost", "required")
    reply = browse.post("/account/security/passkeys", {"credential": '{"id": "AAAA"}'})
    assert (reply.status, "could not be added" in reply.text) == (422, True)
