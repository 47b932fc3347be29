"""One small site with a story in it, made once for all, and its backup."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.backup import creating
from app.backup.creating import Made
from app.boot import create_app
from app.certificates.models import Certificate
from app.platform.db import db, transaction
from app.platform.files import files
from tests import story
from tests.conftest import Databases, settings_for
from tests.make import certificates, factories

MARKER = "Nobody elsewhere may read this"
"""Stands in whatever belongs to the other programme of the site."""


@dataclass(frozen=True)
class Site:
    """The app of the site, the address of its database, its backup, and what was said of that."""

    app: Flask
    url: str
    file: Path
    made: Made
    stored: tuple[str, ...]


@pytest.fixture(scope="package")
def site(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder, url = tmp_path_factory.mktemp("site"), databases.fresh()
    app = create_app(settings_for(url, folder))
    with app.app_context():
        with transaction():
            told = story.begin()
            story.furnish(told)
            story.held(told)
            certificates.drawn(db.session.scalars(sa.select(Certificate)).all()[0])
            other = factories.factory("LK-OTHER", programme_id=factories.programme("LK").id, name=MARKER)
            factories.person(other, name=MARKER)
        stored = tuple(files().put(b"photo %d" % number * 1000) for number in range(3))
        made = creating.create(folder / "backup.zip")
        db.session.remove()
    yield Site(app, url, folder / "backup.zip", made, stored)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def elsewhere(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """Another site, migrated and empty."""
    app = create_app(settings_for(databases.fresh(), tmp_path / "elsewhere"))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
