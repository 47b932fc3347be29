"""The demo, loaded once for all tests that only read it."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.boot import ROOT, create_app
from app.platform.db import db
from tests.conftest import Databases, settings_for


def load(databases: Databases, folder: pytest.TempPathFactory, *options: str) -> Flask:
    """A new app whose database holds the demo."""
    made = create_app(settings_for(databases.fresh(), folder.mktemp("demo"), fonts_dir=ROOT / "build" / "fonts"))
    done = made.test_cli_runner().invoke(args=["demo", "load", *options])
    assert done.exit_code == 0, done.output
    return made


@pytest.fixture(scope="package")
def demo(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made = load(databases, tmp_path_factory)
    yield made
    with made.app_context():
        db.engine.dispose()
