"""SQLite keeps what was acknowledged, and a long writer makes others wait and then ask again (TRAPS X13, REL-1)."""

import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.roles import Role
from app.accounts.models import SignIn
from app.platform.clock import now
from app.platform.db import db, in_own_transaction, transaction
from app.platform.db.engine import BUSY_MILLISECONDS, sqlite_driver
from app.sessions.models import TrainingSession
from app.sessions.rules import TrainingState
from tests.browse import Browse
from tests.faults.processes import ROOT, Product
from tests.make import accounts, factories
from tests.make import sessions as make

pytestmark = pytest.mark.any_engine
COMMITS = 12


def test_every_connection_keeps_its_promises(own_app: Flask) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": BUSY_MILLISECONDS, "mmap_size": 0}
    with own_app.app_context():
        writer = db.engine.execution_options(writes=True)
        with db.engine.connect() as one, db.engine.connect() as two, writer.connect() as three:
            for connection in (one, two, three):
                assert {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted
    assert sqlite_driver.sqlite_version_info >= (3, 51, 3)


def test_verbs_and_short_transactions_use_such_connections(own_app: Flask) -> None:
    def synchronous(session: Any) -> object:
        return session.execute(sa.text("PRAGMA synchronous")).scalar()

    with own_app.app_context():
        assert in_own_transaction(synchronous) == 2
        with transaction():
            assert synchronous(db.session) == 2


COMMIT = """
import os, sys
import sqlalchemy as sa
from app.boot import create_app
from app.platform.db import db, transaction

def write(number):
    with transaction():
        db.session.execute(sa.text("INSERT INTO course (code) VALUES (:code)"), {"code": number})

def commit(level):
    write(f"{level} first")
    for number in range(int(sys.argv[1])):
        os.access(f"/{level}-begins", os.F_OK)
        write(f"{level} {number}")
        os.access(f"/{level}-ended", os.F_OK)

with create_app().app_context():
    commit("usual")
    db.engine.dispose()
    sa.event.listen(db.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=NORMAL"))
    commit("normal")
"""


def _syncs(product: Product, folder: Path) -> dict[str, list[Counter[str]]]:
    """How often which file was synced during each of COMMITS commits, as strace sees it: as usual, and with NORMAL."""
    if shutil.which("strace") is None:
        pytest.skip("no strace here (Debian: strace): syncs of commits are NOT counted")
    trace = folder / "trace"
    command = ["strace", "-f", "-y", "-o", str(trace), "-e", "trace=fsync,fdatasync,access", sys.executable, "-c", COMMIT]
    done = subprocess.run(
        [*command, str(COMMITS)], cwd=ROOT, env=product.environ(), capture_output=True, text=True, timeout=120,
        check=False,
    )
    if done.returncode and "ptrace" in done.stderr:
        pytest.skip(f"strace may not trace here: syncs of commits are NOT counted ({done.stderr.strip()[:80]})")
    assert done.returncode == 0, done.stderr
    return {level: _commits(trace.read_text(), level) for level in ("usual", "normal")}


def _commits(trace: str, level: str) -> list[Counter[str]]:
    commits = re.findall(rf'"/{level}-begins".*?"/{level}-ended"', trace, re.DOTALL)
    return [Counter(re.findall(r"f(?:data)?sync\(\d+<[^>]*/([^/>]+)>\) += 0", commit)) for commit in commits]


@pytest.mark.slow
@pytest.mark.long
def test_each_commit_is_synced_once(product: Product, tmp_path: Path) -> None:
    """FULL writes the log through to the disk at every commit; NORMAL, as a control, does not."""
    log = Path(product.environ()["SEAMWISE_DATABASE_URL"]).name + "-wal"
    assert _syncs(product, tmp_path) == {"usual": [Counter({log: 1})] * COMMITS, "normal": [Counter()] * COMMITS}


@contextmanager
def _long_writer(app: Flask) -> Iterator[None]:
    """Somebody else holds the write lock, and has written."""
    path = app.config["SQLALCHEMY_DATABASE_URI"].database
    other = sqlite_driver.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("INSERT INTO course (code) VALUES ('long')")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def _impatient(app: Flask, milliseconds: int) -> None:
    """Connections of this app wait less long."""

    def shorten(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA busy_timeout={milliseconds}")

    with app.app_context():
        sa.event.listen(db.engine, "connect", shorten)
        db.engine.dispose()


@pytest.fixture
def trainer(own_app: Flask) -> Browse:
    with own_app.app_context(), transaction():
        account = accounts.account(Role.TRAINER, programme=factories.programme())
        make.training(trainers=[account])
        return Browse(own_app).as_account(account)


def _timed(act: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.monotonic()
    return act(), time.monotonic() - begun


def _asks_again(app: Flask, trainer: Browse) -> None:
    """A changing request under the lock is refused politely; afterwards the same request does it."""
    reply = trainer.post("/sessions/1/confirmation")
    assert (reply.status, reply.response.headers["Retry-After"]) == (503, "5")
    assert "send it again" in reply.text
    with app.app_context():
        assert db.session.get_one(TrainingSession, 1).state is TrainingState.TENTATIVE


def test_a_long_writer_is_answered_with_try_again(own_app: Flask, trainer: Browse) -> None:
    _impatient(own_app, 200)
    with _long_writer(own_app):
        _asks_again(own_app, trainer)
        fragment = trainer.htmx("/sessions/1/confirmation")
        assert (fragment.status, fragment.response.headers["Retry-After"]) == (503, "5")
        signing_in = Browse(own_app).post("/sign-in", {"email": "nobody@example.org", "password": "wrong"})
        assert signing_in.status == 503
    assert trainer.post("/sessions/1/confirmation").status == 303


@pytest.mark.slow
def test_reading_goes_on_beside_a_long_writer(own_app: Flask, trainer: Browse) -> None:
    """Also when the sign-in should be noted as seen just now."""
    earlier = now() - timedelta(minutes=10)
    with own_app.app_context(), transaction():
        db.session.execute(sa.update(SignIn).values(seen_at=earlier))
    with _long_writer(own_app):
        for address in ("/", "/sessions", "/sessions/1", "/courses", "/readyz"):
            reply, seconds = _timed(lambda address=address: trainer.get(address))
            assert (reply.status, seconds < BUSY_MILLISECONDS / 2000) == (200, True), (address, seconds)
    assert trainer.get("/sessions").status == 200
    with own_app.app_context():
        assert db.session.query(SignIn).one().seen_at > earlier


@pytest.mark.slow
@pytest.mark.long
def test_nobody_waits_longer_than_the_busy_timeout(own_app: Flask, trainer: Browse) -> None:
    with _long_writer(own_app):
        _, seconds = _timed(lambda: _asks_again(own_app, trainer))
        assert 0.9 * BUSY_MILLISECONDS / 1000 < seconds < BUSY_MILLISECONDS / 1000 + 2


@pytest.mark.slow
def test_a_short_writer_is_waited_for(own_app: Flask, trainer: Browse) -> None:
    with ExitStack() as lock, ThreadPoolExecutor(1) as pool:
        lock.enter_context(_long_writer(own_app))
        click = pool.submit(_timed, lambda: trainer.post("/sessions/1/confirmation"))
        time.sleep(0.7)
        lock.close()
        reply, seconds = click.result(20)
        assert (reply.status, seconds > 0.5) == (303, True)
