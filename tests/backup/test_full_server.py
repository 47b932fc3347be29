"""The disk of a PostgreSQL server is full: one sentence, the old data in force, nothing half-done. Where it is allowed to
mount a file system the disk is a real one, of a few megabytes.
"""

import os
import pwd
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from psycopg import sql
from sqlalchemy.engine import make_url

from app.backup import restoring
from app.backup.cli import FULL, UNTOUCHED
from app.boot import create_app
from app.platform.db import db, transaction
from tests.backup.conftest import Site
from tests.backup.test_cli import run
from tests.backup.test_drill import contents, said
from tests.backup.test_full_disk import there
from tests.conftest import Databases, settings_for
from tests.make import factories

SENTENCE = f"{FULL} {UNTOUCHED}\n"
ROOM = 300_000
"""Bytes that are still free, in which no story fits."""
MUCH = 500_000_000
_RAISES = "BEGIN RAISE 'could not extend file' USING ERRCODE = '53100', HINT = 'Check free disk space.'; END"


@pytest.fixture(autouse=True)
def _server(databases: Databases) -> None:
    if databases.engine != "postgresql":
        pytest.skip("of a server")


@dataclass(frozen=True)
class Disk:
    """A small disk with the tablespace of the same name, and the site whose database is on it."""

    folder: Path
    app: Flask
    url: str

    def resize(self, size: int) -> None:
        _mount("-o", f"remount,size={size}", self.folder)

    def fill(self) -> None:
        """All but `ROOM` is in use."""
        known = os.statvfs(self.folder)
        self.resize((known.f_blocks - known.f_bavail) * known.f_frsize + ROOM)


def _mount(*words: object) -> None:
    subprocess.run(["mount", *map(str, words)], check=True, capture_output=True)


def _server_says(url: str, statement: str, *names: str, **words: str) -> Any:
    plain = make_url(url).set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        texts = {name: sql.Literal(word) for name, word in words.items()}
        return connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names), **texts))


@pytest.fixture
def disk(databases: Databases, tmp_path: Path) -> Iterator[Disk]:
    if os.geteuid() != 0 or "TEST_DATABASE_URL" in os.environ:
        pytest.skip("only root may mount a disk, and only our own server is on this machine")
    url = databases.fresh()
    name = str(make_url(url).database)
    with tempfile.TemporaryDirectory(prefix="seamwise-disk-", dir="/tmp") as place:
        folder = Path(place)
        try:
            _mount("-t", "tmpfs", "-o", f"size={MUCH},mode=700,uid={pwd.getpwnam('nobody').pw_uid}", "seamwise", folder)
        except subprocess.CalledProcessError:
            pytest.skip("mounting is not allowed here")
        try:
            _server_says(url, "CREATE TABLESPACE {} LOCATION {place}", name, place=place)
            _server_says(url, "ALTER DATABASE {} SET TABLESPACE {}", name, name)
            app = create_app(settings_for(url, tmp_path / "site"))
            with app.app_context():
                yield Disk(folder, app, url)
                db.session.remove()
                db.engine.dispose()
            _server_says(url, "DROP DATABASE {} WITH (FORCE)", name)
            _server_says(url, "DROP TABLESPACE {}", name)
        finally:
            subprocess.run(["umount", "-l", place], check=True)


def test_a_real_disk_that_is_full(site: Site, disk: Disk, exported: Path, tmp_path: Path) -> None:
    db.engine.dispose()
    disk.fill()
    with site.app.app_context():
        moved = run(site.app, "move", "--to", disk.url)
        db.engine.dispose()
    restored = run(disk.app, "restore", site.file)
    taken = disk.app.test_cli_runner().invoke(args=["programme", "import", str(exported)])
    assert [(each.exit_code, each.output) for each in (moved, restored, taken)] == [(1, SENTENCE)] * 3
    disk.resize(MUCH)
    with transaction():
        factories.person(name="Old")
    before, stored = contents(), there(tmp_path)
    db.session.remove()
    db.engine.dispose()
    disk.fill()
    replaced = run(disk.app, "restore", site.file, "--replace")
    assert (replaced.exit_code, replaced.output) == (1, SENTENCE)
    assert (contents(), there(tmp_path)) == (before, stored)
    assert run(disk.app, "create", tmp_path / "b.zip").exit_code == 0, "reading needs no room"
    db.engine.dispose()
    disk.resize(MUCH)
    restoring.restore(site.file, replace=True)
    assert contents() == said(site.made.manifest)


def _execute(*statements: str) -> None:
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    db.engine.dispose()


@pytest.mark.parametrize("verb", ["restore", "import"])
def test_it_shows_only_when_everything_is_to_be_in_force(
    site: Site, exported: Path, elsewhere: Flask, tmp_path: Path, verb: str
) -> None:
    """The words of the server, said by a trigger at the end of the transaction."""
    _execute(
        f"CREATE FUNCTION is_full() RETURNS trigger LANGUAGE plpgsql AS $${_RAISES}$$",
        "CREATE CONSTRAINT TRIGGER is_full AFTER INSERT ON programme DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION is_full()",
    )
    before, stored = contents(), there(tmp_path)
    db.engine.dispose()
    words = ("backup", "restore", site.file) if verb == "restore" else ("programme", "import", exported)
    told = elsewhere.test_cli_runner().invoke(args=[*map(str, words)])
    assert (told.exit_code, told.output) == (1, SENTENCE)
    assert (contents(), there(tmp_path)) == (before, stored)


def test_a_backup_whose_rows_cannot_be_read(elsewhere: Flask, tmp_path: Path) -> None:
    """A server needs room for some reading, too."""
    with transaction():
        factories.person()
    _execute(
        f"CREATE FUNCTION is_full() RETURNS boolean LANGUAGE plpgsql AS $${_RAISES}$$",
        "ALTER TABLE person RENAME TO person_there", "CREATE VIEW person AS SELECT * FROM person_there WHERE is_full()",
    )  # fmt: skip
    told = run(elsewhere, "create", tmp_path / "b.zip", "--keys-to", tmp_path / "keys.zip")
    assert (told.exit_code, told.output) == (1, SENTENCE)
    assert not [path for path in there(tmp_path) if path.suffix in {".zip", ".part"}]
