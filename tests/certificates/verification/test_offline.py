"""What a phone keeps to check without network: keys, a list without names, and a page that is nobody's."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask

from app.certificates import operations
from app.certificates.models import Certificate, SigningKey
from app.certificates.of_factories.models import FactoryCertificate
from app.certificates.of_factories.queries.certificates import ended
from app.certificates.signing import keys as signing
from app.certificates.verification import addresses, payload, public
from app.platform import clock
from app.platform.db import db
from tests.browse import Browse
from tests.make import certificates, factories
from tests.make import factory_certificates as of_factories
from tests.make.statements import counted

LANGUAGES = ("en", "vi", "km", "ar")


@pytest.fixture(autouse=True)
def nothing_kept(app: Flask) -> Iterator[None]:
    """The list of a process is a minute old at the most; a test begins without one."""
    app.extensions.pop(public._KEPT, None)
    yield
    app.extensions.pop(public._KEPT, None)


def entries(browse: Browse) -> dict[bytes, tuple[int, date]]:
    browse.app.extensions.pop(public._KEPT, None)
    data = payload.read(json.loads(browse.get("/verify/ended.json").response.text)["ended"])
    found = [public._ENTRY.unpack_from(data, at) for at in range(0, len(data), public._ENTRY.size)]
    return {digest: (state, date(2000, 1, 1) + timedelta(days=days)) for digest, state, days in found}


def digest(certificate: Certificate | FactoryCertificate) -> bytes:
    return hashlib.sha256(certificate.code.encode()).digest()[:8]


def test_what_ended_is_on_the_list_and_nothing_else(browse: Browse) -> None:
    valid, revoked, replaced, held_up, long_gone = (certificates.certificate() for _ in range(5))
    for one in (revoked, long_gone):
        operations.revoke(one.completion_id, "Somebody said something.")
    replaced.replaced_at, held_up.suspended_at = clock.now(), clock.now()
    long_gone.valid_until = clock.now() - timedelta(days=50)
    db.session.flush()
    found, today = entries(browse), clock.today("Asia/Phnom_Penh")
    assert {key: state for key, (state, _day) in found.items()} == {digest(revoked): 1, digest(replaced): 2, digest(held_up): 3}
    assert {day for _state, day in found.values()} == {today}
    assert digest(valid) not in found
    held_up.suspended_at = None
    db.session.flush()
    assert digest(held_up) not in entries(browse)


def test_the_day_is_that_of_the_programme(browse: Browse) -> None:
    revoked, of_factory = certificates.certificate(), of_factories.certificate(factories.factory(), of_factories.world()[2])
    revoked.revoked_at = of_factory.downgraded_at = datetime(2026, 11, 20, 18, tzinfo=UTC)  # in Phnom Penh the day after
    db.session.flush()
    assert list(entries(browse).values()) == [(1, date(2026, 11, 21))] * 2
    assert "November 21, 2026" in browse.get(f"/verify/{revoked.code}").text


def test_certificates_of_factories_are_on_the_list(browse: Browse) -> None:
    _programme, _version, rule = of_factories.world()
    valid, at_risk, revoked, replaced, lost, held_up, long_gone = (
        of_factories.certificate(factories.factory(), rule) for _ in range(7)
    )
    moment = clock.now() - timedelta(days=2)
    at_risk.downgrade_on = clock.now().date() + timedelta(days=3)
    revoked.revoked_at = replaced.replaced_at = lost.downgraded_at = held_up.suspended_at = long_gone.revoked_at = moment
    lost.suspended_at = moment - timedelta(days=1)
    long_gone.valid_until = clock.now() - timedelta(days=50)
    db.session.flush()
    expected = {digest(revoked): 1, digest(replaced): 2, digest(lost): 1, digest(held_up): 3}
    found = entries(browse)
    assert {key: state for key, (state, _day) in found.items()} == expected
    assert {day for _state, day in found.values()} == {moment.astimezone(ZoneInfo("Asia/Phnom_Penh")).date()}
    assert not {digest(valid), digest(at_risk), digest(long_gone)} & found.keys()
    with counted() as statements:
        ended(clock.now())
    if db.engine.dialect.name == "sqlite":
        [asked] = statements
        plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", ("2026-01-01",) * asked.count("?")).all()
        assert "ix_factory_certificate_ended" in str(plan)


def test_the_list_names_nobody_and_no_code(browse: Browse) -> None:
    revoked = certificates.certificate()
    operations.revoke(revoked.completion_id, "test")
    text = browse.get("/verify/ended.json").response.text
    assert set(json.loads(text)) == {"v", "ended"}
    for secret in (revoked.code, revoked.number, revoked.face["latin_name"]):
        assert secret not in text


def test_the_list_is_read_once_a_minute_and_asked_for_by_its_mark(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    first = browse.get("/verify/ended.json")
    with counted() as statements:
        second = browse.get("/verify/ended.json", headers={"If-None-Match": first.response.headers["ETag"]})
    assert (second.status, [each for each in statements if "certificate" in each]) == (304, [])
    assert first.response.headers["Cache-Control"] == "no-cache"
    operations.revoke(certificates.certificate().completion_id, "test")
    later = clock.now() + timedelta(seconds=61)
    monkeypatch.setattr(clock, "now", lambda: later)
    monkeypatch.setattr(public, "now", lambda: later)
    assert browse.get("/verify/ended.json", headers={"If-None-Match": first.response.headers["ETag"]}).status == 200


def test_keys_open_what_they_signed(browse: Browse, tmp_path: Path) -> None:
    keys = signing.create(tmp_path / "keys", "2026-1", "Seamwise", "https://seamwise.example/crl", datetime(2026, 1, 1, tzinfo=UTC))
    db.session.add(SigningKey(name=keys.name, seal_chain=keys.seal_chain, credential_public=keys.credential_public, made_at=clock.now()))
    made = certificates.certificate()
    fragment = addresses.signed_address(made, keys).partition("#")[2]
    [key] = json.loads(browse.get("/verify/keys.json").response.text)["keys"]
    x, y = (int.from_bytes(payload.read(key[name])) for name in "xy")
    public_key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    assert addresses.opened(made.code, fragment, public_key).number == made.number
    assert payload.read(fragment)[1:5].hex() == key["id"]
    assert "PRIVATE" not in browse.get("/verify/keys.json").response.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_the_same_for_everybody(browse: Browse, language: str) -> None:
    certificate = certificates.certificate()
    reply, own = (who.get(f"/verify/offline/{language}") for who in (browse, browse.as_person(certificate.person_id)))
    assert reply.status == 200
    assert f'<html lang="{language}"' in reply.response.text
    assert reply.response.text == own.response.text
    assert "unsafe" not in reply.response.headers["Content-Security-Policy"]
    told = json.loads(browse.get(f"/verify/offline/{language}/manifest.webmanifest").response.text)
    assert (told["scope"], told["start_url"], told["lang"]) == ("/verify/", f"/verify/offline/{language}", language)
    assert browse.get("/verify/offline", headers={"Accept-Language": language}).location == f"/verify/offline/{language}"
    assert browse.get("/verify/offline/xx").status == 404
