"""From SQLite to the engine under test, and back: equal counts and hashes."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.backup import moving, restoring
from app.backup.rules import NotValid
from app.boot import create_app
from app.factories.models import Factory
from app.learning_record.evidence.rules import Period
from app.platform.clock import now
from app.platform.db import db, transaction
from tests.backup.conftest import Site
from tests.backup.test_cli import run
from tests.backup.test_drill import contents
from tests.conftest import Databases, settings_for
from tests.make import evidence, factories

pytestmark = pytest.mark.slow


@pytest.fixture
def small(site: Site, databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """The site on SQLite, whatever the engine under test."""
    app = create_app(settings_for(Databases("sqlite", tmp_path, databases.worker).fresh(), tmp_path))
    with app.app_context():
        restoring.restore(site.file)
        yield app
        db.session.remove()
        db.engine.dispose()


def _pack() -> bytes:
    """Evidence of the factory of the story."""
    last = now().date() - timedelta(days=2)
    factory = db.session.scalars(sa.select(Factory).where(Factory.code == "KH-STORY")).one()
    return evidence.made(factory, Period(last - timedelta(days=400), last, last))


def test_everything_is_there_with_equal_hashes_and_back_again(small: Flask, databases: Databases, tmp_path: Path) -> None:
    target = databases.fresh()
    with transaction():
        evidence.sign()
    told = json.loads(run(small, "move", "--to", target, "--json").stdout)
    assert (told["from"], told["to"]) == ("sqlite", databases.engine)
    before = contents()
    assert {table["name"]: table["sha256"] for table in told["tables"]} == before
    with create_app(settings_for(target, tmp_path)).app_context():
        assert contents() == before
        moving.move(sa.make_url(f"sqlite:///{tmp_path}/back.db"))
        pack = _pack()  # first drawn up there
        with transaction():
            assert factories.person().id > 13, "numbers go on"
        db.engine.dispose()
    with create_app(settings_for(f"sqlite:///{tmp_path}/back.db", tmp_path)).app_context():
        assert contents() == before
        db.engine.dispose()
    assert _pack() == pack


def test_a_target_with_rows_in_it_is_refused(small: Flask, databases: Databases, tmp_path: Path) -> None:
    target = databases.fresh()
    with create_app(settings_for(target, tmp_path)).app_context():
        with transaction():
            factories.programme("LK")
        there = contents()
        db.session.remove()
        db.engine.dispose()
    told = run(small, "move", "--to", target)
    assert (told.exit_code, "not empty" in told.output) == (3, True)
    with create_app(settings_for(target, tmp_path)).app_context():
        assert contents() == there
        db.engine.dispose()


def test_what_is_no_target_is_refused(small: Flask) -> None:
    with pytest.raises(NotValid, match="to be moved"):
        moving.move(db.engine.url)
    assert run(small, "move", "--to", "nonsense").exit_code == 2
    told = run(small, "move", "--to", "postgresql+psycopg://nobody:secret@127.0.0.1:1/none")
    assert (told.exit_code, "cannot be reached" in told.output, "secret" in told.output) == (3, True, False)


def test_what_is_written_meanwhile_is_not_lost_unseen(
    small: Flask, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(*told: object) -> None:
        load(*told)
        with transaction():
            factories.person(name="Somebody New")

    load = moving.load
    monkeypatch.setattr(moving, "load", write)
    with pytest.raises(NotValid, match="changed meanwhile"):
        moving.move(sa.make_url(databases.fresh()))
