"""Real processes whose files stop growing, as on a disk that is full: nothing half-done, and what was there stays."""

from pathlib import Path

import pytest
from flask import Flask

from app.backup import restoring
from app.platform.db import db, transaction
from app.platform.files import files
from tests.backup.conftest import Site
from tests.backup.test_drill import contents, said
from tests.faults.processes import Hatchery, Product
from tests.make import factories

pytestmark = pytest.mark.slow
LITTLE = {"sqlite": 40_000, "postgresql": 4096}
"""Bytes: less than anything that is to be written, but SQLite has 32 kB of shared memory in a file."""
UNTOUCHED = "Nothing was changed, and no file was left behind."


def _little(site: Site) -> int:
    return LITTLE[site.made.manifest.engine]


def there(folder: Path) -> set[Path]:
    """Every file, without what the engine writes beside its own."""
    beside = ("-wal", "-shm", ".held")
    return {path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(beside)}


@pytest.mark.sampled
@pytest.mark.parametrize("share", [0.2, 0.95])
def test_what_is_written_is_whole_or_not_there(site: Site, hatchery: Hatchery, tmp_path: Path, share: float) -> None:
    (tmp_path / "yesterday.zip").write_bytes(b"the last one")
    for words in (("backup", "create", f"{tmp_path}/b.zip"), ("programme", "export", "KH", f"{tmp_path}/kh.zip")):
        most = int(site.file.stat().st_size * share) if words[0] == "backup" else _little(site)
        end = Product(site.app, hatchery).command(*words, largest=most)
        assert (end.code, [UNTOUCHED in line for line in end.told]) == (1, [True]), end.told
    assert there(tmp_path) == {tmp_path / "yesterday.zip"}


@pytest.mark.sampled
@pytest.mark.parametrize("more", [None, 100_000])
def test_what_was_there_stays_when_a_backup_does_not_fit(
    site: Site, elsewhere: Flask, hatchery: Hatchery, tmp_path: Path, more: int | None
) -> None:
    """The first file that does not fit is the database beside or, where a server keeps it, a stored one."""
    with transaction():
        factories.person(name="Old")
        files().put(b"photo 1" * 1000)  # one of theirs that is here already, and stays
    before, stored = contents(), there(tmp_path)
    db.session.remove()
    db.engine.dispose()
    own = Path(db.engine.url.database or "")
    is_file = db.engine.dialect.name == "sqlite"
    most = LITTLE[db.engine.dialect.name] if more is None or not is_file else own.stat().st_size + more
    end = Product(elsewhere, hatchery).command("backup", "restore", str(site.file), "--replace", largest=most)
    assert (end.code, [UNTOUCHED in line for line in end.told]) == (1, [True]), end.told
    assert (contents(), there(tmp_path)) == (before, stored)
    assert not is_file or not list(own.parent.glob(f".{own.name}.restoring*"))
    db.engine.dispose()
    restoring.restore(site.file, replace=True)
    assert contents() == said(site.made.manifest)


def test_a_move_that_does_not_fit_leaves_both_as_they_were(site: Site, hatchery: Hatchery, tmp_path: Path) -> None:
    with site.app.app_context():
        before = contents()
        db.session.remove()
        db.engine.dispose()
    for most in (_little(site), site.file.stat().st_size * 2):
        end = Product(site.app, hatchery).command("backup", "move", "--to", f"sqlite:///{tmp_path}/to.db", largest=most)
        assert (end.code, [UNTOUCHED in line for line in end.told]) == (1, [True]), end.told
    assert there(tmp_path) == set()
    with site.app.app_context():
        assert contents() == before
