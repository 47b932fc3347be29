"""Stored files: whole or not there, and checked when read."""

import errno
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.platform.files import DiskStorage, FileMissing


def test_what_was_put_is_what_is_got(tmp_path: Path) -> None:
    storage = DiskStorage(tmp_path)
    key = storage.put(b"certificate")
    assert storage.put(b"certificate") == key
    assert storage.get(key) == b"certificate"
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [key], "nothing half-written stays"


def test_a_missing_or_altered_file_is_named(tmp_path: Path) -> None:
    storage = DiskStorage(tmp_path)
    key = storage.put(b"certificate")
    (tmp_path / key[:2] / key).write_bytes(b"forged")
    for wrong in (key, "0" * 64, "../../etc/passwd", ""):
        with pytest.raises(FileMissing):
            storage.get(wrong)


def test_what_a_dead_process_was_writing_is_swept_and_what_lives_is_not(tmp_path: Path) -> None:
    storage = DiskStorage(tmp_path)
    key = storage.put(b"whole")
    half = tmp_path / key[:2] / "half.part"
    half.write_bytes(b"ha")
    assert storage.sweep(datetime.fromtimestamp(0, UTC)) == 0
    assert storage.sweep(datetime.fromtimestamp(half.stat().st_mtime + 1, UTC)) == 1
    assert (half.exists(), storage.get(key)) == (False, b"whole")


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        DiskStorage(tmp_path).put(b"too much")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
