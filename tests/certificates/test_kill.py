"""Whoever dies while a certificate is issued, drawn, sealed or stored loses nothing and doubles nothing (TRAPS X3)."""

import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.certificates.models import Certificate, CertificateDraft
from app.certificates.signing import operations as keys
from app.certificates.signing.reading import read
from app.certificates.signing.rows import roots
from app.certificates.verification.models import CertificateFile
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.config import Settings
from app.platform.db import db, transaction
from app.platform.files import files
from app.platform.jobs.models import Job
from tests.faults.processes import Hatchery, outside
from tests.make import certificates, completions, courses, factories

DRAWING = (
    "certificates.addressed", "certificates.typeset", "certificates.sealed", "certificates.drawn", "certificates.drafted",
    "files.written", "certificates.stored", "jobs.worked", "certificates.noted", "jobs.finished",
)  # fmt: skip


def _flask(hatchery: Hatchery, settings: Settings, *words: str, stop_at: str = "") -> int:
    own = {
        "ENV": "test", "DATABASE_URL": settings.database_url, "DATA_DIR": str(settings.data_dir), "JOB_LEASE_SECONDS": "1",
        "MAIL_TRANSPORT": "outbox", "SECRET_KEY": settings.secret_key, "STOP_AT": stop_at,
        "CERTIFICATE_KEYS_DIR": str(settings.certificate_keys_dir),
    }
    environ = outside() | {f"SEAMWISE_{name}": value for name, value in own.items() if value} | {"FLASK_APP": "wsgi.py"}
    return hatchery.hatch({"environ": environ, "flask": words}).code


def _worker(hatchery: Hatchery, settings: Settings, stop_at: str = "") -> int:
    return _flask(hatchery, settings, "jobs", "work", "--once", stop_at=stop_at)


def _all_is_well(number: str) -> None:
    """One number, one file whose hash is the one that is known and whose seal holds, one line in the log, no rest."""
    [row] = db.session.query(Certificate)
    assert row.number == number
    pdf = files().get(row.file_key or "")
    assert read(pdf, roots()).intact
    files().sweep(now() + timedelta(seconds=1))
    stored = {path.name for path in files().folder.rglob("*") if path.is_file()}
    assert stored == {key for key in (row.file_key, row.credential_key) if key}
    assert [one.digest for one in db.session.query(CertificateFile)] == [row.file_key]
    assert db.session.query(CertificateDraft).count() == 0
    for action in ("certificates.issue", "certificates.draw"):
        assert db.session.query(AuditEntry).filter_by(action=action).count() == 1
    assert db.session.query(Job).filter_by(kind="certificates.draw").one().done_at is not None


@pytest.mark.slow
@pytest.mark.parametrize("point", DRAWING)
def test_a_worker_killed_at(own_app: Flask, hatchery: Hatchery, fonts: Path, point: str) -> None:
    with own_app.app_context(), transaction():
        keys.create(SYSTEM)
        number = certificates.certificate().number
    settings = own_app.extensions["settings"]
    assert _worker(hatchery, settings, stop_at=point) == -signal.SIGKILL
    time.sleep(1.1)
    assert _worker(hatchery, settings) == 0
    with own_app.app_context():
        _all_is_well(number)


@pytest.mark.slow
@pytest.mark.parametrize("point", ["certificates.claimed", "certificates.issued"])
def test_issuing_killed_at(own_app: Flask, hatchery: Hatchery, fonts: Path, point: str) -> None:
    with own_app.app_context(), transaction():
        keys.create(SYSTEM)
        factory = factories.factory()
        completion = completions.completion(factories.person(factory), courses.version(), factory).id
    settings, issue = own_app.extensions["settings"], ("certificates", "issue", str(completion))
    assert _flask(hatchery, settings, *issue, stop_at=point) == -signal.SIGKILL
    for _again in range(2):
        assert _flask(hatchery, settings, *issue) == 0
    assert _worker(hatchery, settings) == 0
    with own_app.app_context():
        _all_is_well(db.session.query(Certificate).one().number)
