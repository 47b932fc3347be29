"""Drawing happens apart, twice if it must, and never for a certificate that no longer holds."""

import io
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from flask import Flask

from app.certificates import jobs, operations
from app.certificates.models import Certificate
from app.platform.audit.models import AuditEntry
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


@pytest.mark.slow
def test_the_web_process_never_loads_the_typesetter() -> None:
    program = "import app.boot, sys; sys.exit('typst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
