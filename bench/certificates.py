"""What certificates cost. `./dev bench certificates [--json] [--engine=postgresql]`.

Files are drawn by a worker in this process: claiming the job, the paper, the credential, the seal, storing, noting,
with the CPU of the typesetting process beside it. The ZIP holds 500 stored files; its memory is the peak of what Python
allocates while it is written. The page of verification is asked for by code. The last line is JSON.
"""

import argparse
import json
import logging
import os
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from flask import Flask

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.access.actor import SYSTEM
from app.certificates import rules
from app.certificates.bundles import archive
from app.certificates.models import Certificate
from app.certificates.signing import operations as keys
from app.platform.clock import now, telling
from app.platform.db import db, transaction
from app.platform.files import files
from app.platform.jobs.cli import worker_of
from app.platform.web import logging as logs
from bench._site import ENGINES, ROOT, cpu_seconds, site_on
from tests.make import certificates, courses, factories
from tests.make.statements import counted

DRAWN, WARM, ZIPPED, ASKED = 60, 5, 500, 200
FILE = 90_000
"""Bytes of a sealed file with its credential."""
MOST = {
    "unsigned_cpu_ms": 15.0, "signed_cpu_ms": 100.0, "zip_peak_mb": 20.0, "verify_statements": 4, "verify_cpu_ms": 3.0,
}  # fmt: skip
LEAST = {"zip_per_second": 15.0}


def drawing(app: Flask, also: Sequence[int]) -> float:
    """CPU milliseconds of one certificate's job."""
    worker = worker_of(app)
    _issue(app, WARM)
    worker.run_until_idle()
    _issue(app, DRAWN)
    before = cpu_seconds(os.getpid(), *also)
    worker.run_until_idle()
    cpu = cpu_seconds(os.getpid(), *also) - before
    with app.app_context():
        assert db.session.query(Certificate).filter(Certificate.file_key.is_(None)).count() == 0
    return cpu / DRAWN * 1000


def _issue(app: Flask, count: int) -> None:
    with app.app_context(), transaction():
        factory, version = factories.factory(), courses.version()
        for _ in range(count):
            certificates.certificate(factories.person(factory), factory, version)


def zipping(app: Flask) -> dict[str, float]:
    """Certificates a second in one ZIP, and the peak of memory while it is written."""
    with app.app_context(), transaction():
        factory, version = factories.factory(), courses.version()
        made = [certificates.certificate(factories.person(factory), factory, version) for _ in range(ZIPPED)]
        ids = [certificates.drawn(each, os.urandom(FILE)).id for each in made]
    with app.test_request_context(), tempfile.TemporaryFile() as out:
        began = time.monotonic()
        archive.write(out, ids, files(), now(), lambda _done: None)
        seconds = time.monotonic() - began
        db.session.rollback()
        out.seek(0)
        tracemalloc.start()
        archive.write(out, ids, files(), now(), lambda _done: None)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        db.session.remove()
    return {"zip_per_second": ZIPPED / seconds, "zip_peak_mb": peak / 1024**2}


def verifying(app: Flask, also: Sequence[int]) -> dict[str, float]:
    """Statements and CPU milliseconds of the page that says what a certificate is worth."""
    with app.app_context():
        code = db.session.query(Certificate.code).order_by(Certificate.id).limit(1).scalar()
    address = f"/verify/{rules.printed(code)}"
    client, begun = app.test_client(), now()

    def ask(minute: int) -> None:
        with telling(begun + timedelta(minutes=minute)):  # thirty a minute are allowed
            assert client.get(address).status_code == 200

    for minute in range(WARM):
        ask(minute)
    with app.app_context(), counted() as statements:
        ask(WARM)
    before = cpu_seconds(*also) if also else 0.0
    own = time.process_time()
    for minute in range(ASKED):
        ask(WARM + 1 + minute)
    cpu = time.process_time() - own + (cpu_seconds(*also) - before if also else 0.0)
    return {"verify_statements": len(statements), "verify_cpu_ms": cpu / ASKED * 1000}


def measure(app: Flask, also: Sequence[int]) -> dict[str, float]:
    settings = app.extensions["settings"]
    place = settings.data_dir / "keys"
    app.extensions["settings"] = replace(settings, certificate_keys_dir=place, fonts_dir=ROOT / "build" / "fonts")
    found = {"unsigned_cpu_ms": drawing(app, also)}
    with app.app_context(), transaction():
        keys.create(SYSTEM)
    found |= {"signed_cpu_ms": drawing(app, also), **zipping(app), **verifying(app, also)}
    return {what: round(value, 1) for what, value in found.items()}


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true", help="only the last line")
    arguments.add_argument("--engine", choices=ENGINES, default="sqlite")
    chosen = arguments.parse_args()
    logs.configure(logging.ERROR)
    with site_on(chosen.engine) as (app, also):
        found = measure(app, also)
    if not chosen.json:
        for what, value in found.items():
            goal = f"at most {MOST[what]}" if what in MOST else f"at least {LEAST[what]}"
            print(f"{what:<20} {value:>10}  ({goal})")
    print(json.dumps(found))
    is_missed = any(found[what] > most for what, most in MOST.items())
    return 1 if is_missed or any(found[what] < least for what, least in LEAST.items()) else 0


if __name__ == "__main__":
    sys.exit(main())
