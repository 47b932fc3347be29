"""The restore drill: made, damaged, refused, brought back, equal."""

import re
import zipfile
import zlib
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.backup import creating, restoring
from app.backup.rows import dumping, tables
from app.backup.rules import FILES, Manifest, NotValid
from app.certificates.models import Certificate
from app.factories.models import Person
from app.platform.db import db, transaction
from app.platform.db.engine import engine_options
from app.platform.files import files
from tests.backup.conftest import Site
from tests.make import factories

pytestmark = pytest.mark.slow


def contents() -> dict[str, str]:
    """The hash of every table of this app's database."""
    with dumping.snapshot(db.engine) as connection:
        return {table.name: dumping.content_of(dumping.blocks(connection, table)).sha256 for table in tables()}


def figures(app: Flask) -> str:
    """What is covered in the factory of the story."""
    with app.app_context():
        return app.test_cli_runner().invoke(args=["coverage", "show", "--factory", "KH-STORY", "--json"]).stdout


def page(app: Flask, code: str = "") -> str:
    """What anybody is told of a certificate, the first one unless told; names go along, keys do not."""
    with app.app_context():
        code = code or db.session.scalars(sa.select(Certificate.code).order_by(Certificate.id)).all()[0]
        answer = app.test_client().get(f"/verify/{code}", follow_redirects=True)
        assert answer.status_code == 200
        return re.sub(r'nonce="[^"]*"|[0-9]+:[0-9]+', "", answer.text)


def said(manifest: Manifest) -> dict[str, str]:
    return {each.table.name: each.content.sha256 for each in manifest.tables}


def test_a_backup_is_whole_and_says_what_is_in_it(site: Site) -> None:
    manifest, digest = restoring.verify(site.file)
    assert (manifest, digest) == (site.made.manifest, site.made.digest)
    rows = {each.table.name: each.content.count for each in manifest.tables}
    assert (rows["programme"], rows["factory"], rows["person"], rows["certificate"]) == (2, 2, 13, 3)
    assert (manifest.files.count, manifest.missing) == (5, 0)
    assert site.file.stat().st_mode & 0o077 == 0, "nobody else may read it"


def test_brought_back_elsewhere_every_table_is_equal_and_every_file_there(site: Site, elsewhere: Flask) -> None:
    restoring.restore(site.file)
    assert contents() == said(site.made.manifest)
    assert [files().get(key)[:5] for key in site.stored] == [b"photo"] * 3
    assert figures(elsewhere) == figures(site.app)
    assert page(elsewhere) == page(site.app)
    with transaction():  # numbers go on after those that were given
        highest = db.session.scalar(sa.select(sa.func.max(Person.id))) or 0
        assert factories.person().id > highest


def test_what_is_there_is_replaced_only_when_told(site: Site, elsewhere: Flask) -> None:
    with transaction():
        factories.factory("KH-OTHER")
    before = contents()
    with pytest.raises(NotValid, match="not empty"):
        restoring.restore(site.file)
    assert contents() == before
    restoring.restore(site.file, replace=True)
    assert contents() == said(site.made.manifest)


def test_a_database_that_somebody_uses_is_not_replaced(site: Site, elsewhere: Flask) -> None:
    other = sa.create_engine(db.engine.url, **engine_options(db.engine.url))
    with other.connect() as connection:
        connection.execute(sa.text("SELECT count(*) FROM person"))
        with pytest.raises(NotValid, match="stop the site"):
            restoring.restore(site.file)
    other.dispose()


def test_tables_are_packed_with_little_work_and_files_not_at_all(site: Site) -> None:
    with zipfile.ZipFile(site.file) as archive:
        table, stored = (archive.getinfo(name) for name in ("tables/question.jsonl", FILES))
        packer = zlib.compressobj(1, zlib.DEFLATED, -15)
        least = len(packer.compress(archive.read(table)) + packer.flush())
    assert (table.compress_size, stored.compress_size) == (least, stored.file_size)


def test_a_second_backup_of_the_same_moment_holds_the_same(site: Site, tmp_path: Path) -> None:
    with site.app.app_context():
        first, again = (creating.create(tmp_path / name) for name in ("first.zip", "again.zip"))
    assert said(again.manifest) == said(first.manifest)
