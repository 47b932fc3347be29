"""The demo, loaded once for all tests that only read it."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.boot import ROOT, create_app
from app.platform.db import db
from tests.conftest import Databases, settings_for


def load(databases: Databases, folder: pytest.TempPathFactory, *options: str) -> Flask:
    """A new app whose database holds the demo."""
    return _loaded(databases.fresh(), folder.mktemp("demo"), *options)


def _loaded(url: str, folder: Path, *options: str) -> Flask:
    made = _app(url, folder)
    done = made.test_cli_runner().invoke(args=["demo", "load", *options])
    assert done.exit_code == 0, done.output
    return made


def _app(url: str, folder: Path) -> Flask:
    return create_app(settings_for(url, folder, fonts_dir=ROOT / "build" / "fonts"))


@pytest.fixture(scope="package")
def demo(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    made = copied(databases, tmp_path_factory.mktemp("demo")) if databases.engine == "sqlite" else load(databases, tmp_path_factory)
    yield made
    with made.app_context():
        db.engine.dispose()


def copied(databases: Databases, folder: Path) -> Flask:
    """An app with the demo that whoever comes first loads for all workers of a run: it takes longer than most tests together."""
    template = Path(os.environ["TEST_TEMPLATES"]) / "demo"
    with template.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            _fill(template.with_suffix(".unfinished"), databases.fresh())
            template.with_suffix(".unfinished").rename(template)
    shutil.copytree(template, folder, dirs_exist_ok=True)
    return _app(f"sqlite:///{folder / 'demo.db'}", folder)


def _fill(folder: Path, url: str) -> None:
    folder.mkdir()
    made = _loaded(url, folder)
    with made.app_context():
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        db.engine.dispose()
    shutil.copy(url.removeprefix("sqlite:///"), folder / "demo.db")
