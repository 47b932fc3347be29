"""The PostgreSQL of a test run: clones of one template, and nothing left behind by a run that was killed."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from tests.peers import postgres

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
START_AND_WAIT = """
import time
from tests.peers import postgres
print(postgres.start({}).url, flush=True)
time.sleep(60)
"""


def ask(url: str, question: str) -> object:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        cursor = connection.execute(question.encode())
        row = cursor.fetchone() if cursor.description else None
        return row and row[0]


def migrate(url: str) -> None:
    ask(url, "CREATE TABLE thread AS SELECT 7 AS colour")


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    started = postgres.start({})
    yield started
    started.stop()


def test_the_template_is_migrated_once_and_clones_are_apart(server: postgres.Server) -> None:
    calls: list[str] = []

    def counted(url: str) -> None:
        calls.append(url)
        migrate(url)

    first, second = (postgres.clone(server.url, server.run, name, counted) for name in ("one", "two"))
    ask(first, "UPDATE thread SET colour = 8")
    assert (ask(first, "SELECT colour FROM thread"), ask(second, "SELECT colour FROM thread")) == (8, 7)
    assert len(calls) == 1


def test_a_server_that_was_given_loses_only_the_databases_of_the_run(server: postgres.Server) -> None:
    given = postgres.start({"TEST_DATABASE_URL": server.url.replace("+psycopg", "")})
    assert given.guard is None
    postgres.clone(given.url, given.run, "mine", migrate)
    other = postgres.clone(server.url, server.run, "other", migrate)
    given.stop()
    assert ask(server.url, f"SELECT count(*) FROM pg_database WHERE datname LIKE '%{given.run}%'") == 0
    assert ask(other, "SELECT colour FROM thread") == 7


def test_a_killed_run_leaves_no_server_behind() -> None:
    run = subprocess.Popen([sys.executable, "-c", START_AND_WAIT], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    folder = Path(str(make_url(run.stdout.readline().strip()).query["host"]))
    assert folder.exists()
    run.kill()
    run.communicate()
    end = time.monotonic() + 20
    while folder.exists():
        assert time.monotonic() < end, "the guard did not stop the server"
        time.sleep(0.05)


def test_the_server_does_not_run_as_root(server: postgres.Server) -> None:
    folder = Path(str(make_url(server.url).query["host"]))
    owner = (folder / "data" / "postmaster.pid").stat().st_uid
    assert owner != 0
    assert owner == os.geteuid() or os.geteuid() == 0
