"""One small site with a story in it, made once for all, and its backup."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Account
from app.backup import creating, programmes
from app.backup.creating import Made
from app.boot import create_app
from app.certificates.models import Certificate
from app.certificates.signing import keys
from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.files import files
from app.reports.models import MadeReport
from app.reports.rules.facts import Split
from app.reports.rules.period import Ending
from tests import story
from tests.conftest import Databases, settings_for
from tests.make import accounts, certificates, factories

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


def spoken_of(key: str) -> None:
    """A row that speaks of a stored file."""
    whose = db.session.scalars(sa.select(Account.id).order_by(Account.id)).first() or accounts.account().id
    none = dict.fromkeys(("programme_id", "period_id", "subscription_id", "failed", "programmes", "size", "expires_at"))
    said = {"split": Split.SEX, "ending": Ending.PDF, "language": "en", "ordered_at": now(), "made_at": now()}
    row = MadeReport(account_id=whose, starts_on=date(2026, 1, 1), ends_on=date(2026, 3, 31), same=key, key=key, **said, **none)
    db.session.add(row)


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
            for key in stored:
                spoken_of(key)
        made = creating.create(folder / "backup.zip")
        db.session.remove()
    yield Site(app, url, folder / "backup.zip", made, stored)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="package")
def exported(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programme of the story in a file."""
    path = tmp_path_factory.mktemp("exported") / "kh.zip"
    with site.app.app_context():
        programmes.export("KH", path)
        db.session.remove()
    return path


@pytest.fixture(scope="session")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A row with the public keys of another site."""
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    made = keys.create(tmp_path_factory.mktemp("theirs"), "2026-01-01", "Elsewhere", "http://there.example/crl", begun)
    said = {"name": made.name, "seal_chain": made.seal_chain, "credential_public": made.credential_public}
    return {"id": 1, "made_at": "2026-01-01 00:00:00.000000", **said}


@pytest.fixture
def elsewhere(databases: Databases, tmp_path: Path) -> Iterator[Flask]:
    """Another site, migrated and empty."""
    app = create_app(settings_for(databases.fresh(), tmp_path / "elsewhere"))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
