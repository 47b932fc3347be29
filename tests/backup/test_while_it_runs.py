"""Made while others write and delete, and while processes die."""

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from app.backup import creating, restoring
from app.backup.archive import opened, written
from app.backup.rows import dumping
from app.courses.models import Course
from app.platform.clock import now
from app.platform.db import db, transaction
from app.platform.files import FileMissing, files
from tests.backup.conftest import Site, spoken_of
from tests.backup.test_drill import contents, said
from tests.counts import IS_LONG
from tests.faults.processes import Hatchery, Product
from tests.make import factories

pytestmark = pytest.mark.slow
ROUNDS = 40 if IS_LONG else 3


@pytest.mark.every_run
def test_it_is_of_one_moment_whatever_is_written_meanwhile(own_app: Flask, tmp_path: Path) -> None:
    """Person and factory are written together, so that one without the other was never there."""
    done = threading.Event()

    def write() -> None:
        number = 0
        with own_app.app_context():
            while not done.is_set():
                number += 1
                with transaction():
                    factories.person(name=f"N{number}")
                    db.session.add(Course(code=f"n{number}"))
            db.session.remove()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        with own_app.app_context():
            for round_ in range(ROUNDS):
                made = creating.create(tmp_path / f"{round_}.zip")
                rows = {each.table.name: each.content.count for each in made.manifest.tables}
                assert rows["person"] == rows["course"]
    finally:
        done.set()
        writer.join()


def test_a_file_that_is_deleted_meanwhile_is_in_it_and_gone_for_everybody_else(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with site.app.app_context():
        key = files().put(b"handed in, then erased")
        with transaction():
            spoken_of(key)
        usual = dumping.next_ids

        def erase(connection: sa.Connection) -> dict[str, int]:  # the moment is taken, no file is copied yet
            files().delete(key)
            with pytest.raises(FileMissing):
                files().get(key)
            return usual(connection)

        monkeypatch.setattr(dumping, "next_ids", erase)
        creating.create(tmp_path / "b.zip")
        with opened(tmp_path / "b.zip") as archive:
            assert key in dict(archive.files())
        assert [path for path in files().path(key).parents[1].glob("*/*") if path.name == key] == [], "gone for good"


def test_what_no_row_of_the_moment_speaks_of_is_not_in_it(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slip with PINs is stored before its row says so."""
    with site.app.app_context():
        keys, usual = [files().put(b"PINs of the moment before")], dumping.next_ids

        def print_(connection: sa.Connection) -> dict[str, int]:  # the moment is taken, no file is copied yet
            keys.append(files().put(b"PINs of the moment after"))
            return usual(connection)

        monkeypatch.setattr(dumping, "next_ids", print_)
        creating.create(tmp_path / "b.zip")
        with opened(tmp_path / "b.zip") as archive:
            assert not set(keys) & {key for key, _ in archive.files()}


def test_what_lies_in_the_way_is_not_written_to(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"of somebody else")
    (tmp_path / ".b.zip.part").symlink_to(other)
    with written(tmp_path / "b.zip") as out:
        out.write(b"secret")
    assert (other.read_bytes(), (tmp_path / "b.zip").is_symlink()) == (b"of somebody else", False)
    (tmp_path / ".c.zip.part").write_bytes(b"")
    (tmp_path / ".c.zip.part").chmod(0o666)
    with written(tmp_path / "c.zip") as out:
        out.write(b"secret")
    assert (tmp_path / "c.zip").stat().st_mode & 0o077 == 0


def test_a_fault_of_ours_is_not_told_as_damage(site: Site) -> None:
    with pytest.raises(KeyError), opened(site.file) as archive:
        next(iter(archive.files()))
        raise KeyError("ours")


def test_what_a_dead_backup_held_goes_with_the_next_sweep(own_app: Flask) -> None:
    with own_app.app_context():
        key = files().put(b"erased meanwhile")
        with files().held():
            files().delete(key)
            files().sweep(now())
            place = files().path(key).parents[1] / ".deleted" / key
            assert place.exists(), "a living one keeps it"
            kept = place.read_bytes()
        place.write_bytes(kept)  # as if the process had died
        files().sweep(now())
        assert not place.exists()


@pytest.mark.sampled
@pytest.mark.parametrize("point", ["backup.member", "backup.written"])
def test_killed_while_it_is_made_there_is_no_file(site: Site, hatchery: Hatchery, tmp_path: Path, point: str) -> None:
    product = Product(site.app, hatchery)
    assert product.command("backup", "create", str(tmp_path / "b.zip"), stop_at=point).killed
    assert not (tmp_path / "b.zip").exists()
    assert product.command("backup", "create", str(tmp_path / "b.zip")).code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["b.zip"], "what was left behind is written over"


@pytest.mark.sampled
@pytest.mark.parametrize("point", ["backup.set_aside", "backup.rows_restored", "backup.files_restored", "backup.loaded"])
def test_killed_while_it_is_brought_back_the_old_data_stand(
    site: Site, elsewhere: Flask, hatchery: Hatchery, point: str
) -> None:
    with transaction():
        factories.person(name="Old")
    before = contents()
    db.session.remove()
    db.engine.dispose()
    product = Product(elsewhere, hatchery)
    assert product.command("backup", "restore", str(site.file), "--replace", stop_at=point).killed
    assert contents() == before
    db.engine.dispose()
    restoring.restore(site.file, replace=True)
    assert contents() == said(site.made.manifest)
