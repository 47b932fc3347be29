"""A worker that dies while it draws loses nothing and doubles nothing (TRAPS X3)."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from flask import Flask

from app.certificates.models import Certificate
from app.platform.config import Settings
from app.platform.db import db, transaction
from app.platform.files import files
from app.platform.jobs.models import Job
from tests.make import certificates


def _worker(settings: Settings, stop_at: str = "") -> int:
    own = {
        "ENV": "test", "DATABASE_URL": settings.database_url, "DATA_DIR": str(settings.data_dir), "JOB_LEASE_SECONDS": "1",
        "MAIL_TRANSPORT": "outbox", "SECRET_KEY": settings.secret_key, "STOP_AT": stop_at,
    }
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SEAMWISE_")}
    environ |= {f"SEAMWISE_{name}": value for name, value in own.items() if value}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "work", "--once"]
    return subprocess.run(command, env=environ, check=False, capture_output=True, timeout=60).returncode


@pytest.mark.slow
@pytest.mark.parametrize("point", ["certificates.drawn", "certificates.stored", "jobs.worked", "jobs.finished"])
def test_killed_at(own_app: Flask, fonts: Path, point: str) -> None:
    with own_app.app_context(), transaction():
        number = certificates.certificate().number
    settings = own_app.extensions["settings"]
    assert _worker(settings, stop_at=point) == -signal.SIGKILL
    time.sleep(1.1)
    assert _worker(settings) == 0
    with own_app.app_context():
        [row] = db.session.query(Certificate)
        assert row.number == number
        assert files().get(row.file_key or "").startswith(b"%PDF")
        stored = [path for path in files().folder.rglob("*") if path.is_file()]
        assert [path.name for path in stored] == [row.file_key]
        assert db.session.query(Job).one().done_at is not None
