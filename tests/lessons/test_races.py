"""Two taps at once, and a process that dies: one row, and nothing half done. Commits here are real."""

import io
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from secrets import token_hex

import pytest
from flask import Flask

from app.lessons.models import LessonProgress, PracticeLog, Study
from app.platform.audit.models import AuditEntry
from app.platform.db import db, transaction
from app.platform.files import files
from tests.browse import OWN_SITE, Browse
from tests.make import factories, lessons

pytestmark = [pytest.mark.slow, pytest.mark.every_run]
THREADS = 8
CODE = "alone"


@pytest.fixture
def cookie(own_app: Flask) -> str:
    """That of a person who has the course before her."""
    with own_app.app_context():
        with transaction():
            person = factories.person(factories.factory())
            lessons.version(CODE)
            person_id = person.id
        with transaction():
            phone = Browse(own_app).as_person(person_id)
        return phone.client.get_cookie("seamwise").value


def post(app: Flask, cookie: str, address: str, **data: object) -> int:
    client = app.test_client()
    client.set_cookie("seamwise", cookie)
    return client.post(address, data=data, headers=OWN_SITE).status_code


def at_once(app: Flask, cookie: str, address: str, **data: object) -> set[int]:
    with ThreadPoolExecutor(THREADS) as pool:
        return set(pool.map(lambda _: post(app, cookie, address, **data), range(THREADS)))


def test_many_taps_on_i_have_read_this(own_app: Flask, cookie: str) -> None:
    assert at_once(own_app, cookie, f"/learn/{CODE}/01-job/reading", version="1") == {303}
    with own_app.app_context():
        assert (db.session.query(LessonProgress).count(), db.session.query(Study).count()) == (1, 1)
        assert db.session.query(AuditEntry).filter_by(action="lessons.read").count() == 1


def test_many_taps_on_log_it(own_app: Flask, cookie: str) -> None:
    with ThreadPoolExecutor(THREADS) as pool:
        log_id, photo = token_hex(16), lessons.photo()
        sent = [{"version": "1", "log_id": log_id, "text": "once", "photo": (io.BytesIO(photo), "a.jpg")} for _ in range(THREADS)]
        answers = set(pool.map(lambda data: post(own_app, cookie, f"/learn/{CODE}/90-practice/logs", **data), sent))
    assert answers == {303}
    with own_app.app_context():
        [row] = db.session.query(PracticeLog).all()
        assert db.session.query(AuditEntry).filter_by(action="lessons.log_practice").count() == 1
        assert [path.name for path in files().folder.glob("*/*")] == [row.photo_key], "no photo without a log"


KILLED = """
import sys
from app.access.actor import Actor, Grant
from app.access.roles import Role
from app.boot import create_app
from app.lessons import operations
from app.platform.db import transaction
app = create_app()
with app.app_context(), transaction():
    actor = Actor(person_id=1, grants=(Grant(Role.PERSON),))
    operations.log_practice(actor, "alone", "90-practice", "1", log_id=sys.argv[1], text="killed", photo=None)
"""


def test_a_process_that_dies_leaves_nothing_and_the_next_try_works(own_app: Flask, cookie: str) -> None:
    settings, log_id = own_app.extensions["settings"], token_hex(16)
    told = {f"SEAMWISE_{name.upper()}": str(getattr(settings, name)) for name in ("secret_key", "database_url", "data_dir")}
    environ = {**os.environ, **told, "SEAMWISE_ENV": "test", "SEAMWISE_STOP_AT": "lessons.logged"}
    died = subprocess.run([sys.executable, "-c", KILLED, log_id], env=environ, cwd=Path(__file__).parents[2], capture_output=True)
    assert died.returncode == -signal.SIGKILL, died.stderr
    with own_app.app_context():
        assert db.session.query(PracticeLog).count() == db.session.query(Study).count() == 0
    assert post(own_app, cookie, f"/learn/{CODE}/90-practice/logs", version="1", log_id=log_id, text="again") == 303
    with own_app.app_context():
        assert db.session.query(PracticeLog).one().text == "again"
