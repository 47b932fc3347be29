"""`flask certificates verify` knows the certificates of factories, and what they are worth now."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.certificates.of_factories import face, jobs
from app.certificates.of_factories.models import FactoryCertificate
from app.certificates.signing import operations as keys
from app.certificates.signing.in_use import keys_in_use
from app.certificates.verification import addresses
from app.platform import clock
from app.platform.db import db
from app.platform.files import files
from tests.browse import Browse
from tests.make import factories
from tests.make import factory_certificates as make

pytestmark = pytest.mark.slow


def _verified(app: Flask, file: Path) -> tuple[int, dict[str, Any]]:
    db.session.commit()
    done = app.test_cli_runner().invoke(args=["certificates", "verify", str(file), "--json"])
    told: dict[str, Any] = json.loads(done.output)
    return done.exit_code, told


@pytest.fixture
def certificate(app: Flask, fonts: Path, own_keys: Path) -> FactoryCertificate:
    keys.create(SYSTEM)
    _programme, _version, rule = make.world()
    made = make.certificate(factories.factory(), rule)
    jobs.draw(made.id).write()
    db.session.commit()
    return made


def test_it_says_what_the_file_of_a_factory_is_worth(
    app: Flask, certificate: FactoryCertificate, tmp_path: Path
) -> None:
    key, number, file = certificate.id, certificate.number, tmp_path / "a.pdf"
    file.write_bytes(files().get(certificate.file_key or ""))
    code, told = _verified(app, file)
    assert (code, told["state"], told["number"], told["reason"]) == (0, "valid", number, None)
    assert (told["valid"], told["sealed"], told["intact"]) == (True, True, True)
    row = db.session.get_one(FactoryCertificate, key, populate_existing=True)
    assert told["valid_until"] == row.valid_until.isoformat()
    row.downgrade_on = clock.now().date() + timedelta(days=14)
    code, told = _verified(app, file)
    assert (code, told["valid"], told["state"], told["reason"]) == (0, True, "at_risk", None)
    db.session.get_one(FactoryCertificate, key, populate_existing=True).downgraded_at = clock.now()
    code, told = _verified(app, file)
    assert (code, told["valid"], told["intact"], told["state"], told["number"]) == (3, False, True, "downgraded", number)
    assert told["reason"] == "It is downgraded."


def test_the_page_says_when_the_keys_of_its_seal_were_revoked_and_the_square_speaks_for_itself(
    browse: Browse, certificate: FactoryCertificate
) -> None:
    own = keys_in_use()
    assert own is not None
    printed, facts = face.thaw(certificate.face), face.thaw_facts(certificate.face)
    address = addresses.signed(printed.verify_url, certificate.code, face.claims(printed, facts), own)
    assert len(address) <= addresses.LONGEST
    told = addresses.opened(certificate.code, address.partition("#")[2], own.seal.public_key())
    assert (told.number, told.version, told.latin_name) == (certificate.number, "", printed.factory_latin)
    assert (told.course, told.valid_until) == (printed.title_english, facts.last_day)
    page = f"/verify/file/{certificate.file_key}"
    assert "nobody has changed it" in browse.get(page).text
    keys.rotate(SYSTEM)
    keys.revoke(SYSTEM, own.name, "lost")
    db.session.commit()
    assert "the seal alone proves nothing any more" in browse.get(page).text
    assert "the seal alone" not in browse.get(f"/verify/{certificate.code}").text


def test_a_later_one_and_a_reason_are_named(app: Flask, certificate: FactoryCertificate, tmp_path: Path) -> None:
    key, file = certificate.id, tmp_path / "a.pdf"
    file.write_bytes(files().get(certificate.file_key or ""))
    certificate.replaced_at = clock.now()
    db.session.flush()
    following = make.certificate(certificate.factory, certificate.rule)
    certificate.replaced_by_id, number = following.id, following.number
    code, told = _verified(app, file)
    assert (code, told["state"], told["reason"]) == (3, "replaced", f"Replaced by {number}.")
    row = db.session.get_one(FactoryCertificate, key, populate_existing=True)
    row.revoked_at, row.revoked_reason = clock.now(), "A roster was made up."
    code, told = _verified(app, file)
    assert (code, told["state"], told["reason"]) == (3, "revoked", "A roster was made up.")
