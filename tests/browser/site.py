"""The product as it runs for real: server, job worker and mail server are processes or threads of their own."""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar
from urllib.error import URLError
from urllib.request import urlopen

from flask import Flask

from app.boot import create_app
from app.platform.config import Settings
from app.platform.db import db, transaction
from app.platform.web import assets
from tests.conftest import Databases, settings_for
from tests.faults.processes import Hatchery, outside
from tests.peers.smtp import SmtpPeer

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
PASSED_ON = ("secret_key", "database_url", "data_dir", "assets_dir", "fonts_dir", "base_url", "mail_transport", "mail_sender",
             "smtp_host", "smtp_port", "smtp_security", "second_factor")


@dataclass(frozen=True)
class Site:
    """A running site. `app` looks into the same database from the side of the test."""

    address: str
    app: Flask
    mail: SmtpPeer
    server: "Server"

    def build(self, work: Callable[[], T]) -> T:
        """Write something into the database, and commit it."""
        with self.app.app_context(), transaction():
            return work()

    def look(self, query: Callable[[], T]) -> T:
        """Read something from the database as it is now."""
        with self.app.app_context():
            return query()


def wait_until(what: Callable[[], object], of: str, patience: float = PATIENCE) -> None:
    """Wait until something is there; `of` says what, when it never comes."""
    until = time.monotonic() + patience
    while not what():
        assert time.monotonic() < until, f"waited {patience} seconds for {of}"
        time.sleep(0.02)


@contextmanager
def running_site(
    databases: Databases, hatchery: Hatchery, folder: Path, host: str = "127.0.0.1", **values: object
) -> Iterator[Site]:
    """Start everything on a fresh database and free ports; nothing of it is left afterwards. `values` are settings."""
    port = _free_port()
    with SmtpPeer() as mail:
        settings = settings_for(
            databases.fresh(), folder, base_url=f"http://{host}:{port}", assets_dir=_assets(databases.folder / "assets"),
            fonts_dir=ROOT / "build" / "fonts", mail_transport="smtp", smtp_host=mail.host, smtp_port=mail.port, smtp_security="plain",
            **values,
        )
        app = create_app(settings)
        server = Server(hatchery, settings, folder, port)
        work = hatchery.living(_environ(settings), "jobs", "work", log=folder / "jobs.log")
        with server, work:
            yield Site(settings.base_url, app, mail, server)
        with app.app_context():
            db.engine.dispose()


@cache
def _assets(folder: Path) -> Path:
    """Where the assets are, for all sites of a worker: packing them is a good part of what a site takes to start."""
    return assets.build(assets.collect(ROOT), folder).folder


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, ConnectionError):
        return False


class Server:
    """The server, which can be killed and started again at the same address."""

    def __init__(self, hatchery: Hatchery, settings: Settings, folder: Path, port: int) -> None:
        self._hatchery, self._settings, self._port = hatchery, settings, port
        self._log, self._life = folder / "serve.log", ExitStack()

    def __enter__(self) -> "Server":
        try:
            self.start()
        except BaseException:
            self._life.close()
            raise
        return self

    def __exit__(self, *_what: object) -> None:
        self._life.close()

    def start(self) -> None:
        words = ("serve", "--port", str(self._port), "--workers", "1")
        self._pid = self._life.enter_context(self._hatchery.living(_environ(self._settings), *words, log=self._log))
        wait_until(lambda: _answers(f"{self._settings.base_url}/readyz"), f"the server; see {self._log}")

    def kill(self) -> None:
        os.killpg(self._pid, signal.SIGKILL)
        self._life.close()


def _environ(settings: Settings) -> dict[str, str]:
    own = {f"SEAMWISE_{name.upper()}": str(getattr(settings, name)) for name in PASSED_ON}
    return outside() | own | {"SEAMWISE_ENV": "test", "FLASK_APP": "wsgi.py"}
