"""A programme for another installation, here an empty one: all of it, nothing of the others, equal figures."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.accounts.models import Account
from app.accounts.secrets import NO_PASSWORD
from app.backup import importing, programmes, restoring
from app.backup.archive import opened
from app.backup.numbers import references
from app.backup.rules import NotValid
from app.certificates.models import Certificate
from app.completions.models import Completion
from app.factories.models import Factory, Person
from app.platform.db import Base, db
from app.platform.files import files
from app.sessions.models import Seat
from tests.backup.conftest import MARKER, Site
from tests.backup.test_damage import members
from tests.backup.test_drill import figures, page


def counts(app: Flask) -> list[int | None]:
    with app.app_context():
        count = sa.func.count()
        of_ours = sa.select(count).select_from(Factory).where(Factory.code == "KH-STORY")
        whole = (Completion, Certificate, Seat)
        return [db.session.scalar(of_ours), *(db.session.scalar(sa.select(count).select_from(table)) for table in whole)]


def test_figures_certificates_and_files_are_equal_elsewhere(site: Site, exported: Path, elsewhere: Flask) -> None:
    importing.take_in(exported)
    assert counts(elsewhere) == counts(site.app)
    assert figures(elsewhere) == figures(site.app)
    assert page(elsewhere) == page(site.app)
    key = db.session.scalars(sa.select(Certificate.file_key).where(Certificate.file_key.is_not(None))).one()
    assert key and files().get(key).startswith(b"%PDF")
    assert db.session.scalars(sa.select(Person.name).where(Person.name == MARKER)).all() == []


def test_nothing_of_others_and_no_secrets_are_in_it(exported: Path) -> None:
    whole = members(exported)
    assert not any(MARKER.encode() in data or b"LK-OTHER" in data for data in whole.values())
    assert all(whole[f"tables/{name}.jsonl"] == b"" for name in programmes.LEFT)
    assert b"scrypt" not in whole["tables/account.jsonl"]
    assert b"argon2" not in whole["tables/account.jsonl"]
    with opened(exported) as archive:
        archive.check()


def test_webhooks_stay() -> None:
    """The new site would tell the same receiver with the same signature."""
    assert {"webhook", "webhook_delivery"} <= programmes.LEFT


def test_accounts_come_without_a_password(exported: Path, elsewhere: Flask) -> None:
    importing.take_in(exported)
    rows = db.session.execute(sa.select(Account.email, Account.password_hash, Account.totp_secret)).all()
    assert {row.email for row in rows} >= {"trainer@story.example", "programme-manager@story.example"}
    assert {(row.password_hash, row.totp_secret) for row in rows} == {(NO_PASSWORD, None)}


def test_a_backup_is_no_programme_and_the_other_way_round(site: Site, exported: Path, elsewhere: Flask) -> None:
    with pytest.raises(NotValid, match="flask backup restore"):
        importing.take_in(site.file)
    with pytest.raises(NotValid, match="flask programme import"):
        restoring.restore(exported)
    with pytest.raises(NotValid, match="no programme XX"), site.app.app_context():
        programmes.export("XX", exported.with_name("xx.zip"))


def test_every_table_is_either_told_apart_or_owned() -> None:
    """A new table belongs to a programme, to the catalogue, or stays behind: somebody decides."""
    own = {"programme", "account", "person", "factory_group", "finding_import", *programmes.OF_ACCOUNTS}
    undecided = [
        name for name in Base.metadata.tables
        if name not in programmes.WHOLE | programmes.LEFT | own
        and not [each for each in references(name) if each.target not in programmes.SHARED]
    ]  # fmt: skip
    assert undecided == []
    assert set(Base.metadata.tables) >= programmes.WHOLE | programmes.LEFT
