"""An app that sends over real SMTP to a peer, and a worker for it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app import wiring
from app.boot import create_app
from app.platform.db import db
from app.platform.jobs.worker import Worker
from tests.conftest import Databases, settings_for
from tests.peers.smtp import SmtpPeer


@pytest.fixture
def peer() -> Iterator[SmtpPeer]:
    with SmtpPeer() as peer:
        yield peer


@pytest.fixture
def mailing_app(databases: Databases, tmp_path: Path, peer: SmtpPeer) -> Iterator[Flask]:
    """On a database of its own, where commits are real."""
    over_smtp = {"mail_transport": "smtp", "smtp_host": peer.host, "smtp_port": peer.port, "smtp_security": "plain"}
    made = create_app(settings_for(databases.fresh(), tmp_path, base_url="https://seamwise.example", **over_smtp))
    made.config["SESSION_COOKIE_SECURE"] = False  # the test client speaks plain http
    made.config["SESSION_COOKIE_NAME"] = "seamwise"
    with made.app_context():
        yield made
        made.extensions["mail_transport"].hang_up()
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def deliver(mailing_app: Flask) -> Callable[[], int]:
    """Let the worker do what is due."""
    worker = Worker(mailing_app, wiring.JOBS, (), timedelta(seconds=60))
    return worker.run_until_idle
