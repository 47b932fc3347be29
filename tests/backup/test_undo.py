"""What a restore replaced is kept, and comes back whole."""

import json
import os
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.backup import kept, restoring
from app.backup.rules import NotValid
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, migrate, transaction
from app.platform.db.engine import engine_options
from tests.backup.conftest import Site
from tests.backup.test_cli import run
from tests.backup.test_drill import contents, said
from tests.faults.processes import Hatchery, Product
from tests.make import factories

pytestmark = pytest.mark.slow


@pytest.fixture
def before(elsewhere: Flask) -> dict[str, str]:
    """What the site held that is to be replaced."""
    with transaction():
        factories.person(name="Old")
    return contents()


def closed() -> None:
    db.session.remove()
    db.engine.dispose()


def test_what_was_replaced_comes_back_and_goes_again(site: Site, elsewhere: Flask, before: dict[str, str]) -> None:
    restored = restoring.restore(site.file, replace=True).kept
    assert restored
    told = run(elsewhere, "undo", restored)
    assert (told.exit_code, contents()) == (0, before)
    (other,) = kept.kept(db.engine)
    assert (other in told.output, other == restored) == (True, False)
    with transaction():  # counters, rules and the guard of the log have come back with the rows
        assert factories.person(name="New").id == 2
        audit.record(SYSTEM, "people.rename", "person:2")
    with pytest.raises(sa.exc.DatabaseError), transaction():
        db.session.execute(sa.text("DELETE FROM audit_entry"))
    assert migrate.differences(db.engine) == []
    restoring.undo(other)
    assert contents() == said(site.made.manifest)


def test_nothing_is_kept_of_a_database_without_rows(site: Site, elsewhere: Flask) -> None:
    assert restoring.restore(site.file).kept is None
    assert kept.kept(db.engine) == []


def test_one_after_the_other_each_keeps_its_own(site: Site, elsewhere: Flask, before: dict[str, str]) -> None:
    names = [restoring.restore(site.file, replace=True).kept for _ in range(2)]
    assert sorted(map(str, names)) == kept.kept(db.engine)
    restoring.undo(str(names[0]))
    assert contents() == before


def test_what_is_not_kept_or_in_use_is_refused(site: Site, elsewhere: Flask, before: dict[str, str]) -> None:
    for name in ("public", "seamwise.db", "../x", 'x" CASCADE', "information_schema"):
        told = run(elsewhere, "undo", name)
        assert (told.exit_code, "There are: none" in told.output) == (3, True)
    name = str(restoring.restore(site.file, replace=True).kept)
    now_, other = contents(), sa.create_engine(db.engine.url, **engine_options(db.engine.url))
    with other.connect() as connection:
        connection.execute(sa.text("SELECT count(*) FROM person"))
        with pytest.raises(NotValid, match="stop the site"):
            restoring.undo(name)
    other.dispose()
    assert contents() == now_


def test_what_is_kept_is_listed_and_deleted_when_told(site: Site, elsewhere: Flask, before: dict[str, str]) -> None:
    assert "No old database" in run(elsewhere, "kept").output
    restored = run(elsewhere, "restore", site.file, "--replace").output
    [found] = json.loads(run(elsewhere, "kept", "--json").stdout)["kept"]
    assert found["name"] in restored
    assert "personal data that nobody erases" in restored
    assert (found["bytes"] > 100_000, found["since"][:10]) == (True, f"{now():%Y-%m-%d}")
    assert f"{found['name']}  since" in run(elsewhere, "kept").output
    for name in ("public", "seamwise.db", "../x", 'x" CASCADE'):
        assert run(elsewhere, "forget", name).exit_code == 3
    now_ = contents()
    assert run(elsewhere, "forget", found["name"]).exit_code == 0
    assert (kept.kept(db.engine), contents()) == ([], now_)


@pytest.mark.parametrize("point", ["backup.swapped"])
def test_killed_while_it_comes_back_either_stays_whole(
    site: Site, elsewhere: Flask, before: dict[str, str], hatchery: Hatchery, point: str
) -> None:
    name = str(restoring.restore(site.file, replace=True).kept)
    closed()
    assert Product(elsewhere, hatchery).command("backup", "undo", name, stop_at=point).killed
    assert contents() == said(site.made.manifest)
    restoring.undo(name)
    assert contents() == before


@pytest.mark.every_run
def test_the_new_file_is_for_whom_the_old_one_was_and_where_it_was(
    site: Site, elsewhere: Flask, before: dict[str, str], tmp_path: Path
) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("of files")
    closed()
    named = Path(db.engine.url.database or "")
    disk = tmp_path / "disk"
    disk.mkdir()
    there = named.rename(disk / "data.db")
    named.symlink_to(there)
    there.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(there, 65534, 65534)
    owner = there.stat().st_uid, there.stat().st_mode
    name = str(restoring.restore(site.file, replace=True).kept)
    assert (named.is_symlink(), (there.stat().st_uid, there.stat().st_mode)) == (True, owner)
    assert (disk / name).exists()
    closed()
    there.unlink()
    restoring.restore(site.file)
    assert there.stat().st_mode & 0o777 == 0o600
