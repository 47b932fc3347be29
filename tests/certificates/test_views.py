"""Verification for everybody, files for those who may."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from app.access.roles import Role
from app.certificates import operations
from app.certificates.rules import Reason, grouped
from app.completions.models import Completion
from app.platform import clock
from app.platform.db import db
from app.platform.files import files
from app.platform.web import throttle
from tests.browse import Browse
from tests.make import accounts, certificates, factories
from tests.make.statements import counted

UNKNOWN = "ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZ"


@pytest.fixture(autouse=True)
def fresh_counters(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Rate counters live in transactions of their own; each test counts under keys of its own."""
    number = next(_tests)
    real = throttle._count
    monkeypatch.setattr(throttle, "_count", lambda session, key, window: real(session, f"{key}:{number}", window))
    yield


_tests = iter(range(10**6))


def test_a_valid_certificate_says_what_it_proves(browse: Browse) -> None:
    certificate = certificates.certificate(at=clock.now() - timedelta(days=1))
    reply = browse.get(f"/verify/{grouped(certificate.code)}")
    assert reply.status == 200
    for words in ("This certificate is valid", "Attended 2 of 2 half-days.", "70%", "18", certificate.number, "http://localhost"):
        assert words in reply.text, words
    assert reply.response.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_nothing_about_the_person_that_is_not_printed(browse: Browse) -> None:
    factory = factories.factory()
    person = factories.person(factory, phone="+85512345678", email="dara@example.org", line="Line 99")
    reply = browse.get(f"/verify/{certificates.certificate(person, factory).code}")
    for secret in ("+85512345678", "dara@example.org", "Line 99", "E00", factory.code):
        assert secret not in reply.response.text


def test_expired_revoked_unknown(browse: Browse) -> None:
    expired = certificates.certificate(at=clock.now() - timedelta(days=900))
    assert "This certificate has expired" in browse.get(f"/verify/{expired.code}").text
    operations.revoke(expired.completion_id, Reason.CORRECTED)
    revoked = browse.get(f"/verify/{expired.code}")
    assert revoked.status == 200
    assert "This certificate was revoked" in revoked.text
    assert "the rule is no longer met" in revoked.text
    unknown = browse.get(f"/verify/{UNKNOWN}")
    assert unknown.status == 404
    assert "We do not know this code" in unknown.text


@pytest.mark.parametrize("language", ["vi", "km", "ar"])
def test_in_the_reader_s_language(browse: Browse, language: str) -> None:
    browse.client.set_cookie("language", language)
    for address in ("/verify", f"/verify/{UNKNOWN}", f"/verify/{certificates.certificate().code}"):
        assert browse.get(address).status in {200, 404}


def test_typing_the_code_by_hand(browse: Browse) -> None:
    certificate = certificates.certificate()
    typed = f" {grouped(certificate.code).lower().replace('0', 'o').replace('-', ' ')} "
    reply = browse.get("/verify", query_string={"code": typed})
    assert (reply.status, reply.location) == (303, f"/verify/{grouped(certificate.code)}")
    assert browse.get("/verify", query_string={"code": ""}).status == 422
    assert browse.get("/verify", query_string={"code": "- -"}).status == 422
    assert browse.get("/verify").status == 200


@pytest.mark.parametrize("strange", ["%00", "..%2f..", "'; DROP TABLE certificate; --", "x" * 4000, "۱۲۳", "<script>"])
def test_strange_codes_are_unknown(browse: Browse, strange: str) -> None:
    assert browse.get(f"/verify/{strange}").status == 404


def test_guessing_is_stopped(browse: Browse) -> None:
    certificate = certificates.certificate()
    replies = [browse.get(f"/verify/{UNKNOWN}").status for _ in range(30)]
    assert replies == [404] * 30
    stopped = browse.get(f"/verify/{certificate.code}")
    assert stopped.status == 429
    assert int(stopped.response.headers["Retry-After"]) <= 60
    elsewhere = browse.get(f"/verify/{certificate.code}", environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert elsewhere.status == 200


def test_verification_costs_the_same_for_every_answer(browse: Browse) -> None:
    certificate = certificates.certificate()
    costs = []
    for code in (certificate.code, UNKNOWN):
        with counted() as statements:
            browse.get(f"/verify/{code}")
        costs.append(len(statements))
    assert costs[0] == costs[1] <= 4


class World:
    """Twin factories in one programme, a third in another; a certificate in each."""

    def __init__(self) -> None:
        self.here, self.twin = factories.factory(), factories.factory()
        self.abroad = factories.factory(programme_id=factories.programme("VN", zone="Asia/Ho_Chi_Minh").id)
        self.own, self.other, self.foreign = (
            certificates.drawn(certificates.certificate(factory=each)) for each in (self.here, self.twin, self.abroad)
        )

    def addresses(self) -> list[str]:
        return [f"/certificates/{each.id}/file" for each in (self.own, self.other, self.foreign)]


def _statuses(browse: Browse, world: World) -> list[int]:
    return [browse.get(address).status for address in world.addresses()]


def test_who_gets_which_file(browse: Browse) -> None:
    world = World()
    kh = factories.programme()
    expected = {
        Role.ADMINISTRATOR: (None, None, [200, 200, 200]),
        Role.PROGRAMME_MANAGER: (kh, None, [200, 200, 404]),
        Role.TRAINER: (kh, None, [200, 200, 404]),
        Role.ADVISOR: (None, world.here, [200, 404, 404]),
        Role.FOCAL_POINT: (None, world.here, [200, 404, 404]),
    }
    for role, (programme, factory, statuses) in expected.items():
        who = browse.as_account(accounts.account(role, programme=programme, factory=factory))
        assert _statuses(who, world) == statuses, role
    assert _statuses(browse.as_person(world.other.person_id), world) == [404, 200, 404]
    assert _statuses(browse, world) == [303, 303, 303], "nobody is asked to sign in"


def test_a_person_sees_the_own_certificates(browse: Browse) -> None:
    world = World()
    page = browse.as_person(world.own.person_id).get("/certificates")
    links = [a.get("href") for a in page.all("a")]
    assert world.addresses()[0] in links
    assert world.addresses()[1] not in links
    assert browse.as_account(accounts.account(Role.TRAINER, programme=factories.programme())).get("/certificates").status == 404


def test_a_file_that_is_not_there_is_said(browse: Browse) -> None:
    staff = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    waiting = certificates.certificate()
    assert staff.get(f"/certificates/{waiting.id}/file").status == 409
    lost = certificates.drawn(certificates.certificate())
    files().folder.joinpath(lost.file_key[:2], lost.file_key).unlink()
    assert "The file is missing" in staff.get(f"/certificates/{lost.id}/file").text
    revoked = certificates.drawn(certificates.certificate())
    operations.revoke(revoked.completion_id, "test")
    assert "was revoked" in staff.get(f"/certificates/{revoked.id}/file").text


def test_the_file_is_a_download_with_a_readable_name(browse: Browse) -> None:
    factory = factories.factory()
    certificate = certificates.drawn(certificates.certificate(factories.person(factory, name="Nguyễn Thị Ánh"), factory))
    reply = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory)).get(f"/certificates/{certificate.id}/file")
    headers = reply.response.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"].startswith("attachment")
    assert "Nguy%E1%BB%85n" in headers["Content-Disposition"]
    assert "sandbox" in headers["Content-Security-Policy"]


def test_the_panel_filters_by_state(browse: Browse) -> None:
    world = World()
    operations.revoke(world.own.completion_id, "test")
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=world.here))
    assert world.own.number in focal.get(f"/factories/{world.here.code}/certificates?state=revoked").text
    assert world.own.number not in focal.get(f"/factories/{world.here.code}/certificates?state=valid").text
    assert "There is no such certificate" in focal.get(f"/factories/{world.here.code}/certificates?state=expired").text


def test_who_has_certificates_stands_on_the_training_page(browse: Browse) -> None:
    world = World()
    training_id = db.session.get_one(Completion, world.own.completion_id).training_id
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factories.programme()))
    assert world.own.number in manager.get(f"/sessions/{training_id}").text
    twin = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=world.twin))
    assert world.own.number not in twin.get(f"/sessions/{training_id}").text


@pytest.mark.slow
def test_statements_do_not_grow_with_certificates(browse: Browse) -> None:
    factory = factories.factory()
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    costs = []
    for number in (5, 45):
        for _ in range(number):
            certificates.drawn(certificates.certificate(factory=factory))
        with counted() as statements:
            assert focal.get(f"/factories/{factory.code}/certificates").status == 200
        costs.append(len(statements))
    assert costs[0] == costs[1]
