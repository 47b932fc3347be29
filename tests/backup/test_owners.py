"""Root may restore and make backups by night: the site, which is not root, can read and write what they leave."""

import os
from pathlib import Path

import pytest
from flask import Flask

from app.backup import kept, keys, restoring
from app.platform.db import db
from app.platform.files import files, owners
from tests.backup.conftest import Site

pytestmark = pytest.mark.slow
NOBODY = (65534, 65534)
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")


def belong_to(folder: Path) -> set[tuple[int, int]]:
    return {owners.of(each) for each in (folder, *folder.rglob("*"))}


@as_root
def test_stored_files_and_what_holds_them_are_for_whom_the_folder_is(elsewhere: Flask) -> None:
    folder = elsewhere.extensions["settings"].data_dir
    folder.mkdir(exist_ok=True)
    os.chown(folder, *NOBODY)
    files().put(b"photo")
    with files().held():
        assert belong_to(folder) == {NOBODY}


@as_root
def test_a_first_database_is_for_whom_its_folder_is_and_new_keys_for_whom_the_database_is(
    site: Site, elsewhere: Flask
) -> None:
    data = elsewhere.extensions["settings"].data_dir
    data.mkdir(exist_ok=True)
    os.chown(data, *NOBODY)
    if db.engine.dialect.name == "sqlite":
        own = kept.file(db.engine)
        db.engine.dispose()
        own.unlink()
        before = owners.of(own.parent)
        os.chown(own.parent, *NOBODY)
        restoring.restore(site.file)
        os.chown(own.parent, *before)
        assert owners.of(own) == NOBODY
    place = elsewhere.extensions["settings"].certificate_keys_dir
    with keys.put({"one/seal.key": b"private"}):
        assert (belong_to(place), place.stat().st_mode & 0o777) == ({NOBODY}, 0o700)


def test_keys_are_put_back_for_whom_those_are_that_are_there(elsewhere: Flask) -> None:
    place = elsewhere.extensions["settings"].certificate_keys_dir
    (place / "one").mkdir(parents=True)
    (place / "one" / "seal.key").write_bytes(b"private")
    (place / "one" / "seal.key").chmod(0o644)
    place.chmod(0o750)
    if os.geteuid() == 0:
        os.chown(place / "one" / "seal.key", *NOBODY)
    with keys.put({"two/seal.key": b"private"}):
        new = place / "two" / "seal.key"
        assert owners.of(new) == owners.of(place / "one" / "seal.key")
        assert [each.stat().st_mode & 0o777 for each in (new, new.parent)] == [0o640, 0o750], "nobody else may look"
