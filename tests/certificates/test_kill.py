"""A worker that dies while it draws loses nothing and doubles nothing (TRAPS X3)."""

import signal
import time
from pathlib import Path

import pytest
from flask import Flask

from app.certificates.models import Certificate
from app.platform.config import Settings
from app.platform.db import db, transaction
from app.platform.files import files
from app.platform.jobs.models import Job
from tests.faults.processes import Hatchery, outside
from tests.make import certificates


def _worker(hatchery: Hatchery, settings: Settings, stop_at: str = "") -> int:
    own = {
        "ENV": "test", "DATABASE_URL": settings.database_url, "DATA_DIR": str(settings.data_dir), "JOB_LEASE_SECONDS": "1",
        "MAIL_TRANSPORT": "outbox", "SECRET_KEY": settings.secret_key, "STOP_AT": stop_at,
    }
    environ = outside() | {f"SEAMWISE_{name}": value for name, value in own.items() if value} | {"FLASK_APP": "wsgi.py"}
    return hatchery.hatch({"environ": environ, "flask": ["jobs", "work", "--once"]}).code


@pytest.mark.slow
@pytest.mark.parametrize("point", ["certificates.drawn", "certificates.stored", "jobs.worked", "jobs.finished"])
def test_killed_at(own_app: Flask, hatchery: Hatchery, fonts: Path, point: str) -> None:
    with own_app.app_context(), transaction():
        number = certificates.certificate().number
    settings = own_app.extensions["settings"]
    assert _worker(hatchery, settings, stop_at=point) == -signal.SIGKILL
    time.sleep(1.1)
    assert _worker(hatchery, settings) == 0
    with own_app.app_context():
        [row] = db.session.query(Certificate)
        assert row.number == number
        assert files().get(row.file_key or "").startswith(b"%PDF")
        stored = [path for path in files().folder.rglob("*") if path.is_file()]
        assert [path.name for path in stored] == [row.file_key]
        assert db.session.query(Job).filter_by(kind="certificates.draw").one().done_at is not None
