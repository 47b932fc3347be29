"""Keys are made once, known to their site, and readable by their owner alone."""

import json
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.certificates.models import SigningKey
from app.certificates.signing import in_use, operations, rows
from app.certificates.signing import keys as sets
from app.certificates.signing.keys import KeysUnusable
from app.platform.audit.models import AuditEntry
from app.platform.clock import now, telling
from app.platform.db import db
from app.platform.refusal import Refused


@pytest.fixture
def folder(app: Flask, own_keys: Path) -> Path:
    return own_keys


def test_the_first_keys_are_made_with_a_root_and_said_in_the_log(folder: Path) -> None:
    key = operations.create(SYSTEM)
    used = in_use.keys_in_use()
    assert used and (used.name, used.seal_chain) == (key.name, key.seal_chain)
    seal, root = rows.chain(key)
    seal.verify_directly_issued_by(root)
    assert b"PRIVATE" not in key.seal_chain.encode() + key.credential_public.encode()
    assert db.session.query(AuditEntry).filter_by(subject=f"signing_key:{key.id}").count() == 1
    modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*")}
    assert modes == {0o600, 0o700}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_keys_are_made_once_and_rotated_then(folder: Path) -> None:
    with pytest.raises(Refused):
        operations.rotate(SYSTEM)
    first = operations.create(SYSTEM)
    with pytest.raises(Refused):
        operations.create(SYSTEM)
    second = operations.rotate(SYSTEM)
    assert first.name != second.name
    assert (first.retired_at is None, second.retired_at is None) == (False, True)
    assert rows.signs_now() == second
    assert len(rows.trust().roots) == 1  # one root signs both
    assert sets.load(folder, first.name).name == first.name  # the old one is kept


def test_keys_of_before_are_taken_up_by_a_new_database(folder: Path) -> None:
    made = sets.create(folder, "older", "Org", "http://localhost/crl", now())
    with pytest.raises(KeysUnusable, match="taken up"):
        in_use.keys_in_use()
    assert operations.create(SYSTEM).name == "older"
    used = in_use.keys_in_use()
    assert used and used.chain == made.chain


def test_a_root_that_ends_too_early_makes_room_for_the_next(folder: Path) -> None:
    first = operations.create(SYSTEM)
    with telling(now() + timedelta(days=8 * 365)):
        second = operations.rotate(SYSTEM)
    assert rows.chain(first)[-1] != rows.chain(second)[-1]
    assert len(rows.trust().roots) == 2


def test_without_keys_nothing_is_signed(folder: Path) -> None:
    assert in_use.keys_in_use() is None


def test_keys_that_ran_out_sign_nothing(folder: Path) -> None:
    operations.create(SYSTEM)
    with telling(now() + timedelta(days=3 * 366)), pytest.raises(KeysUnusable, match="rotate"):
        in_use.keys_in_use()


@pytest.mark.any_engine
@pytest.mark.parametrize("harm", ["gone", "folder gone", "unreadable", "no key", "other kind", "other chain", "other set"])
def test_keys_that_are_harmed_are_unusable_and_say_why(folder: Path, harm: str) -> None:
    key = operations.create(SYSTEM)
    place = folder / key.name
    other = sets.create(folder, "other", "Org", "http://localhost/crl", now())
    match harm:
        case "gone":
            (place / sets.SEAL_KEY).unlink()
        case "folder gone":
            place.rename(folder / "elsewhere")
        case "unreadable":  # a folder in its place: tests may run as root, who can read any file
            (place / sets.SEAL_KEY).unlink()
            (place / sets.SEAL_KEY).mkdir()
        case "no key":
            (place / sets.CREDENTIAL_KEY).write_text("nothing")
        case "other kind":
            (place / sets.SEAL_KEY).write_bytes((place / sets.CREDENTIAL_KEY).read_bytes())
        case "other chain":
            (place / sets.SEAL_CHAIN).write_bytes((folder / "other" / sets.SEAL_CHAIN).read_bytes())
        case "other set":
            for name in (sets.SEAL_KEY, sets.SEAL_CHAIN, sets.CREDENTIAL_KEY):
                (place / name).write_bytes((folder / "other" / name).read_bytes())
    with pytest.raises(KeysUnusable, match=key.name):
        in_use.keys_in_use()
    assert other.name == "other"


def test_a_set_that_is_cut_off_while_it_is_made_is_none(folder: Path) -> None:
    folder.mkdir()
    (folder / ".2026-01-01").mkdir()
    (folder / sets.ROOT_KEY).write_text("half")
    assert in_use.keys_in_use() is None
    operations.create(SYSTEM)
    assert in_use.keys_in_use() is not None


def test_the_commands(app: Flask, folder: Path, tmp_path: Path) -> None:
    run = app.test_cli_runner(catch_exceptions=False)
    assert run.invoke(args=["certificates", "keys", "rotate"]).exit_code == 1
    assert "sign from now on" in run.invoke(args=["certificates", "keys", "create"]).output
    assert run.invoke(args=["certificates", "keys", "create"]).exit_code == 1
    assert run.invoke(args=["certificates", "keys", "rotate"]).exit_code == 0
    told = json.loads(run.invoke(args=["certificates", "keys", "list", "--json"]).output)
    assert [one["signs"] for one in told] == [True, False]
    assert told[0]["name"] in run.invoke(args=["certificates", "keys", "list"]).output
    assert run.invoke(args=["certificates", "keys", "export", "--out", str(tmp_path / "out")]).exit_code == 0
    written = sorted((tmp_path / "out").iterdir())
    assert len(written) == 8
    assert not any(b"PRIVATE" in path.read_bytes() for path in written)
    assert db.session.query(SigningKey).count() == 2
