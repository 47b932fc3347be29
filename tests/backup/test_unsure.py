"""Too late to take it back: what holds is said, and what is in force keeps what belongs to it."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask

from app.backup import kept
from app.backup.cli import UNTOUCHED
from app.platform.db import db, transaction
from app.platform.files import files
from tests.backup.conftest import Site
from tests.backup.test_cli import run
from tests.backup.test_drill import contents, said
from tests.make import factories

pytestmark = pytest.mark.slow


def lost(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """The disk does not take what is written into this folder itself."""
    usual, number = os.fsync, folder.stat().st_ino

    def sync(handle: int) -> None:
        known = os.fstat(handle)
        if stat.S_ISDIR(known.st_mode) and known.st_ino == number:
            raise OSError(errno.EIO, "Input/output error")
        usual(handle)

    monkeypatch.setattr(os, "fsync", sync)


def shut(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """A folder into which one may write, and which one may not read."""
    usual = os.open

    def opened(path: Any, flags: int, *rest: Any, **more: Any) -> int:
        if path == folder and flags == os.O_RDONLY:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return usual(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", opened)


def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database commits, and its answer never arrives."""
    usual = db.engine.dialect.do_commit

    def commit(connection: Any) -> None:
        usual(connection)
        connection.driver_connection.close()
        raise psycopg.OperationalError("the connection is lost")

    monkeypatch.setattr(db.engine.dialect, "do_commit", commit)


def test_what_replaced_the_old_database_stays_with_its_files_and_keys(
    site: Site, elsewhere: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source: Path = site.app.extensions["settings"].certificate_keys_dir
    (source / "one").mkdir(parents=True, exist_ok=True)
    (source / "one" / "a.key").write_bytes(b"a private half")
    run(site.app, "create", tmp_path / "b.zip", "--keys-to", tmp_path / "keys.zip")
    with transaction():
        factories.person(name="Old")
    is_file = db.engine.dialect.name == "sqlite"
    with monkeypatch.context() as patched:
        lost(patched, kept.file(db.engine).parent) if is_file else broken(patched)
        told = run(elsewhere, "restore", site.file, "--replace", "--keys", tmp_path / "keys.zip")
    words = "may be there again" if is_file else "did or did not"
    assert (told.exit_code, words in told.output, UNTOUCHED in told.output) == (1, True, False)
    assert contents() == said(site.made.manifest)
    assert all(files().get(key) for key in site.stored)
    assert (elsewhere.extensions["settings"].certificate_keys_dir / "one" / "a.key").exists()
    [name] = kept.kept(db.engine)
    with monkeypatch.context() as patched:
        lost(patched, kept.file(db.engine).parent) if is_file else broken(patched)
        told = run(elsewhere, "undo", name)
    assert (told.exit_code, words in told.output) == (1, True)
    assert contents()["person"] != said(site.made.manifest)["person"]


@pytest.mark.parametrize("fault", [lost, shut])
def test_a_backup_that_the_disk_does_not_confirm_is_none(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Callable[[pytest.MonkeyPatch, Path], None]
) -> None:
    fault(monkeypatch, tmp_path)
    told = run(site.app, "create", tmp_path / "b.zip", "--keys-to", tmp_path / "keys.zip")
    assert (told.exit_code, UNTOUCHED in told.output, list(tmp_path.iterdir())) == (1, True, [])
