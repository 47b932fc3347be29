"""Verification by code, for everybody."""

import json
import random
from datetime import timedelta

import pytest

from app.certificates import operations, rules
from app.certificates.models import Certificate
from app.certificates.rules import Reason
from app.platform import clock
from app.platform.db import db
from tests.browse import Browse
from tests.make import certificates, factories
from tests.make.statements import counted

UNKNOWN = rules.printed(rules.code_of(2**128 - 1))
MISTYPED = UNKNOWN[:-1] + ("0" if UNKNOWN[-1] != "0" else "1")


def _replaced(certificate: Certificate) -> Certificate:
    """Another one took its place."""
    newer = certificates.certificate()
    certificate.replaced_at, certificate.replaced_by_id = clock.now(), newer.id
    db.session.flush()
    return newer


def test_a_valid_certificate_says_what_it_proves(browse: Browse) -> None:
    certificate = certificates.certificate(at=clock.now() - timedelta(days=1))
    reply = browse.get(f"/verify/{rules.printed(certificate.code)}")
    assert reply.status == 200
    for words in ("This certificate is valid", "Attended 2 of 2 half-days.", "70%", "18", certificate.number, "http://localhost"):
        assert words in reply.text, words
    assert reply.response.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_nothing_about_the_person_that_is_not_printed(browse: Browse) -> None:
    factory = factories.factory()
    person = factories.person(factory, phone="+85512345678", email="dara@example.org", line="Line 99")
    certificate = certificates.drawn(certificates.certificate(person, factory))
    for address in (f"/verify/{certificate.code}", f"/verify/file/{certificate.file_key}"):
        text = browse.get(address).response.text
        assert certificate.number in text
        for secret in ("+85512345678", "dara@example.org", "Line 99", "E00", factory.code):
            assert secret not in text


def test_each_state_says_which(browse: Browse) -> None:
    expired = certificates.certificate(at=clock.now() - timedelta(days=900))
    assert "This certificate has expired" in browse.get(f"/verify/{expired.code}").text
    operations.revoke(expired.completion_id, Reason.CORRECTED)
    revoked = browse.get(f"/verify/{expired.code}")
    assert revoked.status == 200
    assert "This certificate was revoked" in revoked.text
    assert "the rule is no longer met" in revoked.text
    held_up = certificates.certificate()
    held_up.suspended_at, held_up.suspended_reason = clock.now(), "somebody said something"
    db.session.flush()
    suspended = browse.get(f"/verify/{held_up.code}").text
    assert "This certificate is under review" in suspended
    assert "somebody said something" not in suspended
    newer = _replaced(held_up)
    replaced = browse.get(f"/verify/{held_up.code}").text
    assert "This certificate was replaced" in replaced
    assert f"The certificate that counts has the number {newer.number}." in replaced
    unknown = browse.get(f"/verify/{UNKNOWN}")
    assert unknown.status == 404
    assert "We do not know this code" in unknown.text


@pytest.mark.parametrize("language", ["vi", "km", "ar"])
def test_in_the_reader_s_language(browse: Browse, language: str) -> None:
    reader = {"Accept-Language": language}
    certificate = certificates.certificate()
    for address in ("/verify", f"/verify/{UNKNOWN}", f"/verify/{MISTYPED}", f"/verify/{certificate.code}"):
        assert f'<html lang="{language}"' in browse.get(address, headers=reader).response.text
    _replaced(certificate)
    assert browse.get(f"/verify/{certificate.code}", headers=reader).status == 200
    db.session.refresh(certificate)
    operations.revoke(certificates.certificate().completion_id, "test")


def test_a_code_with_its_check_sign_and_without(browse: Browse) -> None:
    certificate = certificates.certificate()
    assert certificate.face["verify_url"] == f"http://localhost/verify/{rules.printed(certificate.code)}"
    khmer = certificate.code.translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩"))
    for typed in (rules.printed(certificate.code), rules.printed(certificate.code).lower(), rules.grouped(certificate.code), khmer):
        assert browse.get(f"/verify/{typed}").status == 200, typed


def test_a_wrong_sign_is_told_from_a_code_that_nobody_issued(browse: Browse) -> None:
    certificate = certificates.certificate()
    right = rules.printed(certificate.code)
    for wrong in (MISTYPED, right[:-1] + ("0" if right[-1] != "0" else "1"), right[:-4], right + "0"):
        reply = browse.get(f"/verify/{wrong}")
        assert (reply.status, "Look again" in reply.text) == (404, True), wrong
        assert certificate.number not in reply.text


def test_typing_the_code_by_hand(browse: Browse) -> None:
    certificate = certificates.certificate()
    code = rules.printed(certificate.code)
    typed = f" {code.lower().replace('0', 'o').replace('-', ' ')} "
    reply = browse.get("/verify", query_string={"code": typed})
    assert (reply.status, reply.location) == (303, f"/verify/{code}")
    assert browse.get("/verify", query_string={"code": ""}).status == 422
    assert browse.get("/verify", query_string={"code": "- -"}).status == 422
    assert browse.get("/verify").status == 200


@pytest.mark.parametrize("strange", ["%00", "%0a%1b%5b31m", "..%2f..", "'; DROP TABLE certificate; --", "x" * 4000, "۱۲۳", "<script>", "%e2%80%ae%e2%80%8f", "%ff"])
def test_strange_codes_are_unknown(browse: Browse, strange: str) -> None:
    reply = browse.get(f"/verify/{strange}")
    assert reply.status == 404
    assert "\x1b" not in reply.response.text
    assert "<script>" not in reply.response.text


def test_guessing_is_stopped(browse: Browse) -> None:
    certificate = certificates.drawn(certificates.certificate())
    number, addresses = certificate.number, (f"/verify/{certificate.code}", f"/verify/file/{certificate.file_key}")
    replies = [browse.get(f"/verify/{UNKNOWN}").status for _ in range(28)]
    replies += [browse.get(f"/verify/file/{'0' * 64}").status, browse.client.head(f"/verify/{UNKNOWN}").status_code]
    assert replies == [404] * 30
    for address in addresses:
        stopped = browse.get(address)
        assert stopped.status == 429
        assert int(stopped.response.headers["Retry-After"]) <= 60
        assert number not in stopped.text
    elsewhere = browse.get(addresses[0], environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert elsewhere.status == 200


def test_ten_thousand_guesses_from_many_devices_find_nothing(browse: Browse) -> None:
    """A sample of them: random codes and the neighbours of a real one, each from a device of its own."""
    certificate = certificates.certificate()
    chance = random.Random(7)
    guesses = [rules.code_of(chance.getrandbits(128)) for _ in range(10_000)]
    guesses += [certificate.code[:at] + ("7" if certificate.code[at] != "7" else "3") + certificate.code[at + 1 :] for at in range(26)]
    assert db.session.query(Certificate).filter(Certificate.code.in_(guesses)).count() == 0
    for number, guess in enumerate(guesses[-30:]):
        reply = browse.get(f"/verify/{guess}", environ_base={"REMOTE_ADDR": f"203.0.113.{number}"})
        assert reply.status == 404
        assert certificate.number not in reply.text


def test_verification_costs_the_same_for_every_answer(browse: Browse) -> None:
    certificate = certificates.drawn(certificates.certificate())
    digest, revoked = certificate.file_key, certificates.certificate()
    operations.revoke(revoked.completion_id, Reason.CORRECTED)
    db.session.commit()
    costs, sizes = set(), set()
    asked = (certificate.code, revoked.code, UNKNOWN, MISTYPED, "x", f"file/{digest}", f"file/{'0' * 64}")
    for what in asked:
        with counted() as statements:
            reply = browse.get(f"/verify/{what}", headers={"Accept-Encoding": "br, gzip"})
        costs.add(len(statements))
        sizes.add(len(reply.response.data))
        assert "Content-Encoding" not in reply.response.headers
        assert reply.response.headers["Cache-Control"] == "no-store, no-transform"
    assert (len(costs), len(sizes)) == (1, 1), (costs, sizes)
    assert max(costs) <= 4


def test_an_answer_can_be_asked_for_without_its_text(browse: Browse) -> None:
    certificate = certificates.certificate()
    db.session.commit()
    reply = browse.client.head(f"/verify/{certificate.code}")
    assert (reply.status_code, reply.data) == (200, b"")
    assert reply.headers["Cache-Control"] == "no-store, no-transform"
    assert "ETag" not in reply.headers


def test_a_certificate_whose_time_has_run_out_names_nobody(browse: Browse) -> None:
    certificate = certificates.drawn(certificates.certificate(at=clock.now() - timedelta(days=900)))
    digest, name = certificate.file_key, certificate.face["latin_name"]
    certificate.face, certificate.file_key = json.loads(json.dumps(certificate.face).replace(name, "Person 1")), ""
    db.session.flush()
    reply = browse.get(f"/verify/file/{digest}")
    assert "This file is ours and nobody has changed it." in reply.text
    assert "This certificate has expired" in reply.text
    assert name not in reply.text


def test_the_page_to_share_is_one_step_away_where_there_is_a_credential(browse: Browse) -> None:
    certificate = certificates.certificate()
    address = f"/verify/{rules.printed(certificate.code)}"
    assert "/c/" not in browse.get(address).response.text
    certificate.credential_key = "0" * 64
    db.session.flush()
    links = [each.get("href") for each in browse.get(address).all("a")]
    assert f"/c/{rules.printed(certificate.code)}" in links
