"""What verifiers fetch, what holders share, and what nobody gets."""

import itertools
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from app.access.roles import Role
from app.certificates import operations
from app.certificates.credentials import jobs, making
from app.certificates.models import Certificate
from app.certificates.rules import Reason
from app.platform import clock
from app.platform.db import db
from app.platform.files import files
from app.platform.web import throttle
from tests.browse import Browse
from tests.make import accounts, certificates, factories
from tests.make.keys import ADDRESS, Site

_tests = itertools.count()
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(autouse=True)
def fresh_counters(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Rate counters live in transactions of their own; each test counts under keys of its own."""
    number, real = next(_tests), throttle._count
    monkeypatch.setattr(throttle, "_count", lambda session, key, window: real(session, f"c{key}:{number}", window))
    yield


def _signed(site: Site, **values: object) -> Certificate:
    certificate = certificates.drawn(certificates.certificate(at=clock.now() - timedelta(days=1), **values))  # type: ignore[arg-type]
    certificate.credential_key = files().put(making.credential(certificate, site.keys()))
    jobs.sign_list(1).write()
    return certificate


def test_who_we_are_for_programs_and_for_people(browse: Browse, site: Site) -> None:
    site.rotate("second")
    reply = browse.get("/issuer")
    assert reply.response.mimetype == "application/ld+json"
    assert reply.response.headers["Access-Control-Allow-Origin"] == "*"
    told = json.loads(reply.response.text)
    assert (told["id"], told["name"]) == (f"{ADDRESS}/issuer", "Meridian")
    assert len(told["assertionMethod"]) == 2
    assert told["assertionMethod"] == [one["id"] for one in told["verificationMethod"]]
    keys = json.loads(browse.get("/.well-known/jwt-vc-issuer/issuer").response.text)
    assert [key["kid"] for key in keys["jwks"]["keys"]] == told["assertionMethod"]
    page = browse.get("/issuer", headers=HTML)
    assert page.response.mimetype == "text/html"
    assert "Meridian" in page.text
    for method in told["verificationMethod"]:
        assert method["publicKeyMultibase"] in page.text


def test_who_we_are_before_there_are_keys(browse: Browse) -> None:
    assert json.loads(browse.get("/issuer").response.text)["assertionMethod"] == []
    assert "No key yet" in browse.get("/issuer", headers=HTML).text


def test_a_list_in_both_shapes_with_a_tag(browse: Browse, site: Site) -> None:
    _signed(site)
    plain = browse.get("/credentials/status/1-revocation").response
    assert plain.mimetype == "application/vc"
    assert json.loads(plain.text)["id"] == f"{ADDRESS}/credentials/status/1-revocation"
    assert plain.headers["Cache-Control"] == "public, max-age=300"
    assert "Accept" in plain.headers["Vary"]
    token = browse.get("/credentials/status/1-suspension.jwt").response
    assert (token.mimetype, token.text.count(".")) == ("application/vc+jwt", 2)
    asked = browse.get("/credentials/status/1-suspension", headers={"Accept": "application/vc+jwt"}).response
    assert asked.text == token.text
    again = browse.get("/credentials/status/1-revocation", headers={"If-None-Match": plain.headers["ETag"]})
    assert (again.status, again.response.data) == (304, b"")


@pytest.mark.parametrize("name", ["2-revocation", "1-refresh", "1-revocation.svg", "01-revocation", "x"])
def test_lists_that_are_not_there(browse: Browse, site: Site, name: str) -> None:
    _signed(site)
    assert browse.get(f"/credentials/status/{name}").status == 404


def test_a_page_to_share(browse: Browse, site: Site) -> None:
    certificate = _signed(site)
    reply = browse.get(f"/c/{certificate.code}", headers=HTML)
    for words in ("This certificate is valid", certificate.number, "Add to LinkedIn", "For your wallet"):
        assert words in reply.text, words
    assert reply.response.headers["X-Robots-Tag"] == "noindex, nofollow"
    said = {tag.get("property"): tag.get("content") for tag in reply.all("meta") if tag.get("property")}
    assert said["og:url"] == f"{ADDRESS}/c/{certificate.code}"
    assert certificate.face["latin_name"] not in " ".join(str(text) for text in said.values())
    links = [link.get("href") or "" for link in reply.all("a")]
    assert any(link.startswith("https://www.linkedin.com/profile/add?") for link in links)
    wallet = browse.get(f"/c/{certificate.code}/credential.json").response
    assert json.loads(wallet.text)["id"] == f"{ADDRESS}/c/{certificate.code}"
    assert "attachment" in wallet.headers["Content-Disposition"]
    token = browse.get(f"/c/{certificate.code}/credential.jwt").response
    assert (token.mimetype, token.text.count(".")) == ("application/vc+jwt", 2)
    assert browse.get(f"/c/{certificate.code}/credential.exe").status == 404


def test_no_more_about_the_person_than_is_printed(browse: Browse, site: Site) -> None:
    factory = factories.factory()
    person = factories.person(factory, phone="+85512345678", email="dara@example.org", line="Line 99")
    certificate = _signed(site, person=person, factory=factory)
    for address in (f"/c/{certificate.code}", f"/c/{certificate.code}/credential.json"):
        text = browse.get(address).response.text
        for secret in ("+85512345678", "dara@example.org", "Line 99", "E00", factory.code):
            assert secret not in text, (address, secret)


def test_what_no_longer_holds_says_so_and_hands_out_nothing(browse: Browse, site: Site) -> None:
    certificate = _signed(site)
    certificate.suspended_at = clock.now()
    assert "under review" in browse.get(f"/c/{certificate.code}", headers=HTML).text
    assert browse.get(f"/c/{certificate.code}/credential.json").status == 409
    certificate.suspended_at = None
    certificate.replaced_at = clock.now()
    assert "was replaced" in browse.get(f"/c/{certificate.code}", headers=HTML).text
    assert browse.get(f"/c/{certificate.code}/credential.jwt").status == 409
    certificate.replaced_at = None
    operations.revoke(certificate.completion_id, Reason.CORRECTED)
    reply = browse.get(f"/c/{certificate.code}", headers=HTML)
    assert "This certificate was revoked" in reply.text
    assert "For your wallet" not in reply.text
    for ending in ("json", "jwt"):
        assert browse.get(f"/c/{certificate.code}/credential.{ending}").status == 409


def test_an_expired_one_still_tells_of_the_past(browse: Browse, site: Site) -> None:
    certificate = _signed(site)
    certificate.valid_until = clock.now() - timedelta(seconds=1)
    reply = browse.get(f"/c/{certificate.code}", headers=HTML)
    assert "This certificate has expired" in reply.text
    assert "Add to LinkedIn" not in reply.text
    assert browse.get(f"/c/{certificate.code}/credential.json").status == 200


def test_without_a_credential_there_is_none(browse: Browse) -> None:
    certificate = certificates.certificate()
    assert "For your wallet" not in browse.get(f"/c/{certificate.code}", headers=HTML).text
    assert browse.get(f"/c/{certificate.code}/credential.json").status == 409
    assert browse.get(f"/c/{certificates.drawn(certificate).code}/credential.json").status == 409


def test_guessing_is_counted_with_the_guesses_at_the_other_door(browse: Browse) -> None:
    unknown = "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZ"
    answers = [browse.get(f"/{door}/{unknown}").status for door in ["c", "verify"] * 15]
    assert set(answers) == {404}
    assert browse.get(f"/c/{unknown}").status == 429
    assert browse.get(f"/verify/{unknown}").status == 429
    assert browse.get(f"/c/{unknown}/credential.jwt").status == 429


def test_strange_codes(browse: Browse) -> None:
    for code in ("%00", "%0a", "x" * 300, "%E2%80%AEabc", "..", "<script>"):
        assert browse.get(f"/c/{code}", headers=HTML).status == 404


def test_for_those_who_may_see_the_certificate(browse: Browse, site: Site) -> None:
    factory = factories.factory()
    person = factories.person(factory)
    certificate = _signed(site, person=person, factory=factory)
    own = browse.as_person(person.id)
    address = f"/certificates/{certificate.id}/credential"
    assert json.loads(own.get(address).response.text)["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    page = own.get("/certificates")
    assert any((link.get("href") or "").startswith("/c/") for link in page.all("a"))
    stranger = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factories.factory(code="KH-OTHER")))
    assert stranger.get(address).status == 404
    assert browse.get(address).status in {303, 401}
    db.session.expire_all()
