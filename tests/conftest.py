"""The app on either engine; each test inside one transaction that is never committed."""

import fcntl
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
import sqlalchemy as sa
from flask import Flask

from app.boot import create_app
from app.platform.config import Settings
from app.platform.db import db
from app.platform.db.migrate import upgrade
from app.platform.db.session import RoutedSession
from app.platform.web import logging as logs
from app.platform.web import throttle
from tests import collecting, engines, saving
from tests.browse import Browse
from tests.counts import SAMPLE
from tests.faults.processes import Hatchery
from tests.peers import postgres

HOST = "localhost"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=["sqlite", "postgresql"], default="sqlite", help="database of the tests")
    parser.addoption("--sample", action="store_true", help="of the tests that ask a database a fixed part, of the others all")


def pytest_configure(config: pytest.Config) -> None:
    logs.configure(logging.ERROR)
    config.addinivalue_line("markers", "any_engine: says nothing about PostgreSQL, so it is left out there")
    config.addinivalue_line("markers", "browser: drives a real browser")
    config.addinivalue_line("markers", "slow: left out of the quick run; of a module's that depend on the engine each is asked half, where no files are named")
    config.addinivalue_line("markers", "every_run: never left out, on either engine, but of the quick run when it is slow")
    config.addinivalue_line("markers", "long: only in the long run")
    config.addinivalue_line("markers", "sampled(number=1, each=None): so many of its parameters, or so many with each value of one; all of them only in the long run")
    saving.save_time(config)
    collecting.share_rewriting(config)
    if config.getoption("--engine") == "postgresql" and not hasattr(config, "workerinput"):
        server = postgres.start()
        config.stash[_SERVER] = server
        os.environ["TEST_POSTGRES"] = f"{server.url} {server.run}"


def pytest_collection() -> None:
    collecting.rest_from_sweeping()


def pytest_collection_finish() -> None:
    collecting.keep_what_is_there()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What says nothing about the database, or has none, is asked once, on SQLite. What lasts longest begins first."""
    config.stash[engines.COLLECTED] = list(items)
    due = engines.asked(items, config.getoption("--engine"), is_whole=config.args_source is pytest.Config.ArgsSource.TESTPATHS)
    if config.getoption("--sample"):
        due = [item for item in due if "databases" not in item.fixturenames or crc32(item.nodeid.encode()) % SAMPLE == 0]
    if spared := set(items).difference(due):
        config.hook.pytest_deselected(items=list(spared))
        items[:] = due
    items.sort(key=lambda item: [item.get_closest_marker(name) is None for name in ("browser", "slow")])


def pytest_unconfigure(config: pytest.Config) -> None:
    if server := config.stash.get(_SERVER, None):
        server.stop()
    saving.give_back(config)


_SERVER = pytest.StashKey[postgres.Server]()


def _migrate(url: str) -> None:
    engine = sa.create_engine(url)
    upgrade(engine)
    engine.dispose()


@dataclass
class Databases:
    """Makes migrated databases of the engine under test."""

    engine: str
    folder: Path
    worker: str
    made: int = 0

    def fresh(self) -> str:
        """The address of a new, migrated, empty database."""
        self.made += 1
        if self.engine == "postgresql":
            url, run = os.environ["TEST_POSTGRES"].split()
            return postgres.clone(url, run, f"{self.worker}_{self.made}", _migrate)
        target = self.folder / f"{self.made}.db"
        shutil.copy(_template(Path(os.environ["TEST_TEMPLATES"])), target)
        return f"sqlite:///{target}"


def _template(folder: Path) -> Path:
    """A migrated, empty database, made once for all workers of a run: whoever comes first makes it."""
    path, unfinished = folder / "empty.db", folder / "database" / "unfinished.db"
    with (folder / "empty.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            unfinished.parent.mkdir(exist_ok=True)
            _migrated_file(unfinished)
            unfinished.rename(path)
    return path


def _migrated_file(path: Path) -> None:
    app = create_app(settings_for(f"sqlite:///{path}", path.parent))
    with app.app_context():
        upgrade(db.engine)
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()


def settings_for(url: str, folder: Path, **values: object) -> Settings:
    """Test settings: outbox instead of a mail server unless a test says otherwise."""
    defaults = {
        "env": "test", "secret_key": "t" * 8 + "0123456789abcdefghijklmnopqrstuv", "database_url": url, "data_dir": folder,
        "certificate_keys_dir": folder / "keys",
        "mail_transport": "outbox", "mail_sender": "training@seamwise.example", "base_url": f"http://{HOST}",
    }
    return Settings(**{**defaults, **values})


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Databases:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return Databases(request.config.getoption("--engine"), tmp_path_factory.mktemp("databases"), worker)


@pytest.fixture(scope="session")
def hatchery() -> Iterator[Hatchery]:
    """Where real processes of the product come from."""
    made = Hatchery()
    yield made
    made.close()


@pytest.fixture(scope="session")
def shared_app(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made = create_app(settings_for(databases.fresh(), tmp_path_factory.mktemp("data")))
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def app(shared_app: Flask) -> Iterator[Flask]:
    """The app with an app context, on one connection whose transaction is thrown away afterwards."""
    with thrown_away(shared_app):
        yield shared_app


@contextmanager
def thrown_away(app: Flask) -> Iterator[None]:
    """An app context whose session has one connection; nothing that it commits is kept."""
    with app.app_context():
        connection = db.engine.execution_options(writes=True).connect()
        outer = connection.begin()
        usual = db.session
        db.session = db._make_scoped_session({"class_": RoutedSession, "bind": connection, "join_transaction_mode": "create_savepoint"})
        try:
            yield
        finally:
            db.session.remove()
            db.session = usual
            outer.rollback()
            connection.close()


@pytest.fixture
def own_app(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """An app on a database of its own, where commits are real: for races, workers and processes."""
    own = create_app(settings_for(databases.fresh(), tmp_path))
    yield own
    with own.app_context():
        db.engine.dispose()


@pytest.fixture(autouse=True)
def _counters_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that writes and has asked something of the database would wait for itself: its counters are written in a
    transaction of their own, and SQLite has one writer. In tests all of them share one connection and nobody waits.
    """
    count = throttle.in_own_transaction

    def checked(*arguments: Any, **named: Any) -> Any:
        session = db.session()
        assert not (session.info.get("writes") and session.in_transaction()), "count before the request's first statement"
        return count(*arguments, **named)

    monkeypatch.setattr(throttle, "in_own_transaction", checked)


@pytest.fixture
def browse(app: Flask) -> Browse:
    """Nobody's browser; `browse.as_account(...)` signs in."""
    return Browse(app)
