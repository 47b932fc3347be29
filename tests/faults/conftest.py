"""A site with a real mail server and real processes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.boot import create_app
from app.platform.db import db
from tests.conftest import Databases, settings_for
from tests.counts import IS_LONG
from tests.faults.processes import Hatchery, Product
from tests.peers.smtp import SmtpPeer
from tests.platform.documents.conftest import fonts

__all__ = ["fonts"]

RUNS = 20 if IS_LONG else 1


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """`seed` numbers the runs of a test: one usually, many in `./dev test long`."""
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(RUNS))


@pytest.fixture
def peer() -> Iterator[SmtpPeer]:
    with SmtpPeer() as peer:
        yield peer


@pytest.fixture
def site(databases: Databases, tmp_path: Path, peer: SmtpPeer, fonts: Path) -> Iterator[Flask]:
    """An app on a database of its own that sends through the mail server."""
    over_smtp = {"mail_transport": "smtp", "smtp_host": peer.host, "smtp_port": peer.port, "smtp_security": "plain"}
    made = create_app(settings_for(databases.fresh(), tmp_path, fonts_dir=fonts, **over_smtp))
    yield made
    made.extensions["mail_transport"].hang_up()
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def product(site: Flask, hatchery: Hatchery) -> Product:
    return Product(site, hatchery)
