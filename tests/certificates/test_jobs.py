"""Drawing happens apart, twice if it must, and never for a certificate that no longer holds."""

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.certificates import jobs, making, operations
from app.certificates.models import Certificate, CertificateDraft
from app.certificates.signing import in_use
from app.certificates.signing import keys as sets
from app.certificates.signing import operations as keys
from app.certificates.signing.reading import read
from app.certificates.signing.rows import trust
from app.completions.models import Completion
from app.platform.audit.models import AuditEntry
from app.platform.clock import now, telling
from app.platform.db import db
from app.platform.files import files
from app.platform.jobs import Done, GiveUp
from app.platform.jobs.cli import worker_of
from app.platform.jobs.models import Job
from tests.make import certificates, factories


def _work(app: Flask) -> None:
    db.session.commit()
    worker_of(app).run_until_idle()
    db.session.expire_all()


def _text(certificate: Certificate) -> str:
    pages = pypdf.PdfReader(io.BytesIO(files().get(certificate.file_key or ""))).pages
    return " ".join(page.extract_text() for page in pages)


def test_the_worker_draws_the_file_once(app: Flask, fonts: Path) -> None:
    certificate = certificates.certificate()
    _work(app)
    assert certificate.rendered_at is not None
    assert certificate.number in _text(certificate)
    first = (certificate.file_key, certificate.rendered_at)
    again = jobs.draw(certificate.id)
    assert isinstance(again, Done)
    again.write()
    assert (certificate.file_key, certificate.rendered_at) == first


def test_two_workers_at_once_leave_one_file(app: Flask, fonts: Path) -> None:
    certificate = certificates.certificate()
    one, other = jobs.draw(certificate.id), jobs.draw(certificate.id)
    one.write()
    other.write()
    db.session.expire_all()
    assert certificate.file_key is not None
    assert db.session.query(AuditEntry).filter_by(action="certificates.draw").count() == 1


def test_revoked_while_being_drawn_gets_no_file(app: Flask, fonts: Path) -> None:
    certificate = certificates.certificate()
    outcome = jobs.draw(certificate.id)
    operations.revoke(certificate.completion_id, "test")
    outcome.write()
    db.session.expire_all()
    assert certificate.file_key is None
    jobs.draw(certificate.id).write()
    db.session.expire_all()
    assert certificate.file_key is None


def test_a_name_that_no_font_has_is_left_out_and_said(app: Flask, fonts: Path) -> None:
    factory = factories.factory()
    person = factories.person(factory, name="Thong Dee", local_name="ทองดี")  # Thai: no font of ours
    certificate = certificates.certificate(person, factory)
    _work(app)
    assert "Thong Dee" in _text(certificate)
    [entry] = db.session.query(AuditEntry).filter_by(action="certificates.draw")
    assert entry.details["local_name_left_out"] is True


def test_nothing_to_print_at_all_stays_visible_as_a_dead_job(app: Flask, fonts: Path) -> None:
    factory = factories.factory()
    certificate = certificates.certificate(factories.person(factory, name="ทองดี", local_name=None), factory)
    with pytest.raises(GiveUp):
        jobs.draw(certificate.id)
    _work(app)
    assert certificate.file_key is None
    assert db.session.query(Job).filter_by(kind="certificates.draw").one().failed_at is not None


def _stored() -> set[str]:
    return {path.name for path in files().folder.rglob("*") if path.is_file()}


def test_keys_that_cannot_be_used_are_waited_for_and_nothing_goes_out_unsealed(
    app: Flask, fonts: Path, own_keys: Path
) -> None:
    name = keys.create(SYSTEM).name
    certificate = certificates.certificate().id
    key_file = own_keys / name / "seal.key"
    kept = key_file.rename(key_file.with_name("elsewhere"))
    _work(app)
    for days in (1, 2, 3, 4, 30):  # somebody has to mend it here: that is never given up
        with telling(now() + timedelta(days=days)):
            _work(app)
    job = db.session.query(Job).filter_by(kind="certificates.draw").one()
    assert (job.failed_at, job.done_at) == (None, None)
    assert str(key_file) in (job.error or "")
    assert db.session.get_one(Certificate, certificate).file_key is None
    kept.rename(key_file)
    with telling(now() + timedelta(days=31)):
        _work(app)
    row = db.session.get_one(Certificate, certificate)
    assert row.key_name == name
    assert read(files().get(row.file_key or ""), trust()).intact
    assert app.test_cli_runner().invoke(args=["jobs", "list"]).exit_code == 0


def test_without_keys_a_file_has_no_seal_and_says_nothing_of_it(app: Flask, fonts: Path, own_keys: Path) -> None:
    certificate = certificates.certificate().id
    _work(app)
    row = db.session.get_one(Certificate, certificate)
    assert row.key_name is None
    assert b"/ByteRange" not in files().get(row.file_key or "")


def test_the_same_certificate_sealed_again_is_the_same_file(app: Flask, fonts: Path, own_keys: Path) -> None:
    keys.create(SYSTEM)
    row = certificates.certificate()
    used = in_use.keys_in_use()
    assert making.make(row, used) == making.make(row, used)


def test_a_file_that_another_drawing_took_the_place_of_is_deleted(app: Flask, fonts: Path, own_keys: Path) -> None:
    keys.create(SYSTEM)
    certificate = certificates.certificate().id
    before = _stored()
    jobs.draw(certificate)  # stored, and killed before it was noted
    keys.rotate(SYSTEM)
    _work(app)
    row = db.session.get_one(Certificate, certificate)
    with telling(now() + timedelta(hours=2)):
        _work(app)
    assert _stored() - before == {key for key in (row.file_key, row.credential_key) if key}
    assert db.session.query(CertificateDraft).count() == 0


def test_a_completion_that_no_longer_holds_gets_no_file(app: Flask, fonts: Path) -> None:
    certificate = certificates.certificate()
    key = certificate.id
    db.session.get_one(Completion, certificate.completion_id).withdrawn_at = now()
    _work(app)
    assert db.session.get_one(Certificate, key).file_key is None


def test_keys_of_before_seal_what_a_new_database_issues(app: Flask, fonts: Path, own_keys: Path) -> None:
    sets.create(own_keys, "older", "Org", "http://localhost/crl", now())
    certificate = certificates.certificate().id
    _work(app)
    with telling(now() + timedelta(minutes=1)):
        _work(app)
    assert db.session.get_one(Certificate, certificate).key_name == "older"


def test_a_time_stamping_service_that_is_away_is_waited_for(app: Flask, fonts: Path, own_keys: Path) -> None:
    keys.create(SYSTEM)
    certificate = certificates.certificate().id
    usual = app.extensions["settings"]
    app.extensions["settings"] = replace(usual, certificate_timestamp_url="http://127.0.0.1:9/tsa")
    _work(app)
    job = db.session.query(Job).filter_by(kind="certificates.draw").one()
    assert (job.done_at, job.failed_at) == (None, None)
    assert "http://127.0.0.1:9/tsa does not answer" in (job.error or "")
    app.extensions["settings"] = usual
    with telling(now() + timedelta(minutes=1)):
        _work(app)
    assert db.session.get_one(Certificate, certificate).file_key
