"""Stored files: whole or not there, and checked when read."""

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
