"""`flask backup`: what it says, and how it ends."""

import errno
import json
import os
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app.backup import creating
from app.backup.archive import writing
from app.backup.cli import UNTOUCHED
from app.platform.db import transaction
from tests.backup.conftest import Site
from tests.backup.test_drill import contents
from tests.make import factories


def run(app: Flask, *words: object) -> Result:
    with app.app_context():
        return app.test_cli_runner().invoke(args=["backup", *map(str, words)])


def test_made_checked_and_brought_back(site: Site, elsewhere: Flask, tmp_path: Path) -> None:
    made = json.loads(run(site.app, "create", tmp_path, "--json").stdout)
    assert Path(made["file"]).parent == tmp_path
    checked = json.loads(run(elsewhere, "verify", made["file"], "--json").stdout)
    assert (checked["valid"], checked["tables"], checked["sha256"]) == (True, made["tables"], made["sha256"])
    done = run(elsewhere, "restore", made["file"])
    assert (done.exit_code, "Restored" in done.output) == (0, True)
    again = run(elsewhere, "restore", made["file"])
    assert (again.exit_code, "not empty" in again.output) == (3, True)


def test_keys_and_secrets_are_in_a_file_of_their_own(site: Site, elsewhere: Flask, tmp_path: Path) -> None:
    folder: Path = site.app.extensions["settings"].certificate_keys_dir
    (folder / "one").mkdir(parents=True, exist_ok=True)
    (folder / "one" / "seal.key").write_bytes(b"the private half")
    told = run(site.app, "create", tmp_path / "b.zip", "--keys-to", tmp_path / "keys.zip").output
    assert "Keep it elsewhere" in told
    secret = site.app.extensions["settings"].secret_key.encode()
    assert not any(each in (tmp_path / "b.zip").read_bytes() for each in (b"the private half", secret))
    assert all(each in (tmp_path / "keys.zip").read_bytes() for each in (b"the private half", secret))
    assert run(elsewhere, "restore", tmp_path / "b.zip", "--keys", tmp_path / "keys.zip").exit_code == 0
    put_back = elsewhere.extensions["settings"].certificate_keys_dir / "one" / "seal.key"
    assert (put_back.read_bytes(), put_back.stat().st_mode & 0o077) == (b"the private half", 0)


def test_keys_that_are_refused_are_refused_before_anything_is_replaced(site: Site, elsewhere: Flask, tmp_path: Path) -> None:
    with transaction():
        factories.person(name="Old")
    before = contents()
    (tmp_path / "keys.zip").write_bytes(b"no keys")
    for path, code in ((tmp_path / "keys.zip", 2), (tmp_path / "nowhere.zip", 2)):
        assert run(elsewhere, "restore", site.file, "--replace", "--keys", path).exit_code == code
        assert contents() == before


def test_without_them_it_says_that_they_are_not_in_it(site: Site, tmp_path: Path) -> None:
    assert "Keys and secrets are not in it" in run(site.app, "create", tmp_path / "b.zip").output


@pytest.mark.parametrize("content", [b"", b"no archive at all", b"PK\x05\x06" + bytes(18), b"%PDF-1.7" * 50])
def test_what_is_no_backup_cannot_be_read(site: Site, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b.zip").write_bytes(content)
    told = json.loads(run(site.app, "verify", tmp_path / "b.zip", "--json").stdout)
    assert (told["readable"], told["valid"], told["reason"]) == (False, False, "It is no backup of Seamwise.")
    assert run(site.app, "restore", tmp_path / "b.zip").exit_code == 2


def test_what_is_there_is_not_written_over(site: Site, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_bytes(b"the only one")
    told = run(site.app, "create", tmp_path / "b.zip", "--json")
    assert (told.exit_code, "there already" in json.loads(told.stdout)["reason"]) == (3, True)
    assert (tmp_path / "b.zip").read_bytes() == b"the only one"


@pytest.mark.parametrize("keys_to", ["b.zip", "../{}/b.zip", "nowhere/keys.zip"])
def test_keys_have_a_place_of_their_own_before_anything_is_written(site: Site, tmp_path: Path, keys_to: str) -> None:
    told = run(site.app, "create", tmp_path / "b.zip", "--keys-to", tmp_path / keys_to.format(tmp_path.name), "--json")
    assert (told.exit_code, json.loads(told.stdout)["valid"], list(tmp_path.iterdir())) == (3, False, [])


def test_a_backup_that_fails_leaves_no_keys(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(_path: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(creating, "create", lost)
    told = run(site.app, "create", tmp_path / "b.zip", "--keys-to", tmp_path / "keys.zip", "--json")
    assert (told.exit_code, "Input/output" in json.loads(told.stdout)["reason"]) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_keys_that_cannot_be_put_back_are_told_before_anything_is_replaced(
    site: Site, elsewhere: Flask, tmp_path: Path
) -> None:
    source: Path = site.app.extensions["settings"].certificate_keys_dir
    (source / "one").mkdir(parents=True, exist_ok=True)
    for name in ("a.key", "b.key"):
        (source / "one" / name).write_bytes(b"a private half")
    run(site.app, "create", tmp_path / "b.zip", "--keys-to", tmp_path / "keys.zip")
    place: Path = elsewhere.extensions["settings"].certificate_keys_dir
    place.mkdir(parents=True, exist_ok=True)
    (place / ".in-the-way").touch()
    (place / "one").touch()
    told = run(elsewhere, "restore", tmp_path / "b.zip", "--keys", tmp_path / "keys.zip")
    assert (told.exit_code, "Restored" in told.output, UNTOUCHED in told.output) == (1, False, True)
    assert sorted(path.name for path in place.rglob("*")) == [".in-the-way", "one"]


def test_an_export_takes_no_place_that_is_taken(site: Site, tmp_path: Path) -> None:
    """What another command refuses with 3 is refused with 3 here (docs/backup.md)."""
    (tmp_path / "kh.zip").write_bytes(b"something else")
    for words in (("KH", "kh.zip"), ("KH", "nowhere/kh.zip"), ("XX", "xx.zip")):
        with site.app.app_context():
            told = site.app.test_cli_runner().invoke(args=["programme", "export", words[0], str(tmp_path / words[1])])
        assert told.exit_code == 3, told.output
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("kh.zip", b"something else")]


def test_what_is_no_file_is_not_waited_for(site: Site, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert run(site.app, "verify", tmp_path / "pipe").exit_code == 2


def test_a_full_disk_leaves_no_half_file(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "yesterday.zip").write_bytes(site.file.read_bytes())
    monkeypatch.setattr(writing.os, "fsync", full)
    told = run(site.app, "create", tmp_path / "b.zip")
    with site.app.app_context():
        exported = site.app.test_cli_runner().invoke(args=["programme", "export", "KH", str(tmp_path / "kh.zip")])
    assert [(each.exit_code, "The disk is full" in each.output) for each in (told, exported)] == [(1, True)] * 2
    assert [path.name for path in tmp_path.iterdir()] == ["yesterday.zip"]
    assert (tmp_path / "yesterday.zip").read_bytes() == site.file.read_bytes()
